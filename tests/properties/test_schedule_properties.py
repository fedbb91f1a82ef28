"""What holds of every schedule: identities, revisions, rhythms."""

from datetime import date, datetime
from itertools import islice, pairwise

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from scheduling import planned, terms

from closer.followup.entries import Entry, Schedule
from closer.followup.recurrence import days_of, occurrences, rule, settled
from closer.followup.revision import moved, revised
from closer.terms.model import Terms
from closer.terms.rhythms import Rhythm
from closer.terms.values import WEEKDAYS

RHYTHMS = st.sampled_from(
    [
        "every week on Friday",
        "every 2 weeks on Monday at 09:00 for 30 minutes",
        "every 10 days",
        "every month",
        "every month on the last Friday",
        "every month on day 30",
        "every month on day 31 at 16:00",
        "every quarter on day 15",
        "every year on 29 February",
        "every week on Tuesday from site.met",
    ]
)
DUE = st.sampled_from(
    [
        "effective",
        "2026-09-05",
        "2 weeks after effective",
        "10 business days after site",
        "1 month after site.met",
        "the later of 2026-10-01 and site.met",
        "5 days before end",
    ]
)
LENGTHS = st.sampled_from(["6 months", "1 year", "18 months", "3 years"])
ENDS = st.sampled_from(["anniversary", "day before"])
DAYS = st.dates(date(2026, 8, 4), date(2027, 12, 31))
OWNERS = st.sampled_from(["client", "provider", "both"])


@st.composite
def deals(draw: st.DrawFn) -> Terms:
    """Return a small deal with milestones, duties, payments and a renewal."""
    site = draw(st.dates(date(2026, 8, 10), date(2026, 12, 31)))
    lines = [
        "milestones:",
        f"  site: {{title: Site, owner: provider, due: {site}, delivers: plan}}",
        "deliverables:",
        "  plan:",
        "    {title: Plan, description: P, owner: provider, accept: {within: 2 weeks}}",
        "obligations:",
    ]
    for id_ in ("log", "keys", "visit"):
        when = draw(
            st.one_of(DUE.map("due: {}".format), RHYTHMS.map("every: {}".format))
        )
        lines.append(f"  {id_}: {{owner: {draw(OWNERS)}, what: do {id_}, {when}}}")
    fee = draw(st.one_of(DUE.map("due: {}".format), RHYTHMS.map("every: {}".format)))
    lines.append(
        f"price: {{payments: {{fee: {{amount: USD 5, payer: client, {fee}}}}}}}"
    )
    lines.append(
        f"duration: {{lasts: {draw(LENGTHS)}, ends_on: {draw(ENDS)}, renewal: "
        f"{{for: 1 year, notice: 60 days, times: {draw(st.integers(1, 3))}}}}}"
    )
    lines.append(f"governance: {{progress_reviews: {draw(RHYTHMS)}}}")
    return terms("\n".join(lines))


def live(found: Schedule) -> list[Entry]:
    return [entry for entry in found.entries if entry.status != "cancelled"]


def days(entry: Entry) -> list[str]:
    """Return the days of an entry over ten years or a hundred times."""
    first = entry.start or entry.date or entry.expected
    if first is None:
        return []
    if entry.rrule is None:
        return [first.isoformat()]
    return [day.isoformat() for day in islice(occurrences(entry.rrule, first), 100)]


@settings(max_examples=30)
@given(deals())
def test_identities_are_unique_and_depend_on_no_order(deal: Terms) -> None:
    def turned(table: dict[str, object]) -> dict[str, object]:
        return dict(reversed(table.items()))

    found = planned(deal)
    other = replace(
        deal,
        obligations=turned(deal.obligations),  # type: ignore[arg-type]
        parties=turned(deal.parties),  # type: ignore[arg-type]
    )
    uids = [entry.uid for entry in found.entries]

    assert len(uids) == len(set(uids))
    assert set(uids) == {entry.uid for entry in planned(other).entries}


@settings(max_examples=30)
@given(
    deals(), st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1)
)
def test_another_title_or_language_changes_no_identity(deal: Terms, title: str) -> None:
    site = replace(deal.milestones["site"], title=title)  # type: ignore[index]
    renamed = replace(
        deal,
        title=title,
        language="en-GB",
        milestones={"site": site},
    )

    assert [e.uid for e in planned(deal).entries] == [
        e.uid for e in planned(renamed).entries
    ]


@settings(max_examples=40)
@given(deals(), deals(), deals(), DAYS, DAYS)
def test_over_a_chain_of_changes_no_sequence_and_no_stamp_falls(
    one: Terms, two: Terms, three: Terms, first: date, second: date
) -> None:
    early, late = sorted((first, second))
    chain = [planned(one)]
    for deal, day in ((two, early), (three, late)):
        chain.append(revised(chain[-1], planned(deal), effective=day))

    for before, after in pairwise(chain):
        old = {entry.uid: entry for entry in before.entries}
        new = {entry.uid: entry for entry in after.entries}
        assert len(new) == len(after.entries), "nothing stands twice"
        assert set(old) <= set(new), "nothing is lost"
        for uid, entry in old.items():
            touched = new[uid] != entry
            assert new[uid].sequence == entry.sequence + touched
            assert (new[uid].stamp > entry.stamp) == touched


@settings(max_examples=40)
@given(deals(), deals(), DAYS)
def test_from_its_day_on_a_revision_says_what_the_new_terms_say(
    one: Terms, two: Terms, effective: date
) -> None:
    """Live (what, day) pairs; a rhythm may stand in pieces, with the same days."""
    fresh = planned(two)
    after = revised(planned(one), fresh, effective=effective)

    def ahead(found: Schedule) -> set[tuple[str, str, str]]:
        return {
            (entry.kind, entry.term, day)
            for entry in live(found)
            for day in days(entry)
            if day >= effective.isoformat() and day < "2028"
        }

    assert ahead(after) == ahead(fresh)


@settings(max_examples=30)
@given(deals(), deals(), DAYS)
def test_before_its_day_a_revision_leaves_rhythms_as_they_were(
    one: Terms, two: Terms, effective: date
) -> None:
    before = planned(one)
    kept = {(e.kind, e.term) for e in planned(two).entries if e.written[:6] == "every "}
    after = revised(before, planned(two), effective=effective)

    def past(found: Schedule) -> set[tuple[str, str, str]]:
        return {
            (entry.kind, entry.term, day)
            for entry in live(found)
            if entry.written.startswith("every ") and (entry.kind, entry.term) in kept
            if entry.waits_for is None
            for day in days(entry)
            if day < effective.isoformat()
        }

    assert past(before) <= past(after)


@settings(max_examples=30)
@given(deals(), deals())
def test_every_dated_entry_is_told_of_a_move_once(one: Terms, two: Terms) -> None:
    before, after = planned(one), planned(two)
    told = moved(before, after)

    assert all(m.days is None or m.after is None or m.before for m in told)
    assert all(
        m.days == (m.after - m.before).days for m in told if m.before and m.after
    )
    assert sum(bool(m.after) for m in told) == sum(
        bool(e.day) and not e.written.startswith("every ") for e in after.entries
    )


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    """Return any rhythm without hours and ends."""
    number = draw(st.integers(1, 5))
    unit = draw(st.sampled_from(["day", "week", "month", "quarter", "year"]))
    weekday = draw(st.sampled_from(WEEKDAYS))
    nth = draw(st.sampled_from(["first", "second", "third", "fourth", "last"]))
    on = {
        "day": [""],
        "week": ["", f" on {weekday}"],
        "month": [
            "",
            f" on the {nth} {weekday}",
            f" on day {draw(st.integers(1, 31))}",
        ],
        "quarter": [
            "",
            f" on the {nth} {weekday}",
            f" on day {draw(st.integers(1, 31))}",
        ],
        "year": ["", f" on {draw(st.integers(1, 29))} February", " on 31 December"],
    }[unit]
    return Rhythm.read(f"every {number} {unit}s{draw(st.sampled_from(on))}")


@given(rhythms(), DAYS, DAYS)
def test_a_rule_gives_the_days_that_the_rhythm_has(
    rhythm: Rhythm, effective: date, first: date
) -> None:
    wanted = list(islice(days_of(rhythm, effective, first, None), 30))
    text = rule(rhythm, effective)

    assert wanted[0] >= first
    assert wanted == sorted(set(wanted))
    if text is None:
        assert settled(rhythm, effective).day in (29, 30)
        return
    start = datetime(*wanted[0].timetuple()[:3])  # noqa: DTZ001
    assert [day.date() for day in islice(rrulestr(text, dtstart=start), 30)] == wanted


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)), rhythms())
def test_the_29th_to_31st_stand_for_the_last_day_of_a_month(
    effective: date, rhythm: Rhythm
) -> None:
    bare = replace(rhythm, on=None, unit="month")
    found = list(islice(days_of(bare, effective, effective, None), 14))

    for day in found:
        if effective.day >= 29:
            assert date.fromordinal(day.toordinal() + 1).day == 1
        else:
            assert day.day == effective.day


@settings(max_examples=30)
@given(deals())
def test_a_renewal_that_is_told_drops_nothing_and_never_shortens_a_rhythm(
    deal: Terms,
) -> None:
    before = planned(deal)
    told = {e.uid: e for e in planned(deal, renewed="2026-08-20").entries}

    assert {e.uid for e in before.entries} <= told.keys()
    for entry in before.entries:
        if entry.rrule is not None:
            longer = days(told[entry.uid])
            assert longer[: len(days(entry))] == days(entry)


@settings(max_examples=30)
@given(deals())
def test_once_no_renewal_comes_what_follows_the_end_is_expected_no_more(
    deal: Terms,
) -> None:
    after = planned(deal, **{"not-renewed": "2026-08-20"})
    ends = [e for e in after.entries if e.term == "duration" and e.kind == "end"]

    assert [e.number for e in ends] == ["0"]
    assert not [e for e in after.entries if e.kind == "notice"]
    assert not [e for e in after.entries if e.waits_for == "end"]
