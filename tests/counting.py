"""An independent reader of Word files: the numbers that Word would print.

Written from the standard, not from the writer: it knows numbering.xml, styles.xml and
the paragraphs, and nothing of closer.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]


class Line(NamedTuple):
    style: str
    label: str
    text: str
    element: ET.Element


class Paper:
    """A .docx, read."""

    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            self.parts = {n: archive.read(n) for n in archive.namelist()}
        self.document = self.xml("word/document.xml")
        self._styles()
        self._lists()
        self.lines = list(self._numbered())

    def xml(self, name: str) -> ET.Element:
        return ET.fromstring(self.parts[name])

    def text(self, name: str) -> str:
        return self.parts[name].decode()

    def line(self, words: str) -> Line:
        return next(line for line in self.lines if words in line.text)

    def fields(self) -> Iterator[tuple[str, str]]:
        """Yield instruction and shown text of every complex field."""
        for paragraph in self.document.iter(f"{W}p"):
            open_: list[list[str]] = []
            for run in paragraph.iter(f"{W}r"):
                mark = run.find(f"{W}fldChar")
                kind = mark.get(f"{W}fldCharType") if mark is not None else None
                if kind == "begin":
                    open_.append(["", ""])
                elif kind == "end" and open_:
                    code, shown = open_.pop()
                    yield code.strip(), shown
                elif open_:
                    code = run.find(f"{W}instrText")
                    if code is not None:
                        open_[-1][0] += code.text or ""
                    open_[-1][1] += "".join(t.text or "" for t in run.iter(f"{W}t"))

    def bookmarked(self) -> dict[str, Line]:
        """Return the paragraph in which each bookmark begins."""
        return {
            mark.get(f"{W}name", ""): line
            for line in self.lines
            for mark in line.element.iter(f"{W}bookmarkStart")
        }

    def _styles(self) -> None:
        self.styles: dict[str, tuple[str | None, tuple[str, int] | None]] = {}
        for style in self.xml("word/styles.xml").iter(f"{W}style"):
            based = style.find(f"{W}basedOn")
            self.styles[style.get(f"{W}styleId", "")] = (
                based.get(f"{W}val") if based is not None else None,
                _number_of(style.find(f"{W}pPr")),
            )

    def _lists(self) -> None:
        root = self.xml("word/numbering.xml")
        abstract = {
            a.get(f"{W}abstractNumId"): {
                int(level.get(f"{W}ilvl", "0")): (
                    int(_val(level, "start")),
                    _val(level, "numFmt"),
                    _val(level, "lvlText"),
                )
                for level in a.iter(f"{W}lvl")
            }
            for a in root.iter(f"{W}abstractNum")
        }
        self.lists = {
            n.get(f"{W}numId"): (_val(n, "abstractNumId"), abstract)
            for n in root.iter(f"{W}num")
        }

    def _place(self, paragraph: ET.Element) -> tuple[str, int] | None:
        properties = paragraph.find(f"{W}pPr")
        direct = _number_of(properties)
        if direct is not None:
            return direct
        style: str | None = self._style(paragraph)
        while style:
            style, number = self.styles[style]
            if number is not None:
                return number
        return None

    def _style(self, paragraph: ET.Element) -> str:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return style.get(f"{W}val", "") if style is not None else "Normal"

    def _numbered(self) -> Iterator[Line]:
        counts: dict[str, dict[int, int]] = {}
        for paragraph in self.document.iter(f"{W}p"):
            text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
            place, label = self._place(paragraph), ""
            if place is not None:
                id_, abstract = self.lists[place[0]]
                levels, depth = abstract[id_], place[1]
                count = counts.setdefault(id_, {})
                count[depth] = count.get(depth, levels[depth][0] - 1) + 1
                for deeper in [d for d in count if d > depth]:
                    del count[deeper]
                label = re.sub(
                    r"%(\d)",
                    lambda m, c=count, ls=levels: _counted(
                        ls[int(m[1]) - 1][1],
                        c.get(int(m[1]) - 1, ls[int(m[1]) - 1][0]),
                    ),
                    levels[depth][2],
                )
            yield Line(self._style(paragraph), label, text, paragraph)


def _number_of(properties: ET.Element | None) -> tuple[str, int] | None:
    number = properties.find(f"{W}numPr") if properties is not None else None
    if number is None:
        return None
    return _val(number, "numId"), int(_val(number, "ilvl"))


def _val(parent: ET.Element, name: str) -> str:
    found = parent.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _counted(format_: str, count: int) -> str:
    match format_:
        case "lowerLetter":
            return LETTERS[count - 1]
        case "upperLetter":
            return LETTERS[count - 1].upper()
        case "lowerRoman":
            return ROMAN[count]
    return str(count)
