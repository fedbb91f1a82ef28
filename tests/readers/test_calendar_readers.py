"""Other people's readers see the days that we say: two parsers, two expanders.

`recurring-ical-events` reads with icalendar and expands by itself; `ical` parses and
expands on its own. Ours is the data that `closer schedule --json` prints, its rules
expanded by dateutil.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from ical.calendar_stream import IcsCalendarStream
from ical.timeline import Timeline
from scheduling import GARAGE, STUDIO, planned, sample

from closer.followup.entries import Schedule
from closer.followup.revision import revised
from closer.formats.ical import write
from closer.formats.table import as_json

FROM, TO = date(2026, 7, 1), date(2036, 7, 1)
Seen = set[tuple[str, str, str]]
"""UID, first moment (a day, or an instant in UTC), and the end, which is excluded."""


def _instant(moment: date) -> str:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat()
    return moment.isoformat()


def by_recurring_ical_events(data: bytes) -> Seen:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(
        FROM, TO
    )
    return {
        (str(e["UID"]), _instant(e["DTSTART"].dt), _instant(e["DTEND"].dt))
        for e in found
        if e.get("STATUS") != "CANCELLED"
    }


def by_ical(data: bytes) -> Seen:
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    timeline: Timeline = calendar.timeline
    return {
        (e.uid, _instant(e.start), _instant(e.end))
        for e in timeline.overlapping(FROM, TO)
        if e.status is None or e.status.value != "CANCELLED"
    }


READERS = [by_recurring_ical_events, by_ical]


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
            seen.add((str(e["uid"]), _instant(start), _instant(start + length)))
    return seen


_DAY = timedelta(1)


def _read(text: object) -> date | None:
    if not isinstance(text, str):
        return None
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def _times(rule: object, first: date) -> list[date]:
    if not isinstance(rule, str):
        return [first]
    if isinstance(first, datetime):
        from zoneinfo import ZoneInfo  # noqa: PLC0415

        local = first.astimezone(ZoneInfo("America/New_York"))
        return list(rrulestr(rule, dtstart=local))
    start = datetime(first.year, first.month, first.day)  # noqa: DTZ001
    return [day.date() for day in rrulestr(rule, dtstart=start)]


def _hurricane() -> Schedule:
    before = planned(sample(GARAGE))
    after = sample(
        GARAGE,
        ("due: 4 weeks after garage", "due: 6 weeks after garage"),
        ("every month on the first Tuesday at 10:00", "every week on Tuesday at 10:00"),
        ("  access: {owner: client", "  entry: {owner: client"),
    )
    until = {"governance.progress_reviews": date(2026, 11, 30)}
    return revised(before, planned(after), effective=date(2026, 10, 5), until=until)


SCHEDULES: dict[str, Callable[[], Schedule]] = {
    "garage": lambda: planned(sample(GARAGE)),
    "garage, met": lambda: planned(sample(GARAGE), garage_met="2026-10-02"),
    "garage after the hurricane": _hurricane,
    "studio": lambda: planned(sample(STUDIO)),
}


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("name", SCHEDULES)
def test_a_reader_sees_the_days_that_we_say(
    name: str, read: Callable[[bytes], Seen]
) -> None:
    found = SCHEDULES[name]()
    seen = read(write(found))

    assert len(seen) > 100
    assert seen == ours(found)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_merged_by_uid_over_the_first_the_revision_leaves_no_duplicate(
    read: Callable[[bytes], Seen],
) -> None:
    first, second = planned(sample(GARAGE)), _hurricane()
    merged = {e.uid: e for e in first.entries} | {e.uid: e for e in second.entries}
    effective = "2026-10-05"

    def live(found: Seen) -> Seen:
        return {each for each in found if each[1] >= effective}

    assert {e.uid for e in first.entries} <= {e.uid for e in second.entries}
    both = read(write(Schedule("", "", None, tuple(merged.values()))))
    assert live(both) == live(read(write(second)))
    days = [(start, uid) for uid, start, _ in both]
    assert len(days) == len(set(days))
