"""Differences → the operative provisions of an amendment, each with its place.

Every sentence comes from the wording of the instrument; here is only which of them a
difference needs, and what stands in its fields.
"""

from collections.abc import Iterator, Sequence
from typing import cast

from closer.drafting.comparison import Difference, compare, defined_word
from closer.drafting.conformed import kept
from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Document,
    Paragraph,
    Provision,
    Reference,
    Row,
    Span,
    Table,
    Words,
    plain,
)
from closer.drafting.places import Places, nth
from closer.drafting.quoting import cited, quoted, quoted_item, quoted_rows, set_out
from closer.drafting.sentences import Edit
from closer.drafting.telling import filled_in, opened
from closer.drafting.turning import turned
from closer.library.instruments import Instrument

Blocks = tuple[Block, ...]

_FRONT = ("title", "cover", "preamble", "party", "recital", "lead-in")
_UNITS = (Article, Provision, Annex)


def operative(
    before: Document, after: Document, instrument: Instrument, *, omitted: str
) -> tuple[Provision, ...]:
    """Return a provision for each section, annex or other part that changes."""
    worked = kept(before, after, omitted=omitted)
    numbers = {article.id: article.number for article in worked.articles}
    numbers |= {section.id: section.number for section in worked.provisions()}
    numbers |= {annex.id: annex.number for annex in worked.annexes}

    def kept_number(span: Span) -> Span:
        if isinstance(span, Reference):
            return Reference(span.target, numbers[span.target])
        return span

    speaking = turned(after, kept_number)
    places = Places(before, speaking, worked, instrument, omitted)
    writing = _Writing(places, instrument, omitted)
    groups: dict[tuple[str, str], list[Blocks]] = {}
    headings: dict[tuple[str, str], Difference] = {}
    for difference in compare(before, speaking):
        for blocks in writing.instructions(difference):
            key = _group(difference)
            groups.setdefault(key, []).append(blocks)
            headings.setdefault(key, difference)
    return tuple(
        Provision(
            id=f"changes/{part}/{name}" if name else f"changes/{part}",
            number="",
            heading=writing.heading(headings[part, name]),
            blocks=writing.together(headings[part, name], groups[part, name]),
        )
        for part, name in groups
    )


def _group(difference: Difference) -> tuple[str, str]:
    if difference.part in _FRONT:
        return "front", ""
    if difference.part == "closing words":
        return "closing", ""
    moved = difference.pair is None and difference.kind == "deleted"
    return difference.part, f"{difference.id}/deleted" if moved else difference.id


class _Writing:
    """Writes the instructions of one amendment."""

    def __init__(self, places: Places, instrument: Instrument, omitted: str) -> None:
        self.places = places
        self.instrument = instrument
        value = instrument.value
        self.marks = str(value["opens"]), str(value["closes"])
        self.omitted = cited((Words(omitted),), self.marks)
        self.tables = 0

    def heading(self, difference: Difference) -> str:
        """Return the heading under which the changes of one part stand."""
        key = _group(difference)[0]
        pattern = str(self.instrument.heading[key])
        if key in ("front", "closing"):
            return pattern
        number, heading = self.places.named(difference)
        return pattern.format(number=number, heading=heading)

    def together(self, difference: Difference, groups: Sequence[Blocks]) -> Blocks:
        """Return the instructions for one part: one as a sentence, more as items."""
        if len(groups) == 1:
            return groups[0]
        key = "several" if difference.part not in _FRONT else "several-front"
        fields = {"place": self.places.part(difference)}
        opening = filled_in(str(self.instrument.heading[key]), fields)
        found: list[Block] = [Paragraph(spans=opened(opening))]
        for number, (first, *rest) in enumerate(groups):
            label = f"({self.places.letter(number)})"
            found += [Paragraph(spans=_spans(first), level=1, label=label), *rest]
        return tuple(found)

    def instructions(self, difference: Difference) -> Iterator[Blocks]:
        """Yield every instruction that a difference needs."""
        if difference.part == "signature":
            return
        if difference.kind == "heading changed":
            yield self._heading(difference)
        elif difference.kind.startswith("row"):
            yield self._row(difference)
        elif isinstance(difference.old or difference.new, _UNITS):
            yield self._unit(difference)
        elif isinstance(difference.old or difference.new, Table):
            yield self._table(difference)
        elif difference.part == "cover":
            yield self._cover(difference)
        else:
            yield from self._paragraph(difference)

    def _sentence(self, key: str, **fields: object) -> Blocks:
        pattern = str(self.instrument.operative[key])
        spans = opened(filled_in(pattern, {"omitted": self.omitted, **fields}))
        return (Paragraph(spans=_one_full_stop(spans, self.marks[1])),)

    def _new(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return quoted(spans, self.marks)

    def _old(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return cited(spans, self.marks)

    def _heading(self, difference: Difference) -> Blocks:
        new = cast("Provision", difference.new)
        place = self.places.part(difference)
        return self._sentence(
            "heading-replaced", place=place, new=self._new((Words(new.heading),))
        )

    def _unit(self, difference: Difference) -> Blocks:
        """Say that an article, section or annex is new, gone, or set out anew."""
        number, heading = self.places.named(difference)
        part = difference.part
        if difference.new is None:
            return self._sentence(f"{part}-deleted", number=number, heading=heading)
        now = self.places.worked(difference.id)
        text = quoted_item(now, self.marks)
        if difference.kind == "changed":
            return (*self._sentence(f"{part}-replaced", number=number), *text)
        after = self.places.before_it(difference)
        article = number.rpartition(".")[0]
        if not after:
            key = f"{part}-first"
            return (*self._sentence(key, number=number, article=article), *text)
        key = f"{part}-inserted"
        return (*self._sentence(key, number=number, after=after), *text)

    def _cover(self, difference: Difference) -> Blocks:
        label, old, new = difference.id, _spans(difference.old), _spans(difference.new)
        place = self.places.cover(label)
        if difference.old is None:
            return self._sentence("cover-inserted", label=label, new=self._new(new))
        if difference.new is None:
            return self._sentence("text-deleted", place=place, old=self._old(old))
        return self._sentence("text-replaced", place=place, new=self._new(new))

    def _row(self, difference: Difference) -> Blocks:
        was, now = self.places.tables(difference)
        place = self.places.table(difference)
        if isinstance(difference.old, Row):
            row = self._old(_name(difference.old))
            if difference.new is None:
                return self._sentence("row-deleted", place=place, row=row)
            head = self._sentence("row-changed", place=place, row=row)
        else:
            previous = next((r for r in now.rows if r.id == difference.follows), None)
            row = self._old(_name(previous)) if previous else ()
            key = "row-inserted" if previous else "row-first"
            head = self._sentence(key, place=place, row=row)
        new = cast("Row", difference.new)
        return (*head, quoted_rows(now, [new], self._table_id(was.id)))

    def _table(self, difference: Difference) -> Blocks:
        place = self.places.table(difference)
        new = difference.new
        if not isinstance(new, Table):
            return self._sentence("table-deleted", place=place)
        key = "table-replaced" if difference.old is not None else "table-inserted"
        table = quoted_rows(new, new.rows, self._table_id(new.id))
        return (*self._sentence(key, place=place), table)

    def _table_id(self, name: str) -> str:
        self.tables += 1
        return f"{name}-{self.tables}"

    def _paragraph(self, difference: Difference) -> Iterator[Blocks]:
        old, new = difference.old, difference.new
        if isinstance(old, Paragraph) and isinstance(new, Paragraph):
            place = self.places.paragraph(difference)
            if not difference.edits:
                yield self._replaced(new, place)
            for edit in difference.edits:
                yield self._edit(edit, place)
        elif isinstance(new, Paragraph):
            yield self._inserted(difference, new)
        elif isinstance(old, Paragraph):
            yield from self._deleted(difference, old)

    def _replaced(self, paragraph: Paragraph, place: str) -> Blocks:
        if defined_word(paragraph):
            head = self._sentence("definition-replaced", place=place)
            return (*head, *set_out(paragraph))
        return self._sentence(
            "text-replaced", place=place, new=self._new(paragraph.spans)
        )

    def _inserted(self, difference: Difference, paragraph: Paragraph) -> Blocks:
        new = self._new(paragraph.spans)
        if defined_word(paragraph):
            number = self.places.number(difference)
            head = self._sentence("definition-inserted", number=number)
            return (*head, *set_out(paragraph))
        if not paragraph.label:
            if self.places.follows_a_new_paragraph(difference):
                return self._sentence("paragraph-next", new=new)
            place = self.places.previous(difference)
            key = "paragraph-inserted" if place else "paragraph-first"
            return self._sentence(
                key, place=place or self.places.part(difference), new=new
            )
        label = self.places.label(difference)
        place = self.places.previous_item(difference)
        key = "item-inserted" if place else "item-first"
        return self._sentence(
            key, place=place or self.places.part(difference), label=label, new=new
        )

    def _deleted(self, difference: Difference, old: Paragraph) -> Iterator[Blocks]:
        place = self.places.paragraph(difference)
        if defined_word(old):
            yield self._sentence("definition-deleted", place=place)
        elif not old.label:
            yield self._sentence("text-deleted", place=place, old=self._old(old.spans))
        elif self.places.keeps_its_label(difference):
            yield self._sentence("item-deleted", place=place)

    def _edit(self, edit: Edit, place: str) -> Blocks:
        old, new = self._old(edit.old), self._new(edit.new)
        nth_ = nth(self.instrument, edit.sentence)
        if edit.kind.startswith("sentence"):
            key = edit.kind.replace(" ", "-")
            if key == "sentence-inserted" and not edit.sentence:
                key = "sentence-first"
            if key == "sentence-replaced" and edit.of == 1:
                return self._sentence("text-replaced", place=place, new=new)
            return self._sentence(key, place=place, nth=nth_, old=old, new=new)
        if edit.of > 1:
            place = str(self.instrument.place["sentence"]).format(place=place, nth=nth_)
        anchor = self._old((Words(edit.anchor),))
        side = f"-{edit.side}" if edit.kind == "words inserted" else ""
        key = edit.kind.replace(" ", "-") + side
        return self._sentence(key, place=place, old=old, new=new, anchor=anchor)


def _spans(item: object) -> tuple[Span, ...]:
    return item.spans if isinstance(item, Paragraph) else ()


def _name(row: Row) -> tuple[Span, ...]:
    """Return what a reader calls a row: the words of its first cell that has any."""
    return next((cell for cell in row.cells if plain(cell).strip()), ())


def _one_full_stop(spans: tuple[Span, ...], closes: str) -> tuple[Span, ...]:
    """Drop the full stop behind a quotation that ends a sentence of its own."""
    text = plain(spans)
    last = spans[-1]
    if text.endswith(tuple(f"{mark}{closes}." for mark in ".?!")) and isinstance(
        last, Words
    ):
        return (*spans[:-1], Words(last.text.removesuffix("."), last.strong))
    return spans
