"""Contracts of confidence: who discloses, who is called what, what remains free."""

from pathlib import Path

import pytest

from closer.cli.deal import examined, read_deal, read_library
from closer.formats import plaintext
from closer.library.loading import Library

STARTER = Path(__file__).parents[2] / "templates" / "starters" / "confidentiality.yaml"
MUTUAL = "  direction: mutual"
ONE_WAY = "  direction: one-way\n  discloser: first-party"
SECOND = "    name: Second Party LLC\n    kind: limited liability company\n"
INDIVIDUAL = "    name: Second Party\n    kind: individual\n    acts_as: business\n"


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped library."""
    return read_library()


def _drafted(
    tmp_path: Path, library: Library, *changes: tuple[str, str]
) -> tuple[list[str], str]:
    """Return what is wrong with the changed starter, and its contract."""
    text = STARTER.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "agreed.yaml"
    path.write_text(text, encoding="utf-8")
    problems, stages = examined(read_deal((path,)), library)
    return [p.code for p in problems], plaintext.projected(
        stages[0].text
    ) if stages else ""


def test_parties_without_roles_are_called_by_their_ids(
    tmp_path: Path, library: Library
) -> None:
    _, text = _drafted(tmp_path, library)
    assert "Dover, Delaware 19901, USA (“First Party”)" in text
    assert "the First Party" not in text


def test_a_mutual_contract_lets_each_party_disclose(
    tmp_path: Path, library: Library
) -> None:
    problems, text = _drafted(tmp_path, library)
    assert problems == []
    assert "Each Party may disclose information for the Purpose." in text


def test_a_one_way_contract_protects_the_discloser_alone(
    tmp_path: Path, library: Library
) -> None:
    problems, text = _drafted(tmp_path, library, (MUTUAL, ONE_WAY))
    assert problems == []
    assert "First Party is the “Disclosing Party”." in text
    assert "Each Party may disclose information" not in text


@pytest.mark.parametrize(
    "direction",
    ["  direction: one-way", "  direction: mutual\n  discloser: first-party"],
)
def test_a_direction_that_contradicts_the_discloser_is_a_problem(
    tmp_path: Path, library: Library, direction: str
) -> None:
    problems, _ = _drafted(tmp_path, library, (MUTUAL, direction))
    assert problems == ["N10"]


def test_only_an_individual_is_told_of_the_immunity_of_individuals(
    tmp_path: Path, library: Library
) -> None:
    _, companies = _drafted(tmp_path, library)
    _, individual = _drafted(tmp_path, library, (SECOND, INDIVIDUAL))
    assert "1833(b)" not in companies
    assert "Immunity of individuals: Second Party." in individual
    assert individual.count("1833(b)") == 1


def test_memory_is_an_exception_only_where_that_was_agreed(
    tmp_path: Path, library: Library
) -> None:
    _, without = _drafted(tmp_path, library)
    _, agreed = _drafted(tmp_path, library, ("residuals: no ", "residuals: yes "))
    assert "does not cease to be confidential because it stays" in without
    assert "unaided memory" in agreed
    assert "because it stays" not in agreed


def test_each_exception_stands_only_where_it_was_agreed(
    tmp_path: Path, library: Library
) -> None:
    only = ("  residuals: no", "  except: [public, already known]\n  residuals: no")
    problems, text = _drafted(tmp_path, library, only)
    assert problems == []
    assert "public other than through a breach of this Agreement; or" in text
    assert "received from somebody else" not in text
    assert "developed by or for" not in text


def test_a_third_party_makes_either_into_any(tmp_path: Path, library: Library) -> None:
    third = (
        "  third-party:\n    name: Third Party AG\n    kind: stock corporation\n"
        "    address: Bahnhofstrasse 3, 8001 Zurich, Switzerland\n\nconfidentiality:"
    )
    _, text = _drafted(tmp_path, library, ("confidentiality:\n", third + "\n"))
    assert "(“Third Party”)" in text
    assert "Any Party may end this Agreement at any time" in text


def test_the_way_to_a_judge_stays_open_beside_arbitration(
    tmp_path: Path, library: Library
) -> None:
    court = "    court: {courts: "
    arbitration = (
        '    arbitration: {institution: ICDR, seat: "Dover, Delaware", '
        "arbitrators: 1, language: English}  # "
    )
    _, text = _drafted(
        tmp_path,
        library,
        (court, arbitration),
        ("  urgent_relief: yes", "  urgent_relief: no"),
    )
    assert "finally decided by arbitration" in text
    assert "ask a court that has jurisdiction to forbid a breach" in text
