"""What every test may ask for: goldens, and a deal from a few lines of terms."""

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from inspect import cleandoc
from pathlib import Path

import pytest
from hypothesis import settings

from closer.terms.reading import Agreed, read_terms

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, max_examples=100
)
settings.load_profile("repeatable")

SPECIMEN = {
    "contract": "contract: construction",
    "title": "title: Garage Remodel Agreement",
    "reference": "reference: TEST-1",
    "effective": "effective: 2026-08-03",
    "currency": "currency: USD",
    "parties": """parties:
  client: {name: Ana Client, kind: company, address: 1 First Street}
  contractor: {name: Ben Builder, kind: company, address: 2 Second Street}""",
}
"""The sections without which nothing can be read; a test writes what it is about."""


def pytest_configure() -> None:
    """Let no test see the files of whoever runs it, and Ctrl-C reach what it starts.

    A shell that runs the tests in the background has them ignore Ctrl-C, and what they
    start would inherit that.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    home = Path(tempfile.mkdtemp(prefix="closer-tests-"))
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(home / name.lower())
    os.environ.pop("CLOSER_CACHE", None)
    atexit.register(shutil.rmtree, home, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew instead of comparing with them",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with tests/golden/NAME, or write it with --update-golden."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        wanted = file.read_text(encoding="utf-8") if file.exists() else ""
        assert text == wanted, f"{file} differs; --update-golden writes it anew"

    return compare


def completed(text: str) -> str:
    """Return terms with the sections that every deal must have."""
    given = {line.partition(":")[0] for line in text.splitlines()}
    rest = (lines for key, lines in SPECIMEN.items() if key not in given)
    return "\n".join([text, *rest]) + "\n"


@pytest.fixture
def agreed(request: pytest.FixtureRequest) -> Agreed:
    """Return the deal in the docstring of the test, completed from a specimen."""
    text = completed(cleandoc(request.function.__doc__ or ""))
    deal, problems = read_terms(text, "agreed.yaml")
    assert deal is not None, "\n".join(str(problem) for problem in problems)
    return deal


@pytest.fixture
def problems_in() -> Callable[[str], list[str]]:
    """Return a reader of a few lines of terms that gives `CODE path` for each fault."""

    def read(text: str) -> list[str]:
        _, problems = read_terms(completed(cleandoc(text)), "agreed.yaml")
        return [f"{problem.code} {problem.path}".strip() for problem in problems]

    return read


@pytest.fixture(scope="session")
def sample() -> Agreed:
    """Return the deal of samples/garage-remodel."""
    text = (ROOT / "samples/garage-remodel/agreed.yaml").read_text(encoding="utf-8")
    deal, problems = read_terms(text, "agreed.yaml")
    assert deal is not None, "\n".join(str(problem) for problem in problems)
    return deal
