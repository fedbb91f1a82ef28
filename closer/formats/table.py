"""The schedule for a terminal and for programs: a table that folds, plain objects."""

from collections.abc import Iterator
from datetime import date, datetime
from textwrap import wrap
from typing import NamedTuple

from closer.followup.entries import Entry, Schedule
from closer.terms.values import WEEKDAYS

_NARROW = 72
_DAY = 17
_GAP = "  "


class _Row(NamedTuple):
    """One entry in four cells; each thing to say of it stands on a line of its own."""

    day: tuple[str, ...]
    who: tuple[str, ...]
    what: tuple[str, ...]
    why: tuple[str, ...]


_HEAD = _Row(("DAY",), ("WHO",), ("WHAT",), ("WHY",))


def table(schedule: Schedule, width: int = 100) -> str:
    """Return the schedule as text, folded to so many columns."""
    rows = [_HEAD, *(_row(entry) for entry in schedule.entries)]
    folded = _folded_narrow if width < _NARROW else _folded
    lines = (line.rstrip() for row in rows for line in folded(row, rows, width))
    return "\n".join(lines) + "\n"


def as_json(schedule: Schedule) -> list[dict[str, object]]:
    """Return every entry as an object of plain values; each key is always there.

    While an entry waits for something it has no day, only an expected one.
    """
    return [_object(entry) for entry in schedule.entries]


def _object(entry: Entry) -> dict[str, object]:
    waits = entry.waits_for is not None
    return {
        "uid": entry.uid,
        "kind": entry.kind,
        "title": entry.title,
        "party": entry.party,
        "term": entry.term,
        "date": _iso(entry.date),
        "start": None if waits else _iso(entry.start),
        "end": None if waits else _iso(entry.end),
        "rrule": entry.rrule,
        "expected": _iso(entry.expected),
        "waits_for": entry.waits_for,
        "strict": _iso(entry.strict),
        "provision": entry.provision,
        "reason": list(entry.reason),
        "reminders": list(entry.reminders),
        "stake": entry.stake,
        "status": entry.status,
        "sequence": entry.sequence,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _row(entry: Entry) -> _Row:
    why = entry.because if entry.waits_for or entry.rrule else entry.reason[-1:]
    cells = (entry.provision, *([why] if isinstance(why, str) else why))
    return _Row(
        day=tuple(_days(entry)),
        who=tuple(entry.party.split(", ")),
        what=(entry.title,),
        why=tuple(cell for cell in cells if cell),
    )


def _days(entry: Entry) -> Iterator[str]:
    """Yield the day and what else there is to say of it: expected, strict, an hour."""
    if entry.status == "cancelled":
        yield "cancelled"
    if entry.day is None:
        yield "no day yet"
        return
    spans = entry.start and not entry.rrule and not isinstance(entry.start, datetime)
    if spans and entry.start:
        yield f"{_day(entry.start)} to"
    yield _day(entry.day)
    if entry.waits_for:
        yield "expected"
    if isinstance(entry.start, datetime):
        yield f"{entry.start:%H:%M}"
    if entry.strict:
        yield f"strict {entry.strict:%Y-%m-%d}"


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d} {WEEKDAYS[day.weekday()][:3]}"


def _folded(row: _Row, rows: list[_Row], width: int) -> Iterator[str]:
    """Yield the lines of a row in four columns, the last two as wide as they can be."""
    who = min(max(len(name) for each in rows for name in each.who), 20)
    left = width - _DAY - who - 3 * len(_GAP)
    what = left // 2
    widths = (_DAY, who, what, left - what)
    columns = [_wrapped(cell, room) for cell, room in zip(row, widths, strict=True)]
    for at in range(max(map(len, columns))):
        cells = (column[at] if at < len(column) else "" for column in columns)
        padded = (cell.ljust(room) for cell, room in zip(cells, widths, strict=True))
        yield _GAP.join(padded)


def _folded_narrow(row: _Row, rows: list[_Row], width: int) -> Iterator[str]:
    """Yield a row one cell below the other, where there is no room for columns."""
    if row is rows[0]:
        return
    yield from _wrapped((" ".join(row.day),), width)
    indent = "  "
    for cell in (row.what, (", ".join(row.who),), row.why):
        for line in _wrapped(cell, max(width - len(indent), 1)):
            yield indent + line


def _wrapped(lines: tuple[str, ...], width: int) -> list[str]:
    room = max(width, 1)
    whole = (wrap(line, room, break_on_hyphens=False) for line in lines)
    return [part for parts in whole for part in parts]
