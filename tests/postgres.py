"""A PostgreSQL of the tests' own: started on the loopback, gone when they end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = "closer"


@contextmanager
def served() -> Iterator[str]:
    """Start a server; give its address without a database.

    It refuses to run as root, as which CI runs: then it runs as Debian's postgres user,
    in a folder that this user can reach.
    """
    programs = _programs()
    if programs is None:
        reason = "PostgreSQL is not installed (apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder, port = Path(tempfile.mkdtemp(prefix="closer-postgres-")), _free_port()
    data = folder / "data"
    data.mkdir(mode=0o700)
    folder.chmod(0o755)
    as_user: list[str] = []
    if os.geteuid() == 0:
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(data, "postgres")
    options = f"-h 127.0.0.1 -p {port} -k {data} -c fsync=off"
    control = [*as_user, programs / "pg_ctl", "-w", "-D", data]
    initdb = [*as_user, programs / "initdb", "-A", "trust", "-U", USER, "-D", data]
    _quietly(initdb)
    _quietly([*control, "-l", data / "log", "-o", options, "start"])
    try:
        yield f"postgresql://{USER}@127.0.0.1:{port}"
    finally:
        _quietly([*control, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _quietly(command: Sequence[object]) -> None:
    words = [str(word) for word in command]
    subprocess.run(
        words, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )


def installed() -> bool:
    """Whether a server can be started here."""
    return _programs() is not None


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
