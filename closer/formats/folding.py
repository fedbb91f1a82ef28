"""The lines of a calendar file, folded: no line longer than its readers must take.

The lines themselves, and all escaping in them, are icalendar's; only the folding is
ours, since icalendar looks at each sign for itself.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Component

_MOST = 74
"""Octets of a line: one less than RFC 5545 allows, as icalendar writes."""

_WIDEST = 4
"""Octets that one sign can take."""


def as_file(calendar: "Component") -> bytes:
    """Return a calendar as the bytes that icalendar itself would write."""
    lines = calendar.content_lines(sorted=True)
    return "".join(f"{folded(line)}\r\n" for line in lines if line).encode()


def folded(line: str) -> str:
    """Fold a line, never inside a sign and never after the mark of an escape."""
    if len(line) <= _MOST and line.isascii():
        return line
    pieces, rest = [], line
    while rest:
        piece = _first(rest)
        pieces.append(piece)
        rest = rest[len(piece) :]
    return "\r\n ".join(pieces)


def _first(rest: str) -> str:
    """Return as much of a line as one piece can hold."""
    piece = rest[:_MOST]
    while (over := len(piece.encode()) - _MOST) > 0:
        piece = piece[: -over // _WIDEST]
    if len(piece) < len(rest) and len(piece) > 1 and piece[-1] in r"\^":
        piece = piece[:-1]
    return piece
