import json
from datetime import date
from pathlib import Path

import pytest
from a_deal import a_deal

from closer.terms.moments import Days, Facts, Resolved, anchored
from closer.terms.values import Period, read_moment

RENEWALS = json.loads((Path(__file__).parent / "renewals.json").read_text("utf-8"))

WORK = """
    deliverables:
      garage: {title: Garage, description: A workshop., owner: provider,
               accept: {within: 10 business days}}
"""
MILESTONES = """
    milestones:
      garage: {title: Garage complete, owner: provider, due: 2026-10-02,
               delivers: garage}
      handover: {title: Handover, owner: both, due: 4 weeks after garage}
"""


def days_of(*sections: str, facts: Facts | None = None) -> Days:
    return Days(a_deal(*sections).terms, facts)


def signed(on: str, **happened: str) -> Facts:
    return Facts(
        date.fromisoformat(on),
        {
            name.replace("_", "."): date.fromisoformat(day)
            for name, day in happened.items()
        },
    )


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("price.payments.garage.due", "10 business days after garage.accepted"),
        ("warranty.from", "10 business days after garage.accepted"),
        ("duration.ends", "10 business days after garage.accepted"),
        ("confidentiality.from", "10 business days after garage.accepted"),
        ("milestones.handover.due", "10 business days after garage.due"),
        ("obligations.keys.due", "10 business days after garage.due"),
        ("insurance.certificate", "10 business days after garage.due"),
        ("follow_up.future", "10 business days after garage.due"),
    ],
)
def test_a_bare_milestone_is_the_event_for_money_and_the_due_day_for_duties(
    path: str, meant: str
) -> None:
    terms = a_deal(WORK, MILESTONES).terms
    moment = read_moment("10 business days after garage")
    assert str(anchored(moment, path, terms)) == meant


def test_without_acceptance_a_bare_milestone_in_the_price_means_met() -> None:
    terms = a_deal(WORK, MILESTONES).terms
    moment = read_moment("the later of handover and 2026-10-02")
    said = anchored(moment, "price.payments.x.due", terms)
    assert str(said) == "the later of handover.met and 2026-10-02"


def test_what_was_written_out_is_not_changed() -> None:
    terms = a_deal(WORK, MILESTONES).terms
    moment = read_moment("2 days after garage.due")
    assert anchored(moment, "price.payments.x.due", terms) == moment


def test_a_due_day_that_is_agreed_does_not_wait_for_the_one_before() -> None:
    late = signed("2026-08-01", garage_met="2026-11-30")
    handover = days_of(WORK, MILESTONES, facts=late).milestone("handover", "due")
    assert handover.date == date(2026, 10, 30)
    assert handover.steps == (
        "“Garage complete” is due on 2 October 2026, a Friday.",
        "4 weeks after 2 October 2026 is 30 October 2026, a Friday.",
        "“Handover” is due on 30 October 2026, a Friday.",
    )


def test_what_has_not_happened_is_expected_and_never_due() -> None:
    days = days_of(WORK, MILESTONES)
    met = days.milestone("garage", "met")
    assert (met.date, met.expected) == (None, date(2026, 10, 2))
    assert met.waits_for == "garage.met"
    accepted = days.milestone("garage", "accepted")
    assert (accepted.date, accepted.expected) == (None, date(2026, 10, 19))
    assert accepted.waits_for == "garage.accepted"


def test_acceptance_is_expected_from_the_day_it_was_really_met() -> None:
    days = days_of(
        WORK, MILESTONES, facts=signed("2026-08-01", garage_met="2026-10-05")
    )
    accepted = days.milestone("garage", "accepted")
    assert (accepted.date, accepted.expected) == (None, date(2026, 10, 20))
    assert accepted.waits_for == "garage.accepted"


def test_a_fact_gives_its_day_to_what_hangs_on_it() -> None:
    price = """
        price:
          total: USD 100.00
          payments:
            garage: {amount: rest, due: 10 business days after garage, payer: client}
    """
    waiting = days_of(WORK, MILESTONES, price).payment("garage")
    assert (waiting.date, waiting.expected) == (None, date(2026, 11, 2))
    assert waiting.waits_for == "garage.accepted"
    known = signed("2026-08-01", garage_met="2026-10-05", garage_accepted="2026-10-07")
    paid = days_of(WORK, MILESTONES, price, facts=known).payment("garage")
    assert (paid.date, paid.waits_for) == (date(2026, 10, 22), None)


def test_signing_has_no_expected_day_and_all_that_hangs_on_it_waits() -> None:
    days = days_of("effective: signing", "duration: {lasts: 1 year}")
    assert days.end() == Resolved(None, None, "signing")
    known = days_of(
        "effective: signing", "duration: {lasts: 1 year}", facts=signed("2026-08-01")
    )
    assert known.end().date == date(2027, 8, 1)
    assert (
        known.end().steps[0] == "The last signature was on 1 August 2026, a Saturday."
    )


def test_an_event_that_is_no_milestone_waits_under_its_own_name() -> None:
    days = days_of(facts=signed("2026-08-01", delivery="2026-09-01"))
    assert days.resolve(read_moment("1 week after delivery"), "x").date == date(
        2026, 9, 8
    )
    waiting = days.resolve(read_moment("1 week after recall"), "x")
    assert waiting == Resolved(None, None, "recall")


@pytest.mark.parametrize(
    ("moment", "day", "expected", "waits_for"),
    [
        ("the later of 2026-08-10 and 2026-08-09", "2026-08-10", None, None),
        ("the earlier of 2026-08-10 and 2026-08-09", "2026-08-09", None, None),
        ("the later of 2026-12-01 and garage.met", None, "2026-12-01", "garage.met"),
        ("the earlier of 2026-12-01 and garage.met", None, "2026-10-02", "garage.met"),
        ("the later of 2026-12-01 and signing", None, None, "signing"),
        ("the later of garage.met and handover.met", None, "2026-10-30", "garage.met"),
    ],
)
def test_the_later_of_two_is_known_when_both_are(
    moment: str, day: str | None, expected: str | None, waits_for: str | None
) -> None:
    found = days_of(WORK, MILESTONES).resolve(read_moment(moment), "obligations.x.due")
    assert found.date == (date.fromisoformat(day) if day else None)
    assert found.expected == (date.fromisoformat(expected) if expected else None)
    assert found.waits_for == waits_for


def test_payments_roll_and_what_runs_from_the_same_day_does_not() -> None:
    days = days_of(
        """
        price:
          total: USD 100.00
          payments: {only: {amount: rest, due: 2026-09-05, payer: client}}
        """,
        "obligations: {keys: {owner: client, what: give keys, due: 2026-09-05}}",
        "milestones: {opening: {title: Opening, owner: both, due: 2026-09-05}}",
    )
    assert days.payment("only").date == date(2026, 9, 8)
    assert days.milestone("opening", "due").date == date(2026, 9, 5)
    assert days.resolve(date(2026, 9, 5), "obligations.keys.due").date == date(
        2026, 9, 5
    )
    fixed = days.resolve(date(2026, 9, 5), "x")
    assert days.counted(Period.read("10 days"), fixed).date == date(2026, 9, 15)


def test_payments_stay_where_no_roll_was_agreed() -> None:
    days = days_of(
        "time: {holidays: [US], roll: none}",
        "price: {total: 100, payments: {only: {amount: rest, due: 2026-09-05, "
        "payer: client}}}",
    )
    assert days.payment("only").date == date(2026, 9, 5)


def test_answers_roll() -> None:
    days = days_of()
    start = days.resolve(date(2026, 8, 31), "x")
    assert days.answer(Period.read("5 days"), start).date == date(2026, 9, 8)
    assert days.answer(Period.read("5 days"), date(2026, 8, 31), "x").date == date(
        2026, 9, 8
    )


@pytest.mark.parametrize(
    ("duration", "ends", "renewals", "renewal_day"),
    [
        ("lasts: 1 year", "2027-08-03", ["2028-08-03", "2029-08-03"], "2027-08-03"),
        (
            "lasts: 1 year, ends_on: day before",
            "2027-08-02",
            ["2028-08-02", "2029-08-02"],
            "2027-08-03",
        ),
        ("ends: 2027-08-02", "2027-08-02", ["2028-08-02", "2029-08-02"], "2027-08-03"),
        ("ends: 2028-02-29", "2028-02-29", ["2029-02-28", "2030-02-28"], "2028-03-01"),
        (
            "ends: 2027-09-30, ends_on: day before",
            "2027-09-30",
            ["2028-09-30", "2029-09-30"],
            "2027-10-01",
        ),
    ],
)
def test_renewals_run_from_the_original_end(
    duration: str, ends: str, renewals: list[str], renewal_day: str
) -> None:
    renewal = "renewal: {for: 1 year, notice: 60 days}"
    days = days_of(f"duration: {{{duration}, {renewal}}}")
    assert str(days.end().date) == ends
    assert [str(days.end(n).date) for n in (1, 2)] == renewals
    assert str(days.renewal_day(1).date) == renewal_day


def test_a_renewal_from_a_clipped_month_end_comes_back_to_it() -> None:
    days = days_of(
        "effective: 2026-12-31",
        "duration: {lasts: 1 month, renewal: {for: 1 month, notice: 5 days}}",
    )
    assert [str(days.end(n).date) for n in range(4)] == [
        "2027-01-31",
        "2027-02-28",
        "2027-03-31",
        "2027-04-30",
    ]


def test_a_term_that_ends_the_day_before_renews_to_the_month_end() -> None:
    days = days_of(
        "duration: {ends: 2027-09-30, ends_on: day before, "
        "renewal: {for: 3 months, notice: 30 days}}"
    )
    assert str(days.end(1).date) == "2027-12-31"


def test_a_renewal_that_was_not_agreed_has_no_day() -> None:
    once = days_of(
        "duration: {lasts: 1 year, renewal: {for: 1 year, times: 1, notice: 60 days}}"
    )
    assert once.end(1).date is not None
    assert once.end(2) == Resolved(None)
    assert once.non_renewal(2) is None
    never = days_of("duration: {lasts: 1 year}")
    assert never.end(1) == Resolved(None)
    assert never.non_renewal(1) is None
    assert days_of().end() == Resolved(None)


def test_the_length_of_a_term_is_decided_by_ends_on_not_by_the_trigger_day() -> None:
    counting = "time: {holidays: [US], count_trigger_day: yes}"
    assert (
        str(days_of(counting, "duration: {lasts: 1 year}").end().date) == "2027-08-03"
    )


@pytest.mark.parametrize("given", RENEWALS, ids=lambda given: given["source"][21:45])
def test_real_contracts_end_renew_and_take_notice_as_read(
    given: dict[str, str],
) -> None:
    length = f"lasts: {given['lasts']}" if given["lasts"] else f"ends: {given['end']}"
    renewal = (
        f"{{for: {given['renewal']}, times: {given['times']}, "
        f"notice: {given['notice']}, counted_to: {given['counted_to']}}}"
    )
    sections = (
        f"effective: {given['start']}",
        "time: {holidays: weekends only, clear_days: CLEAR}",
        f"duration: {{{length}, renewal: {renewal}}}",
    )
    plain = days_of(*(one.replace("CLEAR", "no") for one in sections))
    assert str(plain.end().date) == given["end"]
    assert str(plain.end(1).date) == given["next_end"]
    first = plain.non_renewal(1)
    assert first is not None
    assert str(first.strict.date) == given["last_notice"]
    second = plain.notice(plain.end(1), Period.read(given["notice"]))
    assert str(second.strict.date) == given["next_last_notice"]
    if given["last_notice_if_clear_days"]:
        clear = days_of(*(one.replace("CLEAR", "yes") for one in sections))
        notice = clear.non_renewal(1)
        assert notice is not None
        assert str(notice.strict.date) == given["last_notice_if_clear_days"]


def test_a_notice_has_a_strict_day_and_a_safe_one() -> None:
    days = days_of()
    counted_to = days.resolve(date(2018, 11, 14), "duration.ends")
    notice = days.notice(counted_to, Period.read("60 days"))
    assert str(notice.strict.date) == "2018-09-15"
    assert str(notice.safe.date) == "2018-09-14"
    assert {way: str(day) for way, day in notice.sent_by.items()} == {
        "hand": "2018-09-14",
        "email": "2018-09-14",
        "courier": "2018-09-12",
        "post": "2018-09-07",
        "post_abroad": "2018-08-30",
    }
    assert notice.safe.steps[-1] == (
        "In time is a notice sent before the cut-off on 14 September 2018, a Friday."
    )


def test_a_notice_never_rolls_forward_into_lateness() -> None:
    days = days_of("time: {holidays: [US], roll: following}")
    counted_to = days.resolve(date(2026, 11, 6), "duration.ends")
    notice = days.notice(counted_to, Period.read("60 days"))
    assert str(notice.strict.date) == "2026-09-07"
    assert str(notice.safe.date) == "2026-09-04"


def test_a_notice_that_counts_from_dispatch_may_be_sent_later() -> None:
    days = days_of("time: {holidays: [US], notice_counts_from: dispatch}")
    counted_to = days.resolve(date(2018, 11, 14), "duration.ends")
    notice = days.notice(counted_to, Period.read("60 days"))
    assert {str(day) for day in notice.sent_by.values()} == {"2018-09-14"}


def test_the_safe_day_is_that_of_the_fastest_agreed_means() -> None:
    slow = (
        "time: {holidays: [US], deemed_receipt: {hand: 3 business days, "
        "email: 1 business day}}"
    )
    days = days_of(slow)
    notice = days.notice(days.resolve(date(2018, 11, 14), "x"), Period.read("60 days"))
    assert str(notice.safe.date) == "2018-09-13"


def test_a_notice_cannot_be_mailed_to_a_party_without_an_address() -> None:
    parties = """
        parties:
          client: {name: A LLC, kind: company, address: Tampa}
          provider: {name: B LLC, kind: company, address: Tampa}
    """
    days = days_of(parties)
    notice = days.notice(days.resolve(date(2018, 11, 14), "x"), Period.read("60 days"))
    assert "email" not in notice.sent_by


def test_a_notice_before_a_day_that_is_only_expected_is_expected() -> None:
    days = days_of(
        WORK,
        MILESTONES,
        "duration: {ends: 1 year after handover.met, "
        "renewal: {for: 1 year, notice: 60 days}}",
    )
    notice = days.non_renewal(1)
    assert notice is not None
    assert (notice.strict.date, notice.safe.date) == (None, None)
    assert notice.strict.expected == date(2027, 8, 31)
    assert notice.safe.waits_for == "handover.met"


def test_notice_counted_to_the_renewal_runs_from_the_day_after_a_fixed_end() -> None:
    renewal = "renewal: {for: 1 year, notice: 60 days, counted_to: renewal}"
    notice = days_of(f"duration: {{ends: 2027-08-02, {renewal}}}").non_renewal(1)
    assert notice is not None
    assert str(notice.strict.date) == "2027-06-04"


@pytest.mark.parametrize(
    "first", ["1 week after b", "the later of b and 2026-08-03", "b.met"]
)
def test_days_that_wait_for_each_other_have_no_day_and_end_the_search(
    first: str,
) -> None:
    days = days_of(
        f"""
        milestones:
          a: {{title: A, owner: both, due: {first}}}
          b: {{title: B, owner: both, due: 1 week after a}}
        """
    )
    assert days.milestone("a", "due").date is None
    assert days.milestone("b", "due").date is None


def test_a_long_chain_of_milestones_is_no_trouble() -> None:
    links = "\n".join(
        f"  m{n}: {{title: M, owner: both, due: 1 day after m{n + 1}}}"
        for n in range(1500)
    )
    last = "  m1500: {title: M, owner: both, due: 2026-08-03}"
    days = days_of(f"milestones:\n{links}\n{last}")
    assert str(days.milestone("m0", "due").date) == "2030-09-11"
