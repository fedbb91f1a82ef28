"""A kind of follow-up is a data file: its faults are told, a new one needs no code."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from scheduling import GARAGE, ROOT, entry, sample

from closer.followup.schedule import schedule
from closer.followup.shapes import load
from closer.terms.moments import Facts

SHIPPED = ROOT / "templates" / "followups"
WALK = """
kind = "meeting"
of = "warranty"
day = "30 days before [it.lasts] after [it.from]"
stake = "bar"
category = "Warranty"
title = "Walk through before the warranty ends: [deal]"
expected = "Expected: walk through before the warranty ends, [deal]"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "followups"
    shutil.copytree(SHIPPED, copy)
    return copy


def test_the_shipped_kinds_have_no_fault() -> None:
    found, problems = load(SHIPPED)

    assert problems == []
    assert found is not None
    assert len(found.kinds) == len(list(SHIPPED.glob("*.toml"))) - 1


def test_a_new_kind_of_follow_up_is_one_file(folder: Path) -> None:
    (folder / "walk-through.toml").write_text(WALK, encoding="utf-8")
    kinds, problems = load(folder)
    assert kinds is not None, problems
    facts = Facts(happened={"handover.met": date(2026, 11, 6)})
    found = schedule(sample(GARAGE), facts, kinds)

    walk = entry(found, "warranty", "meeting")
    assert walk.date == date(2027, 10, 7)
    assert walk.title.startswith("Walk through before the warranty ends: Garage")


@pytest.mark.parametrize(
    ("old", "new", "what", "line"),
    [
        pytest.param('kind = "meeting"', 'kind = "party"', "kind", 1, id="kind"),
        pytest.param('stake = "bar"', 'steak = "bar"', "steak", 1, id="key"),
        pytest.param("[deal]", "[dael]", "There is no blank [dael].", 7, id="blank"),
        pytest.param("day = ", "by = ", "There is no computation", 4, id="computation"),
        pytest.param('of = "', "of = ", "Invalid value", 1, id="syntax"),
    ],
)
def test_a_fault_of_a_kind_is_told_with_its_place(
    folder: Path, old: str, new: str, what: str, line: int
) -> None:
    text = WALK.replace(old, new)
    (folder / "walk-through.toml").write_text(text, encoding="utf-8")
    found, problems = load(folder)

    assert found is None
    assert {(p.code, p.where.file, p.where.line) for p in problems} == {
        ("L80", "followups/walk-through.toml", line)
    }
    assert any(what in p.what for p in problems)


def test_a_word_that_is_missing_is_told(folder: Path) -> None:
    words = folder / "words.toml"
    text = words.read_text(encoding="utf-8").replace("waits =", "wait =")
    words.write_text(text, encoding="utf-8")

    assert [p.what for p in load(folder)[1]] == ["The word reasons.waits is missing."]
