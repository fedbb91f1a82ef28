"""Native revisions of Word: what is inserted, what is deleted, one paragraph at a time.

Accepted, a marked paragraph is the new one; rejected, the old one. A live reference is
compared by what it points to and a value by its term, so that a number that only moved
is no change. A control around a value that changed is taken off, because LibreOffice
does not see revisions inside one.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Literal

from closer.formats.atoms import (
    SPACE,
    Atom,
    Element,
    W,
    atoms,
    joined,
    opcodes,
    text_run,
    whole_key,
)
from closer.formats.authors import NOBODY, Author

Mode = Literal["ins", "del"]
_LAYOUT = (f"{W}keepNext", f"{W}keepLines", f"{W}rPr", f"{W}sectPr")
_FIRST_MARK = 50_000
_LONG_VALUE = 6
"""A value of more words is compared word by word, as the amendment does it."""


class Marker:
    """Marks revisions; counts them, and knows which numbers of lists are the same."""

    def __init__(
        self, author: Author, lists: "SameLists", names: frozenset[str]
    ) -> None:
        """`names`: the bookmarks of the new text, which no deleted one may take."""
        self._author = author
        self._lists = lists
        self._names = names
        self._count = _FIRST_MARK

    def mark(self, tag: str, by: Author = NOBODY) -> Element:
        """Return an element that says who changed something; else its own author."""
        from lxml import etree  # noqa: PLC0415 - only a redline needs it

        self._count += 1
        element = etree.Element(W + tag)
        element.set(f"{W}id", str(self._count))
        author = by if by.name else self._author
        element.set(f"{W}author", author.name)
        if author.day:
            element.set(f"{W}date", author.day)
        return element

    def whole(
        self,
        paragraph: Element,
        mode: Mode,
        by: Author = NOBODY,
        words: Sequence[Atom] | None = None,
    ) -> Element:
        """Return a paragraph inserted or deleted with its mark.

        `words`: what stands in it instead, each word with its own author.
        """
        made = _bare(paragraph)
        properties = paragraph.find(f"{W}pPr")
        if properties is not None:
            made.append(deepcopy(properties))
        if mode == "del":
            self._lists.old(made)
        inside = list(atoms(paragraph)) if words is None else words
        for element in self.written(inside, mode, by):
            made.append(element)
        self.ended(made, mode, by)
        return made

    def row(self, row: Element, mode: Mode, by: Author = NOBODY) -> Element:
        """Return a row of a table inserted or deleted with all that stands in it."""
        from lxml import etree  # noqa: PLC0415

        made = deepcopy(row)
        properties = made.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            made.insert(0, properties)
        properties.append(self.mark(mode, by))
        for paragraph in list(made.iter(f"{W}p")):
            whole = self.whole(paragraph, mode, by)
            paragraph.getparent().replace(paragraph, whole)
        return made

    def ended(self, paragraph: Element, mode: Mode, by: Author = NOBODY) -> None:
        """Mark that the end of a paragraph was inserted or deleted."""
        properties = _child(paragraph, "pPr", 0)
        looks = properties.find(f"{W}rPr")
        if looks is None:
            last = properties.find(f"{W}sectPr")
            place = len(properties) if last is None else properties.index(last)
            looks = _child(properties, "rPr", place)
        looks.insert(0, self.mark(mode, by))

    def pair(self, old: Element, new: Element) -> Element:
        """Return the new paragraph with the changes from the old one marked."""
        before = [atom for atom in atoms(old) if atom.kind != "mark"]
        after = list(atoms(new))
        made = _bare(new)
        properties = new.find(f"{W}pPr")
        if properties is not None:
            made.append(deepcopy(properties))
        self._looks(old, made)
        if [whole_key(a) for a in before] == [
            whole_key(a) for a in after if a.kind != "mark"
        ]:
            made.extend(deepcopy(each) for each in new if each.tag != f"{W}pPr")
            return made
        for element in self._woven(before, after):
            made.append(element)
        return made

    def _looks(self, old: Element, made: Element) -> None:
        """Mark that a paragraph had another style or stood in another list."""
        was, now = old.find(f"{W}pPr"), made.find(f"{W}pPr")
        if self._lists.same_look(was, now):
            return
        properties = _child(made, "pPr", 0)
        change = self.mark("pPrChange")
        inner = _child(change, "pPr", 0)
        for each in was if was is not None else ():
            if each.tag not in (f"{W}rPr", f"{W}sectPr"):
                inner.append(deepcopy(each))
        self._lists.old(change)
        properties.append(change)

    def _woven(self, before: list[Atom], after: list[Atom]) -> Iterator[Element]:
        """Yield what stays, what is deleted and what is inserted, in reading order."""
        real = [atom for atom in after if atom.kind != "mark"]
        marks = _marks(after)
        for same, i1, i2, j1, j2 in opcodes(before, real):
            if not same:
                yield from self.written(before[i1:i2], "del")
            together: list[Atom] = []
            for j in range(j1, j2):
                other = same and whole_key(before[i1 + j - j1]) != whole_key(real[j])
                if other or (marks and marks[0][0] <= j):
                    yield from self._segment(together, same)
                    together = []
                while marks and marks[0][0] <= j:
                    yield deepcopy(marks.pop(0)[1])
                if other:
                    yield from self._value(before[i1 + j - j1], real[j])
                else:
                    together.append(real[j])
            yield from self._segment(together, same)
        for _, element in marks:
            yield deepcopy(element)

    def _value(self, old: Atom, new: Atom) -> Iterator[Element]:
        """Yield a value that changed, its control taken off; a long one by words."""
        before, after = (
            list(atoms(each.elements[0].find(f"{W}sdtContent"))) for each in (old, new)
        )
        if min(_length(before), _length(after)) > _LONG_VALUE:
            yield from self._woven(before, after)
        else:
            yield from self.written(before, "del")
            yield from self.written(after, "ins")

    def _segment(self, these: Sequence[Atom], same: bool) -> Iterator[Element]:  # noqa: FBT001
        if not same:
            yield from self.written(these, "ins")
            return
        for atom in joined(these):
            if atom.kind == "text":
                yield text_run(atom, "t")
            else:
                yield from (deepcopy(each) for each in atom.elements)

    def written(
        self, these: Sequence[Atom], mode: Mode, by: Author = NOBODY
    ) -> Iterator[Element]:
        """Yield atoms inserted or deleted, as few marks as places and authors allow."""
        wrapper: Element = None
        last = NOBODY
        for atom in joined(these):
            if atom.kind == "mark":
                if mode == "ins" or self._stays(atom.elements[0]):
                    if wrapper is not None:
                        yield wrapper
                        wrapper = None
                    yield deepcopy(atom.elements[0])
                continue
            author = atom.by if atom.by.name else by
            if wrapper is not None and author != last:
                yield wrapper
                wrapper = None
            if wrapper is None:
                wrapper, last = self.mark(mode, author), author
            for element in _unwrapped(atom, mode):
                wrapper.append(element)
        if wrapper is not None:
            yield wrapper

    def _stays(self, mark: Element) -> bool:
        """Tell whether a bookmark of deleted text is still wanted by a reference."""
        name = mark.get("kept") or mark.get(f"{W}name") or ""
        return name.startswith("_Cl_") and name not in self._names


def ends_named(root: Element) -> frozenset[str]:
    """Give every end of a bookmark the name of its start; return the names."""
    names = {
        each.get(f"{W}id"): each.get(f"{W}name", "")
        for each in root.iter(f"{W}bookmarkStart")
    }
    for each in root.iter(f"{W}bookmarkEnd"):
        each.set("kept", names[each.get(f"{W}id")])
    return frozenset(names.values())


def bookmarks_counted(root: Element) -> None:
    """Give each bookmark a number of its own; an end without a start goes."""
    numbers: dict[str, str] = {}
    names: set[str] = set()
    for each in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        start = each.tag == f"{W}bookmarkStart"
        name = each.get(f"{W}name") if start else each.get("kept")
        each.attrib.pop("kept", None)
        if start and name not in names:
            names.add(name)
            numbers[name] = str(len(names))
            each.set(f"{W}id", numbers[name])
        elif not start and name in numbers:
            each.set(f"{W}id", numbers.pop(name))
        else:
            each.getparent().remove(each)


class SameLists:
    """Which list of the old text is which of the new one."""

    def __init__(self, old: dict[str, str], new: dict[str, str]) -> None:
        """Both: what the lists of a document look like, by their numbers."""
        self._old, self._new = old, new
        self.found: dict[str, str] = {}

    def same_look(self, old: Element, new: Element) -> bool:
        """Tell whether two paragraphs look alike and are counted alike."""
        one, other = _look(old), _look(new)
        if one == other:
            return True
        lists = _list_of(old), _list_of(new)
        if not all(lists) or _look(old, lists[0]) != _look(new, lists[1]):
            return False
        was, now = str(lists[0]), str(lists[1])
        if was not in self.found and now not in self.found.values():
            if self._old.get(was) != self._new.get(now):
                return False
            self.found[was] = now
        return self.found.get(was) == now

    def old(self, element: Element) -> None:
        """Note that the lists named in an element are those of the old text."""
        for each in element.iter(f"{W}numId"):
            each.set(f"{W}val", f"old:{each.get(f'{W}val')}")


def _look(properties: Element, without: str | None = None) -> list[object]:
    """Return what makes a paragraph look as it does, page breaks aside."""
    if properties is None:
        return []
    return [
        (
            each.tag,
            sorted(each.attrib.items()),
            [
                (inner.tag, sorted(inner.attrib.items()))
                for inner in each.iterdescendants()
                if not (without and inner.tag == f"{W}numId")
            ],
        )
        for each in properties
        if each.tag not in _LAYOUT
    ]


def _list_of(properties: Element) -> str | None:
    found = None if properties is None else properties.find(f".//{W}numId")
    return None if found is None else found.get(f"{W}val")


def _bare(paragraph: Element) -> Element:
    from lxml import etree  # noqa: PLC0415

    return etree.Element(f"{W}p", nsmap=paragraph.nsmap)


def _child(parent: Element, name: str, place: int) -> Element:
    """Return the child of a name, made at a place if there is none."""
    from lxml import etree  # noqa: PLC0415

    found = parent.find(W + name)
    if found is None:
        found = etree.Element(W + name)
        parent.insert(place, found)
    return found


def _length(these: Sequence[Atom]) -> int:
    return sum(str(atom.key[1])[:1].isalnum() for atom in these if atom.kind == "text")


def _marks(these: Sequence[Atom]) -> list[tuple[int, Element]]:
    """Return each bookmark with the number of atoms that stand before it."""
    found, before = [], 0
    for atom in these:
        if atom.kind == "mark":
            found.append((before, atom.elements[0]))
        else:
            before += 1
    return found


def _unwrapped(atom: Atom, mode: Mode) -> Iterator[Element]:
    """Yield the runs of an atom; a control is taken off."""
    if atom.kind == "text":
        yield text_run(atom, "delText" if mode == "del" else "t")
        return
    found = list(atom.elements)
    if atom.kind == "control":
        found = list(found[0].find(f"{W}sdtContent"))
    for each in found:
        element = deepcopy(each)
        if mode == "del":
            _turned(element)
        yield element


def _turned(element: Element) -> None:
    for text in element.iter(f"{W}t"):
        text.tag = f"{W}delText"
        text.set(SPACE, "preserve")
    for code in element.iter(f"{W}instrText"):
        code.tag = f"{W}delInstrText"
