"""What the law of a place asks or gives: reminders to consumers, the end of claims."""

from datetime import date

import pytest
from scheduling import entries, entry, planned, terms

from closer.followup.entries import Entry

TERM = "dispute_resolution"
LASTS = "ends_on: day before, renewal: {for: 1 year, notice: 60 days}}"
CONSUMER = (
    "parties: {client: {name: A, kind: individual, address: B, acts_as: ACTS},"
    " provider: {name: C, kind: company, address: D}}"
)


def renewing(law: str, lasts: str = "1 year", acts: str = "consumer") -> list[Entry]:
    """Return the reminders that a law asks of the provider."""
    lines = [
        f"duration: {{lasts: {lasts}, {LASTS}",
        f"dispute_resolution: {{governing_law: {law}}}",
        CONSUMER.replace("ACTS", acts),
    ]
    found = planned(terms("\n".join(lines)))
    return [e for e in found.entries if e.title.startswith("Provider reminds")]


@pytest.mark.parametrize("law", ["Illinois", "the State of Florida"])
def test_a_consumer_is_reminded_thirty_to_sixty_days_before_the_last_day_to_cancel(
    law: str,
) -> None:
    first = renewing(law)[0]
    assert (first.start, first.end) == (date(2027, 4, 4), date(2027, 5, 4)), (
        "60 and 30 days before 3 June 2027"
    )


@pytest.mark.parametrize(
    ("law", "lasts", "acts"),
    [
        ("Illinois", "1 year", "business"),
        ("Illinois", "11 months", "consumer"),
        ("Ohio", "1 year", "consumer"),
    ],
)
def test_no_reminder_where_the_law_asks_for_none(
    law: str, lasts: str, acts: str
) -> None:
    assert not renewing(law, lasts, acts)


def barred(law: str, contract: str = "services") -> list[date | None]:
    """Return when the law may bar a claim for what happened on 10 March 2027."""
    deal = terms(f"contract: {contract}\ndispute_resolution: {{governing_law: {law}}}")
    found = planned(deal, breach="2027-03-10")
    return [e.date for e in entries(found, TERM)]


@pytest.mark.parametrize(
    ("law", "day"),
    [
        ("New York", date(2033, 3, 10)),
        ("Florida", date(2032, 3, 10)),
        ("England and Wales", date(2033, 3, 10)),
        ("Ontario", date(2029, 3, 10)),
        ("Germany", date(2030, 12, 31)),
        ("the State of Oregon", date(2033, 3, 10)),
    ],
)
def test_the_day_on_which_a_law_may_bar_a_claim_is_a_warning(
    law: str, day: date
) -> None:
    assert barred(law) == [day]


def test_a_sale_of_goods_has_a_law_of_its_own() -> None:
    assert barred("New York", "supply") == [date(2031, 3, 10)]


def test_nothing_is_said_of_a_law_that_is_not_known() -> None:
    assert barred("Ruritania") == []


def test_the_time_that_was_agreed_for_claims_runs_from_each_breach() -> None:
    deal = terms("dispute_resolution: {governing_law: Delaware, claims_within: 1 year}")
    told = {"breach": "2027-03-10", "breach.2": "2027-05-01"}
    found = entries(planned(deal, **told), "dispute_resolution.claims_within")
    assert [e.date for e in found] == [date(2028, 3, 10), date(2028, 5, 1)]


def test_an_order_can_be_cancelled_or_put_off_until_so_long_before_its_delivery() -> (
    None
):
    deal = terms(
        "orders: {answer_within: 3 days, silence: accepted,"
        " cancel_until: 10 business days, reschedule_until: 1 week}"
    )
    found = planned(deal, **{"orders.delivery": "2026-12-15"})
    assert entry(found, "orders.cancel_until").date == date(2026, 12, 1)
    assert entry(found, "orders.reschedule_until").date == date(2026, 12, 8)


def test_an_expense_is_claimed_and_carried_time_used_before_it_lapses() -> None:
    deal = terms(
        "duration: {lasts: 3 months, ends_on: day before}\n"
        "expenses: {claimed_within: 60 days}\n"
        "price: {payments: {fee: {amount: USD 9, payer: client, due: effective}},"
        " retainer: {amount: USD 9 per month, covers: 20 hours,"
        " unused: carries over, carried_for: 2 months}}"
    )
    found = planned(deal, **{"expenses.incurred": "2026-09-01"})
    assert entry(found, "expenses.claimed_within").date == date(2026, 10, 31)
    lapses = [(e.date, e.title) for e in entries(found, "price.retainer")]
    assert lapses[0][0] == date(2026, 10, 31)
    assert "from 3 August 2026 to 31 August 2026 lapses" in lapses[0][1]
    assert [day for day, _ in lapses[2:]] == 2 * [date(2026, 11, 2)], "the end"
