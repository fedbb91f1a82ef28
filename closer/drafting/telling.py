"""Prose of an instrument filled with its facts, which no term of the deal holds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from closer.drafting.document import (
    Block,
    Definition,
    Paragraph,
    Reference,
    Span,
    Table,
    Words,
)
from closer.drafting.lists import letters, roman
from closer.library.conditions import Condition
from closer.library.prose import Blank, ClauseBlock, Defines, Part, Refers, Text, Uses

Tree = Mapping[str, object]
"""Facts by name: a text, some spans, a tree, or a tuple of any of these."""

_LEVELS = {"text": 0, "item": 1, "subitem": 2}


class Telling:
    """Fills prose with facts; a fact that is absent is for a condition to ask."""

    def __init__(self, facts: Tree, tables: Mapping[str, Table] | None = None) -> None:
        self._facts = facts
        self._tables = tables or {}

    def stands(self, when: Condition | None) -> bool:
        """Tell whether the facts are such that something stands."""
        return when is None or when.holds(lambda path: self._fact(path, None))

    def blocks(self, prose: Iterable[ClauseBlock]) -> tuple[Block, ...]:
        """Fill the blocks of some prose."""
        return tuple(self._blocks(prose))

    def runs(self, prose: Iterable[ClauseBlock]) -> tuple[tuple[Span, ...], ...]:
        """Fill prose whose paragraphs are runs of spans."""
        return tuple(
            block.spans for block in self._blocks(prose) if isinstance(block, Paragraph)
        )

    def run(self, parts: Sequence[Part]) -> tuple[Span, ...]:
        """Fill one run of prose."""
        return self._spans(parts, None)

    def _blocks(self, prose: Iterable[ClauseBlock]) -> Iterator[Block]:
        counts = [0, 0, 0]
        for block in prose:
            for it in self._entries(block.each):
                if block.when and not block.when.holds(_Look(self, it)):
                    continue
                if block.kind == "table":
                    yield self._tables[block.table or ""]
                    continue
                level = _LEVELS[block.kind]
                counts[level] += 1
                if level == 1:
                    counts[2] = 0
                yield Paragraph(
                    spans=self._spans(block.parts, it),
                    level=level,  # type: ignore[arg-type]
                    label=_label(level, counts[level]),
                )

    def _entries(self, each: str | None) -> tuple[object, ...]:
        if each is None:
            return (None,)
        entries = self._fact(each, None)
        return entries if isinstance(entries, tuple) else ()

    def _fact(self, path: str, it: object) -> object:
        head, _, rest = path.partition(".")
        fact: object = it if head == "it" else self._facts.get(head)
        for name in rest.split(".") if rest else ():
            fact = fact.get(name) if isinstance(fact, Mapping) else None
        return fact

    def _spans(self, parts: Sequence[Part], it: object) -> tuple[Span, ...]:
        return merged([span for part in parts for span in self._part(part, it)])

    def _part(self, part: Part, it: object) -> Iterator[Span]:
        match part:
            case Text():
                yield Words(part.text, part.strong)
            case Defines():
                yield Definition(part.word)
            case Uses():
                yield Words(part.printed)
            case Refers():
                yield Reference(part.target, "")
            case Blank():
                yield from as_spans(self._fact(part.path, it))


class _Look:
    """Looks a fact up for a condition inside a repeated block."""

    def __init__(self, telling: Telling, it: object) -> None:
        self._telling, self._it = telling, it

    def __call__(self, path: str) -> object:
        return self._telling._fact(path, self._it)  # noqa: SLF001


def _label(level: int, number: int) -> str:
    if level == 0:
        return ""
    return f"({letters(number) if level == 1 else roman(number)})"


def as_spans(fact: object) -> tuple[Span, ...]:
    """Return a fact as it is printed."""
    if fact is None:
        return ()
    return fact if isinstance(fact, tuple) else (Words(str(fact)),)


def filled_in(pattern: str, fields: Mapping[str, object]) -> tuple[Span, ...]:
    """Fill the fields in braces of a pattern with texts or spans."""
    spans: list[Span] = []
    for place, piece in enumerate(re.split(r"\{(\w+)\}", pattern)):
        if place % 2:
            spans += as_spans(fields[piece])
        elif piece:
            spans.append(Words(piece))
    return merged(spans)


def opened(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return spans as they open a sentence, with a capital."""
    first = spans[0] if spans else None
    if isinstance(first, Words) and first.text[:1].islower():
        capital = Words(first.text[0].upper() + first.text[1:], first.strong)
        return (capital, *spans[1:])
    return spans


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join neighbouring plain words, so that equal text is equal spans."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if isinstance(span, Words) and not span.text:
            continue
        if (
            isinstance(span, Words)
            and isinstance(last, Words)
            and span.strong == last.strong
        ):
            found[-1] = Words(last.text + span.text, last.strong)
        else:
            found.append(span)
    return tuple(found)
