"""What holds of every calendar: last days, windows, revisions over an older file."""

from datetime import date, datetime

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace
from scheduling import ROOT, planned, shapes, terms
from test_schedule_properties import DAYS, deals

from closer.followup.clocks import events
from closer.followup.entries import Entry
from closer.followup.narrowing import between, for_party
from closer.followup.schedule import schedule
from closer.formats.ical import write
from closer.formats.merging import changed_since, over
from closer.formats.zones import vtimezone
from closer.terms.kinds import Zone
from closer.terms.model import Terms
from closer.terms.moments import Days, Facts, anchored
from closer.terms.values import Offset

EVERYTHING = yaml.safe_load(
    (ROOT / "tests" / "followup" / "everything.yaml").read_text(encoding="utf-8")
)
ZONES = st.sampled_from(
    [
        *("America/New_York", "Europe/London", "Asia/Kolkata", "Pacific/Auckland"),
        *("Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo", "UTC"),
    ]
)
Live = set[tuple[str, str, str]]


def shown(data: bytes) -> tuple[Live, dict[str, int]]:
    """Return what is live in a file (UID, day or instant, title), and each SEQUENCE."""
    found = Calendar.from_ical(data).walk("VEVENT")
    numbers = {str(event["UID"]): int(event["SEQUENCE"]) for event in found}
    assert len(numbers) == len(found)
    rows = {
        (
            str(event["UID"]),
            f"{event['DTSTART'].dt} {event.get('RRULE', '')}",
            str(event["SUMMARY"]),
        )
        for event in found
        if event["STATUS"] != "CANCELLED"
    }
    return rows, numbers


@settings(max_examples=25)
@given(deals())
def test_no_safe_day_is_later_than_the_strict_day_and_no_window_is_empty(
    deal: Terms,
) -> None:
    for entry in planned(deal).entries:
        safe = entry.date or entry.expected
        if entry.strict and safe:
            assert safe <= entry.strict
        if entry.start and entry.end:
            assert entry.start <= entry.end


@settings(max_examples=25)
@given(deals(), DAYS)
def test_nothing_is_due_before_what_it_is_counted_from(deal: Terms, met: date) -> None:
    facts = Facts(happened={"site.met": met})
    days = Days(deal, facts)
    price = deal.price.payments if deal.price else {}
    for path, it in (
        *((f"obligations.{id_}", each) for id_, each in deal.obligations.items()),
        *((f"price.payments.{id_}", each) for id_, each in price.items()),
    ):
        moment = it.due
        if not isinstance(moment, Offset):
            continue
        start = days.resolve(anchored(moment.of, path, deal), path)
        own = [e for e in schedule(deal, facts, shapes()).entries if e.term == path]
        for entry in own:
            assert entry.day is not None
            assert start.day is not None
            after = entry.day >= start.day
            assert after if moment.direction == "after" else not after


@settings(max_examples=25)
@given(DAYS)
def test_no_clock_stops_before_the_event_that_starts_it(day: date) -> None:
    deal = terms(f"\n{EVERYTHING['what if']}")
    happened = {
        each: day for each in events(deal, shapes()) if not each.endswith(".ended")
    }
    before = {entry.uid for entry in planned(deal).entries}
    after = schedule(deal, Facts(happened=happened), shapes()).entries
    clocks = [entry for entry in after if entry.uid not in before]

    assert len(clocks) > 10
    assert all(entry.day and entry.day >= day for entry in clocks)


@settings(max_examples=25)
@given(deals())
def test_a_day_to_decide_comes_before_the_day_it_is_about(deal: Terms) -> None:
    found = planned(deal).entries
    last = {e.number: e.date for e in found if e.kind == "notice"}
    asked = [e for e in found if e.category == "Decision"]
    for entry in asked:
        about = last[entry.number]
        assert entry.date is not None
        assert about is not None
        assert date(2026, 8, 3) < entry.date < about


@settings(max_examples=20)
@given(st.lists(deals(), min_size=2, max_size=4))
def test_over_an_older_file_the_live_days_are_those_of_a_fresh_one(
    chain: list[Terms],
) -> None:
    file = write(planned(chain[0]))
    for deal in chain[1:]:
        fresh = write(planned(deal))
        merged = over(file, fresh)
        rows, numbers = shown(merged)
        before = shown(file)[1]

        assert rows == shown(fresh)[0]
        assert all(numbers[uid] >= number for uid, number in before.items())
        changed = shown(changed_since(file, fresh))[1]
        raised = {uid for uid in numbers if numbers[uid] > before.get(uid, -1)}
        assert raised == set(changed)
        file = merged


@settings(max_examples=20)
@given(deals(), ZONES)
def test_a_meeting_keeps_its_hour_in_every_zone(deal: Terms, zone: str) -> None:
    found = planned(replace(deal, timezone=Zone(zone)))
    hours = {e.uid: e.start for e in found.entries if isinstance(e.start, datetime)}
    data = write(found)

    for event in Calendar.from_ical(data).walk("VEVENT"):
        start = hours.get(str(event["UID"]))
        if start is not None:
            assert event["DTSTART"].dt.utcoffset() == start.utcoffset()
            assert event["DTSTART"].dt.hour == start.hour
    if hours and zone != "UTC":
        assert vtimezone(zone).encode().splitlines()[1] in data


@settings(max_examples=20)
@given(deals(), st.dates(date(2026, 8, 1), date(2028, 1, 1)))
def test_the_parts_of_a_schedule_are_the_schedule(deal: Terms, cut: date) -> None:
    whole = planned(deal)
    dated = {e.uid for e in between(whole, date.min, date.max).entries}
    first = {e.uid for e in between(whole, None, cut).entries}
    rest = {e.uid for e in between(whole, cut, None).entries}
    assert first | rest == dated
    for party in deal.parties:
        mine: dict[str, Entry] = {
            e.uid: e for e in for_party(whole, party, "To watch").entries
        }
        assert set(mine) == {e.uid for e in whole.entries}
        for entry in whole.entries:
            own = party in entry.party.split(", ")
            assert mine[entry.uid] == entry if own else not mine[entry.uid].reminders
