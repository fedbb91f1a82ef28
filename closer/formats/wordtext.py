"""The words of a Word document, paragraph by paragraph, with what stands around them.

Tracked changes are kept apart, so that the text can be read as if they were accepted
or rejected. Words that are struck out or hidden by their look alone are set between
⟦ ⟧, so that they read otherwise than words that stand. Parsed in one pass without a
tree: a stranger's file costs little memory.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple
from xml.parsers import expat

State = Literal["kept", "inserted", "deleted"]
View = Literal["accepted", "rejected"]

_INSERTS = ("w:ins", "w:moveTo")
_DELETES = ("w:del", "w:moveFrom")
_CONTENTS = re.compile(r"(TOC|Contents)\s*\d", re.IGNORECASE)
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
}
_REFERS = re.compile(r"\s*REF\s+(_Cl_\S+)")


class Piece(NamedTuple):
    """Some words of one run: their state, their controls and the marks around them."""

    text: str
    state: State
    tag: str
    alias: str
    marks: tuple[str, ...]
    refers: str


class Para(NamedTuple):
    """A paragraph: `style` as the file names it, `marks` that begin in it.

    `broken`: the state of its end, which a tracked change can insert or delete. `cell`:
    table, row and cell that it stands in, each counted from 1; outside of tables none.
    """

    pieces: tuple[Piece, ...]
    style: str
    marks: tuple[str, ...]
    broken: State
    cell: tuple[int, ...] = ()


class Line(NamedTuple):
    """A paragraph as one view shows it, with its style and the cell it stands in."""

    pieces: tuple[Piece, ...]
    marks: tuple[str, ...]
    style: str = ""
    cell: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The words, with one space between them."""
        return words("".join(piece.text for piece in self.pieces))

    @property
    def keyed(self) -> str:
        """The words, with each live reference as its target and not its number."""
        return words("".join(p.refers or p.text for p in self.pieces))


def words(text: str) -> str:
    """Return a text with every kind of space as one plain one."""
    return " ".join(text.split())


def paragraphs(part: bytes) -> list[Para]:
    """Return the paragraphs of a part, those of tables and text boxes too."""
    reader = _Reader()
    reader.read(part)
    return reader.found


def pending(found: Iterable[Para]) -> int:
    """Return how many runs and ends of paragraphs are tracked changes."""
    return sum(
        (para.broken != "kept") + sum(piece.state != "kept" for piece in para.pieces)
        for para in found
    )


def is_contents(style: str) -> bool:
    """Tell whether a style is one of the contents, which a program counts afresh."""
    return bool(_CONTENTS.match(style))


def seen(found: Iterable[Para], view: View) -> Iterator[Line]:
    """Yield the lines of a view; a paragraph whose end goes runs into the next."""
    gone: State = "deleted" if view == "accepted" else "inserted"
    pieces: list[Piece] = []
    marks: list[str] = []
    for para in found:
        if is_contents(para.style):
            marks += para.marks
            continue
        pieces += (piece for piece in para.pieces if piece.state != gone)
        marks += para.marks
        if para.broken == gone:
            continue
        line = Line(tuple(pieces), tuple(marks), para.style, para.cell)
        if line.text:
            yield line
            marks = []
        pieces = []
    if pieces:
        yield Line(tuple(pieces), tuple(marks))


@cache
def _short(name: str) -> str:
    """Return a name with the usual prefix, whatever prefix the file uses."""
    space, _, local = name.rpartition(" ")
    return f"{_PREFIXES.get(space, space)}:{local}" if space else local


class _Open(NamedTuple):
    pieces: list[Piece]
    marks: list[str]


class _Reader:
    """Handlers of one parse."""

    def __init__(self) -> None:
        self.found: list[Para] = []
        self.open: list[_Open] = []
        self.style: list[str] = []
        self.broken: list[State] = []
        self.path: list[str] = []
        self.states: list[State] = []
        self.controls: list[list[str]] = []
        self.marks: dict[str, str] = {}
        self.fields: list[list[str]] = []
        self.rows: list[State] = []
        self.cells: list[list[int]] = []
        self.tables = 0
        self.skipped = 0
        self.look = ""
        self.text: list[str] = []

    def read(self, part: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.begins
        parser.EndElementHandler = self.ends
        parser.CharacterDataHandler = self.says
        parser.Parse(part, True)  # noqa: FBT003 - how expat is called

    @property
    def state(self) -> State:
        return next((s for s in (*reversed(self.states), *self.rows) if s), "kept")

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        name = _short(name)
        attributes = {_short(key): value for key, value in attributes.items()}
        self.path.append(name)
        if name == "mc:Fallback":
            self.skipped += 1
        if self.skipped:
            return
        inside = self.path[-2] if len(self.path) > 1 else ""
        if name in _INSERTS or name in _DELETES:
            self._changed(name, inside)
            return
        handler = _BEGINS.get(name)
        if handler:
            handler(self, attributes, inside)

    def _changed(self, name: str, inside: str) -> None:
        state: State = "inserted" if name in _INSERTS else "deleted"
        if inside == "w:rPr" and "w:pPr" in self.path[-4:] and self.broken:
            self.broken[-1] = state
        elif inside == "w:trPr" and self.rows:
            self.rows[-1] = state
        elif inside not in ("w:rPr", "w:trPr"):
            self.states.append(state)

    def ends(self, name: str) -> None:
        name = _short(name)
        self.path.pop()
        if name == "mc:Fallback":
            self.skipped -= 1
        if self.skipped or name == "mc:Fallback":
            return
        inside = self.path[-1] if self.path else ""
        if name in _INSERTS or name in _DELETES:
            if inside not in ("w:rPr", "w:trPr") and self.states:
                self.states.pop()
            return
        handler = _ENDS.get(name)
        if handler:
            handler(self)

    def says(self, text: str) -> None:
        if self.skipped or not self.path:
            return
        if self.path[-1] in ("w:t", "w:delText", "m:t"):
            self.piece(text)
        elif self.path[-1] == "w:instrText" and self.fields:
            self.fields[-1][0] += text

    def piece(self, text: str) -> None:
        if not self.open:
            return
        if self.look and text.strip():
            text = f"⟦{self.look}: {text}⟧"
        tag, alias = self.controls[-1] if self.controls else ("", "")
        refers = ""
        if self.fields and self.fields[-1][1] == "separate":
            target = _REFERS.match(self.fields[-1][0])
            refers = target[1] if target else ""
        marks = tuple(self.marks.values())
        self.open[-1].pieces.append(Piece(text, self.state, tag, alias, marks, refers))

    def paragraph(self, _: dict[str, str], __: str) -> None:
        self.open.append(_Open([], []))
        self.style.append("")
        self.broken.append("kept")

    def paragraph_ends(self) -> None:
        pieces, marks = self.open.pop()
        style, broken = self.style.pop(), self.broken.pop()
        if self.rows and self.rows[-1] != "kept":
            broken = "kept"
        cell = tuple(self.cells[-1]) if self.cells else ()
        self.found.append(Para(tuple(pieces), style, tuple(marks), broken, cell))

    def styled(self, attributes: dict[str, str], _: str) -> None:
        if self.style:
            self.style[-1] = attributes.get("w:val", "")

    def control(self, _: dict[str, str], __: str) -> None:
        self.controls.append(["", ""])

    def control_ends(self) -> None:
        self.controls.pop()

    def tagged(self, attributes: dict[str, str], _: str) -> None:
        if self.controls:
            self.controls[-1][0] = attributes.get("w:val", "")

    def named(self, attributes: dict[str, str], _: str) -> None:
        if self.controls:
            self.controls[-1][1] = attributes.get("w:val", "")

    def mark(self, attributes: dict[str, str], _: str) -> None:
        name = attributes.get("w:name", "")
        self.marks[attributes.get("w:id", "")] = name
        if self.open:
            self.open[-1].marks.append(name)

    def mark_ends(self, attributes: dict[str, str], _: str) -> None:
        self.marks.pop(attributes.get("w:id", ""), None)

    def field(self, attributes: dict[str, str], _: str) -> None:
        kind = attributes.get("w:fldCharType", "")
        if kind == "begin":
            self.fields.append(["", kind])
        elif kind == "end" and self.fields:
            self.fields.pop()
        elif self.fields:
            self.fields[-1][1] = kind

    def simple(self, attributes: dict[str, str], _: str) -> None:
        self.fields.append([attributes.get("w:instr", ""), "separate"])

    def simple_ends(self) -> None:
        self.fields.pop()

    def table(self, _: dict[str, str], __: str) -> None:
        self.tables += 1
        self.cells.append([self.tables, 0, 0])

    def table_ends(self) -> None:
        self.cells.pop()

    def cell(self, _: dict[str, str], __: str) -> None:
        if self.cells:
            self.cells[-1][2] += 1

    def row(self, _: dict[str, str], __: str) -> None:
        if self.cells:
            self.cells[-1][1:] = self.cells[-1][1] + 1, 0
        self.rows.append("kept")

    def row_ends(self) -> None:
        self.rows.pop()

    def run(self, _: dict[str, str], __: str) -> None:
        self.look = ""

    def run_ends(self) -> None:
        self.look = ""

    def struck(self, attributes: dict[str, str], inside: str) -> None:
        self.looks("struck out", attributes, inside)

    def hidden(self, attributes: dict[str, str], inside: str) -> None:
        self.looks("hidden", attributes, inside)

    def looks(self, look: str, attributes: dict[str, str], inside: str) -> None:
        """Note how a run looks, where that takes its words back."""
        of_run = inside == "w:rPr" and self.path[-3:-2] == ["w:r"]
        if of_run and attributes.get("w:val", "1") not in ("0", "false", "off"):
            self.look = look

    def hyphen(self, _: dict[str, str], __: str) -> None:
        self.piece("-")

    def symbol(self, attributes: dict[str, str], _: str) -> None:
        self.piece(f"⟦symbol {attributes.get('w:char', '')}⟧")

    def space(self, _: dict[str, str], inside: str) -> None:
        if inside == "w:r":
            self.piece(" ")


_BEGINS = {
    "w:p": _Reader.paragraph,
    "w:pStyle": _Reader.styled,
    "w:sdt": _Reader.control,
    "w:tag": _Reader.tagged,
    "w:alias": _Reader.named,
    "w:bookmarkStart": _Reader.mark,
    "w:bookmarkEnd": _Reader.mark_ends,
    "w:fldChar": _Reader.field,
    "w:fldSimple": _Reader.simple,
    "w:tbl": _Reader.table,
    "w:tr": _Reader.row,
    "w:tc": _Reader.cell,
    "w:tab": _Reader.space,
    "w:br": _Reader.space,
    "w:cr": _Reader.space,
    "w:noBreakHyphen": _Reader.hyphen,
    "w:sym": _Reader.symbol,
    "w:r": _Reader.run,
    "w:strike": _Reader.struck,
    "w:dstrike": _Reader.struck,
    "w:vanish": _Reader.hidden,
}
_ENDS = {
    "w:p": _Reader.paragraph_ends,
    "w:sdt": _Reader.control_ends,
    "w:fldSimple": _Reader.simple_ends,
    "w:tbl": _Reader.table_ends,
    "w:tr": _Reader.row_ends,
    "w:r": _Reader.run_ends,
}
