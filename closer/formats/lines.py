"""What is read of a document: pieces, paragraphs, and the lines of one view.

Tracked changes are kept apart, so that the text can be read as if they were accepted
or rejected.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from closer.formats.authors import NOBODY, Author

State = Literal["kept", "inserted", "deleted"]
View = Literal["accepted", "rejected"]

_CONTENTS = re.compile(r"(TOC|Contents)\s*\d", re.IGNORECASE)


class Piece(NamedTuple):
    """Some words of one run: their state, their controls and the marks around them.

    `by`: whose tracked change it is; `note`: a comment that starts here, ends or
    stands here, by its number (`start 3`), in a piece without words.
    """

    text: str
    state: State
    tag: str
    alias: str
    marks: tuple[str, ...]
    refers: str
    by: Author = NOBODY
    note: str = ""


class Para(NamedTuple):
    """A paragraph: `style` as the file names it, `marks` that begin in it.

    `broken`: the state of its end, which a tracked change can insert or delete, `by`
    whom. `cell`: table, row and cell that it stands in, each counted from 1; outside of
    tables none.
    """

    pieces: tuple[Piece, ...]
    style: str
    marks: tuple[str, ...]
    broken: State
    cell: tuple[int, ...] = ()
    by: Author = NOBODY


class Line(NamedTuple):
    """A paragraph as one view shows it, with its style and the cell it stands in."""

    pieces: tuple[Piece, ...]
    marks: tuple[str, ...]
    style: str = ""
    cell: tuple[int, ...] = ()
    by: Author = NOBODY

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
        line = Line(tuple(pieces), tuple(marks), para.style, para.cell, para.by)
        if line.text:
            yield line
            marks = []
        pieces = []
    if pieces:
        yield Line(tuple(pieces), tuple(marks))


class Change(NamedTuple):
    """Whether something is a tracked change, and whose."""

    state: State
    by: Author = NOBODY


KEPT = Change("kept")
