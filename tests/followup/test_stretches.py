"""What comes with each month or year, and what is due after the end, is on its day."""

from datetime import date
from textwrap import dedent

import pytest
from scheduling import ROOT

from closer.followup.entries import Entry
from closer.followup.schedule import schedule
from closer.followup.shapes import load
from closer.followup.stretches import stretches
from closer.terms.moments import Facts
from closer.terms.reading import read_terms

DEAL = """
contract: distribution
title: Distribution Agreement
reference: D-1
effective: 2026-03-16
currency: USD
time: {holidays: [US]}
parties:
  supplier: {name: A LLC, kind: company, address: Tampa, notices: {email: a@x.test}}
  distributor: {name: B LLC, kind: company, address: Tampa, notices: {email: b@x.test}}
duration: {starts: effective, lasts: 2 years, ends_on: day before}
"""


def entries(more: str, happened: dict[str, date] | None = None) -> list[Entry]:
    agreed, problems = read_terms(DEAL + dedent(more), "agreed.yaml")
    assert agreed is not None, [str(problem) for problem in problems]
    shapes, faults = load(ROOT / "templates" / "followups")
    assert shapes is not None, faults
    found = schedule(agreed.terms, Facts(happened=happened or {}), shapes)
    return [e for e in found.entries if not e.term.startswith(("duration", "parties"))]


def days(more: str) -> list[date | None]:
    return [entry.date or entry.end for entry in entries(more)]


@pytest.mark.parametrize(
    ("each", "first", "last", "number"),
    [
        ("calendar month", date(2026, 3, 1), date(2028, 3, 31), 25),
        ("calendar quarter", date(2026, 1, 1), date(2028, 3, 31), 9),
        ("calendar half-year", date(2026, 1, 1), date(2028, 6, 30), 5),
        ("calendar year", date(2026, 1, 1), date(2028, 12, 31), 3),
        ("contract year", date(2026, 3, 16), date(2028, 3, 15), 2),
    ],
)
def test_every_stretch_that_the_deal_touches_is_there(
    each: str, first: date, last: date, number: int
) -> None:
    found = list(stretches(each, date(2026, 3, 16), date(2028, 3, 15)))
    assert (found[0].first, found[-1].last, len(found)) == (first, last, number)


def test_a_report_is_due_after_each_stretch_the_last_one_after_the_end() -> None:
    found = entries(
        """
        reports: {sales: {by: distributor, content: sales by part number,
                          each: calendar quarter, within: 10 days}}
        """
    )
    assert [e.date for e in found[:2]] == [date(2026, 4, 10), date(2026, 7, 10)]
    assert found[-1].date == date(2028, 4, 10)
    assert found[0].party == "distributor"
    assert found[0].title == (
        "Distributor reports: sales by part number (16 March 2026 to 31 March 2026)"
    )
    assert len({entry.uid for entry in found}) == len(found) == 9


def test_a_forecast_is_due_before_each_stretch_that_begins_in_the_deal() -> None:
    found = days(
        """
        forecast: {by: distributor, each: calendar quarter, ahead: 10 days,
                   covers: 12 months}
        """
    )
    assert found[0] == date(2026, 3, 22)
    assert found[-1] == date(2027, 12, 22)


def test_a_minimum_is_counted_at_the_end_of_its_year_and_settled_after_it() -> None:
    found = entries(
        """
        commitment: {yearly: {by: distributor, minimum: 500 machines,
          each: contract year, shortfall: pay the difference, within: 30 days}}
        """
    )
    assert [(entry.kind, entry.date) for entry in found] == [
        ("reading", date(2026, 9, 14)),
        ("reading", date(2027, 3, 15)),
        ("clock", date(2027, 4, 14)),
        ("reading", date(2027, 9, 14)),
        ("reading", date(2028, 3, 15)),
        ("clock", date(2028, 4, 14)),
    ]
    assert "500 machines" in found[1].description
    assert found[0].title.startswith("Half-time"), "while there is time to buy more"


def test_nothing_is_looked_at_in_the_middle_of_a_month() -> None:
    found = entries(
        """
        commitment: {monthly: {by: distributor, minimum: 50 machines,
          each: calendar month, shortfall: pay the difference}}
        """
    )
    assert not any(entry.title.startswith("Half-time") for entry in found)


def test_a_royalty_that_falls_on_a_holiday_is_paid_on_the_next_business_day() -> None:
    found = days(
        """
        royalty: {payer: distributor, rate: 5%, base: net sales,
                  each: calendar month, within: 4 days}
        """
    )
    assert found[:3] == [date(2026, 4, 6), date(2026, 5, 4), date(2026, 6, 4)]


def test_a_window_opens_after_its_stretch_and_closes_in_time() -> None:
    found = entries(
        "stock_rotation: {each: calendar quarter, window: 30 days, at_most: 5%,"
        " age: 90 days}"
    )
    assert (found[0].start, found[0].end) == (date(2026, 4, 1), date(2026, 4, 30))


@pytest.mark.parametrize(
    ("terms", "term", "day"),
    [
        ("exit: {by: supplier, sell_off: 90 days}", "exit.sell_off", (2028, 6, 13)),
        (
            "exit: {by: supplier, data_export: 30 days}",
            "exit.data_export",
            (2028, 4, 14),
        ),
        ("exit: {by: supplier, deletion: 60 days}", "exit.deletion", (2028, 5, 14)),
        ("exit: {by: supplier, transition: 1 month}", "exit.transition", (2028, 4, 15)),
        ("exit: {by: supplier, return: 5 days}", "exit.return", (2028, 3, 20)),
        (
            "exit: {by: supplier, final_statement: 30 days}",
            "exit.final_statement",
            (2028, 4, 14),
        ),
        ("survival: {audit: 2 years}", "survival.audit", (2030, 3, 15)),
        (
            "audit: {by: supplier, of: books, notice: 10 days, books_kept: 3 years}",
            "audit.books_kept",
            (2031, 3, 15),
        ),
        ("records: {by: supplier, what: lots, kept: 1 year}", "records", (2029, 3, 15)),
        (
            "restraints: {non_solicit: {by: both, of: employees, after: 1 year}}",
            "restraints.non_solicit",
            (2029, 3, 15),
        ),
        (
            "restraints: {non_compete: {by: supplier, field: tea, after: 6 months}}",
            "restraints.non_compete",
            (2028, 9, 15),
        ),
        (
            "non_disparagement: {by: both, after: 1 year}",
            "non_disparagement",
            (2029, 3, 15),
        ),
        (
            "bonds: {b: {title: Bond, by: supplier, amount: 10%, until: 2027-01-31}}",
            "bonds.b",
            (2027, 1, 31),
        ),
        (
            (
                "guarantees: {g: {by: A Holdings, for: supplier, covers: every duty,"
                " until: 2027-01-31}}"
            ),
            "guarantees.g",
            (2027, 1, 31),
        ),
        (
            (
                'insurance: {owner: supplier, cover: [{kind: fire, limit: "USD 1.00",'
                " expires: 2027-01-31}]}"
            ),
            "insurance.cover.0",
            (2027, 1, 31),
        ),
        (
            (
                'insurance: {owner: supplier, cover: [{kind: fire, limit: "USD 1.00"}],'
                " keep_until: 1 year after end}"
            ),
            "insurance.keep_until",
            (2029, 3, 15),
        ),
        (
            (
                "escrow: {of: source, by: supplier, open: 60 days after effective,"
                " release: [insolvency]}"
            ),
            "escrow",
            (2026, 5, 15),
        ),
        (
            "training: {by: supplier, what: repair, lasts: 8 hours, due: 2026-05-04}",
            "training",
            (2026, 5, 4),
        ),
        (
            (
                "acceptance: {rounds: 3, fix: 5 days, outside: 2026-12-31,"
                " else: terminate}"
            ),
            "acceptance",
            (2026, 12, 31),
        ),
        (
            "events: {release: {title: Release, set_by: supplier, latest: 2027-05-01}}",
            "events.release",
            (2027, 5, 1),
        ),
        (
            "items: {robots: {title: Robots, until: 2027-05-01}}",
            "items.robots",
            (2027, 5, 1),
        ),
        (
            (
                "licence: {demo: {what: the film, by: supplier, acts: [show],"
                " lasts: 1 year}}"
            ),
            "licence.demo",
            (2027, 3, 16),
        ),
        (
            (
                "data_protection: {controller: supplier, processor: distributor,"
                " data: [names], subjects: [buyers], purpose: sales,"
                " incident_notice: 48 hours, deletion: 30 days}"
            ),
            "data_protection.deletion",
            (2028, 4, 14),
        ),
        (
            (
                "price: {retention: {keep: 5%, release: {half: {share: 50%,"
                " due: 2026-09-07}}}}"
            ),
            "price.retention.release.half",
            (2026, 9, 8),
        ),
        (
            (
                "contingencies: {early_termination: {by: supplier, notice: 30 days,"
                " not_before: 6 months after effective, fee: 5%}}"
            ),
            "contingencies.early_termination",
            (2026, 9, 16),
        ),
    ],
)
def test_each_thing_with_a_day_is_in_the_schedule(
    terms: str, term: str, day: tuple[int, int, int]
) -> None:
    found = [entry for entry in entries(terms) if entry.term == term]
    assert [entry.date for entry in found] == [date(*day)]
    assert not any("[" in entry.title + entry.description for entry in found)


def test_a_new_certificate_is_due_before_the_old_policy_runs_out() -> None:
    found = entries(
        'insurance: {owner: supplier, cover: [{kind: fire, limit: "USD 1.00",'
        " expires: 2027-01-31}], renew_certificate: 5 days}"
    )
    assert [(e.term, e.date, e.party) for e in found] == [
        ("insurance.cover.0.expires", date(2027, 1, 26), "supplier"),
        ("insurance.cover.0", date(2027, 1, 31), "supplier"),
    ]


@pytest.mark.parametrize("word", ["always", "until paid", "while secret"])
def test_what_survives_without_an_end_has_no_day(word: str) -> None:
    assert entries(f"survival: {{payment: {word}}}") == []


def test_what_hangs_on_an_event_waits_for_it_and_then_has_a_day() -> None:
    terms = """
        events: {release: {title: Release of the film, set_by: supplier}}
        items: {robots: {title: Robots, until: 18 months after release}}
        """
    waiting, asked = sorted(entries(terms), key=lambda e: e.kind == "chase")
    assert asked.title == "Has it happened? “Release of the film”"
    assert asked.rrule is not None, "asked again and again, as long as it waits"
    assert (waiting.date, waiting.waits_for) == (None, "release")
    assert waiting.because == "Depends on “Release of the film”."
    (known,) = entries(terms, {"release": date(2026, 6, 1)})
    assert known.date == date(2027, 12, 1)


@pytest.mark.parametrize(
    ("option", "last", "opens"),
    [
        ("exercise_by: 2028-01-15, opens: 2027-11-01", (2028, 1, 14), (2027, 11, 1)),
        ("notice: 60 days, opens: 2027-11-01", (2028, 1, 14), (2027, 11, 1)),
    ],
)
def test_an_option_has_a_last_day_and_a_window(
    option: str, last: tuple[int, int, int], opens: tuple[int, int, int]
) -> None:
    deal = DEAL.replace(
        "ends_on: day before",
        f"ends_on: day before, option: {{by: supplier, for: 1 year, {option}}}",
    )
    agreed, problems = read_terms(deal, "agreed.yaml")
    assert agreed is not None, problems
    shapes, _ = load(ROOT / "templates" / "followups")
    assert shapes is not None
    found = schedule(agreed.terms, Facts(), shapes).entries
    notice = next(e for e in found if e.kind == "notice")
    window = next(e for e in found if e.kind == "window")
    assert notice.date == date(*last)
    assert (window.start, window.end) == (date(*opens), date(*last))
