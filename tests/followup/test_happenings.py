"""Each clock that an event starts: there once it has happened, and each time."""

from collections.abc import Mapping
from datetime import date
from inspect import cleandoc

import pytest
from scheduling import shapes, terms

from closer.followup.clocks import events
from closer.followup.entries import Entry
from closer.followup.schedule import schedule
from closer.terms.moments import Facts

DATA = (
    "data_protection: {controller: client, processor: provider, data: [names],"
    " subjects: [buyers], purpose: sales, incident_notice: 72 hours,"
    " subprocessors: {notice: 30 days, objection: 14 days}}"
)
PAID = "payment: {invoice: on delivery, due: 30 days, dispute_within: 10 days,"
SECRET = "confidentiality: {lasts: 3 years, from: disclosure,"
CHANGE = (
    "contingencies: {scope_change: {quote_within: 5 business days,"
    " approve_within: 10 business days, claim_within: 14 days}}"
)
HARD = (
    "contingencies: {hardship: {when: cost up 20%, notice: 10 days,"
    " talk_within: 30 days, else: may terminate}}"
)
EARLY = (
    "contingencies: {early_termination: {by: client, notice: 30 days, fee: 5%,"
    " account_within: 20 days}}"
)
LOST = (
    "contingencies: {data_loss: {owner: provider, backup: every day, rpo: 24 hours,"
    " rto: 8 hours, notice: 24 hours, restores: provider}}"
)
CONTROL = "change_of_control: {of: provider, notice: 10 days, within: 60 days}"
ACTS = "enforcement: {by: provider, notice: 5 days, cost: provider, keeps: provider,"
BACK = "returns: {authorised_within: 3 business days, freight: client,"
STOPS = (
    "contingencies: {suspension: {by: provider, if: an invoice is unpaid,"
    " notice: 5 days, restart: 3 business days}}"
)
FORCE = "contingencies: {force_majeure: {causes: [flood], relief: day for day,"


def told(more: str, facts: Mapping[str, str]) -> list[Entry]:
    """Return the entries of a deal with these lines once that has happened."""
    happened = {name: date.fromisoformat(day) for name, day in facts.items()}
    deal = terms(cleandoc(more))
    assert set(happened) <= {*events(deal, shapes()), *_again(happened)}
    return list(schedule(deal, Facts(happened=happened), shapes()).entries)


def _again(happened: Mapping[str, date]) -> set[str]:
    return {name for name in happened if name[-1].isdigit()}


@pytest.mark.parametrize(
    ("more", "event", "term", "party", "day"),
    [
        (
            (
                "approvals: {art: {of: the art, by: client, within: 10 business days,"
                " silence: approved}}"
            ),
            "approvals.art",
            "approvals.art",
            "client",
            "2026-10-16",
        ),
        (CHANGE, "scope_change", "contingencies.scope_change", "both", "2026-10-08"),
        (
            CHANGE,
            "scope_change.quoted",
            "contingencies.scope_change.approve_within",
            "both",
            "2026-10-16",
        ),
        (
            CHANGE,
            "scope_change",
            "contingencies.scope_change.claim_within",
            "both",
            "2026-10-15",
        ),
        (
            "orders: {answer_within: 3 business days, silence: accepted}",
            "orders.placed",
            "orders",
            "both",
            "2026-10-06",
        ),
        (
            "goods: {what: bolts, inspect: {within: 10 days, silence: accepted}}",
            "goods.delivered",
            "goods.inspect",
            "both",
            "2026-10-11",
        ),
        (
            DATA,
            "data_protection.subprocessor",
            "data_protection.subprocessors.objection",
            "client",
            "2026-10-15",
        ),
        (
            DATA,
            "data_protection.incident",
            "data_protection.incident_notice",
            "provider",
            "2026-10-04",
        ),
        (
            "first_refusal: {by: client, over: the sequel, answer_within: 30 days}",
            "first_refusal.offered",
            "first_refusal",
            "client",
            "2026-10-31",
        ),
        (f"{PAID}}}", "payment.invoiced", "payment.due", "both", "2026-11-02"),
        (
            f"{PAID}}}",
            "payment.invoiced",
            "payment.dispute_within",
            "both",
            "2026-10-11",
        ),
        (
            f"{PAID} hold_after: 15 days}}",
            "payment.invoiced",
            "payment.hold_after",
            "both",
            "2026-11-15",
        ),
        (
            HARD,
            "hardship.asked",
            "contingencies.hardship.talk_within",
            "both",
            "2026-10-31",
        ),
        (
            HARD,
            "hardship.asked",
            "contingencies.hardship.else",
            "both",
            "2026-11-30",
        ),
        (
            STOPS,
            "suspension",
            "contingencies.suspension.notice",
            "provider",
            "2026-10-06",
        ),
        (
            STOPS,
            "suspension.ended",
            "contingencies.suspension.restart",
            "both",
            "2026-10-06",
        ),
        (
            EARLY,
            "early_termination",
            "contingencies.early_termination.notice",
            "client",
            "2026-10-31",
        ),
        (
            EARLY,
            "early_termination.ended",
            "contingencies.early_termination.account_within",
            "both",
            "2026-10-21",
        ),
        (
            (
                "contingencies: {insolvency: {means: [bankruptcy], by: client,"
                " effect: may terminate, notice: 10 days}}"
            ),
            "insolvency",
            "contingencies.insolvency.notice",
            "client",
            "2026-10-11",
        ),
        (
            (
                "contingencies: {site_conditions: {notice: 5 days, relief: time,"
                " inspect_within: 3 business days}}"
            ),
            "site_conditions",
            "contingencies.site_conditions.inspect_within",
            "both",
            "2026-10-06",
        ),
        (
            (
                "key_people: {lead: {name: Ana, title: lead, of: provider,"
                " replace_within: 10 business days}}"
            ),
            "key_people.lead",
            "key_people.lead",
            "provider",
            "2026-10-16",
        ),
        (
            (
                "indemnities: {ip: {by: provider, for: infringement, notice: 7 days,"
                " control: provider}}"
            ),
            "indemnities.ip",
            "indemnities.ip",
            "client",
            "2026-10-08",
        ),
        (
            CONTROL,
            "change_of_control",
            "change_of_control.notice",
            "provider",
            "2026-10-09",
        ),
        (
            CONTROL,
            "change_of_control.told",
            "change_of_control.within",
            "client",
            "2026-11-30",
        ),
        (
            f"{SECRET} confirm_within: 30 days}}",
            "disclosure",
            "confidentiality.confirm_within",
            "both",
            "2026-10-31",
        ),
        (
            f"{SECRET} return_within: 14 days}}",
            "disclosure.return_asked",
            "confidentiality.return_within",
            "both",
            "2026-10-15",
        ),
        (
            "price_protection: {shipped_within: 60 days, claim_within: 30 days}",
            "price_protection.lowered",
            "price_protection",
            "both",
            "2026-10-31",
        ),
        (
            f"{BACK} credit_within: 10 days}}",
            "returns.asked",
            "returns.authorised_within",
            "both",
            "2026-10-06",
        ),
        (
            f"{BACK} credit_within: 11 days}}",
            "returns.received",
            "returns.credit_within",
            "both",
            "2026-10-13",
        ),
        (
            "compliance: {recall: {notice: 24 hours, cost: provider}}",
            "compliance.recall",
            "compliance.recall.notice",
            "both",
            "2026-10-02",
        ),
        (
            f"{ACTS} then_other: 60 days}}",
            "enforcement.infringed",
            "enforcement.notice",
            "both",
            "2026-10-06",
        ),
        (
            f"{ACTS} then_other: 60 days}}",
            "enforcement.told",
            "enforcement.then_other",
            "client",
            "2026-11-30",
        ),
        (
            "acceptance: {rounds: 2, fix: 5 days, else: terminate}",
            "acceptance.refused",
            "acceptance.fix",
            "both",
            "2026-10-06",
        ),
        (
            (
                "warranty: {lasts: 1 year, from: effective, by: provider,"
                " claims_within: 14 days}"
            ),
            "warranty.defect",
            "warranty.claims_within",
            "client",
            "2026-10-15",
        ),
        (LOST, "data_loss", "contingencies.data_loss.rto", "provider", "2026-10-02"),
        (
            (
                "termination: {breach: {by: client, if: a breach, cure: 10 days,"
                " within: 30 days}}"
            ),
            "termination.breach",
            "termination.breach",
            "client",
            "2026-11-10",
        ),
        (
            f"{FORCE} ended_notice: 3 business days}}}}",
            "force_majeure.ended",
            "contingencies.force_majeure.ended_notice",
            "both",
            "2026-10-06",
        ),
    ],
)
def test_what_happens_on_the_first_of_october_starts_its_clock(
    more: str, event: str, term: str, party: str, day: str
) -> None:
    before = [e for e in told(more, {}) if e.term == term and e.kind != "end"]
    after = [e for e in told(more, {event: "2026-10-01"}) if e.term == term]
    found = [e for e in after if e.uid not in {each.uid for each in before}]
    who = "client, provider" if party == "both" else party

    assert (who, date.fromisoformat(day)) in [(e.party, e.date) for e in found]
    for entry in found:
        words = entry.title + entry.description
        assert "[" not in words, words
        assert entry.reason, "it says from what it is counted"


def test_what_happens_again_has_entries_of_its_own() -> None:
    orders = "orders: {answer_within: 3 business days, silence: accepted}"
    facts = {"orders.placed": "2026-10-01", "orders.placed.2": "2026-11-02"}
    first, second = (e for e in told(orders, facts) if e.term == "orders")

    assert (first.date, second.date) == (date(2026, 10, 6), date(2026, 11, 5))
    assert [e.uid for e in told(orders, {"orders.placed": "2026-10-01"})][:1] == [
        first.uid
    ]


def test_each_disclosure_is_kept_for_its_own_time_and_the_last_one_counts() -> None:
    facts = {"disclosure": "2026-09-01", "disclosure.2": "2027-02-01"}
    found = told(f"{SECRET} purpose: a talk}}", facts)
    own = [e.date for e in found if e.term == "confidentiality.lasts"]
    [whole] = [e.date for e in found if e.term == "confidentiality"]

    assert own == [date(2029, 9, 1), date(2030, 2, 1)]
    assert whole == date(2030, 2, 1)


def test_a_disclosure_has_no_time_of_its_own_where_all_end_together() -> None:
    found = told(
        "confidentiality: {lasts: 3 years, from: effective}",
        {"disclosure": "2026-09-01"},
    )
    assert not [e for e in found if e.term == "confidentiality.lasts"]
