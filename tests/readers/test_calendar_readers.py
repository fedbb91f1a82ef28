"""Other people's readers see the days that we say: two parsers, two expanders.

`recurring-ical-events` reads with icalendar and expands by itself; `ical` parses and
expands on its own. Ours is the data that `closer schedule --json` prints, its rules
expanded by dateutil.
"""

from collections.abc import Callable

import icalendar
import pytest
import recurring_ical_events
from expecting import FROM, SCHEDULES, TO, Seen, hurricane, instant, ours
from ical.calendar_stream import IcsCalendarStream
from ical.timeline import Timeline
from scheduling import GARAGE, planned, sample

from closer.followup.entries import Schedule
from closer.formats.ical import write


def by_recurring_ical_events(data: bytes) -> Seen:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(
        FROM, TO
    )
    return {
        (str(e["UID"]), instant(e["DTSTART"].dt), instant(e["DTEND"].dt))
        for e in found
        if e.get("STATUS") != "CANCELLED"
    }


def by_ical(data: bytes) -> Seen:
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    timeline: Timeline = calendar.timeline
    return {
        (e.uid, instant(e.start), instant(e.end))
        for e in timeline.overlapping(FROM, TO)
        if e.status is None or e.status.value != "CANCELLED"
    }


READERS = [by_recurring_ical_events, by_ical]


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
    first, second = planned(sample(GARAGE)), hurricane()
    merged = {e.uid: e for e in first.entries} | {e.uid: e for e in second.entries}
    effective = "2026-10-05"

    def live(found: Seen) -> Seen:
        return {each for each in found if each[1] >= effective}

    assert {e.uid for e in first.entries} <= {e.uid for e in second.entries}
    both = read(write(Schedule("", "", None, tuple(merged.values()))))
    assert live(both) == live(read(write(second)))
    days = [(start, uid) for uid, start, _ in both]
    assert len(days) == len(set(days))
