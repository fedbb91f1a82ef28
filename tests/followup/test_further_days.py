"""What few deals have and nobody may miss: tails, choices, tooling, last orders."""

from datetime import date
from textwrap import dedent

import pytest
from scheduling import ROOT

from closer.followup.entries import Entry
from closer.followup.schedule import schedule
from closer.followup.shapes import load
from closer.terms.moments import Facts
from closer.terms.reading import read_terms

DEAL = """
contract: supply
title: Supply Agreement
reference: S-1
effective: 2026-03-16
currency: USD
time: {holidays: [US]}
parties:
  buyer: {name: A LLC, kind: company, address: Tampa, notices: {email: a@x.test}}
  seller: {name: B LLC, kind: company, address: Tampa, notices: {email: b@x.test}}
milestones: {floor: {title: Floor, owner: seller, due: 2026-06-01}}
duration: {starts: effective, lasts: 2 years, ends_on: day before}
"""
FEE_FOR_A_RESULT = """
success_fee: {payer: buyer, amount: 100, if: it works, within: 30 days, tail: 6 months}
"""
TOOLS = "what: the mould, owner: buyer, cost: buyer, returned_within: 30 days"


def entries(more: str) -> list[Entry]:
    agreed, problems = read_terms(DEAL + dedent(more), "agreed.yaml")
    assert agreed is not None, [str(problem) for problem in problems]
    shapes, faults = load(ROOT / "templates" / "followups")
    assert shapes is not None, faults
    return list(schedule(agreed.terms, Facts(), shapes).entries)


@pytest.mark.parametrize(
    ("more", "term", "day", "stake"),
    [
        (
            FEE_FOR_A_RESULT,
            "success_fee.tail",
            date(2028, 9, 15),
            "money",
        ),
        (
            (
                "price: {allowances: {tap: {title: Taps, amount: 100, "
                "choose_by: 3 weeks before floor}}}"
            ),
            "price.allowances.tap",
            date(2026, 5, 11),
            "duty",
        ),
        (
            f"goods: {{what: soap, tooling: {{{TOOLS}}}}}",
            "goods.tooling",
            date(2028, 4, 14),
            "duty",
        ),
        (
            (
                "exit: {by: seller, last_buy: {order_within: 90 days, "
                "deliver_within: 6 months}}"
            ),
            "exit.last_buy",
            date(2028, 6, 13),
            "bar",
        ),
        (
            "restraints: {standstill: {by: buyer, lasts: 18 months}}",
            "restraints.standstill",
            date(2027, 9, 16),
            "watch",
        ),
        (
            "restraints: {no_contact: {by: buyer, with: the staff, lasts: 1 year}}",
            "restraints.no_contact",
            date(2027, 3, 16),
            "watch",
        ),
        (
            (
                "termination: {early: {by: buyer, notice: 30 days, "
                "not_before: 6 months after effective}}"
            ),
            "termination.early",
            date(2026, 9, 16),
            "watch",
        ),
    ],
)
def test_each_has_its_day_and_what_is_lost_with_it(
    more: str, term: str, day: date, stake: str
) -> None:
    [found] = [entry for entry in entries(more) if entry.term == term]
    assert (found.date, found.stake) == (day, stake)


FEE = """
price:
  payments:
    fee: {amount: 100, every: every month on day 1, payer: buyer, title: Fee%s}
"""


def test_a_fee_says_of_which_time_it_is() -> None:
    told = [str(entry.description) for entry in entries(FEE % ", paid: in advance")]
    assert any("It is paid in advance." in each for each in told)
    untold = [str(entry.description) for entry in entries(FEE % "")]
    assert not any("It is paid" in each for each in untold)
