"""On which days a rhythm falls, and the rule by which every calendar reads the same.

Calendars disagree about days that some months lack. Where no rule is read alike (day
29 or 30 of a month, 29 February), there is none, and each day becomes an entry.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count, takewhile
from typing import cast
from zoneinfo import ZoneInfo

from closer.terms.rhythms import On, Rhythm

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STANDS_FOR_LAST = 31
UTC = ZoneInfo("UTC")


def settled(rhythm: Rhythm, effective: date) -> On:
    """Return the day of the rhythm; where none was agreed, that of `effective`.

    A month has not always a 29th, 30th or 31st, so these stand for its last day.
    """
    on = rhythm.on
    if rhythm.unit == "week":
        return on or On(weekday=effective.weekday())
    if rhythm.unit == "year":
        if on is None:
            return On(day=effective.day, month=effective.month)
        return On(on.weekday, on.nth, on.day, on.month or effective.month)
    if on is not None or rhythm.unit == "day":
        return on or On()
    return On(day=effective.day if effective.day < 29 else _STANDS_FOR_LAST)


def days_of(
    rhythm: Rhythm, effective: date, first: date, last: date | None
) -> Iterator[date]:
    """Yield the days of a rhythm from the first match on or after `first`."""
    on = settled(rhythm, effective)
    matches = _matches(rhythm, on, first)
    return takewhile(lambda day: last is None or day <= last, matches)


def _matches(rhythm: Rhythm, on: On, first: date) -> Iterator[date]:
    if rhythm.unit in ("day", "week"):
        ahead = 0 if on.weekday is None else (on.weekday - first.weekday()) % 7
        step = rhythm.every * (7 if rhythm.unit == "week" else 1)
        yield from (first + timedelta(ahead + step * n) for n in count())
        return
    step = rhythm.every * {"month": 1, "quarter": 3, "year": 12}[rhythm.unit]
    month = first.year * 12 + (on.month or first.month) - 1
    if _day_in(on, month) < first:
        month += 12 if rhythm.unit == "year" else 1
    yield from (_day_in(on, month + step * n) for n in count())


def _day_in(on: On, months: int) -> date:
    """Return the day of a month, counted in months since the year 0."""
    year, month = divmod(months, 12)
    length = monthrange(year, month + 1)[1]
    if on.weekday is None:
        return date(year, month + 1, min(on.day or 1, length))
    if on.nth == -1:
        end = date(year, month + 1, length)
        return end - timedelta((end.weekday() - on.weekday) % 7)
    start = date(year, month + 1, 1)
    ahead = (on.weekday - start.weekday()) % 7 + 7 * ((on.nth or 1) - 1)
    return start + timedelta(ahead)


def rule(rhythm: Rhythm, effective: date) -> str | None:
    """Return the RRULE of a rhythm, or None where calendars would not agree on it."""
    on = settled(rhythm, effective)
    every = rhythm.every * (3 if rhythm.unit == "quarter" else 1)
    unit = "month" if rhythm.unit == "quarter" else rhythm.unit
    frequency = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
    parts = [f"FREQ={frequency[unit]}"]
    if every > 1:
        parts.append(f"INTERVAL={every}")
    if unit == "year":
        parts.append(f"BYMONTH={on.month}")
    if on.weekday is not None:
        parts.append(f"BYDAY={on.nth or ''}{_CODES[on.weekday]}")
    elif unit in ("month", "year"):
        day = _safe_day(on, unit)
        if day is None:
            return None
        parts.append(f"BYMONTHDAY={day}")
    return ";".join(parts)


def _safe_day(on: On, unit: str) -> int | None:
    """Return a day that each month in question has, -1 for its last."""
    day = on.day or 1
    if unit == "year":
        return day if (on.month, day) != (2, 29) else None
    if day == _STANDS_FOR_LAST:
        return -1
    return day if day < 29 else None


def until(text: str, last: date | None) -> str:
    """Return the rule with its last occurrence; a zoned one is written in UTC."""
    bare = endless(text)
    if last is None:
        return bare
    if isinstance(last, datetime):
        return f"{bare};UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{bare};UNTIL={last:%Y%m%d}"


def endless(text: str) -> str:
    """Return the rule without its end."""
    return text.partition(";UNTIL=")[0]


def occurrences(text: str, start: date) -> Iterator[date]:
    """Yield the days (or zoned hours) on which a rule falls, its start the first."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - only revisions expand rules

    if isinstance(start, datetime):
        yield from cast("Iterator[date]", iter(rrulestr(text, dtstart=start)))
        return
    midnight = datetime(start.year, start.month, start.day)  # noqa: DTZ001 - a day
    yield from (day.date() for day in rrulestr(text, dtstart=midnight))
