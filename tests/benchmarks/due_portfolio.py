"""How long `closer due` and `closer register import` take over many deals, cold.

Writes N deals of 20 entries each as JSON lines (the rows that signing would have
computed, spread over three years), imports them, and asks what is due within 30 days:
in SQLite, and in PostgreSQL where it is installed.

    env -u PYTHONDONTWRITEBYTECODE python tests/benchmarks/due_portfolio.py [N ...]
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import psycopg

sys.path.insert(0, str(Path(__file__).parents[1]))

from postgres import installed, served

from closer.cli.signed import our_maker
from closer.register.journal import entered
from closer.register.moving import Due
from closer.register.rows import DueRow

EACH, RUNS, DAYS = 20, 7, 1096
TODAY = date(2026, 10, 4)
STAKES = ("bar", "money", "duty", "watch")


def rows(number: int) -> tuple[DueRow, ...]:
    """Return the rows of one deal, none of them overdue."""
    return tuple(
        DueRow(
            ref=f"DEAL-{number:06}",
            uid=f"{number}-{place}",
            kind="obligation",
            stake=STAKES[place % len(STAKES)],
            day=TODAY + timedelta((number * 7 + place * 53) % DAYS + 20),
            state="open",
            title=f"Duty {place} of deal {number}",
            party="client",
            term=f"obligations.duty-{place}",
            provision="section 3.2 (Duties)",
            reason="Agreed.",
        )
        for place in range(EACH)
    )


def lines(size: int) -> Iterator[bytes]:
    """Yield the portfolio as `closer register export` would."""
    at, maker = datetime(2026, 8, 1, 9, tzinfo=UTC), our_maker()
    for number in range(size):
        ref = f"DEAL-{number:06}"
        data: dict[str, object] = {"name": "agreed.yaml", "text": "", "digest": ref}
        entry = entered(
            [], ref, "signed", on=date(2026, 8, 1), at=at, who="bench", data=data
        )
        yield msgspec.json.encode(entry)
        yield msgspec.json.encode(Due(ref, maker, rows(number)))


def timed(*arguments: str) -> tuple[float, int]:
    """Run a command; return its seconds and the lines that it printed."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "closer", *arguments]
    done = subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start, len(done.stdout.splitlines())


def measured(name: str, where: str, size: int, file: Path) -> None:
    """Import a portfolio into a register and ask what is due of it."""
    took, _ = timed("register", "import", str(file), "--register", where)
    asked = ("due", "--brief", "--today", str(TODAY), "--register", where)
    found = [timed(*asked) for _ in range(RUNS)]
    seconds = statistics.median(each for each, _ in found)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{name:10} {size:7} deals  import {size / took:6.0f} deals/s  "
        f"due {seconds * 1000:5.0f} ms  {found[0][1]:6} lines  peak {peak:.0f} MiB",
        flush=True,
    )


def main(sizes: list[int]) -> None:
    """Print the curve of each kind of register."""
    start = statistics.median(timed("--version")[0] for _ in range(RUNS))
    print(f"closer --version {start * 1000:.0f} ms")
    with served() if installed() else nullcontext("") as address:
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "all.jsonl"
                with file.open("wb") as out:
                    out.writelines(line + b"\n" for line in lines(size))
                measured("SQLite", str(Path(folder) / "r.sqlite"), size, file)
                if address:
                    name = f"portfolio_{size}"
                    with psycopg.connect(f"{address}/postgres", autocommit=True) as at:
                        at.execute(f"CREATE DATABASE {name}".encode())
                    measured("PostgreSQL", f"{address}/{name}", size, file)


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main([int(size) for size in sys.argv[1:]] or [100, 10_000, 100_000])
