"""Time zones for calendar files: a VTIMEZONE from the tz database's own rule.

The last line of each file of the database is a rule that holds for every day to come,
such as `EST5EDT,M3.2.0,M11.1.0`. It becomes one STANDARD and one DAYLIGHT part with a
yearly RRULE, the only form that every calendar reads; onsets stand in the local time
before the change. A rule that this form cannot say is written out day by day.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib import resources
from typing import NamedTuple

_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_NAME = r"(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]+>)"
_OFFSET = r"[+-]?\d{1,3}(?::\d{2}(?::\d{2})?)?"
_RULE = re.compile(
    rf"(?P<name>{_NAME})(?P<offset>{_OFFSET})"
    rf"(?:(?P<summer>{_NAME})(?P<shifted>{_OFFSET})?,(?P<begins>[^,]+),(?P<ends>[^,]+))?"
)
_ONSET = re.compile(rf"M(\d+)\.(\d)\.(\d)(?:/({_OFFSET}))?")
_SINCE = 2007
_WRITTEN_OUT_TO = 2060
_HOUR = 3600
_A_DAY = 86400
_LAST = 5


class _Part(NamedTuple):
    """One half of the year: its name, when it begins, and the clocks at that moment."""

    kind: str
    name: str
    onset: str | None
    clock_before: int
    clock: int


def vtimezone(zone: str) -> str:
    """Return the VTIMEZONE of a zone of the tz database."""
    rule = _RULE.fullmatch(_footer(zone))
    if rule is None:
        raise ValueError(f"the tz database has no rule for the days to come of {zone}")
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    for part in _parts(rule):
        lines += [f"BEGIN:{part.kind}", *_begins(part), f"TZNAME:{part.name}"]
        lines += [f"TZOFFSETFROM:{_clock(part.clock_before)}"]
        lines += [f"TZOFFSETTO:{_clock(part.clock)}", f"END:{part.kind}"]
    return "\r\n".join([*lines, "END:VTIMEZONE", ""])


def _footer(zone: str) -> str:
    """Return the rule from the `tzdata` package, so that machines cannot disagree."""
    folder, _, name = zone.rpartition("/")
    package = ".".join(["tzdata.zoneinfo", *filter(None, folder.split("/"))])
    data = resources.files(package).joinpath(name).read_bytes()
    return data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


def _parts(rule: re.Match[str]) -> Iterator[_Part]:
    winter = -_seconds(rule["offset"])
    name = rule["name"].strip("<>")
    if rule["summer"] is None:
        yield _Part("STANDARD", name, None, winter, winter)
        return
    summer = -_seconds(rule["shifted"]) if rule["shifted"] else winter + _HOUR
    summer_name = rule["summer"].strip("<>")
    yield _Part("DAYLIGHT", summer_name, rule["begins"], winter, summer)
    yield _Part("STANDARD", name, rule["ends"], summer, winter)


def _begins(part: _Part) -> Iterator[str]:
    """Yield when a part begins: first, and every year."""
    onset = _ONSET.fullmatch(part.onset or "")
    if onset is None:
        yield f"DTSTART:{_SINCE}0101T000000"
        return
    month, week, day = int(onset[1]), int(onset[2]), int(onset[3])
    shift, second = divmod(_seconds(onset[4] or "2"), _A_DAY)

    def at(year: int) -> str:
        reached = _nth(year, month, week, day) + timedelta(shift)
        midnight = datetime(reached.year, reached.month, reached.day)  # noqa: DTZ001
        return f"{midnight + timedelta(seconds=second):%Y%m%dT%H%M%S}"

    yield f"DTSTART:{at(_SINCE)}"
    if shift:
        later = range(_SINCE + 1, _WRITTEN_OUT_TO + 1)
        yield from (f"RDATE:{at(year)}" for year in later)
    else:
        nth = -1 if week == _LAST else week
        yield f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{_DAYS[day]}"


def _nth(year: int, month: int, week: int, day: int) -> date:
    """Return the nth weekday of a month, 0 being Sunday; the fifth is the last."""
    first = date(year, month, 1)
    ahead = (day - first.isoweekday()) % 7 + 7 * (week - 1)
    found = first + timedelta(ahead)
    return found if found.month == month else found - timedelta(7)


def _seconds(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = ([*map(int, text.lstrip("+-").split(":")), 0, 0])[:3]
    return sign * (hours * _HOUR + minutes * 60 + seconds)


def _clock(offset: int) -> str:
    sign, left = ("-", -offset) if offset < 0 else ("+", offset)
    seconds = f"{left % 60:02d}" if left % 60 else ""
    return f"{sign}{left // _HOUR:02d}{left // 60 % 60:02d}{seconds}"
