"""The calendar file: forms that other people's calendars read alike."""

import os
import re
import subprocess
import sys
from datetime import date, datetime, timedelta
from textwrap import dedent
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from scheduling import GARAGE, ROOT, STUDIO, entry, planned, sample, terms

from closer.followup.entries import Schedule
from closer.followup.revision import revised
from closer.formats.ical import write
from closer.formats.zones import vtimezone

CARRIAGE = b"\r\n"


def unfolded(data: bytes) -> list[str]:
    """Return the content lines of a file, written for this test from RFC 5545 3.1."""
    return data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]


def component(found: Schedule, term: str, kind: str = "") -> list[str]:
    """Return the lines of the event of one term."""
    lines = unfolded(write(found))
    at = lines.index(f"UID:{entry(found, term, kind).uid}")
    start = max(n for n, line in enumerate(lines[:at]) if line == "BEGIN:VEVENT")
    return lines[start : lines.index("END:VEVENT", at)]


def test_a_deadline_is_a_day_and_never_a_midnight() -> None:
    event = component(planned(sample(GARAGE)), "milestones.garage", "milestone")

    assert {
        "DTSTART;VALUE=DATE:20261002",
        "DTEND;VALUE=DATE:20261003",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "STATUS:CONFIRMED",
        "SEQUENCE:0",
        "DTSTAMP:20260803T000000Z",
        "LAST-MODIFIED:20260803T000000Z",
        "CATEGORIES:Milestone",
        "SUMMARY:Due from Contractor: Garage complete",
    } <= set(event)


def test_reminders_come_before_and_at_nine() -> None:
    event = component(planned(sample(GARAGE)), "milestones.garage", "milestone")
    triggers = [line for line in event if line.startswith("TRIGGER")]

    assert triggers == ["TRIGGER:-P13DT15H", "TRIGGER:-P2DT15H"]
    uids = [line for line in event if line.startswith("UID:")]
    assert len(set(uids)) == 3, "the event and its two reminders"


def test_a_meeting_stands_in_its_zone_and_ends_in_utc() -> None:
    event = component(planned(sample(GARAGE)), "governance.progress_reviews")

    assert "DTSTART;TZID=America/New_York:20260804T100000" in event
    assert "DTEND;TZID=America/New_York:20260804T110000" in event
    [rule] = [line for line in event if line.startswith("RRULE")]
    assert "UNTIL=20271102T140000Z" in rule
    assert "TRANSP:OPAQUE" in event
    assert "TRIGGER:-P1D" in event


def test_what_is_expected_says_so() -> None:
    event = component(planned(sample(GARAGE)), "price.payments.final")

    assert "STATUS:TENTATIVE" in event
    assert "DTSTART;VALUE=DATE:20261123" in event
    assert r"SUMMARY:Expected: Client pays Final\, USD 21\,825.00" in event


def test_a_window_ends_after_its_last_day() -> None:
    found = planned(sample(GARAGE), garage_met="2026-10-02")
    event = component(found, "deliverables.garage.accept", "window")

    assert "DTSTART;VALUE=DATE:20261003" in event
    assert "DTEND;VALUE=DATE:20261020" in event


def test_what_has_no_day_at_all_is_left_out() -> None:
    deal = terms(
        """
        effective: signing
        obligations: {log: {owner: provider, what: send it, due: effective}}
        """
    )

    assert b"VEVENT" not in write(planned(deal))
    assert b"VEVENT" in write(planned(deal, signed="2026-08-10"))


def test_the_description_has_provision_and_arithmetic() -> None:
    found = planned(sample(GARAGE))
    cited = replace(
        found,
        entries=tuple(
            replace(e, provision="section 4.1 (Dates)") for e in found.entries
        ),
    )
    [line] = [
        line
        for line in component(cited, "milestones.backyard")
        if line.startswith("DESCRIPTION:“")
    ]

    assert r"\n\nSection 4.1 (Dates)\n\n" in line
    assert r"4 weeks after 2 October 2026 is 30 October 2026\, a Friday." in line


def test_what_was_dropped_is_cancelled_without_alarms() -> None:
    before = planned(sample(GARAGE))
    gone = sample(GARAGE, ("  access: {owner: client", "  entry: {owner: client"))
    after = revised(before, planned(gone), effective=date(2026, 10, 5))
    event = component(after, "obligations.access")

    assert "STATUS:CANCELLED" in event
    assert "SEQUENCE:1" in event
    assert "DTSTAMP:20261005T000000Z" in event
    assert "BEGIN:VALARM" not in event


def test_a_change_leaves_every_other_event_byte_for_byte() -> None:
    before = planned(sample(GARAGE))
    later = sample(GARAGE, ("due: 4 weeks after garage", "due: 6 weeks after garage"))
    after = revised(before, planned(later), effective=date(2026, 10, 5))
    untouched = [e for e in after.entries if e.sequence == 0]

    assert len(untouched) > 10
    for each in untouched:
        old = component(replace(before, entries=(each,)), each.term)
        new = component(replace(after, entries=(each,)), each.term)
        assert old == new


def test_the_head_is_for_files_and_feeds_alike() -> None:
    head = unfolded(write(planned(sample(GARAGE))))[:10]

    assert "NAME:Garage and Backyard Remodel Agreement (HOM-2026-014)" in head
    assert "X-WR-CALNAME:Garage and Backyard Remodel Agreement (HOM-2026-014)" in head
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in head
    assert "X-PUBLISHED-TTL:PT12H" in head
    assert not any(line.startswith("METHOD") for line in head)


@pytest.mark.parametrize(
    "what",
    [
        "send: a, b; c \\ d",
        "prüfen, übergeben und 検収する " + "é" * 60,
        "\U0001f3e1 " * 40,
        '"quoted" and <b>bold</b> & [blank]',
    ],
)
def test_any_text_is_folded_and_escaped_and_comes_back(what: str) -> None:
    deal = terms("obligations: {log: {owner: provider, what: X, due: 2026-09-01}}")
    log = replace(deal.obligations["log"], what=what)
    found = planned(replace(deal, obligations={"log": log}))
    data = write(found)

    assert all(len(line) <= 75 for line in data.split(CARRIAGE))
    assert data.count(b"\n") == data.count(CARRIAGE)
    [line] = [line for line in unfolded(data) if line.startswith("SUMMARY:")]
    text = re.sub(r"\\([,;\\])", r"\1", line.removeprefix("SUMMARY:"))
    assert text == " ".join(f"Provider to {what}".split())


def test_a_text_of_several_lines_has_a_title_of_one() -> None:
    deal = terms("obligations: {log: {owner: provider, what: X, due: 2026-09-01}}")
    log = replace(deal.obligations["log"], what="send it\nat once")
    data = write(planned(replace(deal, obligations={"log": log})))

    assert "SUMMARY:Provider to send it at once" in unfolded(data)


def test_the_same_deal_gives_the_same_bytes_on_every_machine() -> None:
    script = dedent(
        """
        import hashlib, sys
        from scheduling import GARAGE, STUDIO, planned, sample
        from closer.formats.ical import write
        for path in (GARAGE, STUDIO):
            print(hashlib.sha256(write(planned(sample(path)))).hexdigest())
        """
    )

    def digest(seed: str, zone: str) -> str:
        paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        world = {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": paths}
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, **world},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    assert digest("1", "Pacific/Auckland") == digest("2", "America/New_York")


def test_both_samples_are_calendars_with_their_zone_before_their_events() -> None:
    for path in (GARAGE, STUDIO):
        lines = unfolded(write(planned(sample(path))))
        assert lines.count("BEGIN:VTIMEZONE") == 1
        assert lines.index("BEGIN:VTIMEZONE") < lines.index("BEGIN:VEVENT")
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 20


def test_a_zone_is_a_rule_for_every_year_to_come() -> None:
    assert vtimezone("America/New_York").split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:America/New_York",
        "BEGIN:DAYLIGHT",
        "DTSTART:20070311T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        "TZNAME:EDT",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20071104T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        "TZNAME:EST",
        "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


@pytest.mark.parametrize(
    ("zone", "line"),
    [
        pytest.param("Asia/Kolkata", "TZOFFSETTO:+0530", id="half an hour, no summer"),
        pytest.param(
            "Europe/Berlin", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", id="last"
        ),
        pytest.param("Australia/Lord_Howe", "TZOFFSETTO:+1030", id="half an hour more"),
        pytest.param("America/Nuuk", "RDATE:20270327T230000", id="before midnight"),
    ],
)
def test_zones_of_every_kind_can_be_said(zone: str, line: str) -> None:
    assert line in vtimezone(zone).split("\r\n")


@pytest.mark.parametrize(
    "zone",
    [
        "America/New_York",
        "America/Nuuk",
        "America/Santiago",
        "America/Sao_Paulo",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Europe/Berlin",
        "Europe/Dublin",
    ],
)
def test_a_zone_has_the_clock_that_the_tz_database_has(zone: str) -> None:
    from icalendar import Timezone  # noqa: PLC0415

    ours = Timezone.from_ical(vtimezone(zone)).to_tz()
    theirs = ZoneInfo(zone)
    for hours in range(0, 2 * 366 * 24, 53):
        at = datetime(2027, 1, 1, 9) + timedelta(hours=hours)  # noqa: DTZ001
        assert (
            at.replace(tzinfo=ours).utcoffset() == at.replace(tzinfo=theirs).utcoffset()
        ), at
