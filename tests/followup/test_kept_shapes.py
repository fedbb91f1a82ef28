"""The kinds of follow-up are understood once, until a letter of them changes."""

import os
import shutil
from pathlib import Path

import pytest
from msgspec import msgpack
from remembering import Memory

from closer.followup.shapes import load

SHIPPED = Path(__file__).parents[2] / "templates" / "followups"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(SHIPPED, tmp_path / "followups")


def test_what_is_shipped_comes_back_as_it_was_read() -> None:
    memory = Memory()
    fresh, _ = load(SHIPPED)
    assert load(SHIPPED, memory) == load(SHIPPED, memory) == (fresh, [])
    again, _ = load(SHIPPED, memory)
    assert memory.helped == 2
    assert msgpack.encode(again) == msgpack.encode(fresh)


@pytest.mark.parametrize(
    ("name", "word", "instead"),
    [
        ("payment.toml", " pays ", " owes "),
        ("words.toml", "agreed sum", "agreed fee"),
        ("laws", 'title = "', 'title = "X'),
        ("liens", 'title = "', 'title = "X'),
        ("limits", 'title = "', 'title = "X'),
    ],
)
def test_an_edit_is_seen_at_once_whatever_the_clock_says(
    folder: Path, name: str, word: str, instead: str
) -> None:
    memory, file = Memory(), folder / name
    file = min(file.glob("*.toml")) if file.is_dir() else file
    before, _ = load(folder, memory)
    time = file.stat().st_mtime_ns
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(word, instead), encoding="utf-8")
    os.utime(file, ns=(time, time))
    after, _ = load(folder, memory)
    assert after is not None
    assert after != before
    assert (after, []) == load(folder)


def test_what_is_wrong_is_told_every_time(folder: Path) -> None:
    memory = Memory()
    (folder / "payment.toml").write_text("kind = ")
    told = [[each.code for each in load(folder, memory)[1]] for _ in range(2)]
    assert told == [["L80"], ["L80"]]
    assert not memory
