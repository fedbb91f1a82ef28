import io
import os
import zipfile
from pathlib import Path

import pytest

from closer.formats import files


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    files.write(tmp_path / "a.docx", b"words")
    assert (tmp_path / "a.docx").read_bytes() == b"words"
    assert _names(tmp_path) == ["a.docx"]


@pytest.mark.parametrize("others", [0, 2])
def test_who_has_the_old_file_open_reads_the_old_one_to_its_end(
    tmp_path: Path, others: int
) -> None:
    wanted = {tmp_path / name: b"new" * 9 for name in "abc"[: others + 1]}
    (tmp_path / "a").write_bytes(b"old" * 9)
    with (tmp_path / "a").open("rb", buffering=0) as reader:
        start = reader.read(4)
        if others:
            files.write_all(wanted)
        else:
            files.write(*wanted.popitem())
        assert start + reader.read() == b"old" * 9
    assert (tmp_path / "a").read_bytes() == b"new" * 9


def test_a_file_that_is_replaced_keeps_who_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"old")
    file.chmod(0o640)
    files.write(file, b"new")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_new_file_follows_the_habits_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    files.write(tmp_path / "a.docx", b"new")
    modes = {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_all_files_are_written(tmp_path: Path) -> None:
    wanted = {tmp_path / name: name.encode() for name in ("a", "b", "c")}
    files.write_all(wanted)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == wanted


def test_all_or_none_if_one_folder_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileNotFoundError):
        files.write_all({tmp_path / "a": b"new", tmp_path / "no" / "b": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert _names(tmp_path) == ["a"]


def test_all_or_none_if_one_cannot_be_put_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").mkdir()
    wanted = {tmp_path / name: b"new" for name in ("a", "b", "c")}
    with pytest.raises(OSError, match="directory"):
        files.write_all(wanted)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert _names(tmp_path) == ["a", "c"]


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_all_or_none_if_the_disk_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"old")
    calls = []

    def failing(*_: object) -> None:
        calls.append(step)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, failing)
    wanted = {tmp_path / name: b"new" for name in ("a", "b")}
    if step == "fsync":
        with pytest.raises(OSError, match="No space"):
            files.write_all(wanted)
        assert {(tmp_path / n).read_bytes() for n in "ab"} == {b"old"}
    else:  # a disk without hard links only costs a copy
        files.write_all(wanted)
        assert {(tmp_path / n).read_bytes() for n in "ab"} == {b"new"}
    assert calls
    assert _names(tmp_path) == ["a", "b"]


def test_what_is_in_the_way_is_said(tmp_path: Path) -> None:
    there, gone = tmp_path / "a", tmp_path / "b"
    there.write_bytes(b"")
    (tmp_path / "c").symlink_to("nowhere")
    found = files.in_the_way([there, gone, tmp_path / "c"])
    assert found == [files.Exists(there), files.Exists(tmp_path / "c")]


def test_an_archive_is_the_same_whatever_the_order() -> None:
    parts = {"word/document.xml": b"a" * 999, "z/\u00e9.xml": b"", "b": os.urandom(999)}
    other = dict(reversed(parts.items()))
    assert files.pack(parts) == files.pack(other)


def test_an_archive_is_read_by_others() -> None:
    parts = {"word/document.xml": b"a" * 99_999, "z/\u00e9.xml": b"", "b": b"\0\1"}
    with zipfile.ZipFile(io.BytesIO(files.pack(parts))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert files.unpacked(files.pack(parts)) == parts


def _left(path: Path, process: int, mark: str, age: int) -> Path:
    left = path.with_name(f".{path.name}.{process}.{mark}")
    left.write_bytes(b"half of")
    when = path.parent.stat().st_mtime - age
    os.utime(left, (when, when))
    return left


def test_the_next_write_removes_what_a_killed_writer_left(tmp_path: Path) -> None:
    path, gone = tmp_path / "a.ics", 2**22 + 1
    old = _left(path, gone, "new", 3600)
    files.write(path, b"whole")
    assert not old.exists()
    assert path.read_bytes() == b"whole"


def test_what_somebody_may_still_need_is_left_alone(tmp_path: Path) -> None:
    path, gone = tmp_path / "a.ics", 2**22 + 1
    kept = [
        _left(path, gone, "new", 5),
        _left(path, os.getppid(), "new", 3600),
        _left(path, gone, "old", 3600),
        _left(tmp_path / "b.ics", gone, "new", 3600),
        _left(tmp_path / "a.ics.1", gone, "new", 3600),
    ]
    files.write(path, b"whole")
    assert [left for left in kept if not left.exists()] == []
