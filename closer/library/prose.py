"""Clause prose: paragraphs, items and tables, and when each of them stands."""

import re
from collections.abc import Collection
from typing import Literal

from msgspec import Struct

from closer.library.conditions import Condition, both, parse_condition
from closer.library.marks import (
    Blank,
    Defines,
    Fault,
    Part,
    Refers,
    Text,
    Uses,
    parse_inline,
)
from closer.problems import Place, Problem
from closer.terms.values import Unreadable

__all__ = [
    "Blank",
    "ClauseBlock",
    "Defines",
    "Part",
    "Refers",
    "Text",
    "Uses",
    "parse_inline",
    "parse_prose",
]


class ClauseBlock(Struct, frozen=True, kw_only=True):
    """A paragraph, an item, an item below it, or a table, and when it stands.

    `each`: the path of a map or list; the block is repeated for every entry of it. A
    `*` in it stands for any entry: `parties.*.also` are the joint persons of all sides.
    """

    kind: Literal["text", "item", "subitem", "table"]
    parts: tuple[Part, ...] = ()
    when: Condition | None = None
    each: str | None = None
    table: str | None = None
    line: int = 1


_PATH = re.compile(r"[a-z_][\w-]*(?:\.(?:[\w-]+|\*(?=\.)))*")
_TABLE = re.compile(r"\[table ([a-z][\w-]*)\]")
_ITEM = re.compile(r"( *)-(?: (.*))?$")


def parse_prose(
    text: str, file: str, first_line: int, words: Collection[str] = ()
) -> tuple[tuple[ClauseBlock, ...], list[Problem]]:
    """Read a body of prose into its blocks, with all that is wrong in it."""
    reading = _Body(file, first_line, words)
    for number, line in enumerate(text.split("\n"), first_line):
        reading.line(number, line)
    return reading.finished()


class _Body:
    """Reads a body line by line; a block is written when the next one begins."""

    def __init__(self, file: str, first_line: int, words: Collection[str]) -> None:
        self.file = file
        self.last = first_line
        self.words = words
        self.blocks: list[ClauseBlock] = []
        self.problems: list[Problem] = []
        self.kind: Literal["text", "item", "subitem"] = "text"
        self.lines: list[tuple[int, int, str]] = []
        self.when: Condition | None = None
        self.each: str | None = None
        self.waiting: int | None = None

    def line(self, number: int, line: str) -> None:
        text = line.strip()
        self.last = number
        if not text:
            self.write()
        elif line.startswith(("? ", "* ")) or text in ("?", "*"):
            self.write()
            self.preface(number, text)
        elif match := _TABLE.fullmatch(text):
            self.write()
            self.add(ClauseBlock(kind="table", table=match[1], line=number))
        elif match := _ITEM.match(line):
            self.write()
            self.item(number, len(match[1]), (match[2] or "").strip())
        else:
            if not self.lines:
                self.kind = "text"
            self.lines.append((number, line.index(text), text))

    def preface(self, number: int, text: str) -> None:
        """Read a condition or a repetition; it waits for the block that follows."""
        self.waiting = number
        sign, content = text[0], text[1:].strip()
        if sign == "*":
            if not _PATH.fullmatch(content) or self.each:
                self.problem(
                    "L06",
                    number,
                    3,
                    f"`* {content}` names no map or list to repeat a block for.",
                    "A block is repeated for the entries of one path.",
                    "Write one path behind the asterisk, like `* milestones`.",
                )
                return
            self.each = content
            return
        try:
            self.when = both(self.when, parse_condition(content))
        except Unreadable as error:
            self.problem("L05", number, 3, error.what, error.why, error.remedy)

    def item(self, number: int, indent: int, text: str) -> None:
        self.kind = "item" if indent == 0 else "subitem"
        if indent not in (0, 2):
            self.problem(
                "L06",
                number,
                indent + 1,
                f"The item is indented by {indent} spaces.",
                "Items stand at the margin, items below them two spaces in.",
                "Write it at the margin or two spaces in.",
            )
        if text:
            self.lines.append((number, indent + 2, text))
            return
        self.problem(
            "L06",
            number,
            indent + 1,
            "A list marker stands without text.",
            "The contract would number an empty item.",
            "Write the item behind the marker, or delete the marker.",
        )

    def write(self) -> None:
        """Write the block whose lines were collected."""
        if not self.lines:
            return
        lines, self.lines = self.lines, []
        faults: list[Fault] = []
        joined = " ".join(text for _, _, text in lines)
        parts = parse_inline(joined, faults, self.words)
        for fault in faults:
            line, column = _place(lines, fault.offset)
            self.problem(fault.code, line, column, fault.what, fault.why, fault.remedy)
        self.add(ClauseBlock(kind=self.kind, parts=parts, line=lines[0][0]))

    def add(self, block: ClauseBlock) -> None:
        if self.waiting is not None:
            block = ClauseBlock(
                kind=block.kind,
                parts=block.parts,
                when=self.when,
                each=self.each,
                table=block.table,
                line=block.line,
            )
            self.when, self.each, self.waiting = None, None, None
        self.blocks.append(block)

    def finished(self) -> tuple[tuple[ClauseBlock, ...], list[Problem]]:
        self.write()
        if self.waiting is not None:
            self.problem(
                "L06",
                self.waiting,
                1,
                "A condition or a repetition stands without a block after it.",
                "It decides nothing.",
                "Write the paragraph or item it belongs to, or delete it.",
            )
        if not self.blocks and not self.problems:
            self.problem(
                "L06",
                self.last,
                1,
                "There is no text.",
                "The contract would number an empty provision.",
                "Write what the parties agree, or delete the file.",
            )
        return tuple(self.blocks), self.problems

    def problem(
        self, code: str, line: int, column: int, what: str, why: str, remedy: str
    ) -> None:
        where = Place(self.file, line, column)
        self.problems.append(Problem(code, where, "", what, why, remedy))


def _place(lines: list[tuple[int, int, str]], offset: int) -> tuple[int, int]:
    """Return line and column of an offset into lines that a space joined."""
    for number, indent, text in lines[:-1]:
        if offset <= len(text):
            return number, indent + offset + 1
        offset -= len(text) + 1
    number, indent, _ = lines[-1]
    return number, indent + offset + 1
