"""The command line as a test runs it: in a folder and with a register of its own."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from postgres import served

from closer.cli import closer

ROOT = Path(__file__).parents[2]
GARAGE = ROOT / "samples" / "garage-remodel"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `closer` with some arguments and expect an exit code (0 unless told)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("CLOSER_REGISTER", raising=False)

    def invoke(*arguments: object, code: int = 0) -> Result:
        runner = CliRunner()
        result = runner.invoke(closer, [str(a) for a in arguments])
        unexpected = result.exception
        if unexpected is not None and not isinstance(unexpected, SystemExit):
            raise unexpected
        assert result.exit_code == code, result.stderr + result.stdout
        return result

    return invoke


@pytest.fixture
def deal(tmp_path: Path, run: Run) -> Path:
    """A copy of the garage sample in the folder of the test."""
    del run
    for name in ("agreed.yaml", "change-1-hurricane.yaml"):
        (tmp_path / name).write_bytes((GARAGE / name).read_bytes())
    return tmp_path / "agreed.yaml"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own."""
    with served() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def register(
    request: pytest.FixtureRequest,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """Where the register of this test lies: in a file, and in PostgreSQL."""
    del run
    where = str(tmp_path / "register.sqlite")
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres")
        name = f"t{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:16]}"
        with psycopg.connect(f"{address}/postgres", autocommit=True) as base:
            base.execute(f"CREATE DATABASE {name}")
        where = f"{address}/{name}"
    monkeypatch.setenv("CLOSER_REGISTER", where)
    return where
