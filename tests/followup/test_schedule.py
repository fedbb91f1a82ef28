"""What is followed up, on which day, and why."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from scheduling import GARAGE, STUDIO, entries, entry, planned, sample, terms

from closer.followup.entries import KINDS, STAKES, Entry


def test_a_milestone_stands_on_its_due_day_and_says_from_whom() -> None:
    found = entry(planned(sample(GARAGE)), "milestones.backyard")

    assert found.kind == "milestone"
    assert found.date == date(2026, 10, 30)
    assert found.title == "Due from Contractor: Backyard complete"
    assert (found.party, found.counterpart) == ("contractor", "client")
    assert "4 weeks after 2 October 2026 is 30 October 2026, a Friday." in found.reason


def test_every_moment_and_rhythm_of_the_garage_deal_has_an_entry() -> None:
    found = {(e.kind, e.term) for e in planned(sample(GARAGE)).entries}

    assert found == {
        ("obligation", "insurance.certificate"),
        ("payment", "price.payments.deposit"),
        ("payment", "price.payments.garage"),
        ("payment", "price.payments.final"),
        ("obligation", "obligations.access"),
        ("obligation", "obligations.diary"),
        ("milestone", "milestones.permits"),
        ("milestone", "milestones.garage"),
        ("milestone", "milestones.backyard"),
        ("milestone", "milestones.handover"),
        ("chase", "milestones.garage"),
        ("chase", "milestones.handover"),
        ("window", "deliverables.garage.accept"),
        ("meeting", "governance.progress_reviews"),
        ("meeting", "follow_up.check_ins"),
        ("meeting", "follow_up.future"),
        ("reading", "governance.benchmarks.on_time"),
        ("reading", "governance.benchmarks.punch_list"),
        ("end", "parties.contractor.licence.expires"),
        ("end", "duration"),
        ("end", "warranty"),
        ("clock", "contingencies.late_completion"),
        ("reminder", "deliverables.garage.accept"),
        ("reminder", "duration"),
        ("reminder", "warranty"),
        ("reminder", "parties"),
        ("obligation", "insurance"),
    }


def test_a_payment_for_what_is_not_done_is_expected_and_never_due() -> None:
    found = entry(planned(sample(GARAGE)), "price.payments.final")

    assert (found.date, found.due) == (None, None)
    assert found.expected == date(2026, 11, 23)
    assert found.waits_for == "handover.met"
    assert found.status == "tentative"
    assert found.title == "Client pays Final: USD 21,825.00"
    assert found.expected_title.startswith("Expected: ")
    assert found.reason[-2:] == (
        "No day yet: the completion of “Handover” has not happened.",
        "Expected on 23 November 2026, if all goes as planned.",
    )


def test_a_fact_gives_the_day_and_changes_neither_kind_nor_identity() -> None:
    waiting = entry(planned(sample(GARAGE)), "price.payments.final")
    due = entry(
        planned(sample(GARAGE), handover_met="2026-11-09"), "price.payments.final"
    )

    assert (due.uid, due.kind) == (waiting.uid, waiting.kind)
    assert due.date == date(2026, 11, 24), "ten business days, Veterans Day left out"
    assert (due.expected, due.waits_for, due.status) == (None, None, "confirmed")


def test_a_payment_rolls_and_an_obligation_does_not() -> None:
    deal = terms(
        """
        price: {payments: {fee: {amount: USD 9, due: 2026-09-05, payer: client}}}
        obligations: {keys: {owner: client, what: hand over the keys, due: 2026-09-05}}
        """
    )

    assert entry(planned(deal), "price.payments.fee").date == date(2026, 9, 8)
    assert entry(planned(deal), "obligations.keys").date == date(2026, 9, 5)


def test_a_payment_that_comes_back_has_an_entry_a_day_because_each_rolls() -> None:
    found = entries(planned(sample(STUDIO)), "price.payments.monthly")

    assert [e.date for e in found[:4]] == [
        date(2026, 10, 1),
        date(2026, 11, 2),
        date(2026, 12, 1),
        date(2027, 1, 4),
    ]
    assert [e.number for e in found] == [str(n) for n in range(1, 13)]
    assert not any(e.rrule for e in found)
    assert found[1].title == "Client pays Monthly fee (2): USD 2,400.00"
    assert "1 November 2026 is a Sunday" in found[1].reason[-1]


def test_acceptance_runs_from_the_day_after_it_is_met() -> None:
    met = planned(sample(GARAGE), garage_met="2026-10-02")
    found = entry(met, "deliverables.garage.accept", "window")

    assert (found.start, found.end) == (date(2026, 10, 3), date(2026, 10, 19))
    assert (found.kind, found.party, found.due) == ("window", "client", found.end)


def test_the_question_is_asked_two_business_days_after_the_expected_day_once() -> None:
    found = entries(planned(sample(GARAGE)), "milestones.handover", "chase")

    assert [e.date for e in found] == [date(2026, 11, 10)]
    assert found[0].title.startswith("Has it happened? “Handover”")
    assert found[0].waits_for is None, "it is asked on a day, whatever happens"


def test_nobody_is_asked_about_what_nothing_waits_for() -> None:
    found = planned(sample(GARAGE))

    assert not entries(found, "milestones.permits", "chase")


def test_nobody_is_asked_about_what_has_happened() -> None:
    found = planned(
        sample(GARAGE), garage_met="2026-10-02", garage_accepted="2026-10-09"
    )

    assert not entries(found, "milestones.garage", "chase")


def test_a_renewal_notice_has_a_strict_and_a_safe_day() -> None:
    first, second, *_ = entries(planned(sample(STUDIO)), "duration.renewal", "notice")

    assert (first.kind, first.stake) == ("notice", "bar")
    assert first.strict == date(2027, 8, 1), "a Sunday, never rolled"
    assert first.date == date(2027, 7, 30)
    assert second.date == second.strict == date(2028, 8, 1)
    assert "on or before 1 August 2027" in first.description
    assert first.reminders == (30, 14, 3), "60 days of notice"


def test_renewals_are_listed_through_the_horizon_from_the_first_end_on() -> None:
    numbers = [
        [
            e.number
            for e in entries(
                planned(sample(STUDIO), horizon=n), "duration.renewal", "notice"
            )
        ]
        for n in (1, 3)
    ]

    assert numbers == [["1", "2"], ["1", "2", "3", "4"]]


def test_the_first_two_renewals_are_listed_however_far_they_are() -> None:
    deal = sample(STUDIO, ("renewal: {for: 1 year", "renewal: {for: 5 years"))
    found = entries(planned(deal, horizon=1), "duration.renewal", "notice")

    assert [e.strict for e in found] == [date(2027, 8, 1), date(2032, 8, 1)]


def test_the_last_renewal_ends_without_an_act() -> None:
    deal = sample(STUDIO, ("times: unlimited", "times: 1"))
    ends = entries(planned(deal), "duration")

    notices = entries(planned(deal), "duration.renewal", "notice")
    assert [e.number for e in notices] == ["1"]
    assert [e.date for e in ends] == [date(2027, 9, 30), date(2028, 9, 30)]
    assert ends[0].title.startswith("Term ends, renews unless notice was given")
    assert ends[1].title.startswith("Last renewal: the contract ends without an act")


def test_an_option_has_its_notices_and_the_window_between_them() -> None:
    deal = terms(
        """
        duration:
          lasts: 2 years
          option:
            {by: client, for: 1 year, preliminary_notice: 9 months, notice: 6 months}
        """
    )
    found = entries(planned(deal), "duration.option")

    assert [(e.kind, e.number) for e in found] == [
        ("reminder", "1"),
        ("notice", "preliminary 1"),
        ("notice", "1"),
        ("window", "1"),
    ]
    _, preliminary, last, window = found
    assert preliminary.strict == date(2027, 11, 3)
    assert last.strict == date(2028, 2, 3)
    assert (window.start, window.end) == (date(2027, 11, 4), last.date)
    assert {e.party for e in found} == {"client"}


def test_a_meeting_with_an_hour_stands_in_its_zone() -> None:
    found = entry(planned(sample(GARAGE)), "governance.progress_reviews")
    zone = ZoneInfo("America/New_York")

    assert found.start == datetime(2026, 8, 4, 10, tzinfo=zone)
    assert found.end == datetime(2026, 8, 4, 11, tzinfo=zone)
    assert found.rrule == "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20271102T140000Z"


def test_a_meeting_without_an_hour_takes_the_whole_day() -> None:
    deal = terms("follow_up: {check_ins: every 2 weeks on Wednesday until 2026-09-30}")
    found = entry(planned(deal), "follow_up.check_ins")

    assert (found.start, found.end) == (date(2026, 8, 5), date(2026, 8, 5))
    assert found.rrule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;UNTIL=20260930"


def test_what_hangs_on_signing_has_no_day_until_it_is_signed() -> None:
    deal = terms(
        """
        effective: signing
        milestones: {site: {title: Site, owner: provider, due: 2 weeks after effective}}
        obligations: {log: {owner: provider, what: log, every: every week on Friday}}
        duration: {lasts: 1 year}
        """
    )
    waiting = planned(deal)

    assert {e.waits_for for e in waiting.entries} == {"signing"}
    assert all(e.day is None for e in waiting.entries)
    assert {e.stamp.year for e in waiting.entries} == {1970}
    signed = planned(deal, signed="2026-08-10")
    assert entry(signed, "milestones.site").date == date(2026, 8, 24)
    assert entry(signed, "obligations.log").start == date(2026, 8, 14)
    assert {e.stamp.date() for e in signed.entries} == {date(2026, 8, 10)}


def test_what_must_be_there_before_signing_is_followed_until_it_is_met() -> None:
    deal = terms(
        """
        closing:
          conditions:
            open: {title: Permit, owner: client, due: 2026-07-31}
            done: {title: Licence, owner: provider, due: 2026-07-31, met: 2026-07-29}
        """
    )
    found = planned(deal)

    assert entry(found, "closing.conditions.open").date == date(2026, 7, 31)
    assert not entries(found, "closing.conditions.done")


@pytest.mark.parametrize(
    ("due", "leads"),
    [
        pytest.param("2 weeks after effective", (14, 3, 1), id="short"),
        pytest.param("30 days after effective", (30, 14, 3), id="thirty days"),
        pytest.param("90 days after effective", (30, 14, 3), id="ninety days"),
        pytest.param("91 days after effective", (90, 30, 7), id="long"),
        pytest.param("2027-08-03", (90, 30, 7), id="a fixed day, from effective on"),
    ],
)
def test_reminders_go_by_the_length_of_what_is_coming(
    due: str, leads: tuple[int, ...]
) -> None:
    deal = terms(f"obligations: {{it: {{owner: client, what: do it, due: {due}}}}}")

    assert entry(planned(deal), "obligations.it").reminders == leads


def test_agreed_reminders_prevail() -> None:
    deal = terms(
        """
        obligations: {it: {owner: client, what: do it, due: 2026-09-11}}
        follow_up: {reminders: [2 weeks, 5 business days]}
        """
    )

    assert entry(planned(deal), "obligations.it").reminders == (14, 8), "Labor Day"


def test_every_entry_is_told_apart_and_is_of_a_known_kind() -> None:
    for path in (GARAGE, STUDIO):
        found = planned(sample(path)).entries
        assert len({e.uid for e in found}) == len(found)
        assert all(e.kind in KINDS and e.stake in STAKES for e in found)
        assert all(e.title and e.party and e.reason for e in found)
        assert all("[" not in e.title + e.expected_title + e.description for e in found)


def test_an_identity_is_for_life() -> None:
    """A UID of these terms, written down: no release may change it."""
    found = entry(planned(sample(GARAGE)), "milestones.garage", "milestone")

    assert found.uid == "51e79c5f-1b02-5b3f-b5dd-89ea5a2c70d8@closer.invalid"


def test_the_day_of_an_entry_is_when_it_is_due_or_else_expected() -> None:
    found = planned(sample(GARAGE))
    kinds: dict[str, Entry] = {e.term: e for e in found.entries}

    assert kinds["governance.progress_reviews"].day == date(2026, 8, 4)
    assert kinds["deliverables.garage.accept"].day == date(2026, 10, 19)
    assert [e.day for e in found.entries] == sorted(
        e.day for e in found.entries if e.day
    )
