"""The schedule on a terminal, and as data for programs."""

import json

import pytest
from scheduling import GARAGE, STUDIO, planned, sample, terms

from closer.formats.table import as_json, table

KEYS = [
    *("uid", "kind", "title", "party", "term", "date", "start", "end", "rrule"),
    *("expected", "waits_for", "strict", "provision", "reason", "reminders"),
    *("stake", "status", "sequence"),
]


@pytest.mark.parametrize("width", [40, 60, 71, 72, 80, 100, 160])
def test_the_table_folds_to_the_width_and_loses_no_word(width: int) -> None:
    found = planned(sample(GARAGE))
    text = table(found, width)

    assert max(map(len, text.splitlines())) <= width
    for entry in found.entries:
        words = entry.title.split()
        assert all(word in text for word in words), entry.title


def test_a_row_has_day_party_title_and_reason() -> None:
    text = table(planned(sample(GARAGE)), 160)
    [row] = [line for line in text.splitlines() if "Backyard complete" in line]

    assert row.split("  ")[0] == "2026-10-30 Fri"
    assert "contractor" in row
    assert row.endswith("4 weeks after 2 October 2026 is 30 October 2026, a Friday.")


def test_an_expected_day_a_strict_day_and_no_day_are_told_apart() -> None:
    expected = table(planned(sample(GARAGE)), 100)
    notice = table(planned(sample(STUDIO)), 100)
    unsigned = terms("effective: signing\nduration: {lasts: 1 year}")

    assert "\nexpected" in expected
    assert "\n2027-07-30 Fri" in notice
    assert "\nstrict 2027-08-01" in notice
    assert "\nno day yet" in table(planned(unsigned), 100)


def test_data_has_every_key_always_and_is_plain() -> None:
    for path in (GARAGE, STUDIO):
        found = as_json(planned(sample(path)))
        assert all(list(each) == KEYS for each in found)
        assert json.loads(json.dumps(found)) == found


def test_data_of_what_waits_has_no_day_but_an_expected_one() -> None:
    [window] = [e for e in as_json(planned(sample(GARAGE))) if e["kind"] == "window"]

    assert window["date"] is window["start"] is window["end"] is None
    assert window["expected"] == "2026-10-19"
    assert window["waits_for"] == "garage.met"
    assert window["term"] == "deliverables.garage.accept"


def test_data_of_a_window_includes_its_last_day() -> None:
    found = planned(sample(GARAGE), garage_met="2026-10-02")
    [window] = [e for e in as_json(found) if e["kind"] == "window"]

    assert (window["start"], window["end"]) == ("2026-10-03", "2026-10-19")


def test_data_of_a_notice_has_the_strict_and_the_safe_day() -> None:
    first = next(e for e in as_json(planned(sample(STUDIO))) if e["kind"] == "notice")

    assert (first["strict"], first["date"]) == ("2027-08-01", "2027-07-30")
    assert first["term"] == "duration.renewal"


def test_data_of_a_meeting_says_its_hour_with_the_offset() -> None:
    [review] = [
        e
        for e in as_json(planned(sample(GARAGE)))
        if e["term"] == "governance.progress_reviews"
    ]

    assert review["start"] == "2026-08-04T10:00:00-04:00"
    assert review["rrule"] == "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20271102T140000Z"
