"""Moments made later or earlier."""

from datetime import date

import pytest
from a_change import after

from closer.terms.days import business_days
from closer.terms.reading import Agreed
from closer.terms.shifting import shifted
from closer.terms.values import Period, Unreadable, read_moment

SHIFTS = [
    ("4 weeks after garage", "later", "2 weeks", "6 weeks after garage"),
    ("4 weeks after garage", "later", "3 days", "31 days after garage"),
    ("1 year after garage", "later", "6 months", "18 months after garage"),
    (
        "10 business days after a",
        "later",
        "5 business days",
        "15 business days after a",
    ),
    (
        "4 weeks after garage",
        "later",
        "10 business days",
        "4 weeks and 10 business days after garage",
    ),
    ("1 month after garage", "later", "2 weeks", "1 month and 2 weeks after garage"),
    ("1 week and 3 days after a", "later", "1 week", "2 weeks and 3 days after a"),
    ("1 week and 3 days after a", "earlier", "5 days", "5 days after a"),
    ("72 hours after a", "later", "24 hours", "96 hours after a"),
    ("garage", "later", "2 weeks", "2 weeks after garage"),
    ("garage.met", "earlier", "3 days", "3 days before garage.met"),
    ("4 weeks before end", "later", "1 week", "3 weeks before end"),
    ("4 weeks before end", "later", "4 weeks", "end"),
    ("4 weeks before end", "later", "6 weeks", "2 weeks after end"),
    ("4 weeks before end", "earlier", "6 days", "34 days before end"),
    ("4 weeks after garage", "earlier", "5 weeks", "1 week before garage"),
    (
        "4 weeks after garage",
        "earlier",
        "10 business days",
        "10 business days before 4 weeks after garage",
    ),
    (
        "10 business days before 4 weeks after garage",
        "later",
        "10 business days",
        "4 weeks after garage",
    ),
    (
        "the later of 2026-08-03 and signing",
        "later",
        "1 month",
        "1 month after the later of 2026-08-03 and signing",
    ),
    ("2026-10-02", "later", "2 weeks", "2026-10-16"),
    ("2026-10-02", "later", "10 business days", "2026-10-16"),
    ("2026-10-02", "later", "1 week and 1 business day", "2026-10-12"),
    ("2026-10-05", "earlier", "1 business day", "2026-10-02"),
    ("2026-11-30", "later", "3 months", "2027-02-28"),
    ("2026-03-31", "earlier", "1 month", "2026-02-28"),
]


@pytest.mark.parametrize(("was", "how", "period", "becomes"), SHIFTS)
def test_a_moved_moment_keeps_what_was_written_of_it(
    was: str, how: str, period: str, becomes: str
) -> None:
    moved = shifted(
        read_moment(was),
        Period.read(period),
        how,  # type: ignore[arg-type]
        business_days(None),
    )
    assert str(moved) == becomes
    assert read_moment(str(moved)) == moved


def test_a_date_is_not_moved_by_hours() -> None:
    with pytest.raises(Unreadable, match="hour"):
        shifted(date(2026, 1, 1), Period.read("5 hours"), "later", business_days(None))


def test_a_date_moved_by_business_days_passes_over_the_holidays_agreed(
    agreed: Agreed,
) -> None:
    """
    reference: HOM-2026-014
    time: {holidays: [US]}
    milestones:
      garage: {title: Garage, owner: contractor, due: 2026-10-09}
    """
    moved = after(agreed, "milestones.garage.due: later by 1 business day")
    assert moved.terms.milestones["garage"].due == date(2026, 10, 13)
