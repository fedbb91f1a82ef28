"""What must be looked at in good time: prices, options, liens, papers, addresses."""

from datetime import date
from inspect import cleandoc

import pytest
from scheduling import GARAGE, STUDIO, entries, entry, planned, sample, terms

RENEWS = (
    "duration: {lasts: 1 year, ends_on: day before,"
    " renewal: {for: 1 year, notice: 60 days, times: 2}}"
)


def test_higher_fees_are_announced_before_each_renewal_and_checked_after_it() -> None:
    deal = terms(f"{RENEWS}\nprice: {{uplift: {{at_most: 5%, notice: 90 days}}}}")
    found = planned(deal)
    announced = entries(found, "price.uplift")
    checked = entries(found, "price.uplift.at_most")

    assert [e.date for e in announced] == [date(2027, 5, 5), date(2028, 5, 5)]
    assert [e.date for e in checked] == [date(2027, 8, 3), date(2028, 8, 3)]
    assert "5%" in checked[0].title


def test_an_adjusted_price_is_announced_before_each_review() -> None:
    deal = terms(
        cleandoc(
            """
            duration: {lasts: 2 years, ends_on: day before}
            price:
              adjustment:
                index: CPI
                review: every year on 1 March
                notice: 60 days
                substitute: the nearest one
            """
        )
    )
    found = entries(planned(deal), "price.adjustment.notice")

    assert [e.date for e in found] == [date(2026, 12, 31), date(2028, 1, 1)]
    assert (
        found[0].title
        == "Last day to announce a price that holds from 1 March 2027: CPI"
    )
    assert (
        "If the index is no longer published: the nearest one." in found[0].description
    )


@pytest.mark.parametrize(
    ("place", "day"), [("Tampa, Florida", (2026, 12, 10)), ("Rome", None)]
)
def test_a_lien_of_the_place_has_its_last_day(
    place: str, day: tuple[int, int, int] | None
) -> None:
    deal = terms(
        cleandoc(
            f"""
            contract: construction
            site: {{address: "1 Road, {place}", owner: client}}
            milestones:
              walls: {{title: Walls, owner: provider, due: 2026-09-11}}
              keys: {{title: Keys, owner: client, due: 2026-12-11}}
            """
        )
    )
    found = entries(planned(deal), "site")
    if day is None:
        assert not found
        return
    [lien] = found
    assert (lien.party, lien.expected, lien.waits_for) == (
        "provider",
        date(*day),
        "walls.met",
    )
    assert "713.08" in lien.description
    assert entry(planned(deal, walls_met="2026-09-15"), "site").date == date(
        2026, 12, 14
    )


def test_the_condition_of_an_option_is_looked_at_when_the_longer_term_begins() -> None:
    deal = terms(
        "duration: {lasts: 1 year, ends_on: day before, option: {by: client,"
        " for: 1 year, notice: 60 days, if: not in default}}"
    )
    found = planned(deal)
    asked = entry(found, "duration.option.if")

    assert (asked.date, asked.party) == (date(2027, 8, 2), "client")
    assert (
        "Only if: not in default."
        in entry(found, "duration.option", "notice").description
    )


def test_an_option_with_a_last_day_of_its_own_is_decided_ahead_of_it() -> None:
    deal = terms(
        "duration: {lasts: 1 year, option: {by: client, for: 1 year,"
        " exercise_by: 2027-05-31}}"
    )
    found = entry(planned(deal), "duration.option", "reminder")
    assert found.date == date(2027, 3, 29), "60 days before Friday, 28 May"


def test_addresses_and_papers_are_looked_at_every_year() -> None:
    found = planned(sample(STUDIO))
    yearly = entry(found, "parties")
    assert yearly.start == date(2027, 4, 1)
    assert yearly.rrule is not None
    shown = entry(planned(sample(GARAGE)), "insurance")
    assert (shown.start, shown.party) == (date(2027, 8, 3), "contractor")


def test_a_service_level_is_looked_at_after_each_stretch() -> None:
    deal = terms(
        cleandoc(
            """
            duration: {lasts: 6 months, ends_on: day before}
            service_levels:
              up: {measure: uptime, target: at least 99%, each: calendar month,
                   claim_within: 30 days, credit: 5% of the fee}
              fast: {measure: speed, target: at most 4 hours, each: contract year}
            """
        )
    )
    found = planned(deal)
    up, fast = entry(found, "service_levels.up"), entry(found, "service_levels.fast")
    assert (up.start, up.rrule) == (
        date(2026, 9, 1),
        "FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20270301",
    )
    assert "claimed within 30 days" in up.description
    assert "lapses" not in fast.description
    assert fast.date == date(2027, 8, 3)


def test_the_last_signature_is_asked_for_if_a_day_waits_for_it() -> None:
    deal = terms(
        "obligations: {plan: {owner: client, what: send the plan,"
        " due: 5 days after signing}}"
    )
    assert entry(planned(deal), "signing").date == date(2026, 8, 5)
    assert not entries(planned(deal, signed="2026-08-01"), "signing")


def test_what_comes_after_the_end_says_that_a_renewal_puts_it_off() -> None:
    more = "exit: {by: provider, deletion: 30 days}"
    renews = entry(planned(terms(f"{RENEWS}\n{more}")), "exit.deletion")
    ends = entry(
        planned(terms(f"duration: {{lasts: 1 year}}\n{more}")), "exit.deletion"
    )

    assert renews.title.startswith("Unless it renews: ")
    assert any("if the contract renews" in step for step in renews.reason)
    assert "renews" not in ends.title + " ".join(ends.reason)


def test_a_fee_of_a_contract_that_renews_says_that_it_goes_on() -> None:
    fee = "price: {payments: {fee: {amount: USD 5, payer: client, every: every month}}}"
    first = entries(planned(terms(f"{RENEWS}\n{fee}")), "price.payments.fee")[0]
    assert first.reason[0].endswith("if the contract renews, it goes on.")
