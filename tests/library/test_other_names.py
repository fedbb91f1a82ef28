"""Faults that lawyers' lists name apart, and that are another code here, or none.

Each is shown to be caught: by the code of the same fault in general, by a default that
is listed, or as an open point.
"""

from pathlib import Path

import pytest
from a_small_deal import small_deal

from closer.library.checks.consumers import consumer_points
from closer.library.loading import load
from closer.terms.checks import assumptions, check
from closer.terms.reading import Agreed, read_terms

ROOT = Path(__file__).parents[2]
CODES = {
    "a_unit_is_missing": ("F09", "warranty: {lasts: 30, from: effective}"),
    "anniversary_against_day_before": (
        "D07",
        "duration: {lasts: 1 year, ends: 2027-08-02}",
    ),
    "a_year_of_two_digits": ("F07", "effective: 8/3/26"),
    "within_days_of_nothing": (
        "F10",
        "milestones: {garage: {title: G, owner: provider, due: within 5 days}}",
    ),
    "a_renewal_of_what_never_ends": (
        "D35",
        "duration: {starts: effective, renewal: {for: 1 year, notice: 60 days}}",
    ),
    "a_month_that_renews_with_a_longer_notice": (
        "R02",
        "duration: {lasts: 1 year, renewal: {for: 1 month, notice: 60 days}}",
    ),
    "a_payment_inside_the_cap": (
        "C17",
        (
            "price: {total: USD 100.00, payments: {one: {amount: rest, due: effective, "
            "payer: client}}}\nliability: {cap: USD 50.00}"
        ),
    ),
}
ASSUMED = {
    "receipt_or_dispatch": (
        "time.notice_counts_from",
        "receipt",
        "time: {holidays: [US]}",
    ),
    "clear_days": ("time.clear_days", "no", "time: {holidays: [US]}"),
    "a_milestone_without_a_fact": (
        "warranty.from",
        "garage.met",
        (
            "milestones: {garage: {title: G, owner: provider, due: 2026-10-02}}\n"
            "warranty: {lasts: 1 year, from: garage}"
        ),
    ),
    "over_what_time_a_cap_counts": (
        "liability.per",
        "in all",
        "liability: {cap: USD 50.00}",
    ),
}


def _agreed(text: str) -> Agreed:
    agreed, problems = read_terms(small_deal(text), "agreed.yaml")
    assert agreed is not None, problems
    return agreed


@pytest.mark.parametrize(("code", "text"), CODES.values(), ids=CODES.keys())
def test_a_fault_is_caught_under_its_general_name(code: str, text: str) -> None:
    agreed, problems = read_terms(small_deal(text), "agreed.yaml")
    found = [*problems, *(check(agreed) if agreed else [])]
    assert code in {problem.code for problem in found}


@pytest.mark.parametrize(
    ("path", "value", "text"), ASSUMED.values(), ids=ASSUMED.keys()
)
def test_what_is_not_said_is_listed_with_what_holds(
    path: str, value: str, text: str
) -> None:
    assert (path, value) in assumptions(_agreed(text))


def test_a_place_whose_consumer_law_is_unknown_is_an_open_point() -> None:
    library, problems = load(ROOT / "clauses", ROOT / "templates")
    assert library is not None, problems
    parties = (
        "parties:\n"
        "  client: {name: Dana Whitfield, kind: individual, acts_as: consumer, "
        "address: 'Columbus, Ohio, USA'}\n"
        "  provider: {name: B LLC, kind: company, address: Tampa}"
    )
    points = consumer_points(_agreed(parties).terms, library)
    assert "unknown law" in {point.kind for point in points}
