"""Renewals as the contract prints them: one period from the day it first ran."""

import pytest
from a_deal import a_deal

from closer.terms.moments import Days
from closer.terms.values import read_moment

QUARTERLY = "lasts: 3 months, renewal: {for: 3 months, notice: 10 days}"


def _days(effective: str, duration: str) -> Days:
    return Days(a_deal(f"effective: {effective}", f"duration: {{{duration}}}").terms)


@pytest.mark.parametrize(
    ("effective", "duration", "ends"),
    [
        (  # the 30th of November comes back after a February without one
            "2027-11-30",
            QUARTERLY,
            ["2028-02-29", "2028-05-30", "2028-08-30", "2028-11-30"],
        ),
        (  # the 29th of February comes back every fourth year
            "2028-02-29",
            "lasts: 1 year, renewal: {for: 1 year, notice: 10 days}",
            ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"],
        ),
        (
            "2027-11-30",
            f"ends_on: day before, {QUARTERLY}",
            ["2028-02-28", "2028-05-29", "2028-08-29", "2028-11-29"],
        ),
        (  # one year and twice six months are two years from the start
            "2027-08-31",
            "lasts: 1 year, renewal: {for: 6 months, notice: 10 days}",
            ["2028-08-31", "2029-02-28", "2029-08-31"],
        ),
        (
            "2027-01-31",
            "lasts: 90 days, renewal: {for: 30 days, notice: 10 days}",
            ["2027-05-01", "2027-05-31"],
        ),
    ],
)
def test_a_term_and_its_renewals_are_one_period_from_the_first_day(
    effective: str, duration: str, ends: list[str]
) -> None:
    days = _days(effective, duration)
    assert [str(days.end(number).date) for number in range(len(ends))] == ends


def test_the_arithmetic_of_a_renewal_starts_where_the_term_started() -> None:
    days = _days(
        "2027-11-30", "lasts: 1 year, renewal: {for: 6 months, notice: 10 days}"
    )
    assert days.end(2).steps[-1] == (
        "1 year and 12 months after 30 November 2027 is 30 November 2029, a Friday."
    )


@pytest.mark.parametrize("times", ["2", "unlimited"])
def test_what_is_counted_from_an_end_that_may_renew_is_only_expected(
    times: str,
) -> None:
    renewal = f"{{for: 6 months, times: {times}, notice: 10 days}}"
    days = _days("2026-08-03", f"lasts: 1 year, renewal: {renewal}")
    found = days.resolve(read_moment("3 years after end"), "confidentiality.from")
    assert (found.date, str(found.expected)) == (None, "2030-08-03")
    assert found.waits_for == "end"


def test_what_is_counted_from_the_end_has_its_day_where_nothing_renews() -> None:
    days = _days("2026-08-03", "lasts: 1 year")
    found = days.resolve(read_moment("3 years after end"), "confidentiality.from")
    assert str(found.date) == "2030-08-03"


def test_what_comes_before_the_end_is_counted_from_the_end_that_comes_next() -> None:
    days = _days("2026-08-03", QUARTERLY)
    found = days.resolve(read_moment("10 days before end"), "follow_up.future")
    assert str(found.date) == "2026-10-24"
