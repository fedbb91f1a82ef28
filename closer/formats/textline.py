"""A redline by text, for a document that closer cannot read back: on our own package.

Another program's file has other styles, other lists, other marks. Only its words are
taken, as if its own tracked changes were accepted; where they are those of our
document, our document stands as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

from closer.drafting.document import Document
from closer.formats import files, template, word
from closer.formats.aligning import pairs
from closer.formats.atoms import Atom, Element, W, atoms, text_run
from closer.formats.authors import NOBODY, Author, Spans, each_by, first
from closer.formats.carried_comments import comments_of, with_comments
from closer.formats.lines import Line, Piece, is_contents, seen
from closer.formats.revisions import (
    Marker,
    SameLists,
    bookmarks_counted,
    ends_named,
)
from closer.formats.rewording import Sides, reworded
from closer.formats.stored import strict
from closer.formats.wordtext import paragraphs

_BODY = "word/document.xml"
_NOTHING = re.compile(r"(?!)")


def text_redline(
    ours: Document,
    theirs: Mapping[str, bytes],
    house: Path,
    by: Author,
    *,
    ours_is_new: bool = False,
    passing: re.Pattern[str] = _NOTHING,
    cache: Path | None = None,
) -> bytes:
    """Return our document with what the text of another says marked as revisions.

    `theirs`: the parts of the other file. `ours_is_new`: the other one is the old text,
    and its words are the deleted ones. `passing`: lines on its first page that are no
    part of the contract. What they tracked is by whoever did, on that day, all else
    `by` one; their comments come along. Raises BrokenTemplateError.
    """
    from lxml import etree  # noqa: PLC0415 - only a redline needs it

    parts = word.package(ours, template.load(house, cache))
    root = etree.fromstring(parts[_BODY], strict())
    ends_named(root)
    sides = Sides("ins", "del") if ours_is_new else Sides("del", "ins")
    marker = Marker(by, _OneDocument({}, {}), frozenset())
    mine = list(_lines(root, parts[_BODY]))
    lines, before = _read(theirs[_BODY], older=ours_is_new)
    comparing = _Comparing(mine, lines, marker, sides, passing)
    comparing.before(before)
    comparing.write()
    if not ours_is_new:
        parts |= with_comments(parts, comments_of(theirs), lines, comparing.homes)
    bookmarks_counted(root)
    parts[_BODY] = bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    )
    return files.pack(parts)


def _read(body: bytes, *, older: bool) -> tuple[list[Line], list[Line]]:
    """Return what a text says, its own changes accepted, and what it said before them.

    Of an older text it counts for nothing who wrote what.
    """
    found = paragraphs(body)
    lines = list(seen(found, "accepted"))
    if older:
        return [_by_nobody(line) for line in lines], []
    return lines, list(seen(found, "rejected"))


class _OneDocument(SameLists):
    """Every list of the redline is one of our own document."""

    def old(self, element: Element) -> None:
        """Leave the lists of a deleted paragraph as they are."""


def _by_nobody(line: Line) -> Line:
    """Return a line without those who changed it: it is the older text."""
    pieces = tuple(piece._replace(by=NOBODY) for piece in line.pieces)
    return line._replace(pieces=pieces, by=NOBODY)


class _Mine(NamedTuple):
    """A paragraph of ours with words, and how it is read."""

    element: Element
    text: str
    keyed: str


def _lines(root: Element, body: bytes) -> Iterator[_Mine]:
    read = paragraphs(body)
    for element, para in zip(root.iter(f"{W}p"), read, strict=True):
        line = Line(para.pieces, para.marks)
        if line.text and not is_contents(para.style):
            yield _Mine(element, line.text, line.keyed)


class _Comparing:
    """Marks our paragraphs by the lines of another file."""

    def __init__(
        self,
        mine: Sequence[_Mine],
        theirs: Sequence[Line],
        marker: Marker,
        sides: Sides,
        passing: re.Pattern[str],
    ) -> None:
        self._mine, self._theirs = mine, theirs
        self._marker, self._sides, self._passing = marker, sides, passing
        texts = [each.text for each in mine], [each.text for each in theirs]
        self._pairs = list(pairs(*texts))
        both = [(i, j) for i, j in self._pairs if i is not None and j is not None]
        self._rows = {
            theirs[j].cell[:2]: _within(mine[i].element, "tr")
            for i, j in both
            if theirs[j].cell and _within(mine[i].element, "tr") is not None
        }
        self._stays = {_within(mine[i].element, "tr") for i, _ in both}
        self._styles = {_style(each.element) for each in mine} - {""}
        self._was: dict[int, Line] = {}
        self._made: set[tuple[int, ...]] = set()
        self._last: Element = None
        self._inside = False
        self.homes: dict[int, Element] = {}
        """Our paragraph for each line of theirs."""

    def before(self, lines: Sequence[Line]) -> None:
        """Take in their lines as they were before their own tracked changes."""
        if any(piece.by != NOBODY for line in lines for piece in line.pieces):
            texts = [each.text for each in self._mine], [each.text for each in lines]
            found = pairs(*texts)
            self._was = {
                i: lines[j] for i, j in found if i is not None and j is not None
            }

    def write(self) -> None:
        """Mark every paragraph, and put in those that only the other file has."""
        for i, j in self._pairs:
            if i is None and j is not None:
                self._other(j, self._theirs[j])
            elif i is not None:
                mine = self._mine[i]
                self._inside = self._inside or _is_provision(mine.element)
                was = self._was.get(i)
                if j is None:
                    self._alone(mine.element, was)
                    continue
                line = self._theirs[j]
                self._last = self.homes[j] = mine.element
                if mine.text != line.text and mine.keyed != line.keyed:
                    before = was.pieces if was else ()
                    reworded(
                        mine.element, line.pieces, self._marker, self._sides, before
                    )

    def _other(self, number: int, line: Line) -> None:
        """Put in what only the other file says: a row, words of a cell, a paragraph."""
        place = line.cell[:2]
        if not self._inside and self._passing.fullmatch(line.text):
            return
        if place and place in self._made:
            return
        if place in self._rows:
            self._into_cell(self._rows[place], line)
            self.homes[number] = self._last
            return
        before = (
            [row for table, row in self._rows if table == place[0]] if place else []
        )
        if before:
            self._into_new_row(place, sorted(before))
        else:
            self._after(self._paragraph(line), line)
        self.homes[number] = self._last

    def _into_new_row(self, place: tuple[int, ...], known: Sequence[int]) -> None:
        """Put a row of theirs beside ours, with all that stands in it."""
        table, at = place
        above = [row for row in known if row < at]
        near = self._rows[table, above[-1] if above else known[0]]
        lines = [x for x in self._theirs if x.cell[:2] == place]
        made = self._row(near, lines)
        if above:
            near.addnext(made)
        else:
            near.addprevious(made)
        self._made.add(place)
        self._rows[place] = made
        self._last = made.find(f".//{W}p")

    def _row(self, like: Element, lines: Sequence[Line]) -> Element:
        """Return a row that looks like one of ours and says what theirs does."""
        made = deepcopy(like)
        for name in ("tblHeader", "ins", "del"):
            for each in made.findall(f"{W}trPr/{W}{name}"):
                each.getparent().remove(each)
        cells = made.findall(f"{W}tc")
        for place, cell in enumerate(cells, 1):
            here = (place, 999) if place == len(cells) else (place, place)
            said = [x.text for x in lines if here[0] <= x.cell[2] <= here[1]]
            looks = _properties(cell.find(f"{W}p"))
            for each in cell.findall(f"{W}p"):
                cell.remove(each)
            cell.extend(_said(text, looks) for text in said or [""])
        by = first(piece for line in lines for piece in line.pieces)
        return self._marker.row(made, self._sides.theirs, by)

    def _into_cell(self, row: Element, line: Line) -> None:
        """Put words into a cell of a row that both have."""
        cells = row.findall(f"{W}tc")
        cell = cells[min(line.cell[2], len(cells)) - 1]
        held = cell.findall(f"{W}p")
        inside = self._last is not None and _within(self._last, "tc") is cell
        if not inside:
            self._last = held[-1]
        if not inside and not "".join(held[-1].itertext()).strip():
            reworded(held[-1], line.pieces, self._marker, self._sides)
            return
        whole = _said(line.text, _properties(held[-1]))
        self._after(whole, line, within=True)

    def _paragraph(self, line: Line) -> Element:
        """Return a paragraph of theirs, in a style that both have."""
        known = not line.cell and line.style in self._styles
        properties = _element("pPr")
        style = _element("pStyle")
        style.set(f"{W}val", line.style if known else "BodyText")
        properties.append(style)
        return _said(line.text, properties)

    def _after(self, paragraph: Element, line: Line, *, within: bool = False) -> None:
        """Put a paragraph of theirs after the last one; a table is not split."""
        last, said = self._last, list(_atoms(line))
        by = line.by if line.by != NOBODY else first(line.pieces)
        made = self._marker.whole(paragraph, self._sides.theirs, by, said)
        if last is None:
            self._last = made
            self._mine[0].element.addprevious(self._last)
            return
        table = None if within else _within(last, "tbl")
        if table is None and not _followed(last):
            self._at_the_end(last, said, by)
            return
        self._last = made
        (last if table is None else table).addnext(self._last)

    def _at_the_end(self, last: Element, words: Sequence[Atom], by: Author) -> None:
        """Put a paragraph after one that nothing follows: its end is the new one."""
        said = _said("", _properties(last))
        said.extend(self._marker.written(words, self._sides.theirs))
        self._marker.ended(last, self._sides.theirs, by)
        last.addnext(said)
        self._last = said

    def _alone(self, paragraph: Element, was: Line | None) -> None:
        """Mark a paragraph, or its row, that the other file does not have.

        `was`: the same before their own tracked changes.
        """
        row = _within(paragraph, "tr")
        pieces = was.pieces if was else ()
        by = first(pieces)
        if row is None and _can_go(paragraph):
            words = list(_deleted(paragraph, pieces))
            self._last = self._marker.whole(paragraph, self._sides.mine, by, words)
            paragraph.getparent().replace(paragraph, self._last)
        elif row is None or row in self._stays:
            reworded(paragraph, (), self._marker, self._sides, pieces)
            self._last = paragraph
        elif row.getparent() is not None:
            marked = self._marker.row(row, self._sides.mine, by)
            row.getparent().replace(row, marked)
            self._last = marked.find(f".//{W}p")


def _atoms(line: Line) -> Iterator[Atom]:
    """Yield what a line says, with one space between words, each by its author."""
    spans, last = Spans(line.pieces), " "
    for found in re.finditer(r"\s+|\S+", spans.text):
        by = spans.by(*found.span())
        word = " " if found[0].isspace() else found[0]
        if word != " " or last != " ":
            yield Atom(("text", word, b""), (None,), "text", by)
        last = word


def _deleted(paragraph: Element, was: Sequence[Piece]) -> Iterator[Atom]:
    """Yield what stands in a paragraph of ours, each by who deleted it."""
    found = list(atoms(paragraph))
    texts = [_text_of(atom) for atom in found]
    for atom, by in zip(found, each_by(texts, was), strict=True):
        yield atom._replace(by=by)


def _text_of(atom: Atom) -> str:
    if atom.kind == "text":
        return str(atom.key[1])
    return "".join(t.text or "" for e in atom.elements for t in e.iter(f"{W}t"))


def _within(element: Element, name: str) -> Element:
    """Return the nearest element of a name around another."""
    return next(element.iterancestors(W + name), None)


def _style(paragraph: Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def _is_provision(paragraph: Element) -> bool:
    return any(
        mark.get(f"{W}name", "").startswith("_Cl_")
        for mark in paragraph.iter(f"{W}bookmarkStart")
    )


def _followed(paragraph: Element) -> bool:
    after = paragraph.getnext()
    return after is not None and after.tag != f"{W}sectPr"


def _can_go(paragraph: Element) -> bool:
    """Tell whether a paragraph may vanish with its end: something must follow it."""
    return _followed(paragraph) and paragraph.find(f"{W}pPr/{W}sectPr") is None


def _element(name: str) -> Element:
    from lxml import etree  # noqa: PLC0415

    return etree.Element(W + name)


def _properties(paragraph: Element) -> Element:
    found = None if paragraph is None else paragraph.find(f"{W}pPr")
    return _element("pPr") if found is None else found


def _said(text: str, properties: Element) -> Element:
    """Return a paragraph of some words that looks like another."""
    made = _element("p")
    made.append(deepcopy(properties))
    if text:
        made.append(text_run(Atom(("text", text, b""), (None,), "text"), "t"))
    return made
