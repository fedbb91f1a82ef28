"""The language of clauses: who shall, words nobody needs, figures said once."""

import re
from collections.abc import Iterator, Sequence

from closer.library.checks.passages import Source
from closer.library.conditions import spelt_out
from closer.library.fields import is_party
from closer.library.prose import Blank, ClauseBlock, Defines, Part, Refers, Uses
from closer.library.shapes import Library
from closer.problems import Place, Problem

PARTY = "\ue000"
"""Stands for whatever prints a party, where sentences are looked at."""

_SHALL = re.compile(r"\bshall\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_PLAIN_PARTY = re.compile(r"\b(?:Party|Parties)\b")
_ENDS_IN_PARTY = re.compile(rf"{PARTY}(?: \([^)]*\))?$")
_ASIDE = re.compile(rf"{PARTY}(?: \([^)]*\))?,[^;]*,$")
_DESCRIBED = re.compile(
    rf"(?:^|[,;:] |\b(?:if|then|and|but|case) )(?:\w+ )*{PARTY} "
    r"(?:that|who|which|whose|to|in|with|from|for|against|responsible|named|concerned"
    r"|\w+ing)\b[^;]*$",
    re.IGNORECASE,
)
_PREDICATE = re.compile(rf"^(?:\w+ ){{0,2}}{PARTY} [^;]*\b(?:and|or|but)$")
_PRONOUN = re.compile(r"\b(?:it|each|each of them|they)$", re.IGNORECASE)
_OPENS_WITH_PARTY = re.compile(rf"^(?:\w+ ){{0,4}}{PARTY}")
_CONTINUED = re.compile(r"\b(?:and|or|but|then)(?:,[^;]*,)?$|[,;]$")
_INVERTED = re.compile(rf"^ (?:\w+ ){{0,2}}{PARTY}")
_UNWANTED = re.compile(
    r"\b(?:here(?:by|in|of|under|to|with|after|inafter|tofore|inbefore)"
    r"|witnesseth|in witness whereof|whereas|aforesaid|aforementioned|and/or"
    r"|he|she|him|his|her|hers|himself|herself|s/he|he/she|his/her"
    r"|\w+n['\u2019]t|(?:it|that|there|what|who|let)['\u2019]s"
    r"|\w+['\u2019](?:re|ve|ll|d|m))\b",
    re.IGNORECASE,
)
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|"
    "twenty|thirty|forty|forty-five|fifty|sixty|seventy|eighty|ninety|hundred"
)
_DOUBLED = re.compile(rf"\b(?:{_NUMBERS}) ?\((?:\d|{PARTY}|\[)", re.IGNORECASE)


def prose_of(library: Library) -> Iterator[tuple[Source, str, Sequence[ClauseBlock]]]:
    """Yield every run of blocks of the library, and the entry that `it` is there."""
    for clause in library.clauses.values():
        source = Source(clause.file, clause.body, clause.first_line)
        yield source, f"{clause.each}.*" if clause.each else "", clause.blocks
    for contract in library.types.values():
        for annex in contract.annexes:
            yield Source(contract.file, contract.source), "", annex.blocks


class _Reader:
    """Turns blocks into sentences in which parties are marked."""

    def __init__(self, library: Library) -> None:
        types = library.types.values()
        self.sides = {side for contract in types for side in contract.sides}
        roles = {word for contract in types for word in contract.roles.values()}
        generic = {
            word
            for contract in types
            for word, printed in contract.words.items()
            if printed in roles
        }
        self.parties = roles | generic

    def sentence(self, parts: Sequence[Part], entry: str) -> str:
        return "".join(self._words(part, entry) for part in parts)

    def _words(self, part: Part, entry: str) -> str:
        match part:
            case Uses():
                party = part.word in self.parties or _PLAIN_PARTY.search(part.word)
                return PARTY if party else part.printed
            case Defines():
                return part.word
            case Refers():
                return "section"
            case Blank():
                return PARTY if self._is_party(part.path, entry) else "["
            case _:
                return _PLAIN_PARTY.sub(PARTY, part.text)

    def _is_party(self, name: str, entry: str) -> bool:
        path = spelt_out(name, entry) if entry else name
        if name in self.sides or is_party(path):
            return True
        return path.startswith("parties.") and path.endswith((".name", ".role", ".id"))


def duties_have_a_party(library: Library) -> Iterator[Problem]:
    """`shall` says that a party has a duty, and nothing else."""
    reader = _Reader(library)
    for source, entry, blocks in prose_of(library):
        stems = ["", ""]
        for block in blocks:
            here = entry
            if block.each:
                here = f"{spelt_out(block.each, entry) if entry else block.each}.*"
            text = reader.sentence(block.parts, here)
            stem = _stem(block, stems)
            stems[_DEPTHS[block.kind] :] = [text] * (2 - _DEPTHS[block.kind])
            for number in _without_party(stem, text):
                where = _nth(source, block.line, "shall", number)
                yield Problem(
                    "L19",
                    where,
                    "",
                    "The subject of this `shall` is no party.",
                    "Only a party can have a duty; a rule about anything else holds by "
                    "itself.",
                    "Name the party that has the duty, or use the present tense.",
                )


_DEPTHS = {"text": 0, "item": 1, "subitem": 2, "table": 2}


def _stem(block: ClauseBlock, stems: Sequence[str]) -> str:
    """Return the words that lead into an item, where they end in a colon."""
    above = stems[: _DEPTHS[block.kind]]
    leading = [text[:-1] for text in above if text.endswith(":")]
    return " ".join(leading) if len(leading) == len(above) else ""


def _without_party(stem: str, text: str) -> Iterator[int]:
    """Yield the number of each `shall` of a text whose subject is no party."""
    number, earlier = 0, ""
    opening = f"{stem} " if stem else ""
    for sentence in _SENTENCE_END.split(text):
        continued = bool(_SHALL.search(opening))
        for match in _SHALL.finditer(sentence):
            before = (opening + sentence[: match.start()]).rstrip()
            fits = (
                _has_party(before, sentence[match.end() :])
                or (continued and bool(_CONTINUED.search(before)))
                or _stands_for_party(before, earlier)
            )
            if not fits:
                yield number
            continued = continued or fits
            number += 1
        earlier, opening = sentence, ""


def _has_party(before: str, after: str) -> bool:
    """Whether the words before `shall` end in a party as the subject."""
    return bool(
        _ENDS_IN_PARTY.search(before)
        or _ASIDE.search(before)
        or _DESCRIBED.search(before)
        or _PREDICATE.search(before)
        or (before.lower().endswith("nor") and _INVERTED.search(after))
    )


def _stands_for_party(before: str, earlier: str) -> bool:
    """Whether a pronoun before `shall` can be read as a party named just before."""
    if not _PRONOUN.search(before):
        return False
    return PARTY in before or bool(_OPENS_WITH_PARTY.search(earlier))


def _nth(source: Source, line: int, words: str, number: int) -> Place:
    """Return the place of the nth occurrence of some words from a line on."""
    lines = source.body.split("\n")
    pattern = re.compile(rf"(?i)(?<!\w){re.escape(words)}(?!\w)")
    for index in range(max(line - source.first_line, 0), len(lines)):
        found = list(pattern.finditer(lines[index]))
        if number < len(found):
            column = found[number].start() + 1
            return Place(source.file, source.first_line + index, column)
        number -= len(found)
    return Place(source.file, line, 1)


def words_are_plain(library: Library) -> Iterator[Problem]:
    """No archaic words, no `and/or`, no contractions; nobody is he or she."""
    reader = _Reader(library)
    for source, _, blocks in prose_of(library):
        for block in blocks:
            text = reader.sentence(block.parts, "")
            for match in _UNWANTED.finditer(text):
                yield Problem(
                    "L20",
                    _nth(source, block.line, match[0], 0),
                    "",
                    f"{match[0]!r} has no place in a contract of this library.",
                    "It is archaic, ambiguous, colloquial, or takes someone for a man "
                    "or a woman.",
                    "Say it in plain words; name the person by role.",
                )


def figures_stand_alone(library: Library) -> Iterator[Problem]:
    """No number is said in words and figures: one day the two disagree."""
    reader = _Reader(library)
    for source, _, blocks in prose_of(library):
        for block in blocks:
            text = reader.sentence(block.parts, "")
            for match in _DOUBLED.finditer(text):
                word = re.split(r" ?\(", match[0])[0]
                yield Problem(
                    "L21",
                    _nth(source, block.line, word, 0),
                    "",
                    f"{word!r} is followed by the same number in figures.",
                    "When one of the two is changed, the contract says two things.",
                    "Write the figures alone.",
                )
