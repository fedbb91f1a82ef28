"""The program as the machine sees it: processes, environments, folders, kills."""

import itertools
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GARAGE = ROOT / "samples" / "garage-remodel"
MODULE = [sys.executable, "-m", "closer"]
SCRIPT = Path(sys.executable).with_name("closer")
HEAVY = "docxtpl docx lxml jinja2 icalendar holidays babel yaml dateutil zoneinfo"
Done = subprocess.CompletedProcess[str]


def environment(**changes: str | None) -> dict[str, str]:
    """Return the environment of a user; None takes a variable away."""
    own = ("PYTHON", "XDG_", "LC_", "LANG", "TZ", "COLUMNS")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(own)}
    wanted = kept | {"PYTHONPATH": str(ROOT)} | changes
    return {name: value for name, value in wanted.items() if value is not None}


def closer(
    *arguments: object, at: Path, before: tuple[str, ...] = (), **changes: str | None
) -> Done:
    changes.setdefault("XDG_CACHE_HOME", str(at / "the cache"))
    return subprocess.run(
        [*before, *MODULE, *map(str, arguments)],
        cwd=at,
        env=environment(**changes),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="session")
def powerless() -> tuple[str, ...]:
    """Return what to write before a command so that folder permissions hold for it."""
    if os.geteuid():
        return ()
    tool = shutil.which("setpriv")
    if tool is None:
        pytest.skip("permissions do not hold for root, and setpriv is not installed")
    return (tool, "--bounding-set=-dac_override,-dac_read_search")


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder that nothing can be written into."""
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)


@pytest.mark.parametrize("door", ["module", "script"])
@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_wake_no_library(
    option: str, door: str, tmp_path: Path
) -> None:
    if door == "script" and not SCRIPT.exists():
        pytest.skip(f"closer is not installed beside {sys.executable}")
    command = MODULE[1:] if door == "module" else [str(SCRIPT)]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *command, option],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    imported = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert "closer.__main__" in imported or door == "module"
    assert "closer" in imported
    assert imported.isdisjoint(HEAVY.split())
    assert re.match(r"closer \d|Usage: closer", done.stdout)


def demonstrated(at: Path, **changes: str | None) -> dict[str, bytes]:
    """Return all that the demo writes."""
    at.mkdir(parents=True, exist_ok=True)
    before = changes.pop("before", None)
    done = closer(
        *("demo", "out"),
        at=at,
        before=tuple(before.split()) if before else (),
        **changes,
    )
    assert done.returncode == 0, done.stderr
    return {file.name: file.read_bytes() for file in (at / "out").iterdir()}


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    made = demonstrated(tmp_path_factory.mktemp("ordinary"))
    assert {name.rpartition(".")[2] for name in made} == {
        *("docx", "ics", "txt", "yaml", "md", "html", "sqlite")
    }
    return made


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"PYTHONHASHSEED": "1"}, id="another hash seed"),
        pytest.param({"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland"}, id="a zone"),
        pytest.param({"TZ": "America/Los_Angeles"}, id="a zone behind"),
        pytest.param({"LC_ALL": "C"}, id="no language"),
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="ascii"
        ),
        pytest.param({"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE"}, id="German"),
        pytest.param({"HOME": None, "XDG_CACHE_HOME": None}, id="no home"),
        pytest.param({"HOME": "/dev/null", "XDG_CACHE_HOME": None}, id="odd home"),
        pytest.param({"XDG_CACHE_HOME": "/dev/null"}, id="a cache that is a file"),
        pytest.param({"COLUMNS": "40"}, id="a narrow window"),
        pytest.param({"PYTHONOPTIMIZE": "2"}, id="without assertions"),
    ],
)
def test_the_same_bytes_in_every_environment(
    changes: dict[str, str | None], ordinary: dict[str, bytes], tmp_path: Path
) -> None:
    assert demonstrated(tmp_path / "somewhere else", **changes) == ordinary


def test_the_same_bytes_with_a_warm_and_with_a_damaged_cache(
    ordinary: dict[str, bytes], tmp_path: Path
) -> None:
    cache = tmp_path / "kept"
    for damage in (None, b"", b"\0\xff", b"{}", "halved"):
        files = [
            f for f in cache.rglob("*") if f.is_file() and "written" not in f.parts
        ]
        assert bool(files) is cache.exists()
        for file in files:
            content = file.read_bytes()
            if damage == "halved":
                file.write_bytes(content[: len(content) // 2])
            elif isinstance(damage, bytes):
                file.write_bytes(damage)
        for time_ in ("first", "again"):
            place = tmp_path / str(damage) / time_
            made = demonstrated(place, XDG_CACHE_HOME=str(cache))
            assert made == ordinary, (damage, time_)


def test_the_same_bytes_with_a_cache_that_cannot_be_written(
    ordinary: dict[str, bytes],
    tmp_path: Path,
    locked: Path,
    powerless: tuple[str, ...],
) -> None:
    made = demonstrated(
        tmp_path / "a", XDG_CACHE_HOME=str(locked), before=" ".join(powerless)
    )
    assert made == ordinary
    assert not any(locked.iterdir())


def test_the_same_bytes_with_a_cache_that_cannot_be_read(
    ordinary: dict[str, bytes], tmp_path: Path, powerless: tuple[str, ...]
) -> None:
    cache = tmp_path / "kept"
    demonstrated(tmp_path / "a", XDG_CACHE_HOME=str(cache))
    for file in [*cache.rglob("*"), cache]:
        file.chmod(0)
    try:
        made = demonstrated(
            tmp_path / "b", XDG_CACHE_HOME=str(cache), before=" ".join(powerless)
        )
    finally:
        cache.chmod(0o700)
        for folder in (cache / "closer", *(cache / "closer").iterdir()):
            folder.chmod(0o700)
    assert made == ordinary


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    for name in ("agreed.yaml", "change-1-hurricane.yaml"):
        shutil.copy(GARAGE / name, tmp_path)
    return tmp_path


TERMS, CHANGE = "agreed.yaml", "change-1-hurricane.yaml"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("draft", TERMS, "-o", "locked/a.docx"), "locked/a.docx cannot be written"),
        (("schedule", TERMS, "-o", "locked/a.ics"), "locked/a.ics cannot be written"),
        (("amend", TERMS, CHANGE, "-o", "locked"), "1.docx cannot be written"),
        (("amend", TERMS, CHANGE, "-o", "locked/new"), "locked/new cannot be made"),
        (("demo", "locked"), "cannot be written"),
        (("demo", "locked/new"), "locked/new cannot be made"),
        (("draft", TERMS, "-o", "no/such/a.docx"), "no/such/a.docx cannot be written"),
        (("draft", TERMS, "-o", "folder.docx"), "folder.docx' is a directory"),
        (("schedule", TERMS, "-o", "folder.ics"), "folder.ics' is a directory"),
        (("amend", TERMS, CHANGE, "-o", TERMS), "agreed.yaml' is a file"),
        (("demo", TERMS), "agreed.yaml' is a file"),
        (("check", "locked"), "locked' is a directory"),
        (("amend", TERMS, "locked"), "locked cannot be read: Is a directory"),
        (("check", "secret.yaml"), "secret.yaml' is not readable"),
        (("check", "binary.yaml"), "binary.yaml is no text in UTF-8"),
        (("draft", "large.yaml"), "large.yaml has 5,"),
        (("amend", TERMS, "large.yaml"), "large.yaml has 5,"),
        (("amend", TERMS, "binary.yaml"), "binary.yaml is no text in UTF-8"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
@pytest.mark.usefixtures("locked")
def test_what_cannot_be_read_or_written_is_one_sentence(
    arguments: tuple[str, ...],
    said: str,
    deal: Path,
    powerless: tuple[str, ...],
) -> None:
    (deal / "folder.docx").mkdir()
    (deal / "folder.ics").mkdir()
    (deal / "binary.yaml").write_bytes(random.Random(1).randbytes(3000))
    (deal / "large.yaml").write_text("key: value\n" * 500_000)
    (deal / "secret.yaml").write_text("contract: services\n")
    (deal / "secret.yaml").chmod(0)
    before = sorted(deal.rglob("*"))
    done = closer(*arguments, at=deal, before=powerless, XDG_CACHE_HOME="/dev/null")

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert ".new" not in done.stderr
    assert sorted(deal.rglob("*")) == before
    plain = [line for line in done.stderr.splitlines() if " CL03 " not in line]
    assert sum(said in line for line in plain) == 1
    assert len([line for line in plain if line and "Usage" not in line]) <= 2


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "F01"), (b"\n\n", "F01"), (b"a: \0\1\n", "F13"), (b"\xef\xbb\xbf", "F01")],
)
def test_a_file_that_holds_no_terms_is_a_problem_with_its_place(
    content: bytes, code: str, deal: Path
) -> None:
    (deal / "odd.yaml").write_bytes(content)
    done = closer("check", "odd.yaml", at=deal)
    assert done.returncode == 1
    assert re.search(rf"^odd\.yaml:1:\d+: {code} ", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr


def test_a_reader_that_stops_listening_meets_no_traceback(deal: Path) -> None:
    """As in `closer schedule agreed.yaml | head -1`."""
    with subprocess.Popen(
        [*MODULE, "schedule", TERMS],
        cwd=deal,
        env=environment(XDG_CACHE_HOME=str(deal / "cache")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read().decode()
    assert "Traceback" not in told
    assert "Exception" not in told


def test_a_terminal_that_knows_no_letter_but_ascii_is_told_all_the_same(
    deal: Path,
) -> None:
    done = closer("schedule", TERMS, at=deal, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "Handover" in done.stdout


def test_an_interrupt_ends_with_one_word_and_no_file(deal: Path) -> None:
    """Ctrl-C while the contract is written."""
    script = (
        "import os, signal, sys\n"
        "from closer.formats import files\n"
        "def interrupted(*_): os.kill(os.getpid(), signal.SIGINT)\n"
        "os.fsync = interrupted\n"
        "from closer.__main__ import main\n"
        "sys.argv = ['closer', 'draft', 'agreed.yaml', '-o', 'a.docx']\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=deal,
        env=environment(XDG_CACHE_HOME="/dev/null"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "Aborted!" in done.stderr
    assert sorted(p.name for p in deal.iterdir()) == [TERMS, CHANGE]


KILLED_AT = """
import os, signal, sys
from pathlib import Path
wanted = int(sys.argv[1])
passed = 0
def deadly(call):
    def counted(*arguments, **options):
        global passed
        passed += 1
        if passed == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **options)
    return counted
from closer.formats import files
for name in ("open", "fdopen", "fsync", "replace", "link", "unlink", "chmod"):
    setattr(os, name, deadly(getattr(os, name)))
files.write_all({Path(name): b"new" * 9999 for name in "abc"})
"""


def test_a_kill_at_any_step_leaves_the_old_or_the_new_files(tmp_path: Path) -> None:
    """Every call that changes the disk is the last one, once."""
    new = b"new" * 9999
    for step in itertools.count(1):
        for name in "abc":
            (tmp_path / name).write_bytes(b"old")
        done = subprocess.run(
            [sys.executable, "-c", KILLED_AT, str(step)],
            cwd=tmp_path,
            env=environment(),
            check=False,
        )
        left = [(tmp_path / name).read_bytes() for name in "abc"]
        assert set(left) <= {b"old", new}, step
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert left == [new] * 3
    assert step > 3 * 6


def test_a_kill_at_a_random_moment_leaves_the_old_or_the_new_file(deal: Path) -> None:
    line = [*MODULE, "draft", TERMS, "-o", "a.docx", "--force"]
    environ = environment(XDG_CACHE_HOME=str(deal / "cache"))
    began = time.monotonic()
    subprocess.run(line, cwd=deal, env=environ, check=True, capture_output=True)
    whole = time.monotonic() - began
    new = (deal / "a.docx").read_bytes()
    chance = random.Random(7)
    for _ in range(24):
        (deal / "a.docx").write_bytes(b"old")
        with subprocess.Popen(
            line, cwd=deal, env=environ, stderr=subprocess.DEVNULL
        ) as running:
            time.sleep(chance.uniform(whole * 0.5, whole * 1.2))
            running.kill()
        assert (deal / "a.docx").read_bytes() in (b"old", new)
    done = closer("draft", TERMS, "-o", "a.docx", "--force", at=deal)
    assert done.returncode == 0
    assert (deal / "a.docx").read_bytes() == new
