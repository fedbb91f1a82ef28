"""The words of a Word document, paragraph by paragraph, with what stands around them.

Tracked changes are kept apart, so that the text can be read as if they were accepted
or rejected. Words that are struck out or hidden by their look alone are set between
⟦ ⟧, so that they read otherwise than words that stand. Parsed in one pass without a
tree: a stranger's file costs little memory.
"""

import re
from functools import cache
from typing import NamedTuple
from xml.parsers import expat

from closer.formats.authors import Author
from closer.formats.lines import KEPT, Change, Para, Piece

_INSERTS = ("w:ins", "w:moveTo")
_DELETES = ("w:del", "w:moveFrom")
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
}
_REFERS = re.compile(r"\s*REF\s+(_Cl_\S+)")
_DAY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?")


def paragraphs(part: bytes) -> list[Para]:
    """Return the paragraphs of a part, those of tables and text boxes too."""
    reader = _Reader()
    reader.read(part)
    return reader.found


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
        self.broken: list[Change] = []
        self.path: list[str] = []
        self.states: list[Change] = []
        self.controls: list[list[str]] = []
        self.marks: dict[str, str] = {}
        self.fields: list[list[str]] = []
        self.rows: list[Change] = []
        self.notes: list[str] = []
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
    def change(self) -> "Change":
        return next((s for s in (*reversed(self.states), *self.rows) if s), KEPT)

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
            self._changed(name, inside, attributes)
            return
        handler = _BEGINS.get(name)
        if handler:
            handler(self, attributes, inside)

    def _changed(self, name: str, inside: str, attributes: dict[str, str]) -> None:
        day = attributes.get("w:date", "")
        by = Author(attributes.get("w:author", ""), day if _DAY.fullmatch(day) else "")
        change = Change("inserted" if name in _INSERTS else "deleted", by)
        if inside == "w:rPr" and "w:pPr" in self.path[-4:] and self.broken:
            self.broken[-1] = change
        elif inside == "w:trPr" and self.rows:
            self.rows[-1] = change
        elif inside not in ("w:rPr", "w:trPr"):
            self.states.append(change)

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
        state, by = self.change
        found = Piece(text, state, tag, alias, marks, refers, by)
        self.open[-1].pieces.append(found)

    def noted(self, kind: str, number: str) -> None:
        """Note where a comment starts, ends or stands; if not in one, in the next."""
        self.notes.append(f"{kind} {number}")
        if self.open:
            self.open[-1].pieces.extend(self.taken_notes())

    def taken_notes(self) -> list[Piece]:
        found = [Piece("", "kept", "", "", (), "", note=note) for note in self.notes]
        self.notes = []
        return found

    def comment_starts(self, attributes: dict[str, str], _: str) -> None:
        self.noted("start", attributes.get("w:id", ""))

    def comment_ends(self, attributes: dict[str, str], _: str) -> None:
        self.noted("end", attributes.get("w:id", ""))

    def comment_stands(self, attributes: dict[str, str], _: str) -> None:
        self.noted("at", attributes.get("w:id", ""))

    def paragraph(self, _: dict[str, str], __: str) -> None:
        self.open.append(_Open(self.taken_notes(), []))
        self.style.append("")
        self.broken.append(KEPT)

    def paragraph_ends(self) -> None:
        pieces, marks = self.open.pop()
        style, broken = self.style.pop(), self.broken.pop()
        if self.rows and self.rows[-1] != KEPT:
            broken = Change("kept", self.rows[-1].by)
        cell = tuple(self.cells[-1]) if self.cells else ()
        self.found.append(
            Para(tuple(pieces), style, tuple(marks), broken.state, cell, broken.by)
        )

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
        self.rows.append(KEPT)

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
    "w:commentRangeStart": _Reader.comment_starts,
    "w:commentRangeEnd": _Reader.comment_ends,
    "w:commentReference": _Reader.comment_stands,
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
