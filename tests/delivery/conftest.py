"""Real CalDAV servers, and the command that publishes to them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parent))

from deals_to_send import needed
from servers import PASSWORD, USER, radicale, xandikos

from closer.cli import closer

SERVERS: dict[str, Callable[[Path], AbstractContextManager[str]]] = {
    "radicale": radicale,
    "xandikos": xandikos,
}


@pytest.fixture(params=SERVERS, scope="session")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a calendar, not yet made, on each of two real servers."""
    needed(request.param)
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as url:
        yield url


@pytest.fixture
def collection(server: str, request: pytest.FixtureRequest) -> str:
    """An address of its own for each test."""
    name = "".join(sign for sign in request.node.name if sign.isalnum())
    return server.replace("/deals/", f"/{name[:80]}/")


@pytest.fixture(autouse=True)
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home, a login and no proxy, as long as a test runs."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("CLOSER_CALDAV_USER", USER)
    monkeypatch.setenv("CLOSER_CALDAV_PASSWORD", PASSWORD)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run `closer` and expect an exit code (0 unless told)."""

    def invoke(*arguments: object, code: int = 0) -> Result:
        result = CliRunner().invoke(closer, [str(each) for each in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        said = result.stderr + result.stdout
        assert result.exit_code == code, said
        assert PASSWORD not in said
        return result

    return invoke
