"""Whatever goes wrong in the middle, the register is as before or as after."""

import os
import resource
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import psycopg
import pytest
from click.testing import Result

from closer.cli.keeping import known, new_entry
from closer.register import bases
from closer.register.bases import Unreachable, base_at
from closer.register.schema import STEPS, VERSION
from closer.register.store import Register

Run = Callable[..., Result]
REF = "HOM-2026-014"
TODAY = ("--today", "2026-11-01")
POINTS = 200


@pytest.fixture
def signed(deal: Path, run: Run, register: str) -> str:
    """Where the garage sample is signed, in each kind of register."""
    run("sign", deal, "--on", "2026-07-31", *TODAY)
    return register


def _entries(where: str) -> int:
    with Register(where) as opened:
        return len(opened.journal(REF))


def _record(where: str) -> None:
    """Write what every command writes: an entry, and what is due by it."""
    with Register(where) as opened, opened.writing():
        data: dict[str, object] = {"text": "It drains", "about": ""}
        opened.enter(new_entry(opened, REF, "raised", date(2026, 8, 3), data))
        opened.replace_due(REF, opened.all_due(REF), opened.maker(REF))


def _killed_at(step: int, where: str) -> bool:
    """Record in a child that kills itself at a line of the store; say if it did."""
    child = os.fork()
    if child == 0:  # pragma: no cover - the child never comes back
        left = step

        def trace(frame: object, event: str, _: object) -> object:
            nonlocal left
            code = frame.f_code.co_filename  # type: ignore[attr-defined]
            if "closer/register" not in code:
                return None
            if event in ("line", "return"):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        try:
            sys.settrace(trace)  # type: ignore[arg-type]
            _record(where)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.slow
def test_killed_at_hundreds_of_points_it_is_as_before_or_as_after(
    signed: str, run: Run
) -> None:
    """Every line of the store is a point; the points are spread over one writing."""
    lines = 1
    while _killed_at(lines, signed):
        lines *= 2
    before, kept, lost = _entries(signed), 0, 0
    stride = max(lines // 2 // POINTS, 1)
    for step in range(0, lines, stride):
        died = _killed_at(step, signed)
        now = _entries(signed)
        assert now in (before, before + 1)
        assert died or now == before + 1
        kept, lost = kept + (now > before), lost + (now == before)
        before = now
        if not died:
            break
    assert lost > 100
    assert kept
    assert "every chain whole" in run("register", "verify").stdout


def test_a_killed_writer_of_the_database_itself_leaves_it_whole(
    deal: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed inside SQLite, between its own steps, a thousand of them apart."""
    where = tmp_path / "register.sqlite"
    monkeypatch.setenv("CLOSER_REGISTER", str(where))
    run("sign", deal, "--on", "2026-07-31", *TODAY)
    before = _entries(str(where))
    for step in range(1, 60):
        child = os.fork()
        if child == 0:  # pragma: no cover - the child never comes back
            base = sqlite3.connect(where, isolation_level=None)
            left = [step]

            def tick(left: list[int] = left) -> int:
                left[0] -= 1
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)
                return 0

            base.execute("BEGIN IMMEDIATE")
            base.set_progress_handler(tick, 50)
            base.execute("DELETE FROM due")
            base.execute("DELETE FROM journal")
            base.set_progress_handler(None, 0)
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)
        assert _entries(str(where)) == before
    assert "every chain whole" in run("register", "verify").stdout


def _in_a_child(where: Path, limit: Callable[[], None]) -> subprocess.CompletedProcess:  # type: ignore[type-arg]
    command = [sys.executable, "-m", "closer", "record", REF, "obligations.access"]
    return subprocess.run(
        [*command, *TODAY, "--register", str(where)],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def lone(deal: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register in a folder of its own, in one file."""
    where = tmp_path / "lone" / "register.sqlite"
    monkeypatch.setenv("CLOSER_REGISTER", str(where))
    run("sign", deal, "--on", "2026-07-31", *TODAY)
    return where


def test_on_a_full_disk_nothing_is_written_and_that_is_said(
    lone: Path, run: Run
) -> None:
    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = 8192
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = _in_a_child(lone, full)
    assert done.returncode == 5, done.stderr
    assert "Nothing was written" in done.stderr
    assert "Traceback" not in done.stderr
    assert _entries(str(lone)) == 1
    assert "every chain whole" in run("register", "verify").stdout


def test_where_the_folder_may_not_be_written_that_is_said() -> None:
    """As root nothing is forbidden: the child goes on as nobody."""
    folder = Path(tempfile.mkdtemp(prefix="closer-"))
    where = folder / "register.sqlite"
    with Register(str(where)):
        pass
    where.chmod(0o444)
    folder.chmod(0o555)
    said, told = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - the child never comes back
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            with Register(str(where)) as opened, opened.writing():
                opened.keep({"a": "b"})
        except Unreachable as error:
            os.write(told, str(error).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(told)
    with os.fdopen(said) as answer:
        sentence = answer.read()
    folder.chmod(0o755)
    shutil.rmtree(folder)
    assert "may not be written" in sentence
    assert "Nothing was written" in sentence


def test_a_file_that_somebody_holds_is_waited_for_and_then_said(
    lone: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bases, "LOCK_SECONDS", 0.2)
    holder = sqlite3.connect(lone, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    told = run("record", REF, "obligations.access", *TODAY, code=5).stderr
    assert "in use by somebody else. Nothing was written" in told
    assert "Client to give" in run("due", *TODAY, code=1).stdout
    holder.execute("ROLLBACK")
    run("record", REF, "obligations.access", *TODAY)
    holder.close()


def test_the_register_is_for_the_eyes_of_its_owner_alone(lone: Path) -> None:
    before = os.umask(0)
    try:
        with Register(str(lone.with_name("new") / "other.sqlite")) as opened:
            files = [lone]
            with opened.writing():
                files += lone.with_name("new").iterdir()
                modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in files}
    finally:
        os.umask(before)
    assert set(modes.values()) == {0o600}, modes
    assert stat.S_IMODE(lone.with_name("new").stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"\xff" * 4096])
def test_an_empty_file_becomes_a_register_and_a_damaged_one_is_said(
    content: bytes, run: Run, tmp_path: Path
) -> None:
    where = tmp_path / "given.sqlite"
    where.write_bytes(content)
    told = run("due", "--register", where, *TODAY, code=5 if content else 0)
    if content:
        assert "given.sqlite" in told.stderr
        assert where.read_bytes() == content


def test_a_folder_in_the_place_of_the_register_is_said(run: Run) -> None:
    Path("there").mkdir()
    told = run("due", "--register", "there", *TODAY, code=5).stderr
    assert told.count("\n") == 1


def test_a_register_of_the_first_version_goes_on_by_itself(
    signed: str, run: Run
) -> None:
    """Brought back to the tables of version 1, it is brought forward when opened."""
    rows = run("due", "--json", *TODAY, code=1).stdout
    base = base_at(signed)
    for statement in (
        *("DROP TABLE kept", "DROP TABLE reckoned"),
        *("DROP INDEX due_once", "DROP INDEX due_again"),
        "ALTER TABLE due DROP COLUMN sequence",
        "ALTER TABLE due DROP COLUMN stamp",
        STEPS[0][3],
        "UPDATE meta SET version = 1",
    ):
        base.run(statement)
    base.close()
    assert run("due", "--json", *TODAY, code=1).stdout == rows
    told = run("register", "verify", code=1).stderr
    assert "document of entry 1" in told
    run("record", REF, "obligations.access", *TODAY)
    base = base_at(signed)
    assert base.run("SELECT version FROM meta") == [(VERSION,)]
    base.close()


def test_two_who_open_a_new_register_at_once_make_one(
    register: str, run: Run, deal: Path
) -> None:
    del deal
    command = [sys.executable, "-m", "closer", "due", *TODAY, "--register", register]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    assert "0 deals, every chain whole" in run("register", "verify").stdout


def _cut_off(where: str) -> None:
    """End every other connection to a database, as a server that goes down does."""
    with psycopg.connect(where, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )


def test_a_connection_that_is_lost_in_the_middle_keeps_nothing(
    signed: str, run: Run
) -> None:
    if "://" not in signed:
        return
    before = _entries(signed)
    nothing = pytest.raises(Unreachable, match="Nothing was written")
    with Register(signed) as opened, nothing, opened.writing():
        known(REF, opened)
        _cut_off(signed)
        opened.replace_due(REF, [], "nobody")
    assert _entries(signed) == before
    assert "every chain whole" in run("register", "verify").stdout


def test_a_connection_that_is_lost_at_the_last_word_says_that_it_cannot_know(
    signed: str,
) -> None:
    if "://" not in signed:
        return
    unknown = pytest.raises(Unreachable, match="may be there or not")
    with Register(signed) as opened, unknown, opened.writing():
        _cut_off(signed)


def test_who_writes_elsewhere_is_waited_for_and_then_said(
    signed: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bases, "LOCK_SECONDS", 1)
    with Register(signed) as opened, opened.writing():
        told = run("record", REF, "obligations.access", *TODAY, code=5).stderr
    assert "in use by somebody else" in told
    run("record", REF, "obligations.access", *TODAY)


def test_a_server_that_takes_a_call_and_never_answers_is_not_waited_for(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bases, "WAIT_SECONDS", 2)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        where = f"postgresql://nobody@127.0.0.1:{deaf.getsockname()[1]}/none"
        told = run("due", "--register", where, *TODAY, code=5).stderr
    assert "does not answer" in told
    assert told.count("\n") == 1
