"""A calendar is revised, not duplicated: identities stay, only what moved changes."""

from datetime import UTC, date, datetime

from scheduling import GARAGE, STUDIO, entries, entry, planned, sample, terms

from closer.followup.entries import Entry, Schedule
from closer.followup.revision import moved, revised
from closer.terms.model import Terms

LATER = ("due: 4 weeks after garage", "due: 6 weeks after garage")
OCTOBER = date(2026, 10, 5)
REVIEWS = "governance: {progress_reviews: every month on the first Tuesday at 10:00}\n"
WEEKLY = REVIEWS.replace("month on the first", "week on")
ONE_YEAR = "duration: {lasts: 1 year}\n"
TERM = "governance.progress_reviews"


def change(before: Schedule, deal: Terms, day: date, **until: date) -> Schedule:
    """Return the schedule after a change; `until` speaks of the progress reviews."""
    temporary = dict.fromkeys(until and [TERM], *until.values())
    return revised(before, planned(deal), effective=day, until=temporary)


def by_uid(found: Schedule) -> dict[str, Entry]:
    """Return the entries by their UID, each once."""
    assert len({e.uid for e in found.entries}) == len(found.entries)
    return {e.uid: e for e in found.entries}


def rules(found: Schedule) -> list[tuple[str, str, int, str]]:
    """Return each piece of the progress reviews: number, first day, SEQUENCE, rule."""
    return [
        (e.number, f"{e.start:%Y-%m-%d}", e.sequence, str(e.rrule))
        for e in entries(found, TERM)
    ]


def test_a_moved_day_raises_the_sequence_of_what_hangs_on_it_alone() -> None:
    before = planned(sample(GARAGE))
    after = change(before, sample(GARAGE, LATER), OCTOBER)
    old = by_uid(before)

    touched = {e.term for e in after.entries if e.sequence}
    assert touched == {
        "milestones.backyard",
        "milestones.handover",
        "price.payments.final",
        "duration",
        "warranty",
        "contingencies.late_completion",
        "follow_up.future",
        "follow_up.check_ins",
        "governance.benchmarks.punch_list",
        "obligations.diary",
    }
    assert all(e is old[e.uid] for e in after.entries if not e.sequence)
    assert set(by_uid(after)) == set(old)


def test_what_a_change_touched_is_stamped_with_its_day() -> None:
    after = change(planned(sample(GARAGE)), sample(GARAGE, LATER), OCTOBER)
    stamps = {e.stamp for e in after.entries if e.sequence}

    assert stamps == {datetime(2026, 10, 5, tzinfo=UTC)}
    assert entry(after, "milestones.permits").stamp == datetime(2026, 8, 3, tzinfo=UTC)


def test_a_second_change_counts_on_from_the_first() -> None:
    first = change(planned(sample(GARAGE)), sample(GARAGE, LATER), OCTOBER)
    again = (LATER[0], "due: 8 weeks after garage")
    second = change(first, sample(GARAGE, again), date(2026, 11, 2))

    found = entry(second, "milestones.backyard")
    assert (found.sequence, found.date) == (2, date(2026, 11, 27))
    assert second.changes == 2
    assert entry(second, "milestones.garage", "milestone").sequence == 0


def test_a_stamp_never_falls_where_two_changes_have_one_day() -> None:
    first = change(planned(sample(GARAGE)), sample(GARAGE, LATER), OCTOBER)
    again = (LATER[0], "due: 8 weeks after garage")
    second = change(first, sample(GARAGE, again), OCTOBER)

    assert entry(second, "milestones.backyard").stamp == datetime(
        2026, 10, 5, 0, 0, 1, tzinfo=UTC
    )


def test_what_is_dropped_is_cancelled_without_alarms_and_stays_so() -> None:
    gone = ("  access: {owner: client", "  entry: {owner: client")
    before = planned(sample(GARAGE))
    after = change(before, sample(GARAGE, gone), OCTOBER)
    dropped = entry(after, "obligations.access")

    assert (dropped.status, dropped.sequence, dropped.reminders) == ("cancelled", 1, ())
    assert dropped.date == entry(before, "obligations.access").date
    assert entry(after, "obligations.entry").sequence == 0
    later = change(after, sample(GARAGE, gone), date(2026, 11, 2))
    assert entry(later, "obligations.access") == dropped


def test_conditions_before_signing_are_past_and_no_change_cancels_them() -> None:
    """Amended terms leave `closing` out: it speaks of the first signing."""
    unmet = (
        "closing: {conditions: {deed: {title: Deed, owner: client, due: 2026-07-31}}}"
    )
    before = planned(terms(ONE_YEAR + unmet))
    after = change(before, terms(ONE_YEAR), OCTOBER)

    assert after.entries == before.entries


def test_what_comes_back_after_it_was_dropped_is_the_same_entry() -> None:
    gone = ("  access: {owner: client", "  entry: {owner: client")
    after = change(planned(sample(GARAGE)), sample(GARAGE, gone), OCTOBER)
    back = entry(change(after, sample(GARAGE), OCTOBER), "obligations.access")

    assert (back.status, back.sequence) == ("confirmed", 2)


def test_a_changed_rhythm_keeps_its_past() -> None:
    before = planned(terms(REVIEWS + ONE_YEAR))
    after = change(before, terms(WEEKLY + ONE_YEAR), OCTOBER)

    assert rules(after) == [
        ("every", "2026-08-04", 1, "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20260901T140000Z"),
        ("every+1", "2026-10-06", 0, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270803T140000Z"),
    ]


def test_a_rhythm_that_has_not_begun_is_only_moved() -> None:
    start = ("Tuesday at 10:00", "Tuesday at 10:00 from 2026-12-01")
    before = planned(terms(REVIEWS.replace(*start) + ONE_YEAR))
    after = change(before, terms(WEEKLY.replace(*start) + ONE_YEAR), OCTOBER)

    [(number, first, sequence, _)] = rules(after)
    assert (number, first, sequence) == ("every", "2026-12-01", 1)


def test_a_temporary_rhythm_ends_and_the_old_one_revives() -> None:
    before = planned(terms(REVIEWS + ONE_YEAR))
    last = date(2026, 11, 30)
    after = change(before, terms(WEEKLY + ONE_YEAR), OCTOBER, until=last)

    assert rules(after) == [
        ("every", "2026-08-04", 1, "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20260901T140000Z"),
        ("every+1", "2026-10-06", 0, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261124T150000Z"),
        (
            "every+1+revived",
            "2026-12-01",
            0,
            "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270803T140000Z",
        ),
    ]


def test_a_later_change_of_something_else_leaves_a_temporary_rhythm_alone() -> None:
    weekly = terms(WEEKLY + ONE_YEAR)
    last = date(2026, 11, 30)
    first = change(planned(terms(REVIEWS + ONE_YEAR)), weekly, OCTOBER, until=last)

    for day in (date(2026, 11, 2), date(2027, 2, 1)):
        assert rules(change(first, weekly, day)) == rules(first), day


def test_a_longer_contract_lengthens_the_revived_rhythm() -> None:
    last = date(2026, 11, 30)
    before = planned(terms(REVIEWS + ONE_YEAR))
    first = change(before, terms(WEEKLY + ONE_YEAR), OCTOBER, until=last)
    longer = terms(WEEKLY + ONE_YEAR.replace("1 year", "18 months"))
    *_, revived = rules(change(first, longer, date(2026, 11, 2)))

    assert revived == (
        "every+1+revived",
        "2026-12-01",
        1,
        "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20280201T150000Z",
    )


def test_a_rhythm_changed_twice_has_three_pieces() -> None:
    before = planned(terms(REVIEWS + ONE_YEAR))
    first = change(before, terms(WEEKLY + ONE_YEAR), OCTOBER)
    second = change(first, terms(REVIEWS + ONE_YEAR), date(2027, 1, 4))

    assert [
        (number, first, sequence) for number, first, sequence, _ in rules(second)
    ] == [
        ("every", "2026-08-04", 1),
        ("every+1", "2026-10-06", 1),
        ("every+2", "2027-01-05", 0),
    ]


def test_a_longer_contract_only_lengthens_a_rhythm() -> None:
    before = planned(terms(REVIEWS + ONE_YEAR))
    longer = terms(REVIEWS + ONE_YEAR.replace("1 year", "2 years"))

    [(number, first, sequence, rule)] = rules(change(before, longer, OCTOBER))
    assert (number, first, sequence) == ("every", "2026-08-04", 1)
    assert rule.endswith("UNTIL=20280801T140000Z")


def test_an_end_before_the_change_takes_effect_drops_no_meeting_that_was_held() -> None:
    before = planned(terms(REVIEWS + ONE_YEAR))
    shorter = terms(REVIEWS + ONE_YEAR.replace("1 year", "1 month"))

    [(number, first, sequence, rule)] = rules(change(before, shorter, OCTOBER))
    assert (number, first, sequence) == ("every", "2026-08-04", 1)
    assert rule.endswith("UNTIL=20260901T140000Z")

    [(number, first, sequence, rule)] = rules(
        change(before, shorter, date(2026, 11, 16))
    )
    assert (number, first, sequence) == ("every", "2026-08-04", 1)
    assert rule.endswith("UNTIL=20261103T150000Z")


def test_a_higher_fee_leaves_the_fees_before_it_as_they_were() -> None:
    before = planned(sample(STUDIO))
    dearer = sample(STUDIO, ('amount: "USD 2,400.00"', 'amount: "USD 2,650.00"'))
    after = change(before, dearer, date(2026, 11, 16))
    fees = entries(after, "price.payments.monthly")

    assert [(e.number, e.sequence, e.title[-8:]) for e in fees[:4]] == [
        ("1", 0, "2,400.00"),
        ("2", 0, "2,400.00"),
        ("3", 1, "2,650.00"),
        ("4", 1, "2,650.00"),
    ]
    assert set(by_uid(after)) == set(by_uid(before))


def test_a_payment_with_another_rhythm_keeps_its_past_and_cancels_the_rest() -> None:
    before = planned(sample(STUDIO))
    rarer = sample(
        STUDIO, ("every: every month on day 1,", "every: every quarter on day 1,")
    )
    after = change(before, rarer, date(2026, 11, 16))
    fees = entries(after, "price.payments.monthly")

    live = [(e.number, e.date) for e in fees if e.status != "cancelled"]
    assert live == [
        ("1", date(2026, 10, 1)),
        ("2", date(2026, 11, 2)),
        ("2+1", date(2027, 1, 4)),
        ("3+1", date(2027, 4, 1)),
        ("4+1", date(2027, 7, 1)),
    ]
    assert sum(e.status == "cancelled" for e in fees) == 10


def test_nothing_changed_means_nothing_touched() -> None:
    for path in (GARAGE, STUDIO):
        before = planned(sample(path))
        after = change(before, sample(path), OCTOBER)
        assert after.entries == before.entries


def test_what_moved_is_told_with_how_far_and_why() -> None:
    found = {
        (m.kind, m.term): m
        for m in moved(planned(sample(GARAGE)), planned(sample(GARAGE, LATER)))
    }

    backyard = found["milestone", "milestones.backyard"]
    assert (backyard.before, backyard.after) == (date(2026, 10, 30), date(2026, 11, 13))
    assert (backyard.days, backyard.expected) == (14, False)
    assert backyard.why == "4 weeks after garage → 6 weeks after garage"
    final = found["payment", "price.payments.final"]
    assert (final.days, final.expected) == (14, True)
    assert final.why == "Depends on the completion of “Handover”."


def test_what_did_not_move_is_told_too_with_its_reason() -> None:
    found = {
        (m.kind, m.term): m
        for m in moved(planned(sample(GARAGE)), planned(sample(GARAGE, LATER)))
    }

    garage = found["milestone", "milestones.garage"]
    assert (garage.days, garage.why) == (0, "A fixed day, as agreed.")
    assert found["payment", "price.payments.deposit"].why == (
        "Depends on the effective date."
    )


def test_what_is_new_or_gone_has_one_day_only() -> None:
    gone = ("  access: {owner: client", "  entry: {owner: client")
    found = {
        m.term: m for m in moved(planned(sample(GARAGE)), planned(sample(GARAGE, gone)))
    }

    assert found["obligations.access"].after is None
    assert found["obligations.entry"].before is None
    assert found["obligations.entry"].days is None


def test_a_rhythm_that_has_not_begun_can_begin_earlier() -> None:
    def deal(due: str) -> Terms:
        return terms(
            f"milestones: {{site: {{title: Site, owner: provider, due: {due}}}}}\n"
            "duration: {lasts: 6 months}\n"
            "obligations: {log: {owner: client, what: log,"
            " every: every week on Tuesday from site.met}}"
        )

    before = planned(deal("2026-09-01"))
    after = revised(before, planned(deal("2026-08-10")), effective=date(2026, 8, 4))
    old, new = entry(before, "obligations.log"), entry(after, "obligations.log")
    assert (old.start, new.start) == (date(2026, 9, 1), date(2026, 8, 11))
    assert (new.uid, new.sequence) == (old.uid, 1)


def test_no_time_of_a_payment_is_lost_where_its_rhythm_begins_later() -> None:
    def deal(due: str) -> Terms:
        return terms(
            f"milestones: {{site: {{title: Site, owner: provider, due: {due}}}}}\n"
            "duration: {lasts: 6 weeks}\n"
            "price: {payments: {fee: {amount: USD 5, payer: client,"
            " every: every week on Tuesday from site}}}"
        )

    before, fresh = planned(deal("2026-08-10")), planned(deal("2026-08-17"))
    after = revised(before, fresh, effective=date(2026, 8, 12))
    paid = entries(after, "price.payments.fee")
    assert [(e.number, e.day) for e in paid][:3] == [
        ("1", date(2026, 8, 11)),
        ("2", date(2026, 8, 18)),
        ("3", date(2026, 8, 25)),
    ]
    old = {e.uid: e.day for e in entries(before, "price.payments.fee")}
    assert all(old[e.uid] == e.day for e in paid)
