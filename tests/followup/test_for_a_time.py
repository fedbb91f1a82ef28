"""What holds for a time only: a temporary change of the terms, a waiver of a right."""

from datetime import date

from scheduling import entries, entry, planned, shapes, terms

from closer.followup.lapsing import after_spells
from closer.followup.schedule import schedule
from closer.terms.moments import Facts
from closer.terms.record import Amended, Lasting, Spell, spells
from closer.terms.resolved import Waived

ORDERS = "orders: {answer_within: DAYS, silence: accepted}\n"
USUAL, LONGER = (ORDERS.replace("DAYS", d) for d in ("3 days", "10 days"))
SPELL = Spell(1, "orders.answer_within", date(2026, 11, 30))
AMENDED = """
amended:
  - change: a.yaml
    effective: 2026-09-07
    before: aa
    change_digest: bb
    temporary: [{term: orders.answer_within, until: 2026-11-30}]
"""


def amendment(effective: str, **lasting: str) -> Amended:
    """Return an amendment; `orders="2026-11-30"` changes `orders` to that day."""
    return Amended(
        change="c.yaml",
        effective=date.fromisoformat(effective),
        before="aa",
        change_digest="bb",
        temporary=tuple(
            Lasting(term=term, until="for good" if day == "good" else _day(day))
            for term, day in lasting.items()
        ),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def test_the_last_day_of_a_change_for_a_time_is_in_the_calendar() -> None:
    found = entry(planned(terms(LONGER + AMENDED)), "orders.answer_within")
    assert found.date == date(2026, 11, 30)
    assert found.title == "Last day of a change for a time: Answer within, Care"
    assert "the earlier words apply again" in found.description
    assert "Amendment 1 of 7 September 2026" in found.description


def test_a_change_made_for_good_before_it_was_over_ends_no_more() -> None:
    first = amendment("2026-09-07", orders="2026-11-30")
    assert spells([first]) == [Spell(1, "orders", _day("2026-11-30"))]
    assert not spells([first, amendment("2026-11-30", orders="good")])


def test_a_change_that_is_made_longer_ends_on_the_later_day_alone() -> None:
    first = amendment("2026-09-07", orders="2026-11-30")
    longer = amendment("2026-11-15", orders="2026-12-31")
    assert spells([first, longer]) == [Spell(2, "orders", _day("2026-12-31"))]


def test_a_change_made_anew_after_it_was_over_is_another_one() -> None:
    first = amendment("2026-09-07", orders="2026-11-30")
    again = amendment("2026-12-15", orders="2027-01-31")
    assert [each.number for each in spells([first, again])] == [1, 2]


def test_what_happens_while_a_change_lasts_goes_by_its_words_and_later_by_the_old() -> (
    None
):
    facts = Facts(
        happened={
            "orders.placed": date(2026, 11, 30),
            "orders.placed.2": date(2026, 12, 1),
        }
    )
    during, after = (
        schedule(terms(text), facts, shapes()) for text in (LONGER + AMENDED, USUAL)
    )
    found = entries(after_spells(during, after, [SPELL]), "orders")
    assert [(e.number, e.date) for e in found] == [
        ("2", date(2026, 12, 4)),
        ("", date(2026, 12, 10)),
    ]


def test_what_was_left_out_for_a_time_is_followed_up_again() -> None:
    facts = Facts(happened={"orders.placed": date(2026, 12, 7)})
    during = schedule(terms(""), facts, shapes())
    after = schedule(terms(USUAL), facts, shapes())
    spell = Spell(1, "orders", date(2026, 11, 30))
    assert entry(after_spells(during, after, [spell]), "orders").date == date(
        2026, 12, 10
    )
    longer = Spell(1, "orders", date(2026, 12, 31))
    assert not entries(after_spells(during, after, [longer]), "orders")


def test_a_waiver_that_holds_for_a_time_ends_and_one_for_a_single_case_does_not() -> (
    None
):
    given_up = Waived(
        by="client", right="orders", what="the answer", since=date(2026, 9, 1)
    )
    for_a_time = Waived(
        by="client",
        right="orders",
        what="the answer.",
        since=date(2026, 10, 1),
        until=date(2026, 12, 31),
    )
    facts = Facts(waived=(given_up, for_a_time))
    found = entry(schedule(terms(USUAL), facts, shapes()), "orders")
    assert (found.date, found.party) == (date(2026, 12, 31), "client")
    assert found.title == "Waiver ends: the answer"
    assert "on 1 October 2026" in found.description
