"""Clause text with the deal's values in it: blanks become spans.

Everything that is printed or decides what is printed is remembered, so that
`drafting.checks` can prove that no term was lost.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from closer.drafting.document import (
    Block,
    Definition,
    Paragraph,
    Reference,
    Row,
    Span,
    Table,
    Value,
    Words,
)
from closer.drafting.facts import COVERS
from closer.drafting.lists import Labels, are_sentences, conjunction, punctuated
from closer.drafting.phrases import Phrase, Phrases, money
from closer.drafting.selection import Scope, holds, side
from closer.library.fields import is_party
from closer.library.loading import ContractType, Library, TableShape
from closer.library.prose import Blank, ClauseBlock, Defines, Part, Refers, Text, Uses
from closer.terms.commerce import NamedRate
from closer.terms.kinds import Identifier
from closer.terms.model import Deliverable, Milestone, Payment, Terms
from closer.terms.money import sum_of
from closer.terms.paths import value_at

NAMING_KEYS = frozenset({"for", "delivers", "exposed_to", "over", "who"})
"""The keys whose values may be ids: of milestones, deliverables, rates, people."""


class Filling:
    """Fills the clauses of one deal and remembers what it printed."""

    def __init__(
        self,
        terms: Terms,
        library: Library,
        phrases: Phrases,
        facts: Mapping[str, Phrase],
    ) -> None:
        """`facts`: what blanks under `deal.` print.

        `printed` and `decided` map the path of each term that stands in the text, or
        chose a part of it, to the id of the provision or annex where it first did;
        `here` is the id of the one that is being filled. `chosen` holds the words that
        a path brought into the text without standing there itself (`sketch`).
        """
        self.terms = terms
        self.library = library
        self.contract: ContractType = library.types[terms.contract]
        self.phrases = phrases
        self.facts = facts
        self.uses: set[str] = set()
        self.printed: dict[str, str] = {}
        self.decided: dict[str, str] = {}
        self.chosen: dict[str, str] = {}
        self.here = ""

    def blocks(
        self, blocks: Iterable[ClauseBlock], scope: Scope, *, conspicuous: bool = False
    ) -> tuple[Block, ...]:
        """Fill the blocks of a clause; labels run through the whole of it."""
        written = tuple(blocks)
        numbered = Labels(sentences=are_sentences(written))
        filled: list[Block] = []
        for block, inner in self._in_turn(written, scope):
            if not holds(block.when, inner):
                continue
            if block.kind == "table":
                found: list[Block] = list(self.table(block.table or "", inner))
            else:
                found = [
                    self._paragraph(block, inner, numbered, conspicuous=conspicuous)
                ]
            self.decides(block.when, inner, found)
            filled += found
        return punctuated(filled, conjunction(written))

    def _in_turn(
        self, blocks: Sequence[ClauseBlock], scope: Scope
    ) -> Iterator[tuple[ClauseBlock, Scope]]:
        """Yield each block with the entry it speaks of.

        Neighbours of one kind that are repeated for the same map speak of its entries
        one after the other, so that what is said of one stands together and the order
        is that of the deal.
        """
        for (each, _), alike in groupby(blocks, lambda block: (block.each, block.kind)):
            group = tuple(alike)
            for inner in scope.each(each) if each else (scope,):
                for block in group:
                    yield block, inner

    def _paragraph(
        self,
        block: ClauseBlock,
        scope: Scope,
        numbered: "Labels",
        *,
        conspicuous: bool,
    ) -> Paragraph:
        level = {"text": 0, "item": 1, "subitem": 2}[block.kind]
        return Paragraph(
            spans=self.spans(block.parts, scope, opening=numbered.opens(level)),
            level=level,  # type: ignore[arg-type]
            label=numbered.next(level),
            conspicuous=conspicuous,
        )

    def decides(
        self, condition: object, scope: Scope, blocks: Sequence[Block] = ()
    ) -> None:
        """Remember the terms that a condition looked at, and what they chose."""
        if condition is not None:
            words = opening(blocks)
            for name in condition.paths():  # type: ignore[attr-defined]
                path = scope.path(name)
                self.decided.setdefault(path, self.here)
                if words:
                    self.chosen.setdefault(path, words)

    def prints(self, *paths: str) -> None:
        """Remember that terms are printed, and where for the first time."""
        for path in paths:
            self.printed.setdefault(path, self.here)

    def spans(
        self, parts: Sequence[Part], scope: Scope, *, opening: bool = True
    ) -> tuple[Span, ...]:
        """Fill one run of prose; a phrase that opens a sentence gets a capital."""
        spans: list[Span] = []
        for part in parts:
            opens = _opens(spans) if spans else opening
            if isinstance(part, Refers):
                spans += self._reference(part, opens=opens)
            elif opens and isinstance(part, Blank) and self._is_phrase(part, scope):
                spans.append(_capital(self._span(part, scope)))
            else:
                spans.append(self._span(part, scope))
        return _merged(spans)

    def _is_phrase(self, part: Blank, scope: Scope) -> bool:
        """Whether a blank prints words of ours: words of the user stay as they are."""
        value = scope.value(part.path)
        if isinstance(value, str):
            return self._is_party(value, scope.path(part.path))
        return True

    def _span(self, part: Text | Defines | Uses | Blank, scope: Scope) -> Span:
        match part:
            case Text():
                return Words(self.phrases.spelled(part.text), strong=part.strong)
            case Defines():
                return Definition(self._word(self._blank_in(part.word, scope)))
            case Uses():
                return Words(self._use(part))
            case Blank():
                return self.blank(part, scope)

    def _blank_in(self, word: str, scope: Scope) -> str:
        """Fill the one blank that a definition may hold: `""[it.role]""`."""
        if word.startswith("[") and word.endswith("]"):
            path = scope.path(word[1:-1])
            if value_at(self.terms, path) is not None:
                self.prints(path)
            return self._role(scope, word[1:-1]).text
        return word

    def _word(self, word: str) -> str:
        return self.contract.words.get(word, word)

    def _use(self, part: Uses) -> str:
        word = self._word(part.word)
        self.uses.add(word)
        return part.printed.replace(part.word, word, 1)

    def _reference(self, part: Refers, *, opens: bool) -> list[Span]:
        kind = self.kind_of(part.target)
        word = self.phrases.word("references", kind)
        if opens:
            word = word[0].upper() + word[1:]
        return [Words(f"{word}\u00a0"), Reference(part.target, "")]

    def kind_of(self, target: str) -> str:
        """Return what a reference points to: a section, an article or an annex."""
        if target == "article" or any(a.id == target for a in self.contract.articles):
            return "article"
        if any(annex.id == target for annex in self.contract.annexes):
            return "annex"
        return "section"

    def blank(self, part: Blank, scope: Scope) -> Span:
        """Print the term that a blank names."""
        phrase = self.phrase(part.path, scope, part.joined)
        self.uses |= phrase.uses
        text = f"{_article(phrase.text)} {phrase.text}" if part.article else phrase.text
        path = scope.path(part.path)
        if value_at(self.terms, path) is None:
            return Words(text)
        self.prints(path)
        return Value(path, text)

    def phrase(self, name: str, scope: Scope, joined: str = "and") -> Phrase:
        """Return what a blank prints: a side, a fact of the deal, or a term."""
        if name in self.contract.sides:
            return self.phrases.party(side(name, self.terms, self.contract))
        if name.startswith("deal."):
            fact = name.removeprefix("deal.")
            self.prints(*COVERS.get(fact, ()))
            for path in COVERS.get(fact, ()):
                self.chosen.setdefault(path, self.facts[fact].text)
            return self.facts[fact]
        key = name.rpartition(".")[2]
        value = scope.value(name)
        if name == "it.sum":
            return Phrase(self._sum(scope))
        if (name in ("it.title", "it.id") and value is None) or name == "it.id":
            return Phrase(_in_words(scope.entry.rpartition(".")[2]))
        if key == "role":
            return self._role(scope, name)
        if isinstance(value, str) and self._is_party(value, scope.path(name)):
            return self.phrases.party(value)
        if key in NAMING_KEYS and isinstance(value, (str, tuple)):
            return self._named(key, value, joined)
        return self.phrases.printed(value, scope.path(name), joined=joined)

    def _is_party(self, value: str, path: str) -> bool:
        """Whether a value names a party of the deal, where its key asks for one."""
        named = value in ("either", "both") or value in self.terms.parties
        return named and is_party(path)

    def _role(self, scope: Scope, name: str) -> Phrase:
        identifier = scope.path(name).split(".")[1]
        word = self.phrases.party(identifier)
        return Phrase(next(iter(word.uses)))

    def _sum(self, scope: Scope) -> str:
        payment = scope.value("it")
        if not isinstance(payment, Payment):
            return ""
        return money(sum_of(payment, self.terms))

    def _named(self, key: str, value: str | tuple[object, ...], joined: str) -> Phrase:
        names = (value,) if isinstance(value, str) else value
        titles = [Phrase(self.named(key, str(name))) for name in names]
        return self.phrases.listed(titles, joined)

    def named(self, key: str, name: str) -> str:
        """Return how a list under one of the `NAMING_KEYS` prints what it names."""
        if key == "who" and (person := self.terms.key_people.get(Identifier(name))):
            return f"{person.name} ({person.title})"
        things: Mapping[Identifier, Milestone | Deliverable | NamedRate]
        things = self.terms.milestones
        if key == "delivers":
            things = self.terms.deliverables
        if key == "over" and self.terms.price:
            things = self.terms.price.rates
        if key == "exposed_to" and (words := self.phrases.circumstance(name)):
            recipient = side("recipient", self.terms, self.contract)
            return words.format(recipient=self.phrases.party(recipient).text)
        thing = things.get(Identifier(name))
        return f"“{thing.title}”" if thing else name.replace("_", " ")

    def table(self, name: str, scope: Scope) -> Iterator[Table]:
        """Fill a table; one without rows is left out."""
        shape = self.library.tables[name]
        self.phrases.in_table = True
        rows = tuple(self._row(shape, inner) for inner in scope.each(shape.each))
        self.phrases.in_table = False
        if rows:
            yield Table(
                id=shape.id,
                header=tuple(column.heading for column in shape.columns),
                rows=rows,
                widths=tuple(column.width for column in shape.columns),
                figures=tuple(i for i, c in enumerate(shape.columns) if c.figures),
            )

    def _row(self, shape: TableShape, scope: Scope) -> Row:
        cells = tuple(self._cell(column.cells, scope) for column in shape.columns)
        return Row(scope.entry.rpartition(".")[2], cells)

    def _cell(
        self, choices: Sequence[tuple[object, tuple[Part, ...]]], scope: Scope
    ) -> tuple[Span, ...]:
        for when, parts in choices:
            if holds(when, scope):
                spans = self.spans(parts, scope)
                self.decides(when, scope, (Paragraph(spans=spans),))
                return spans
        return ()


_ENDS = re.compile(r"[\s.,;:]*(\b(?:and|or))?[\s.,;:]*$")


def sketch(spans: Sequence[Span]) -> str:
    """Return words by which a paragraph is known before it has numbers.

    References are left out, for they have none yet; ends, for lists mend them.
    """
    texts = [
        span.text.strip("\u00a0 ") for span in spans if not isinstance(span, Reference)
    ]
    return _ENDS.sub("", " ".join(" ".join(texts).split()))


def opening(blocks: Sequence[Block]) -> str:
    """Return the sketch of the first paragraph or row that says anything."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if words := sketch(block.spans):
                return words
        elif block.rows:
            return sketch([span for cell in block.rows[0].cells for span in cell])
    return ""


_LIKE_A_VOWEL = re.compile(r"(?i:[aeiou]|hour|heir|hono)|[FHLMNRSX][A-Z]+\b")
_LIKE_A_CONSONANT = re.compile(r"(?i:uni(?![nm])|us[aeu]|eu|one\b|once\b)|U[A-Z]+\b")


def _article(text: str) -> str:
    """Return a or an, by the sound: a university, an hour, an LLC."""
    vowel = _LIKE_A_VOWEL.match(text) and not _LIKE_A_CONSONANT.match(text)
    return "an" if vowel else "a"


def _in_words(identifier: str) -> str:
    return identifier.replace("_", " ").replace("-", " ").capitalize()


def _opens(spans: Sequence[Span]) -> bool:
    """Whether the next word opens a sentence."""
    last = spans[-1]
    text = last.text if not isinstance(last, Definition) else "x"
    return text.endswith((". ", ".\u00a0"))


def _capital(span: Span) -> Span:
    if isinstance(span, Value) and span.text[:1].islower():
        return Value(span.path, span.text[0].upper() + span.text[1:])
    if isinstance(span, Words) and span.text[:1].islower():
        return Words(span.text[0].upper() + span.text[1:], strong=span.strong)
    return span


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join neighbouring plain words, so that equal text is equal spans."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if (
            isinstance(span, Words)
            and isinstance(last, Words)
            and span.strong == last.strong
        ):
            merged[-1] = Words(last.text + span.text, strong=last.strong)
        elif span.text or not isinstance(span, Words):
            merged.append(span)
    return tuple(merged)
