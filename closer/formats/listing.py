"""The schedule as a sheet of figures (.csv) and as a text for people (.md)."""

import csv
from datetime import date, datetime
from io import StringIO

from closer.followup.entries import Entry, Schedule
from closer.formats.table import as_json

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEAD = "| Day | Who | What | Why |\n| --- | --- | --- | --- |\n"


def as_csv(schedule: Schedule) -> bytes:
    """Return one line for each entry, with a byte-order mark for spreadsheets.

    A text that a spreadsheet would take for a formula is marked as text.
    """
    rows = as_json(schedule)
    out = StringIO(newline="")
    names = list(rows[0]) if rows else []
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        numbers = all(isinstance(each, int) for each in value)
        value = (" " if numbers else "\n").join(map(str, value))
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_markdown(schedule: Schedule) -> bytes:
    """Return the schedule as a Markdown table under its title."""
    title = f"# {_plain(schedule.title)} ({_plain(schedule.reference)})\n\n"
    rows = "".join(map(_row, schedule.entries))
    return f"{title}{_HEAD}{rows}".encode()


def _row(entry: Entry) -> str:
    title = entry.expected_title if entry.waits_for else entry.title
    why = " ".join(x for x in (entry.provision, *entry.reason[-1:]) if x)
    who = entry.party
    cells = (told_day(entry), who, title, why)
    return f"| {' | '.join(_plain(cell) for cell in cells)} |\n"


def told_day(entry: Entry) -> str:
    """Return the day of an entry with what there is to say of it."""
    if entry.day is None:
        return "no day yet"
    said = f"{entry.day:%Y-%m-%d}"
    start = entry.start
    if isinstance(start, datetime):
        said = f"{said} {start:%H:%M}"
    elif isinstance(start, date) and not entry.rrule:
        said = f"{start:%Y-%m-%d} to {said}"
    marks = [f"strict {entry.strict:%Y-%m-%d}"] if entry.strict else []
    marks += ["repeats"] if entry.rrule else []
    marks += ["expected"] if entry.waits_for else []
    marks += ["cancelled"] if entry.status == "cancelled" else []
    return f"{said} ({', '.join(marks)})" if marks else said


def _plain(text: str) -> str:
    """Keep what is text from being read as markup."""
    text = " ".join(text.split())
    for mark in "\\|*_`[]<>":
        text = text.replace(mark, f"\\{mark}")
    return text
