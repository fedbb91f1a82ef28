"""On which days a rhythm falls, and whether a rule can say so to every calendar."""

from datetime import date
from itertools import islice

import pytest

from closer.followup.recurrence import days_of, occurrences, rule, until
from closer.terms.rhythms import Rhythm

EFFECTIVE = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("rhythm", "wanted", "days"),
    [
        ("every 3 days", "FREQ=DAILY;INTERVAL=3", "09-01 09-04 09-07"),
        ("every week", "FREQ=WEEKLY;BYDAY=MO", "09-07 09-14 09-21"),
        (
            "every 2 weeks on Friday",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
            "09-04 09-18 10-02",
        ),
        ("every month", "FREQ=MONTHLY;BYMONTHDAY=-1", "09-30 10-31 11-30"),
        ("every month on day 15", "FREQ=MONTHLY;BYMONTHDAY=15", "09-15 10-15 11-15"),
        ("every month on day 30", None, "09-30 10-30 11-30"),
        (
            "every month on the last Friday",
            "FREQ=MONTHLY;BYDAY=-1FR",
            "09-25 10-30 11-27",
        ),
        (
            "every quarter on day 31",
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1",
            "09-30 12-31 03-31",
        ),
        ("every year", "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=31", "08-31 08-31 08-31"),
        (
            "every year on 1 March",
            "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1",
            "03-01 03-01 03-01",
        ),
        ("every year on 29 February", None, "02-28 02-29 02-28"),
        (
            "every year on the first Monday",
            "FREQ=YEARLY;BYMONTH=8;BYDAY=1MO",
            "08-02 08-07 08-06",
        ),
    ],
)
def test_a_rhythm_has_its_days_and_a_rule_only_where_calendars_agree(
    rhythm: str, wanted: str | None, days: str
) -> None:
    read = Rhythm.read(rhythm)
    found = list(islice(days_of(read, EFFECTIVE, date(2026, 9, 1), None), 3))

    assert [f"{day:%m-%d}" for day in found] == days.split()
    assert rule(read, EFFECTIVE) == wanted
    if wanted:
        assert list(islice(occurrences(wanted, found[0]), 3)) == found


def test_day_30_falls_on_the_last_of_a_shorter_month() -> None:
    found = days_of(
        Rhythm.read("every month on day 30"), EFFECTIVE, date(2027, 1, 31), None
    )

    assert next(found) == date(2027, 2, 28)


def test_a_rhythm_ends_with_its_last_day_included() -> None:
    last = date(2026, 9, 18)
    found = list(
        days_of(Rhythm.read("every week on Friday"), EFFECTIVE, EFFECTIVE, last)
    )

    assert found[-1] == last
    assert until("FREQ=WEEKLY;BYDAY=FR;UNTIL=20270101", last) == (
        "FREQ=WEEKLY;BYDAY=FR;UNTIL=20260918"
    )
