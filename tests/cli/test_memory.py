"""What earlier runs left in the user's cache saves time and decides nothing."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from closer.cli import folders
from closer.cli.memory import Kept, KeptLists, earlier_runs

ROOT = Path(__file__).parents[2]
GARAGE = ROOT / "samples" / "garage-remodel"
Run = Callable[..., Result]
DEALS = sorted(ROOT.glob("samples/*/agreed.yaml"))


@pytest.fixture
def cache(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache in which nothing lies yet."""
    del run
    monkeypatch.setenv("CLOSER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "closer"


def drafted(run: Run, terms: Path) -> bytes:
    run("draft", terms, "-o", "contract.docx", "--force")
    return Path("contract.docx").read_bytes()


@pytest.mark.parametrize("terms", DEALS, ids=lambda file: file.parent.name)
def test_a_contract_is_the_same_with_and_without_what_was_kept(
    terms: Path, run: Run, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, again = drafted(run, terms), drafted(run, terms)
    assert (cache / "library").exists()
    monkeypatch.setenv("CLOSER_CACHE", "off")
    assert drafted(run, terms) == first == again


def test_an_edited_clause_counts_in_the_next_run(
    run: Run, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the clock says: each edit has the same length and the same time."""
    for name in ("clauses", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name)
    monkeypatch.setattr(folders, "shipped", lambda name: tmp_path / "copy" / name)
    clause = tmp_path / "copy" / "clauses" / "general" / "waiver.clause"
    text = clause.read_text(encoding="utf-8")
    for heading in ("Waiver", "Rights", "Favour", "Waiver"):
        clause.write_text(text.replace('"Waiver"', f'"{heading}"'), encoding="utf-8")
        os.utime(clause, (1, 1))
        shown = run("clauses").stdout
        assert re.findall(r"^  waiver +(\w+)$", shown, re.MULTILINE) == [heading]
    assert (cache / "library").exists()


def test_a_word_changed_in_the_cache_reaches_no_contract(run: Run, cache: Path) -> None:
    terms = GARAGE / "agreed.yaml"
    first = drafted(run, terms)
    library = cache / "library"
    whole = library.read_bytes()
    assert b"shall" in whole
    for damaged in (
        whole.replace(b"shall", b"might"),
        whole[: len(whole) // 2],
        whole + b"\0",
        b"",
        b"\n",
    ):
        library.write_bytes(damaged)
        assert drafted(run, terms) == first
        assert library.read_bytes() == whole


@pytest.mark.skipif(os.name == "nt", reason="profiles are private there")
def test_a_file_that_others_could_have_written_is_not_believed(cache: Path) -> None:
    memory = Kept(cache)
    memory.keep("name", "key", b"data")
    assert memory.recall("name", "key") == b"data"
    assert memory.recall("name", "another key") is None
    (cache / "name").chmod(0o620)
    assert memory.recall("name", "key") is None


def test_several_processes_fill_one_cache_at_once(tmp_path: Path, cache: Path) -> None:
    command = [sys.executable, "-m", "closer", "clauses", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    told = {each.communicate()[0] for each in running}
    assert [each.returncode for each in running] == [0] * 4
    assert len(told) == 1
    assert sorted(each.name for each in cache.iterdir()) == ["library"]
    assert subprocess.check_output(command, cwd=tmp_path, env=environment) in told


def test_a_cache_that_cannot_be_written_is_no_fault(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("CLOSER_CACHE", str(tmp_path / "file"))
    assert earlier_runs() is None
    run("check", GARAGE / "agreed.yaml")
    Kept(tmp_path / "file").keep("name", "key", b"data")
    assert (tmp_path / "file").read_text() == "no folder"


def test_the_cache_stands_where_the_user_says_or_nowhere(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOSER_CACHE", "off")
    assert folders.cache() is None
    monkeypatch.setenv("CLOSER_CACHE", str(tmp_path / "there"))
    run("clauses")
    assert (tmp_path / "there" / "closer" / "library").exists()
    monkeypatch.delenv("CLOSER_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "here"))
    assert folders.cache() == tmp_path / "here" / "closer"


def test_lists_of_holidays_are_those_of_one_version_of_their_library(
    cache: Path,
) -> None:
    lists: dict[str, object] = {
        "weekend": [5, 6],
        "years": {"2026": [["2026-05-01", []]]},
    }
    KeptLists(Kept(cache), "holidays-1.0").keep("DE-BY", lists)
    assert KeptLists(Kept(cache), "holidays-1.0").recall("DE-BY") == lists
    assert KeptLists(Kept(cache), "holidays-1.0").recall("DE") is None
    assert KeptLists(Kept(cache), "holidays-1.1").recall("DE-BY") is None


def test_a_place_that_is_no_place_names_no_file_elsewhere(cache: Path) -> None:
    lists = KeptLists(Kept(cache), "holidays-1.0")
    lists.keep("../../away", {})
    assert lists.recall("../../away") == {}
    assert lists.recall("../../gone") is None
    assert [each.parent for each in cache.parent.rglob("holidays*")] == [cache]
