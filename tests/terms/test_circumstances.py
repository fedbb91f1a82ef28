from pathlib import Path

import pytest

from closer.problems import Problem
from closer.terms.changes import amended, read_change
from closer.terms.digest import digest
from closer.terms.reading import read_terms

ROOT = Path(__file__).parents[2]
GARAGE = ROOT / "samples" / "garage-remodel" / "agreed.yaml"
CHANGE = """amends: {amends}
effective: 2026-10-05
circumstance:
  under: {under}
  what: The storm closed the site
  began: 2026-09-24
  {ended}
  notice: {{given: 2026-09-25, by: {by}, how: email}}
  affects: [{affects}]
changes:
  {changes}
"""
USUAL = {
    "amends": "HOM-2026-014",
    "under": "contingencies.force_majeure",
    "ended": "last_day_lost: 2026-10-01",
    "by": "contractor",
    "affects": "milestones.backyard",
    "changes": "milestones.backyard.due: later by 2 weeks",
}


def _found(**given: str) -> list[Problem]:
    agreed, _ = read_terms(GARAGE.read_text("utf-8"), "agreed.yaml")
    assert agreed is not None
    change, found = read_change(CHANGE.format(**{**USUAL, **given}), "change.yaml")
    if change is not None:
        _, found = amended(agreed, change)
    return found


def test_a_circumstance_of_this_deal_is_taken() -> None:
    assert _found() == []
    assert _found(by="both") == []
    assert _found(ended="aware: 2026-09-26\n  work_resumed: 2026-10-02") == []


@pytest.mark.parametrize(
    ("given", "code", "path", "remedy"),
    [
        ({"under": "contingencies"}, "F32", "under", "There are `contingencies.force"),
        ({"under": "milestones.garage"}, "F32", "under", "There are `contingencies."),
        (
            {"under": "contingencies.force_majeure.notice"},
            "F32",
            "under",
            "There are `contingencies.",
        ),
        (
            {"under": "contingencies.force_majure"},
            "F32",
            "under",
            "Did you mean `contingencies.force_majeure`?",
        ),
        (
            {"affects": "backyard"},
            "F32",
            "affects.0",
            "Did you mean `milestones.backyard`?",
        ),
        (
            {"affects": "price.payments.final"},
            "F32",
            "affects.0",
            "There are `milestones.permits`",
        ),
        ({"by": "nobody"}, "N01", "notice.by", "Write one of client, contractor, or"),
        (
            {"ended": "aware: 2026-09-20"},
            "F38",
            "aware",
            "Correct one of the two days.",
        ),
    ],
)
def test_what_a_circumstance_names_is_held_against_the_deal(
    given: dict[str, str], code: str, path: str, remedy: str
) -> None:
    [found] = _found(**given)
    assert (found.code, found.path) == (code, f"circumstance.{path}")
    assert found.where.file == "change.yaml"
    assert remedy in found.remedy


def test_a_removal_spares_circumstances_until_a_day_that_can_be_told() -> None:
    removed = "contingencies.weather: removed for circumstances that begin after "
    others = "milestones.backyard.exposed_to: [force_majeure]\n  "
    assert _found(changes=f"{others}{removed}garage.met") == []
    [found] = _found(changes=f"{others}{removed}sunset")
    assert (found.code, found.path) == ("D37", "changes.contingencies.weather")


@pytest.mark.parametrize("path", ["milestones..due", "milestones.", ".milestones"])
def test_a_path_with_a_key_missing_is_a_problem_of_the_change(path: str) -> None:
    [found] = _found(changes=f"{path}: 2026-12-01")
    assert found.code == "F31"
    assert found.where.file == "change.yaml"


def test_a_digest_cut_too_short_is_told_so() -> None:
    agreed, _ = read_terms(GARAGE.read_text("utf-8"), "agreed.yaml")
    assert agreed is not None
    whole = digest(agreed)
    [found] = _found(amends=f"HOM-2026-014 of {whole[:7]}")
    assert found.code == "F30"
    assert found.remedy == f"Write at least 8 characters of the digest: {whole[:8]}."
    [other] = _found(amends="HOM-2026-014 of 0000000")
    assert "Give the terms" in other.remedy
