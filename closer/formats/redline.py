"""Two documents of ours → one Word file in which every change is a native revision.

What belongs together is known from the models: provisions, annexes and rows by their
ids, paragraphs as the amendment pairs them. Rejected, the file is the old document;
accepted, the new one. The contents are counted from the headings and take no part.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

from closer.drafting.comparison import aligned_blocks
from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Document,
    Paragraph,
    Provision,
    Table,
)
from closer.drafting.words import aligned, matched, matcher
from closer.formats import files, lint, template, word
from closer.formats.atoms import Element, W
from closer.formats.authors import Author
from closer.formats.faults import BrokenTemplateError
from closer.formats.lists_joined import joined_numbering, looks_of_lists
from closer.formats.revisions import (
    Marker,
    Mode,
    SameLists,
    bookmarks_counted,
    ends_named,
)
from closer.formats.stored import strict
from closer.formats.wordxml import provision_bookmarks

_BODY, _NUMBERING = "word/document.xml", "word/numbering.xml"
_ALIKE = 0.5


def redline(
    before: Document,
    after: Document,
    house: Path,
    by: Author,
    *,
    cache: Path | None = None,
) -> bytes:
    """Return the .docx that shows every change from one document to the other.

    `after.notice` heads its pages; its footnotes are left out. Raises
    BrokenTemplateError.
    """
    style = template.load(house, cache)
    old = word.package(_bare(before), style)
    new = word.package(_bare(after), style)
    parts = dict(new)
    parts[_BODY], lists = _merged(before, after, (old, new), by)
    parts[_NUMBERING] = joined_numbering(old[_NUMBERING], new[_NUMBERING], lists)
    found = lint.findings(parts[_BODY].decode())
    if found:
        raise BrokenTemplateError(found)
    return files.pack(parts)


def _bare(document: Document) -> Document:
    from msgspec.structs import replace  # noqa: PLC0415 - beside its only use

    return replace(document, notes={})


def _merged(
    before: Document,
    after: Document,
    packages: tuple[Mapping[str, bytes], Mapping[str, bytes]],
    by: Author,
) -> tuple[bytes, dict[str, str]]:
    from lxml import etree  # noqa: PLC0415 - only a redline needs it

    roots = [etree.fromstring(one[_BODY], strict()) for one in packages]
    names = [ends_named(root) for root in roots][1]
    lists = SameLists(*(looks_of_lists(one[_NUMBERING]) for one in packages))
    weaving = Weaving(Marker(by, lists, names))
    bodies = [root.find(f"{W}body") for root in roots]
    woven = list(weaving.documents(_Text(before, bodies[0]), _Text(after, bodies[1])))
    section = bodies[1].find(f"{W}sectPr")
    for each in list(bodies[1]):
        bodies[1].remove(each)
    bodies[1].extend([*woven, section])
    lists.found = lists.found | _numbered_anew(roots[1], lists.found)
    bookmarks_counted(roots[1])
    data = etree.tostring(
        roots[1], xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return bytes(data), lists.found


def _numbered_anew(root: Element, found: Mapping[str, str]) -> dict[str, str]:
    """Give the lists of the old text their numbers in the joined numbering part."""
    added: dict[str, str] = {}
    for each in root.iter(f"{W}numId"):
        number = each.get(f"{W}val")
        if number.startswith("old:"):
            own = number.removeprefix("old:")
            if own not in found:
                added.setdefault(own, f"{10_000 + len(added)}")
            each.set(f"{W}val", found.get(own) or added[own])
    return added


class _Section(NamedTuple):
    heading: Element
    rest: list[tuple[Block, list[Element]]]

    def elements(self) -> list[Element]:
        return [self.heading, *(e for _, found in self.rest for e in found)]


class _Article(NamedTuple):
    heading: Element
    sections: list[_Section]

    def elements(self) -> list[Element]:
        return [self.heading, *(e for each in self.sections for e in each.elements())]


class _Text:
    """A document and the elements of its body, each where it belongs."""

    def __init__(self, document: Document, body: Element) -> None:
        self.document = document
        found = [each for each in body if each.tag != f"{W}sectPr"]
        self.tail = [found.pop()]
        ids = [*(a.id for a in document.articles)]
        ids += [each.id for each in document.provisions()]
        ids += [annex.id for annex in document.annexes]
        names = provision_bookmarks(ids)
        self._elements = found
        self._at = 0
        articles, annexes = document.articles, document.annexes
        first = [names[each[0].id] for each in (articles, annexes) if each]
        self.opening = self._until(first[0] if first else "")
        self.articles = [self._article(each) for each in articles]
        self.ending = self._until(names[annexes[0].id] if annexes else "")
        self.annexes = [self._annex(each) for each in annexes]

    def _until(self, bookmark: str) -> list[Element]:
        """Take the elements before the one that bears a bookmark, or all of them."""
        start = self._at
        while self._at < len(self._elements):
            marks = self._elements[self._at].iter(f"{W}bookmarkStart")
            if bookmark and any(m.get(f"{W}name") == bookmark for m in marks):
                break
            self._at += 1
        return self._elements[start : self._at]

    def _take(self) -> Element:
        self._at += 1
        return self._elements[self._at - 1]

    def _article(self, article: Article) -> _Article:
        return _Article(self._take(), [self._section(p) for p in article.provisions])

    def _section(self, provision: Provision) -> _Section:
        first = provision.blocks[0] if provision.blocks else None
        runs_in = isinstance(first, Paragraph) and not first.level
        return _Section(self._take(), self._blocks(provision.blocks[runs_in:]))

    def _annex(self, annex: Annex) -> _Section:
        return _Section(self._take(), self._blocks(annex.blocks))

    def _blocks(self, blocks: Sequence[Block]) -> list[tuple[Block, list[Element]]]:
        found: list[tuple[Block, list[Element]]] = []
        for block in blocks:
            elements = [self._take()]
            if isinstance(block, Table) and self._at < len(self._elements):
                elements.append(self._take())
            found.append((block, elements))
        return found


class Weaving:
    """Brings two texts together, one after the other where they differ."""

    def __init__(self, marker: Marker) -> None:
        self._marker = marker

    def documents(self, old: _Text, new: _Text) -> Iterator[Element]:
        """Yield the elements of the redline in order."""
        one, other = old.document, new.document
        yield from self.frame(old.opening, new.opening)
        ids = [a.id for a in one.articles], [a.id for a in other.articles]
        for i, j, _ in matched(*ids):
            was = old.articles[i] if i is not None else None
            now = new.articles[j] if j is not None else None
            if was and now and i is not None and j is not None:
                yield self._marker.pair(was.heading, now.heading)
                before, after = one.articles[i].provisions, other.articles[j].provisions
                names = [p.id for p in before], [p.id for p in after]
                yield from self._sections(names, was.sections, now.sections)
            else:
                yield from self._alone(was, now)
        yield from self.frame(old.ending, new.ending)
        names = [a.id for a in one.annexes], [a.id for a in other.annexes]
        yield from self._sections(names, old.annexes, new.annexes)
        yield from (
            self._marker.pair(*each) for each in zip(old.tail, new.tail, strict=True)
        )

    def _sections(
        self,
        ids: tuple[list[str], list[str]],
        old: Sequence[_Section],
        new: Sequence[_Section],
    ) -> Iterator[Element]:
        for i, j, _ in matched(*ids):
            was = old[i] if i is not None else None
            now = new[j] if j is not None else None
            if was and now:
                yield self._marker.pair(was.heading, now.heading)
                yield from self._blocks(was.rest, now.rest)
            else:
                yield from self._alone(was, now)

    def _alone(
        self, old: _Article | _Section | None, new: _Article | _Section | None
    ) -> Iterator[Element]:
        mode: Mode = "del" if new is None else "ins"
        for each in (old or new).elements():  # type: ignore[union-attr]
            yield self._whole(each, mode)

    def _blocks(
        self,
        old: Sequence[tuple[Block, list[Element]]],
        new: Sequence[tuple[Block, list[Element]]],
    ) -> Iterator[Element]:
        for i, j in aligned_blocks([b for b, _ in old], [b for b, _ in new]):
            was, before = old[i] if i is not None else (None, [])
            now, after = new[j] if j is not None else (None, [])
            both = isinstance(was, Table) and isinstance(now, Table)
            if both and len(was.header) != len(now.header):  # type: ignore[union-attr]
                yield from (self._whole(each, "del") for each in before)
                yield from (self._whole(each, "ins") for each in after)
                continue
            for place in range(max(len(before), len(after))):
                one = before[place] if place < len(before) else None
                other = after[place] if place < len(after) else None
                if one is None or other is None:
                    element = one if other is None else other
                    yield self._whole(element, "del" if other is None else "ins")
                elif one.tag == f"{W}tbl" and both:
                    names = [[row.id for row in t.rows] for t in (was, now)]  # type: ignore[union-attr]
                    yield self._table(one, other, names)
                else:
                    yield self._marker.pair(one, other)

    def frame(self, old: list[Element], new: list[Element]) -> Iterator[Element]:
        """Yield what the house style itself places: paired by style and words."""
        old = [each for each in old if _style(each) != "TOC1"]
        contents = [each for each in new if _style(each) == "TOC1"]
        new = [each for each in new if _style(each) != "TOC1"]
        keys = [[(_style(e), _words(e)) for e in side] for side in (old, new)]

        def score(i: int, j: int) -> float:
            (style, one), (its, other) = keys[0][i], keys[1][j]
            if style != its:
                return 0.0
            alike = matcher(one.split(), other.split()).ratio()
            several = style in (
                "Party",
                "Recital",
                "CoverParty",
                "CoverRole",
                "OpenPoint",
            )
            return alike if alike >= _ALIKE else 0.0 if several else _ALIKE

        for i, j in aligned(keys[0], keys[1], score):
            one = old[i] if i is not None else None
            other = new[j] if j is not None else None
            if one is None or other is None:
                element = one if other is None else other
                yield self._whole(element, "del" if other is None else "ins")
            elif other.tag == f"{W}tbl":
                yield self._table(one, other)
            else:
                yield self._marker.pair(one, other)
            if other is not None and _style(other) == "TOCHeading":
                yield from map(deepcopy, contents)

    def _whole(self, element: Element, mode: Mode) -> Element:
        if element.tag != f"{W}tbl":
            return self._marker.whole(element, mode)
        table = deepcopy(element)
        for row in table.findall(f"{W}tr"):
            table.replace(row, self._marker.row(row, mode))
        return table

    def _table(
        self, old: Element, new: Element, ids: Sequence[Sequence[str]] = ()
    ) -> Element:
        """Return the new table with its rows marked; `ids` leave out the header."""
        rows = [each.findall(f"{W}tr") for each in (old, new)]
        names = [
            ["", *ids[side]]
            if ids
            else [_words(row.find(f"{W}tc/{W}p")) for row in rows[side]]
            for side in (0, 1)
        ]
        made = deepcopy(new)
        for row in made.findall(f"{W}tr"):
            made.remove(row)
        for i, j, _ in matched(*names):
            if i is None:
                made.append(self._marker.row(rows[1][j or 0], "ins"))
            elif j is None:
                made.append(self._marker.row(rows[0][i], "del"))
            else:
                made.append(self._cells(rows[0][i], rows[1][j]))
        return made

    def _cells(self, old: Element, new: Element) -> Element:
        made = deepcopy(new)
        for was, now in zip(old.findall(f"{W}tc"), made.findall(f"{W}tc"), strict=True):
            after = now.findall(f"{W}p")
            woven = list(self.frame(was.findall(f"{W}p"), after))
            for each in after:
                now.remove(each)
            now.extend(woven)
        return made


def _style(element: Element) -> str:
    found = element.find(f"{W}pPr/{W}pStyle")
    return element.tag if found is None else str(found.get(f"{W}val"))


def _words(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))
