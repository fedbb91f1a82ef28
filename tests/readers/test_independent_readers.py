"""Eight independent readers, three viewers' zones, ten years: one set of days.

Five of Python (khal imports the file into a calendar, as a person would), two of
JavaScript (the engines of Thunderbird's and many a web calendar) and libical, each in a
process of its own whose zone is the viewer's.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from absent import missing
from expecting import EFFECTIVE, FROM, SCHEDULES, TO, hurricane, ours, titles
from scheduling import GARAGE, ROOT, planned, sample

from closer.formats.ical import write
from closer.formats.merging import over

pytestmark = pytest.mark.slow
VIEWS = Path(__file__).parent / "views"
ZONES = ("America/New_York", "Europe/Berlin", "Pacific/Auckland")
PYTHON = ("recurring_ical_events", "ical", "icalevents", "vobject", "khal")
NODE = ("ical.js", "node-ical")
READERS = (*PYTHON, *NODE, "libical")
REVISED = "revision over the first"
Row = tuple[str, str, str]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every schedule as a file, and a revision imported over the first."""
    folder = tmp_path_factory.mktemp("calendars")
    data = {name: write(make()) for name, make in SCHEDULES.items()}
    data[REVISED] = over(write(planned(sample(GARAGE))), write(hurricane()))
    paths = {name: folder / f"{n}.ics" for n, name in enumerate(data)}
    for name, path in paths.items():
        path.write_bytes(data[name])
    return paths


@cache
def seen(reader: str, zone: str, paths: tuple[str, ...]) -> dict[str, set[Row]]:
    """Return what a reader in a zone sees of each file, without what is cancelled."""
    view = _libical if reader == "libical" else _node if reader in NODE else _python
    return {
        path: {(u, s, t) for u, s, t, status in rows if status != "CANCELLED"}
        for path, rows in view(reader, zone, paths).items()
    }


def _run(command: list[str], zone: str, text: str = "") -> str:
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "TZ": zone, "PYTHONUTF8": "1"},
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def _python(
    reader: str, zone: str, paths: tuple[str, ...]
) -> dict[str, list[list[str]]]:
    if find_spec(reader) is None:
        missing(reader)
    script = [sys.executable, str(VIEWS / "python_view.py"), str(FROM), str(TO)]
    return json.loads(_run([*script, reader], zone, json.dumps(paths)))[reader]


def _node(reader: str, zone: str, paths: tuple[str, ...]) -> dict[str, list[list[str]]]:
    node = shutil.which("node")
    if node is None:
        missing("node")
    folder = Path(os.environ.get("CLOSER_READERS", ROOT / ".readers"))
    if not (folder / "node_modules" / reader).is_dir():
        missing(f"the npm package {reader} in {folder.name}/node_modules")
    script = [str(node), str(VIEWS / "node_view.mjs"), str(FROM), str(TO)]
    told = _run([*script, str(folder), reader], zone, json.dumps(paths))
    return json.loads(told)[reader]


def _libical(
    _reader: str, zone: str, paths: tuple[str, ...]
) -> dict[str, list[list[str]]]:
    program = _compiled(str(Path(paths[0]).parent / "libical_view"))
    low, high = (
        str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
        for day in (FROM, TO)
    )
    found: dict[str, list[list[str]]] = {}
    for path in paths:
        lines = _run([program, path, low, high], zone).splitlines()
        parts = [line.split("\t", 3) for line in lines]
        found[path] = [[uid, day, title, status] for uid, day, status, title in parts]
    return found


@cache
def _compiled(program: str) -> str:
    compiler = shutil.which("cc")
    if compiler is None or not Path("/usr/include/libical/ical.h").exists():
        missing("libical with its headers, or a C compiler,")
    source = str(VIEWS / "libical_view.c")
    command = [str(compiler), "-w", source, "-o", program, "-lical"]
    subprocess.run(command, check=True, capture_output=True)
    return program


@pytest.fixture(params=READERS)
def view(
    request: pytest.FixtureRequest, files: dict[str, Path]
) -> Callable[[str, str], set[Row]]:
    """What one reader sees of a file in a zone."""
    paths = tuple(map(str, files.values()))

    def look(name: str, zone: str) -> set[Row]:
        return seen(request.param, zone, paths)[str(files[name])]

    return look


def expected(name: str) -> set[Row]:
    """Return what the data says: UID, day or instant, title."""
    found = hurricane() if name == REVISED else SCHEDULES[name]()
    shown = titles(found)
    return {
        (uid, start.replace("+00:00", "Z"), shown[uid]) for uid, start, _ in ours(found)
    }


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("name", SCHEDULES)
def test_every_reader_in_every_zone_sees_the_days_that_we_say(
    name: str, zone: str, view: Callable[[str, str], set[Row]]
) -> None:
    wanted = expected(name)
    assert len(wanted) > 100
    assert view(name, zone) == wanted


@pytest.mark.parametrize("zone", ZONES)
def test_a_revision_over_the_first_is_from_then_on_what_a_fresh_import_is(
    zone: str, view: Callable[[str, str], set[Row]]
) -> None:
    since = EFFECTIVE.isoformat()
    live = {each for each in view(REVISED, zone) if each[1] >= since}
    assert live == {each for each in expected(REVISED) if each[1] >= since}
