"""Schedules for other people's readers, and what they must see of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from scheduling import GARAGE, STUDIO, planned, sample

from closer.followup.entries import Schedule
from closer.followup.revision import revised
from closer.formats.table import as_json

FROM, TO = date(2026, 7, 1), date(2036, 7, 1)
EFFECTIVE = date(2026, 10, 5)
Seen = set[tuple[str, str, str]]
"""UID, first moment (a day, or an instant in UTC), and the end, which is excluded."""

_DAY = timedelta(1)


def instant(moment: date) -> str:
    """A day stays a day; a time is told as its instant."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat()
    return moment.isoformat()


def ours(found: Schedule) -> Seen:
    """Return what the data says: confirmed days, expected days, rules expanded."""
    seen: Seen = set()
    for e in as_json(found):
        if e["status"] == "cancelled" or (e["waits_for"] and e["rrule"]):
            continue
        first = _read(e["start"] or e["date"] or e["expected"])
        if e["waits_for"] and e["kind"] == "window":
            [own] = [each for each in found.entries if each.uid == e["uid"]]
            first = own.start
        if first is None:
            continue
        last = _read(e["end"]) or _read(e["date"]) or _read(e["expected"]) or first
        length = last - first if isinstance(first, datetime) else last - first + _DAY
        for start in _times(e["rrule"], first):
            seen.add((str(e["uid"]), instant(start), instant(start + length)))
    return seen


def titles(found: Schedule) -> dict[str, str]:
    """Return what a calendar shows of each entry, by UID."""
    return {
        e.uid: " ".join((e.expected_title if e.waits_for else e.title).split())
        for e in found.entries
    }


def _read(text: object) -> date | None:
    if not isinstance(text, str):
        return None
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def _times(rule: object, first: date) -> list[date]:
    if not isinstance(rule, str):
        return [first]
    if isinstance(first, datetime):
        local = first.astimezone(ZoneInfo("America/New_York"))
        return list(rrulestr(rule, dtstart=local))
    start = datetime(first.year, first.month, first.day)  # noqa: DTZ001
    return [day.date() for day in rrulestr(rule, dtstart=start)]


def hurricane() -> Schedule:
    """Return the garage deal after the hurricane, a day dropped and one added."""
    before = planned(sample(GARAGE))
    after = sample(
        GARAGE,
        ("due: 4 weeks after garage", "due: 6 weeks after garage"),
        ("every month on the first Tuesday at 10:00", "every week on Tuesday at 10:00"),
        ("  access: {owner: client", "  entry: {owner: client"),
    )
    until = {"governance.progress_reviews": date(2026, 11, 30)}
    return revised(before, planned(after), effective=EFFECTIVE, until=until)


SCHEDULES: dict[str, Callable[[], Schedule]] = {
    "garage": lambda: planned(sample(GARAGE)),
    "garage, met": lambda: planned(sample(GARAGE), garage_met="2026-10-02"),
    "garage after the hurricane": hurricane,
    "studio": lambda: planned(sample(STUDIO)),
}
