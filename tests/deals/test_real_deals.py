"""Twelve real contracts as terms: what is wrong with them is named, the days are right.

The deals, where they come from and the days counted by hand: README.md, expected.toml.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from scheduling import shapes

from closer.cli.deal import examined, read_deal, read_library
from closer.followup.entries import Entry
from closer.followup.schedule import schedule
from closer.formats import plaintext
from closer.library.loading import Library
from closer.problems import Problem
from closer.terms.moments import Facts
from closer.terms.reading import read_terms

FOLDER = Path(__file__).parent
EXPECTED: dict[str, Any] = tomllib.loads(
    (FOLDER / "expected.toml").read_text(encoding="utf-8")
)
BROKEN: dict[str, Any] = EXPECTED.pop("broken")
DAYS = ("last_notice", "next_last_notice")
each_deal = pytest.mark.parametrize("name", EXPECTED)
each_broken = pytest.mark.parametrize("name", BROKEN)


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped library."""
    return read_library()


def _schedule(name: str) -> tuple[Entry, ...]:
    path = FOLDER / f"{name}.yaml"
    agreed, problems = read_terms(path.read_text(encoding="utf-8"), path.name)
    assert agreed is not None, problems
    return schedule(agreed.terms, Facts(), shapes(), horizon=15).entries


def _notices(name: str) -> list[Entry]:
    return [e for e in _schedule(name) if e.term == "duration.renewal" and e.strict]


def _short(problems: list[Problem]) -> list[str]:
    return sorted(f"{problem.code} {problem.where.line}" for problem in problems)


@each_deal
def test_a_real_deal_has_the_problems_it_has_and_no_other(
    name: str, library: Library
) -> None:
    problems, stages = examined(read_deal((FOLDER / f"{name}.yaml",)), library)
    assert _short(problems) == EXPECTED[name]["problems"], problems
    assert plaintext.projected(stages[0].text)


@each_deal
def test_the_schedule_names_the_last_day_for_notice(name: str) -> None:
    strict = [entry.strict for entry in _notices(name)]
    wanted: list[date] = [EXPECTED[name][day] for day in DAYS if day in EXPECTED[name]]
    assert strict[: len(wanted)] == wanted


def test_a_deal_that_renews_once_has_one_day_for_notice_and_then_ends() -> None:
    assert len(_notices("sibannac-alliance")) == 1
    ends = [e for e in _schedule("sibannac-alliance") if e.term == "duration"]
    assert [entry.date for entry in ends] == [date(2018, 11, 30), date(2019, 11, 30)]


@each_broken
def test_the_fault_of_the_contract_is_named_at_its_line(
    name: str, library: Library
) -> None:
    path = FOLDER / "broken" / f"{name}.yaml"
    agreed, problems = read_terms(path.read_text(encoding="utf-8"), path.name)
    if agreed is not None:
        problems, _ = examined(read_deal((path,)), library)
    assert _short(problems) == BROKEN[name]["problems"], problems


def test_every_deal_is_expected_and_every_fault_has_its_mended_deal() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(EXPECTED)
    assert {path.stem for path in FOLDER.glob("broken/*.yaml")} == set(BROKEN)
    assert set(BROKEN) <= set(EXPECTED)
