"""What lasts: the updates while it does, and the day on which it may end the deal."""

from collections.abc import Mapping
from datetime import date

import pytest
from scheduling import shapes, terms

from closer.followup.entries import Entry
from closer.followup.schedule import schedule
from closer.terms.moments import Facts

FORCE = "contingencies: {force_majeure: {causes: [flood], relief: day for day,"
ONCE = {"force_majeure": "2026-10-01", "force_majeure.ended": "2026-10-20"}
TWICE = {**ONCE, "force_majeure.2": "2026-12-01"}


def told(more: str, facts: Mapping[str, str]) -> list[Entry]:
    """Return the entries of a deal with these lines once that has happened."""
    happened = {name: date.fromisoformat(day) for name, day in facts.items()}
    return list(schedule(terms(more), Facts(happened=happened), shapes()).entries)


def test_updates_end_when_it_is_over() -> None:
    flood = f"{FORCE} updates: 7 days}}}}"
    path = "contingencies.force_majeure.updates"
    facts = {"force_majeure": "2026-10-01"}
    lasting = [e.date for e in told(flood, facts) if e.term == path]
    over = {**facts, "force_majeure.ended": "2026-10-16"}

    assert lasting[:2] == [date(2026, 10, 8), date(2026, 10, 15)]
    assert len(lasting) == 12, "nobody knows yet when it ends"
    assert [e.date for e in told(flood, over) if e.term == path] == lasting[:2]


@pytest.mark.parametrize(
    ("stop", "facts", "opens"),
    [
        ("days: 30", {"force_majeure": "2026-10-01"}, "2026-10-31"),
        (
            "days: 30",
            ONCE,
            None,
        ),
        (
            "days: 30",
            TWICE,
            "2026-12-31",
        ),
        (
            "days: 30, kind: in total",
            TWICE,
            "2026-12-11",
        ),
        (
            "days: 30, kind: in total, in_any_days: 60",
            TWICE,
            "2026-12-31",
        ),
        (
            "days: 30, kind: in total, in_any_days: 90",
            TWICE,
            "2026-12-11",
        ),
        (
            "days: 30, kind: in total",
            ONCE,
            None,
        ),
    ],
)
def test_a_long_stop_counts_in_a_row_in_total_or_within_a_span(
    stop: str, facts: dict[str, str], opens: str | None
) -> None:
    found = told(f"{FORCE} end_after: {{{stop}, by: either}}}}}}", facts)
    days = [e.date for e in found if e.term == "contingencies.force_majeure.end_after"]
    assert days == ([date.fromisoformat(opens)] if opens else [])
