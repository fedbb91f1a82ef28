"""A paragraph of ours in which a line of theirs is marked, word by word.

Live references, controls and bookmarks stay where the words around them do; a control
whose words changed is taken off, because LibreOffice sees no revisions inside one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import NamedTuple

from closer.formats.atoms import Atom, Element, W, atoms, changes, joined, text_run
from closer.formats.authors import NOBODY, Author, Spans, each_by, first
from closer.formats.lines import Piece
from closer.formats.revisions import Marker, Mode

Key = tuple[object, ...]
_REFERS = re.compile(r"REF\s+(_Cl_\S+)")
_BLANK: Key = ("text", " ")
_WORDS = r"\s+|\d+(?:[.,]\d+)*|\w+|[^\w\s]"
_LONG_VALUE = 6
"""A value of more words is compared word by word."""


class Sides(NamedTuple):
    """How words that only we have are marked, and words that only they have."""

    mine: Mode
    theirs: Mode


class _Unit(NamedTuple):
    """The smallest thing of ours that is kept or changed; it may be in a control."""

    key: Key
    atom: Atom
    control: Element


class _Token(NamedTuple):
    """A word of theirs, or a live reference; `by`: who put it in, where it is told."""

    key: Key
    text: str
    by: Author = NOBODY


def reworded(
    paragraph: Element,
    pieces: Iterable[Piece],
    marker: Marker,
    sides: Sides,
    was: Sequence[Piece] = (),
) -> None:
    """Mark in a paragraph of ours what `pieces` say instead.

    `was`: their paragraph before their own tracked changes, which tells who deleted
    what.
    """
    theirs = list(pieces)
    kept = {piece.refers for piece in theirs}
    found = list(joined(list(atoms(paragraph))))
    pattern = _pattern(found)
    units: list[_Unit] = []
    marks: list[tuple[int, Element]] = []
    for atom in found:
        if atom.kind == "mark":
            marks.append((len(units), atom.elements[0]))
        else:
            units.extend(_units(atom, kept, pattern))
    if was:
        who = each_by([_unit_text(unit) for unit in units], was)
        units = [
            unit._replace(atom=unit.atom._replace(by=by))
            for unit, by in zip(units, who, strict=True)
        ]
    said = list(_tokens(theirs, pattern))
    woven = list(_Weaving(units, marks, marker, sides).run(said))
    for each in list(paragraph):
        if each.tag != f"{W}pPr":
            paragraph.remove(each)
    paragraph.extend(woven)


def _unit_text(unit: _Unit) -> str:
    atom = unit.atom
    return str(atom.key[1]) if atom.kind == "text" else _shown(atom.elements)


def _pattern(found: Iterable[Atom]) -> re.Pattern[str]:
    """Return how words are told apart: what is one thing of ours is one in theirs."""
    shown = {
        _shown(atom.elements)
        for atom in found
        if atom.kind != "mark" and not (atom.kind == "text" or _is_long(atom))
    }
    wholes = [
        rf"(?<!\w){re.escape(each)}(?!\w)"
        for each in sorted(shown, key=lambda text: (-len(text), text))
        if each
    ]
    return re.compile("|".join([*wholes, _WORDS]))


def _is_long(atom: Atom) -> bool:
    return atom.kind == "control" and len(_shown(atom.elements).split()) > _LONG_VALUE


def _units(
    atom: Atom, kept: set[str], pattern: re.Pattern[str], control: Element = None
) -> Iterator[_Unit]:
    if _is_long(atom):
        content = atom.elements[0].find(f"{W}sdtContent")
        for inner in joined(list(atoms(content))):
            if inner.kind != "mark":
                yield from _units(inner, kept, pattern, atom.elements[0])
    elif atom.kind == "text":
        text = str(atom.key[1])
        for found in pattern.finditer(text.replace("\u00a0", " ")):
            key: Key = _BLANK if found[0].isspace() else ("text", found[0])
            word = text[found.start() : found.end()]
            one = Atom(("text", word, atom.key[2]), atom.elements, "text")
            yield _Unit(key, one, control)
    else:
        yield _Unit(_key(atom, kept), atom, control)


def _key(atom: Atom, kept: set[str]) -> Key:
    """Return by what a field or another whole thing is known in their text."""
    target = _REFERS.search(str(atom.key[1])) if atom.kind == "field" else None
    if target and target[1] in kept:
        return "refers", target[1]
    shown = _shown(atom.elements)
    return ("text", shown) if shown.strip() else _BLANK


def _shown(elements: Sequence[Element]) -> str:
    """Return what a reader sees of some runs; the code of a field is not seen."""
    out, code = [], 0
    for element in elements:
        for each in element.iter():
            if each.tag == f"{W}fldChar":
                kind = each.get(f"{W}fldCharType")
                code += {"begin": 1, "separate": -1}.get(kind, 0)
            elif each.tag == f"{W}t" and not code:
                out.append(each.text or "")
            elif each.tag == f"{W}noBreakHyphen":
                out.append("-")
    return " ".join("".join(out).split())


def _tokens(pieces: Iterable[Piece], pattern: re.Pattern[str]) -> Iterator[_Token]:
    """Yield what they say, with one blank between words and none around them."""
    last: _Token | None = None
    for token in _words(pieces, pattern):
        if token.key == _BLANK and (last is None or last.key == _BLANK):
            continue
        if last is not None:
            yield last
        last = token
    if last is not None and last.key != _BLANK:
        yield last


def _words(pieces: Iterable[Piece], pattern: re.Pattern[str]) -> Iterator[_Token]:
    """Yield each word and blank as it stands, with its author."""
    for refers, together in _spoken(pieces):
        spans = Spans(together)
        if refers:
            yield _Token(("refers", refers), spans.text, first(together))
            continue
        for found in pattern.finditer(spans.text):
            by = spans.by(*found.span())
            if found[0].isspace():
                yield _Token(_BLANK, " ", by)
            else:
                yield _Token(("text", found[0]), found[0], by)


def _spoken(pieces: Iterable[Piece]) -> Iterator[tuple[str, list[Piece]]]:
    """Yield pieces with what they refer to, joined as far as that is the same."""
    together: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if together and piece.refers != together[0].refers:
            yield together[0].refers, together
            together = []
        together.append(piece)
    if together:
        yield together[0].refers, together


class _Weaving:
    """Puts units of ours and words of theirs into one row of runs."""

    def __init__(
        self,
        units: Sequence[_Unit],
        marks: Sequence[tuple[int, Element]],
        marker: Marker,
        sides: Sides,
    ) -> None:
        self._units = units
        self._marks = list(marks)
        self._marker = marker
        self._sides = sides

    def run(self, said: Sequence[_Token]) -> Iterator[Element]:
        """Yield the content of the paragraph."""
        keys = [unit.key for unit in self._units], [token.key for token in said]
        for same, i1, i2, j1, j2 in changes(*keys):
            if same:
                yield from self._kept(i1, i2)
                continue
            look = self._look(i1, i2)
            words = [
                Atom(("text", t.text, b""), (look,), "text", t.by) for t in said[j1:j2]
            ]
            theirs = self._marker.written(words, self._sides.theirs)
            mine = self._changed(i1, i2)
            for side in (theirs, mine) if self._sides.mine == "ins" else (mine, theirs):
                yield from side
        yield from self._before(len(self._units))

    def _look(self, start: int, end: int) -> Element:
        """Return how the words look beside which others are put."""
        for place in (start, start - 1) if start < end else (start - 1, start):
            if 0 <= place < len(self._units):
                atom = self._units[place].atom
                return atom.elements[0] if atom.kind == "text" else None
        return None

    def _before(self, place: int) -> Iterator[Element]:
        """Yield the bookmarks that stand before a unit."""
        while self._marks and self._marks[0][0] <= place:
            yield deepcopy(self._marks.pop(0)[1])

    def _changed(self, start: int, end: int) -> Iterator[Element]:
        together: list[Atom] = []
        for place in range(start, end):
            if self._marks and self._marks[0][0] <= place:
                yield from self._marker.written(together, self._sides.mine)
                together = []
                yield from self._before(place)
            together.append(self._units[place].atom)
        yield from self._marker.written(together, self._sides.mine)

    def _kept(self, start: int, end: int) -> Iterator[Element]:
        together: list[Atom] = []
        place = start
        while place < end:
            unit, after = self._units[place], self._whole(place, start, end)
            if after or (self._marks and self._marks[0][0] <= place):
                yield from _runs(together)
                together = []
                yield from self._before(place)
            if after:
                yield deepcopy(unit.control)
                place = after
                continue
            together.append(unit.atom)
            place += 1
        yield from _runs(together)

    def _whole(self, place: int, start: int, end: int) -> int:
        """Return where a control ends that is kept whole from here on, or 0."""
        control = self._units[place].control
        if control is None:
            return 0
        first = last = place
        while first and self._units[first - 1].control is control:
            first -= 1
        while last < len(self._units) and self._units[last].control is control:
            last += 1
        return last if first == place >= start and last <= end else 0


def _runs(these: Sequence[Atom]) -> Iterator[Element]:
    for atom in joined([atom._replace(by=NOBODY) for atom in these]):
        if atom.kind == "text":
            yield text_run(atom, "t")
        else:
            yield from (deepcopy(each) for each in atom.elements)
