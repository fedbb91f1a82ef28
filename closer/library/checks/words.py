"""Defined words: each use has one definition, and each definition a use."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from closer.library.checks.passages import Passage, View, mark_of
from closer.library.conditions import ALWAYS, AnyOf, Condition
from closer.library.marks import singular
from closer.library.prose import Defines, Uses
from closer.problems import Place, Problem

_PHRASES = Place("templates/phrases/en.toml", 1, 1)
_MARKED = re.compile(r"<([A-Z][^<>]*)>")


class Meaning(NamedTuple):
    """A place where a word gets its meaning, and when that place stands."""

    given: Condition
    where: Place
    owner: str


def words_are_defined(view: View) -> Iterator[Problem]:
    """Every word in use has a definition in every deal that prints it."""
    meanings = _meanings(view)
    for passage in view.passages:
        for part in passage.parts:
            if isinstance(part, Uses):
                yield from _use(view, passage, part, meanings)
    for word in _words_of_phrases(view):
        if word not in meanings:
            yield _undefined(_PHRASES, word)


def _meanings(view: View) -> Mapping[str, list[Meaning]]:
    """Return where each word gets its meaning in contracts of this type."""
    found: dict[str, list[Meaning]] = {}
    for word in view.contract.roles.values():
        meaning = Meaning(ALWAYS, view.source.place(f'"{word}"'), "the roles")
        found.setdefault(word, []).append(meaning)
    for passage in view.passages:
        for part in passage.parts:
            if isinstance(part, Defines) and not part.word.startswith("["):
                where = passage.place(mark_of(part))
                meaning = Meaning(passage.given, where, passage.owner)
                found.setdefault(_printed(view, part.word), []).append(meaning)
    return found


def _printed(view: View, word: str) -> str:
    """Return the word that this type prints for a word of a shared clause."""
    return view.contract.words.get(word, word)


def _use(
    view: View, passage: Passage, part: Uses, meanings: Mapping[str, list[Meaning]]
) -> Iterator[Problem]:
    word = _printed(view, part.word)
    where = passage.place(mark_of(part))
    if word not in meanings:
        yield _undefined(where, word)
        return
    defined = AnyOf(tuple(meaning.given for meaning in meanings[word]))
    if not view.proves(passage.given, defined):
        yield Problem(
            "L14",
            where,
            "",
            f"{word!r} is not defined in every contract that has this text.",
            "A capital without a meaning invites a dispute about it.",
            f"Use it only where {_owners(meanings[word])} stands, or define it in a "
            "definition clause.",
        )


def _undefined(where: Place, word: str) -> Problem:
    return Problem(
        "L14",
        where,
        "",
        f"Nothing defines {word!r}.",
        "A capital without a meaning invites a dispute about it.",
        f'Write a definition clause with defines = "{word}", or take the mark away.',
    )


def _owners(meanings: list[Meaning]) -> str:
    return " or ".join(dict.fromkeys(meaning.owner for meaning in meanings))


def words_are_defined_once(view: View) -> Iterator[Problem]:
    """No word has two definitions in one contract."""
    for word, meanings in _meanings(view).items():
        for place, second in enumerate(meanings):
            first = next(
                (m for m in meanings[:place] if view.possible(m.given, second.given)),
                None,
            )
            if first is not None:
                yield Problem(
                    "L15",
                    second.where,
                    "",
                    f"{word!r} is defined already at {first.where}.",
                    "Two meanings of one word are no meaning.",
                    "Keep one definition, or give the two conditions that exclude "
                    "each other.",
                )


def definitions_are_used(view: View) -> Iterator[Problem]:
    """No contract defines a word that nothing in it uses."""
    used = set(_words_of_phrases(view))
    for passage in view.passages:
        for part in passage.parts:
            if isinstance(part, Uses) and not _own(passage, part.word):
                used.add(_printed(view, part.word))
    for word, meanings in _meanings(view).items():
        shared = any(meaning.owner in view.library.clauses for meaning in meanings)
        if word not in used and shared:
            yield Problem(
                "L16",
                meanings[0].where,
                "",
                f"{word!r} is defined and never used.",
                "A reader looks for what the word is needed for.",
                "Use the word, or delete its definition.",
            )


def _own(passage: Passage, word: str) -> bool:
    return passage.clause is not None and passage.clause.defines == word


def _words_of_phrases(view: View) -> list[str]:
    """Return the defined words that values print with, in the singular."""
    found: dict[str, None] = {}
    for section in view.library.phrases.values():
        for phrase in section.values():
            texts = phrase if isinstance(phrase, list) else [phrase]
            for text in texts:
                for word in _MARKED.findall(str(text)):
                    found[singular(word, view.library.words)] = None
    return [_printed(view, word) for word in found]


def definitions_define(view: View) -> Iterator[Problem]:
    """Each definition clause gives a meaning to the word that its head names."""
    for clause in view.clauses.values():
        texts = [part for block in clause.blocks for part in block.parts]
        if clause.defines and Defines(clause.defines) not in texts:
            yield Problem(
                "L15",
                Place(clause.file, clause.first_line, 1),
                "",
                f"The text does not define {clause.defines!r}.",
                "The head promises the meaning of the word.",
                f'Write ""{clause.defines}"" where the text gives it.',
            )
