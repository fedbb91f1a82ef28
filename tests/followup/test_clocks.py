"""What begins to run when something happens, and what comes ahead of a last day."""

from datetime import date

import pytest
from scheduling import GARAGE, STUDIO, entries, entry, planned, sample, shapes, terms

from closer.followup.clocks import events
from closer.followup.schedule import schedule
from closer.terms.moments import Facts

RENEWS = """
duration: {lasts: 1 year, ends_on: day before, renewal: {for: 1 year, notice: 60 days}}
dispute_resolution: {governing_law: LAW}
"""


def test_no_clock_runs_before_anything_has_happened() -> None:
    found = planned(sample(GARAGE))
    started = {e.term for e in found.entries if e.kind == "clock"}
    assert started == {"contingencies.late_completion"}
    assert not entries(found, "reference")


def test_the_events_that_start_a_clock_are_those_of_the_deal() -> None:
    known = events(sample(GARAGE))
    assert {"force_majeure", "weather", "dispute", "termination.breach"} <= set(known)
    assert events(terms("")) == ()


def test_notice_of_force_majeure_is_sent_before_it_must_have_arrived() -> None:
    found = entry(
        planned(sample(GARAGE), force_majeure="2026-09-24"),
        "contingencies.force_majeure",
    )

    assert found.strict == date(2026, 9, 29), "five days after the 24th"
    assert found.date == date(2026, 9, 29), "by e-mail before the cut-off"
    assert "by e-mail on 29 September 2026" in found.description
    assert "by courier on 25 September 2026" in found.description
    assert "by post" not in found.description, "a letter would come too late"


def test_a_notice_period_shorter_than_any_sending_still_has_a_day() -> None:
    deal = sample(
        GARAGE,
        (
            "notice: 5 days\n    notice_from: aware",
            "notice: 1 day\n    notice_from: aware",
        ),
    )
    found = entry(
        planned(deal, force_majeure="2026-10-02"), "contingencies.force_majeure"
    )
    assert found.strict == date(2026, 10, 3), "a Saturday"
    assert found.date == date(2026, 10, 2), (
        "the last business day, not before the event"
    )


def test_the_right_to_end_opens_when_the_days_are_over() -> None:
    found = planned(sample(GARAGE), force_majeure="2026-09-24")
    stop = entry(found, "contingencies.force_majeure.end_after")
    assert stop.date == date(2026, 11, 23), "day 61: sixty days have passed"


def test_every_step_of_a_dispute_begins_when_the_one_before_has_ended() -> None:
    found = planned(sample(GARAGE), dispute="2026-10-05")
    path = "dispute_resolution.steps"
    talks, chiefs, mediation = (
        entry(found, f"{path}.{kind}")
        for kind in ("negotiation", "executives", "mediation")
    )
    final = entry(found, f"{path}.arbitration")

    assert (talks.start, talks.end) == (date(2026, 10, 6), date(2026, 10, 20))
    assert (chiefs.start, chiefs.end) == (date(2026, 10, 21), date(2026, 11, 4))
    assert (mediation.start, mediation.end) == (date(2026, 11, 5), date(2026, 12, 19))
    assert final.date == date(2026, 12, 20)
    assert final.title.startswith("Arbitration is open")
    assert "Provider: AAA." in mediation.description


def test_limitation_runs_again_on_the_earlier_of_its_two_days() -> None:
    path = "dispute_resolution.pauses_limitation"
    usual = entry(planned(sample(GARAGE), dispute="2026-10-05"), path)
    assert usual.date == date(2027, 1, 18), "30 days after 19 December"
    short = sample(GARAGE, ("longest: 6 months", "longest: 1 month"))
    capped = entry(planned(short, dispute="2026-10-05"), path)
    assert capped.date == date(2026, 11, 5)


def test_a_cure_ends_and_a_notice_to_end_runs() -> None:
    facts = Facts(
        happened={
            "termination.unpaid": date(2026, 12, 1),
            "termination.convenience": date(2026, 12, 1),
        }
    )
    found = schedule(sample(GARAGE), facts, shapes())
    cure = entry(found, "termination.unpaid")
    ends = entry(found, "termination.convenience")

    assert (cure.date, cure.party) == (date(2026, 12, 11), "client")
    assert ends.date == date(2026, 12, 31)
    assert ends.title.startswith("Notice to end has run")
    assert not entries(found, "termination.breach")


def test_a_quote_that_was_asked_for_is_due_on_a_business_day() -> None:
    found = planned(sample(GARAGE), scope_change="2026-09-01")
    assert entry(found, "contingencies.scope_change").date == date(2026, 9, 9)


def test_damages_for_delay_begin_after_the_days_of_grace_unless_it_is_done() -> None:
    path = "contingencies.late_completion"
    late, capped = entries(planned(sample(GARAGE)), path)
    assert late.date == date(2026, 11, 10), "6 November, three days of grace"
    assert capped.date == date(2026, 11, 26), "USD 2,425.00: the 17th day"
    assert "cap" in capped.title
    assert "“Handover”" in late.title
    assert not entries(planned(sample(GARAGE), handover_met="2026-11-06"), path)


def test_what_is_forgotten_after_signing_is_there_once_all_have_signed() -> None:
    found = planned(sample(GARAGE), signed="2026-07-30")
    assert entry(found, "reference").date == date(2026, 8, 3)


def test_interest_begins_on_the_day_after_a_payment_was_due() -> None:
    paid = entry(planned(sample(GARAGE)), "price.payments.deposit")
    assert "Interest begins on 4 August 2026." in paid.description
    waiting = entry(planned(sample(GARAGE)), "price.payments.final")
    assert "Interest begins" not in waiting.description, "nothing is due yet"


def test_a_last_day_for_notice_names_the_last_day_of_each_way_of_sending() -> None:
    first, *_ = entries(planned(sample(STUDIO)), "duration.renewal", "notice")
    assert "by e-mail on 30 July 2027" in first.description
    assert "by courier on 28 July 2027" in first.description
    again = "the notice is sent a second time, by courier within 2 business days."
    assert f"E-mail alone is not enough: {again}" in first.description


def test_a_decision_is_prepared_before_its_last_day() -> None:
    first, *_ = entries(planned(sample(STUDIO)), "duration.renewal", "reminder")
    assert first.date == date(2027, 5, 31), "60 days before 30 July 2027"
    own = sample(STUDIO, ("follow_up:", "follow_up:\n  decide_before: 10 days"))
    first, *_ = entries(planned(own), "duration.renewal", "reminder")
    assert first.date == date(2027, 7, 20)


def test_no_decision_is_asked_for_before_the_term_that_it_ends_has_begun() -> None:
    deal = terms("duration: {lasts: 1 month, renewal: {for: 1 month, notice: 15 days}}")
    assert not entries(planned(deal), "duration.renewal", "reminder")
    assert entries(planned(deal), "duration.renewal", "notice")


@pytest.mark.parametrize(
    ("law", "opens", "last"),
    [
        ("New York", date(2027, 5, 4), date(2027, 5, 19)),
        ("the laws of the State of New York", date(2027, 5, 4), date(2027, 5, 19)),
    ],
)
def test_the_provider_reminds_where_a_law_asks_for_it(
    law: str, opens: date, last: date
) -> None:
    first, *_ = entries(
        planned(terms(RENEWS.replace("LAW", law))), "duration.renewal", "window"
    )
    assert (first.party, first.stake) == ("provider", "bar")
    assert (first.start, first.end) == (opens, last)
    assert "§ 5-903" in first.description
    assert "on 3 June 2027" in first.description


@pytest.mark.parametrize(
    ("law", "change"),
    [
        ("Florida", ("", "")),
        ("Wisconsin", ("", "")),
        ("New York", ("for: 1 year", "for: 1 month")),
        ("New York", ("notice: 60 days", "notice: 60 days, by: provider")),
    ],
)
def test_no_reminder_where_the_law_asks_for_none(
    law: str, change: tuple[str, str]
) -> None:
    deal = terms(RENEWS.replace("LAW", law).replace(*change))
    assert not entries(planned(deal, horizon=1), "duration.renewal", "window")


def test_wisconsin_asks_where_term_and_renewal_are_longer_than_a_year() -> None:
    text = RENEWS.replace("LAW", "Wisconsin").replace("1 year", "2 years")
    first, *_ = entries(planned(terms(text)), "duration.renewal", "window")
    strict = date(2028, 6, 3)
    assert first.start is not None
    assert first.end is not None
    assert ((strict - first.start).days, (strict - first.end).days) == (60, 15)


def test_a_warranty_is_inspected_before_it_ends() -> None:
    look = entry(
        planned(sample(GARAGE), handover_met="2026-11-06"), "warranty", "reminder"
    )
    assert look.date == date(2027, 10, 7), "30 days before 6 November 2027"
    short = sample(GARAGE, ("warranty: {lasts: 1 year", "warranty: {lasts: 2 weeks"))
    assert not entries(planned(short), "warranty", "reminder")


def test_silence_has_its_meaning_on_the_last_day_of_acceptance() -> None:
    found = planned(sample(GARAGE), garage_met="2026-10-02")
    last = entry(found, "deliverables.garage.accept", "reminder")
    assert (last.date, last.party) == (date(2026, 10, 19), "client")
    assert last.title.endswith("or it counts as accepted")


def test_what_comes_after_the_end_is_listed_unless_the_contract_renews() -> None:
    after = entry(planned(terms("duration: {lasts: 1 year}")), "duration", "reminder")
    assert after.date == date(2027, 8, 4)
    assert not entries(planned(sample(STUDIO)), "duration", "reminder")


def test_each_entry_of_a_deal_where_all_has_happened_has_its_own_identity() -> None:
    facts = Facts(
        signed=date(2026, 7, 30),
        happened=dict.fromkeys(events(sample(GARAGE)), date(2026, 9, 24)),
    )
    found = schedule(sample(GARAGE), facts, shapes())
    uids = [e.uid for e in found.entries]
    assert len(uids) == len(set(uids))


def test_a_second_notice_of_a_breach_has_a_cure_of_its_own() -> None:
    told = {"termination.breach": "2026-10-01", "termination.breach.2": "2026-11-02"}
    found = entries(planned(sample(GARAGE), **told), "termination.breach", "clock")
    days = [(e.number, e.date) for e in found]
    assert len({e.uid for e in found}) == len(found) == 2
    first, second = (day for _, day in days)
    assert first is not None
    assert second is not None
    assert (second - first).days == 32


def test_a_second_dispute_goes_through_its_own_steps() -> None:
    once = planned(sample(GARAGE), dispute="2026-10-05")
    twice = planned(
        sample(GARAGE), **{"dispute": "2026-10-05", "dispute.2": "2027-01-11"}
    )
    steps = [e for e in once.entries if e.category == "Dispute"]
    again = [e for e in twice.entries if e.category == "Dispute"]
    assert len(again) == 2 * len(steps)
    assert {e.uid for e in steps} < {e.uid for e in again}


def test_what_hangs_on_an_event_of_the_deal_hangs_on_each_time_it_happens() -> None:
    deal = terms(
        "events: {recall: {title: Recall}}\n"
        "obligations: {tell: {owner: provider, what: tell, due: 5 days after recall}}"
    )
    once = planned(deal, recall="2026-10-05")
    twice = planned(deal, **{"recall": "2026-10-05", "recall.2": "2026-12-07"})
    [first] = entries(once, "obligations.tell")
    found = entries(twice, "obligations.tell")
    assert [(e.number, e.date) for e in found] == [
        ("", date(2026, 10, 10)),
        ("2", date(2026, 12, 12)),
    ]
    assert found[0].uid == first.uid
