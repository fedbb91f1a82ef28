from datetime import timedelta

import pytest
from icalendar import Calendar, Event
from scheduling import GARAGE, planned, sample

from closer.formats.ical import write
from closer.formats.merging import NotCalendar, changed_since, over

OLD = write(planned(sample(GARAGE)))
MOVED = write(
    planned(
        sample(
            GARAGE,
            ("due: 4 weeks after garage", "due: 6 weeks after garage"),
            ("  access: {owner: client", "  entry: {owner: client"),
        )
    )
)


def events(data: bytes) -> dict[str, Event]:
    found = Calendar.from_ical(data).walk("VEVENT")
    assert len({str(e["UID"]) for e in found}) == len(found)
    return {str(e["UID"]): e for e in found}


def _titled(data: bytes, title: str) -> Event:
    return next(e for e in events(data).values() if title in str(e["SUMMARY"]))


def test_over_itself_a_file_stays_what_it_was() -> None:
    assert over(OLD, OLD) == OLD


def test_what_differs_counts_one_more_than_the_old_file_and_nothing_else() -> None:
    old, new = events(OLD), events(over(OLD, MOVED))
    for uid, event in new.items():
        if uid not in old:
            assert event["SEQUENCE"] == 0
            continue
        moved = event["DTSTART"].dt != old[uid]["DTSTART"].dt
        gone = event["STATUS"] == "CANCELLED"
        if moved or gone:
            assert event["SEQUENCE"] == 1
            later = event["DTSTAMP"].dt - old[uid]["DTSTAMP"].dt
            assert later >= timedelta(seconds=1)
    backyard = _titled(over(OLD, MOVED), "Due from Contractor: Backyard")
    permits = _titled(over(OLD, MOVED), "Building permits")
    assert backyard["SEQUENCE"] == 1
    assert permits == _titled(OLD, "Building permits")


def test_the_numbers_never_fall_however_often_the_days_go_back_and_forth() -> None:
    file, last = OLD, -1
    for new in (MOVED, OLD, MOVED, MOVED, OLD):
        file = over(file, new)
        number = int(_titled(file, "Due from Contractor: Backyard")["SEQUENCE"])
        assert number >= last
        last = number
    assert last == 4


def test_what_is_dropped_stays_cancelled_and_rings_no_more() -> None:
    gone = _titled(over(OLD, MOVED), "Client to give the Contractor the site")
    found = [
        e
        for e in events(over(OLD, MOVED)).values()
        if str(e["SUMMARY"]) == str(gone["SUMMARY"])
    ]
    assert sorted(str(e["STATUS"]) for e in found) == ["CANCELLED", "CONFIRMED"]
    [cancelled] = [e for e in found if e["STATUS"] == "CANCELLED"]
    assert cancelled.walk("VALARM") == []
    again = over(over(OLD, MOVED), MOVED)
    assert events(again)[str(cancelled["UID"])]["SEQUENCE"] == cancelled["SEQUENCE"]


def test_what_the_users_calendar_added_is_kept() -> None:
    mine = OLD.replace(
        b"SUMMARY:Due from Contractor: Backyard complete\r\n",
        b"SUMMARY:Due from Contractor: Backyard complete\r\nCOLOR:tomato\r\n"
        b"X-MY-NOTE:call the pergola people\r\nCOMMENT:bring the plan\r\n"
        b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:own\r\nTRIGGER:-PT5M\r\n"
        b"UID:own-alarm\r\nEND:VALARM\r\n",
    )
    assert mine != OLD
    kept = _titled(over(mine, MOVED), "Due from Contractor: Backyard")

    assert str(kept["COLOR"]) == "tomato"
    assert str(kept["X-MY-NOTE"]) == "call the pergola people"
    assert str(kept["COMMENT"]) == "bring the plan"
    alarms = [str(alarm["UID"]) for alarm in kept.walk("VALARM")]
    assert alarms.count("own-alarm") == 1
    assert len(alarms) == 3


def test_an_entry_that_is_not_ours_is_left_alone() -> None:
    foreign = (
        b"BEGIN:VEVENT\r\nUID:dentist@example.org\r\nDTSTAMP:20260101T000000Z\r\n"
        b"DTSTART;VALUE=DATE:20260901\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n"
    )
    mixed = OLD.replace(b"END:VCALENDAR", foreign + b"END:VCALENDAR")
    kept = events(over(mixed, MOVED))["dentist@example.org"]
    assert kept == events(mixed)["dentist@example.org"]
    assert "dentist@example.org" not in events(changed_since(mixed, MOVED))


def test_only_what_changed_is_written_when_that_is_asked_for() -> None:
    assert events(changed_since(OLD, OLD)) == {}
    changed = events(changed_since(OLD, MOVED))
    whole, old = events(over(OLD, MOVED)), events(OLD)
    wanted = {
        uid
        for uid, event in whole.items()
        if uid not in old or event["SEQUENCE"] > old[uid]["SEQUENCE"]
    }
    assert set(changed) == wanted
    assert all(changed[uid] == whole[uid] for uid in wanted)


@pytest.mark.parametrize("data", [b"", b"hello", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n"])
def test_what_is_no_calendar_is_said(data: bytes) -> None:
    with pytest.raises(NotCalendar):
        over(data, MOVED)
