"""What the documents tell stands: commands, lines to type, tests, paths, pictures."""

import os
import re
import shlex
import shutil
import sys
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from http import HTTPStatus
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parent / "delivery"))

from servers import PASSWORD, USER, radicale

from closer.cli import COMMANDS, closer
from closer.terms.days import business_days
from closer.terms.reading import read_terms

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("samples/*/README.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SAMPLES = sorted(page.parent for page in ROOT.glob("samples/*/README.md"))


SERVER = "https://dav.example/me/deals/"
"""The calendar that the pages publish to; a test puts a real one in its place."""


def run(line: str, calendar: str = SERVER) -> Result:
    """Type a line, as a shell reads it."""
    words = [
        found
        for word in shlex.split(line.replace(SERVER, calendar))[1:]
        for found in (sorted(map(str, Path().glob(word))) if "*" in word else [word])
    ]
    return CliRunner().invoke(closer, words, catch_exceptions=False)


def lines_to_type(text: str) -> list[str]:
    """Return the lines that begin with `closer` in a page's code blocks."""
    fenced = "\n".join(
        re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    )
    indented = "\n".join(re.findall(r"^    (closer .*)$", text, re.MULTILINE))
    found = re.findall(r"^(?:\.venv/bin/)?(closer .*)$", fenced, re.MULTILINE)
    return [line.split("  #")[0] for line in found + indented.splitlines()]


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the reader's own, with a copy of the samples."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A calendar on a real server; without Radicale the tests that need it skip."""
    if find_spec("radicale") is None:
        if os.environ.get("CI"):
            pytest.fail("radicale is not installed, and CI must have it")
        pytest.skip("radicale is not installed here")
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        login = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        parts = urlsplit(url)
        asked = HTTPConnection(parts.netloc)
        asked.request(
            "MKCALENDAR", parts.path, headers={"Authorization": f"Basic {login}"}
        )
        assert asked.getresponse().status == HTTPStatus.CREATED
        asked.close()
        yield url


@pytest.fixture
def calendar(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of that calendar; the login stands where the README says."""
    monkeypatch.setenv("CLOSER_CALDAV_USER", USER)
    monkeypatch.setenv("CLOSER_CALDAV_PASSWORD", PASSWORD)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return server


OF_A_SIGNED_DEAL = frozenset(
    [
        "due",
        "record",
        "measure",
        "raise",
        "settle",
        "escalate",
        "undo",
        "schedule",
        "review",
        "report",
        "log",
        "register",
    ]
)
"""Commands whose examples speak of the sample once it is signed."""


OTHER_DEALS = {
    "garage-remodel/agreed.yaml": "garage.yaml",
    "garage-remodel/change-1-hurricane.yaml": "garage-change-1.yaml",
    "studio-services/agreed.yaml": "studio.yaml",
}
"""What the example of a feed of several deals names, by the sample that it is."""


def _signed(name: str, beside: Path) -> None:
    """Sign the sample as the reader of an example has; for `settle`, raise an issue."""
    run("closer sign agreed.yaml --on 2026-07-31")
    (beside / "all.jsonl").write_text(run("closer register export").stdout)
    if name in ("settle", "escalate", "undo"):
        run('closer raise HOM-2026-014 "It drains to the house"')


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_works(
    name: str,
    beside: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    calendar = request.getfixturevalue("calendar") if name == "publish" else SERVER
    monkeypatch.setenv("CLOSER_REGISTER", str(beside / "register.sqlite"))
    told = " ".join(run(f"closer {name} --help").stdout.split())
    _, word, examples = told.rpartition("Example")
    assert word
    shutil.copy(beside / "samples/garage-remodel/agreed.yaml", beside)
    change = "samples/garage-remodel/change-1-hurricane.yaml"
    shutil.copy(beside / change, beside / "change-1.yaml")
    for there, here in OTHER_DEALS.items():
        shutil.copy(beside / "samples" / there, beside / here)
    shutil.copytree(ROOT / "clauses", beside / "my-clauses")
    monkeypatch.chdir(beside)
    if name in OF_A_SIGNED_DEAL:
        _signed(name, beside)
    for drafted in ("theirs.docx", "signed.docx"):
        run(f"closer draft agreed.yaml -o {drafted}")
    if name == "redline":
        run("closer conform agreed.yaml change-1.yaml -o conformed-1.docx")
    for example in examples.split(":", 1)[1].split("\u00b7"):
        assert example.split()[:2] == ["closer", name]
        result = run(example, calendar)
        assert result.exit_code in (0, 1 if name == "due" else 0), result.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert any(line.startswith(f"closer {name}") for line in lines_to_type(README))


def test_the_lines_of_the_readme_are_typed(
    beside: Path, calendar: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOSER_REGISTER", str(beside / "register.sqlite"))
    monkeypatch.chdir(beside / "samples" / "garage-remodel")
    lines = lines_to_type(README)
    assert len(lines) > 6
    for line in lines:
        result = run(line, calendar)
        assert result.exit_code == 0, (line, result.stderr)
    for name in ("out/contract.docx", "out/schedule.ics", "out/reasons-1.md"):
        assert Path(name).is_file(), "the README tells to open it"
        assert name in README


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_lines_of_a_sample_are_typed(
    sample: Path, beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(beside / "samples" / sample.name)
    page = (sample / "README.md").read_text(encoding="utf-8")
    lines = lines_to_type(page)
    wanted = {"draft", "schedule"} | ({"amend"} if _changes(sample) else set())
    assert {line.split()[1] for line in lines} >= wanted
    for line in lines:
        result = run(line)
        assert result.exit_code == 0, (line, result.stderr)
    for name in re.findall(r"`([\w-]+\.(?:docx|ics|md|yaml))`", page):
        assert list(Path().rglob(name)), f"{name} is named and not there"


def _changes(sample: Path) -> list[Path]:
    return sorted(sample.glob("change-*.yaml"))


@pytest.mark.parametrize(
    "sample", [*filter(_changes, SAMPLES)], ids=lambda sample: sample.name
)
def test_the_days_and_sums_of_a_sample_are_those_that_closer_says(
    sample: Path, beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each `Friday 30 July 2027` of the tables stands in what the lines print."""
    monkeypatch.chdir(beside / "samples" / sample.name)
    page = (sample / "README.md").read_text(encoding="utf-8")
    told = ""
    for line in lines_to_type(page):
        told += run(f"{line} --json" if line.endswith("agreed.yaml") else line).output
    for file in Path("amendment").iterdir():
        if file.suffix != ".docx":
            told += file.read_text(encoding="utf-8")
    table = [line for line in page.splitlines() if line.startswith("|")]
    days = [
        day
        for line in table
        if "the same by" not in line
        for day in re.findall(r"(\w+day \d+ \w+ \d{4}) \|", line)
    ]
    assert len(days) > 3
    for written in days:
        weekday, _, day = written.partition(" ")
        assert _iso(day) in told or _compact(day) in told, day
        assert f"{date.fromisoformat(_iso(day)):%A}" == weekday, written
    for money in re.findall(r"USD [\d,]+\.\d\d", page):
        assert money in told.replace("\u00a0", " "), money


MONTHS = "January February March April May June July August September October"
NUMBERED = {m: n for n, m in enumerate([*MONTHS.split(), "November", "December"], 1)}


def _iso(day: str) -> str:
    number, month, year = day.split()
    return f"{year}-{NUMBERED[month]:02}-{int(number):02}"


def _compact(day: str) -> str:
    return _iso(day).replace("-", "")


@pytest.mark.parametrize(("means", "takes"), [("courier", 2), ("post", 10)])
def test_a_notice_by_slower_means_is_counted_back_from_the_strict_day(
    means: str, takes: int
) -> None:
    """`the same by courier (2 business days)`: a day later would be too late."""
    sample = ROOT / "samples" / "studio-services"
    page = (sample / "README.md").read_text(encoding="utf-8")
    written = re.search(rf"by {means}\b.*\({takes} business .*day (\d.*) \|", page)
    agreed, _ = read_terms((sample / "agreed.yaml").read_text("utf-8"), "agreed.yaml")
    assert written
    assert agreed
    open_days = business_days(agreed.terms.time)
    sent, strict = date.fromisoformat(_iso(written[1])), date(2027, 8, 1)

    assert open_days.why_not(sent) is None
    assert open_days.add(sent, takes).date <= strict
    next_day = open_days.add(sent, 1).date
    assert open_days.add(next_day, takes).date > strict


def test_the_readme_shows_pictures_that_are_there() -> None:
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert len(shown) >= 3
    begins = {".png": b"\x89PNG\r\n", ".svg": b"<svg"}
    for name in shown:
        content = (ROOT / name).read_bytes()
        assert content.lstrip().startswith(begins[Path(name).suffix]), name
        assert len(content) > 1000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_to_a_file_is_dead(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    dead = [link for link in links if not (page.parent / link).exists()]
    assert dead == []


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/.-]+)`", README))
    assert len(named) > 10
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_promise_of_the_table_names_a_test_that_asserts() -> None:
    table = README.partition("| promise | test |")[2].partition("\n\n")[0]
    rows = [row for row in table.splitlines()[2:] if row.startswith("|")]
    assert len(rows) >= 10
    for row in rows:
        files = re.findall(r"`(tests/[\w/]+\.py)`", row)
        assert files, row
        for file in files:
            text = (ROOT / file).read_text(encoding="utf-8")
            assert "def test_" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    """Folders and files of the project, named in code style."""
    tops = "closer|clauses|templates|tests|samples|docs|drafting|followup|formats"
    text = page.read_text(encoding="utf-8")
    named = re.findall(rf"`((?:{tops})/[\w/.-]*)`", text)
    rooms = (ROOT, ROOT / "closer")
    missing = [n for n in named if not any((room / n).exists() for room in rooms)]
    assert missing == []


def test_the_wishes_of_contributing_have_a_place_that_is_there() -> None:
    table = CONTRIBUTING.partition("| wish | the one place |")[2].partition("\n\n")[0]
    rows = [row for row in table.splitlines()[2:] if row.startswith("|")]
    places = [place for row in rows for place in re.findall(r"`(\w+/[^`]*)`", row)]
    assert len(rows) >= 9
    assert len(places) >= 8
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_the_targets_that_are_told_are_made_by_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for text in (README, CONTRIBUTING):
        for target in re.findall(r"\bmake ([a-z]+)", text):
            if target != "makes":
                assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_no_message_and_no_page_names_a_command_that_there_is_not() -> None:
    """A remedy that cannot be typed is worse than none."""
    places = [
        *PAGES,
        *(ROOT / "closer").rglob("*.py"),
        *(ROOT / "samples").rglob("*.yaml"),
        *(ROOT / "clauses").rglob("*.*"),
        *(ROOT / "templates").rglob("*.toml"),
    ]
    wrong = [
        f"{file.relative_to(ROOT)}: closer {word}"
        for file in places
        for word in re.findall(r"`closer ([a-z]+)", file.read_text(encoding="utf-8"))
        if word not in COMMANDS
    ]
    assert wrong == []
