"""A library that was read before is the library, until a letter of it changes."""

import os
from pathlib import Path

import pytest
from msgspec import msgpack
from msgspec.structs import replace
from remembering import Memory
from tiny_library import FILES, clause, write

from closer.library import kept
from closer.library.kept import keep, key_of, recalled
from closer.library.loading import Library, load

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "one", FILES)
    return tmp_path / "one"


def read(folder: Path, memory: Memory | None, own: Path | None = None) -> Library:
    found, problems = load(folder / "clauses", folder / "templates", own, memory=memory)
    assert found is not None, problems
    return found


def as_data(library: Library) -> bytes:
    """Return a library with the kind and order of all that it holds, words apart."""
    return msgpack.encode(replace(library, words=frozenset()))


def test_what_is_shipped_comes_back_as_it_was_read() -> None:
    memory = Memory()
    fresh = read(ROOT, None)
    assert read(ROOT, memory) == fresh
    again = read(ROOT, memory)
    assert memory.helped == 1
    assert again == fresh
    assert as_data(again) == as_data(fresh)


@pytest.mark.parametrize("name", sorted(FILES))
def test_an_edit_is_seen_at_once_whatever_the_clock_says(
    folder: Path, name: str
) -> None:
    """One letter for another: same length, same second, same time of the file."""
    memory, file = Memory(), folder / name
    before = read(folder, memory)
    time = file.stat().st_mtime_ns
    text = file.read_text(encoding="utf-8")
    word = next(
        w for w in ("Why.", "Sale", "Loan", "Payment", "AAA", "and") if w in text
    )
    file.write_text(text.replace(word, word[:-1] + "z"), encoding="utf-8")
    os.utime(file, ns=(time, time))
    after = read(folder, memory)
    assert file.stat().st_mtime_ns == time
    assert after != before
    assert after == read(folder, None)
    assert memory.helped == 0


def test_a_clause_that_is_added_renamed_or_taken_away_is_seen(folder: Path) -> None:
    memory = Memory()
    before = read(folder, memory)
    late = folder / "clauses/paying/late.clause"
    added = late.with_name("gifts.clause")
    added.write_text(clause("It is so.", slot="paying", order=90), encoding="utf-8")
    assert set(read(folder, memory).clauses) == {*before.clauses, "gifts"}
    added.rename(late.with_name("presents.clause"))
    assert set(read(folder, memory).clauses) == {*before.clauses, "presents"}
    late.with_name("presents.clause").unlink()
    assert read(folder, memory) == before


def test_a_layer_of_ones_own_is_kept_beside_the_shipped_one(folder: Path) -> None:
    memory, own = Memory(), folder.parent / "own"
    write(own, {"late.clause": clause("Late is late.", slot="paying", order=20)})
    shipped, layered = read(folder, memory), read(folder, memory, own)
    assert (read(folder, memory), read(folder, memory, own)) == (shipped, layered)
    assert memory.helped == 2
    write(own, {"late.clause": clause("Late is bad.", slot="paying", order=20)})
    edited = read(folder, memory, own)
    assert edited.clauses["late"].body.strip() == "Late is bad."


def test_a_copy_elsewhere_names_its_own_files(folder: Path) -> None:
    memory, other = Memory(), folder.parent / "two"
    write(other, FILES)
    read(folder, memory)
    found = read(other, memory)
    assert {Path(each.file).parts[:-3] for each in found.clauses.values()} == {
        other.parts
    }


def test_what_is_wrong_is_told_every_time(folder: Path) -> None:
    memory = Memory()
    write(folder, {"clauses/paying/late.clause": clause("a <b", slot="paying")})
    for _ in range(2):
        found, problems = load(folder / "clauses", folder / "templates", memory=memory)
        assert found is None
        assert [each.code for each in problems] == ["L01"]
    assert not memory


def test_a_file_that_became_unreadable_is_told_though_the_rest_is_known(
    folder: Path,
) -> None:
    memory, odd = Memory(), folder / "clauses/paying/odd.clause"
    read(folder, memory)
    odd.write_bytes(b"+++\n\xff\n")
    found, problems = load(folder / "clauses", folder / "templates", memory=memory)
    assert found is None
    assert [each.where.file for each in problems] == [str(odd)]


def test_another_version_of_the_code_reads_for_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    texts = ({"a": "b"}, {"a": "c"}, {"b": "b"}, {"a": "b", "b": "a"})
    keys = {key_of(each, tmp_path) for each in texts}
    for code in ("MARK = '<'", "MARK = '>'"):
        (tmp_path / "prose.py").write_text(code)
        keys.add(key_of(texts[0], tmp_path))
    monkeypatch.setattr(kept, "__version__", "0.0.1")
    keys.add(key_of(texts[0], tmp_path))
    assert len(keys) == 7
    assert key_of(dict(texts[0]), tmp_path) in keys


def test_what_would_come_back_otherwise_is_not_kept() -> None:
    memory = Memory()
    keep(memory, "odd", "key", (1, (2, 3)))
    assert not memory
    keep(memory, "even", "key", [1, [2, 3]])
    assert recalled(memory, "even", "key", list[object]) == [1, [2, 3]]


def test_data_that_makes_no_sense_is_as_if_it_were_not_there() -> None:
    memory = Memory(odd=("key", b"\xc1"), other=("key", msgpack.encode("no library")))
    assert recalled(memory, "odd", "key", Library) is None
    assert recalled(memory, "other", "key", Library) is None
    assert recalled(None, "odd", "key", Library) is None
