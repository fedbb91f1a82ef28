"""A deal with a private customer says what its law may want, or that nobody knows."""

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from closer.library.checks.consumers import (
    consumer_points,
    consumers_are_served_as_the_place_wants,
)
from closer.library.loading import Library, load
from closer.terms.checks.open_points import OpenPoint
from closer.terms.reading import read_terms

ROOT = Path(__file__).parents[2]
DEAL = """
contract: construction
title: Remodel Agreement
reference: HOM-1
effective: 2026-08-03
parties:
  client: {name: Dana Whitfield, kind: individual, acts_as: ACTS, address: "PLACE"}
  contractor: {name: B LLC, kind: company, address: "Tampa, Florida, USA"}
"""


@pytest.fixture(scope="module")
def library() -> Library:
    library, _ = load(ROOT / "clauses", ROOT / "templates", despite_problems=True)
    assert library is not None
    return library


def points(
    library: Library, place: str, acts: str = "consumer", more: str = ""
) -> tuple[OpenPoint, ...]:
    text = DEAL.replace("ACTS", acts).replace("PLACE", place) + dedent(more)
    agreed, problems = read_terms(text, "agreed.yaml")
    assert agreed is not None, problems
    return consumer_points(agreed.terms, library)


def test_a_home_owner_in_florida_is_told_which_notices_the_statute_wants(
    library: Library,
) -> None:
    found = points(library, "418 Bayshore Drive, Tampa, Florida 33606, USA")
    assert [point.kind for point in found] == ["required words", "required words"]
    assert "713.015" in found[0].what
    assert "16 CFR Part 429" in found[1].what
    assert {point.path for point in found} == {"parties.client.acts_as"}


def test_a_place_without_a_row_is_an_open_point_and_no_silence(
    library: Library,
) -> None:
    found = points(library, "1 High Street, Columbus, Ohio 43004, USA")
    assert [point.kind for point in found] == ["required words", "unknown law"]
    assert "does not know" in found[1].what


def test_a_business_has_no_such_points(library: Library) -> None:
    assert points(library, "Columbus, Ohio, USA", "business") == ()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("2 Mill Lane, Bath, England", "Regulations 2013"),
        ("Rue Haute 3, Namur, Belgium", "2011/83/EU"),
        ("9 Elm Street, Albany, New York 12203, USA", "771"),
    ],
)
def test_each_place_has_its_own_row(library: Library, place: str, words: str) -> None:
    assert any(words in point.what for point in points(library, place))


def test_a_point_is_closed_by_a_condition_that_was_met(library: Library) -> None:
    place = "1 High Street, Columbus, Ohio 43004, USA"
    met = """
        closing:
          conditions:
            federal-cooling-off: {title: Notice, owner: contractor, met: 2026-07-01}
            consumer-law-client: {title: C, owner: contractor, met: 2026-07-01}
        """
    assert points(library, place, more=met) == ()
    unmet = met.replace(", met: 2026-07-01", "")
    assert len(points(library, place, more=unmet)) == 2


def warned(library: Library, place: str, more: str, licence: str = "") -> list[str]:
    text = DEAL.replace("ACTS", "consumer").replace("PLACE", place) + dedent(more)
    text = text.replace("{name: B LLC,", f"{{name: B LLC, {licence}")
    agreed, problems = read_terms(text, "agreed.yaml")
    assert agreed is not None, problems
    found = consumers_are_served_as_the_place_wants(agreed, library)
    return [f"{each.code} {each.what}" for each in found]


LICENCE = "licence: {body: CSLB, number: 1},"


@pytest.mark.parametrize(
    ("place", "total", "deposit", "limit"),
    [
        ("Fresno, California, USA", "20,000.00", "10%", "USD 1000.00"),
        ("Fresno, California, USA", "8,000.00", "11%", "USD 800.00"),
        ("Salem, Massachusetts, USA", "9,000.00", "40%", "USD 2999.70"),
        ("Salem, Massachusetts, USA", "9,000.00", "30%", ""),
        ("Fresno, California, USA", "8,000.00", "10%", ""),
        ("Columbus, Ohio, USA", "8,000.00", "90%", ""),
    ],
)
def test_a_deposit_over_the_limit_of_the_place_is_warned_of(
    place: str, total: str, deposit: str, limit: str, library: Library
) -> None:
    more = f"""
        price:
          total: USD {total}
          payments:
            deposit: {{amount: {deposit}, due: signing, payer: client}}
            rest: {{amount: rest, due: 2026-12-01, payer: client}}
        """
    found = warned(library, place, more, LICENCE)
    assert [each.split()[0] for each in found] == (["K04"] if limit else [])
    assert all(f"is over {limit}, which is often" in each for each in found)
    assert all("as of" in each and "ask someone" in each for each in found)


@pytest.mark.parametrize("place", ["Tampa, Florida, USA", "Fresno, California, USA"])
def test_a_licence_that_the_place_wants_and_nobody_states_is_warned_of(
    place: str, library: Library
) -> None:
    assert [each.split()[0] for each in warned(library, place, "")] == ["K03"]
    assert warned(library, place, "", LICENCE) == []
    assert warned(library, "Columbus, Ohio, USA", "") == []


def test_every_row_is_marked_as_to_be_verified_and_looked_at_again(
    library: Library,
) -> None:
    assert len(library.required_words) >= 5
    for id_, row in library.required_words.items():
        for key in ("place", "scope", "when", "needs", "where"):
            assert row[key], (id_, key)
        assert "to be verified" in str(row["source"]), id_
        told, again = (date.fromisoformat(str(row[k])) for k in ("as_of", "review"))
        assert 0 < (again - told).days <= 731, id_
