"""How long `closer due` takes over many deals, in a cold process.

Fills a register with N deals of 20 entries each (the rows that signing would have
computed, spread over three years) and asks what is due within 30 days.

    env -u PYTHONDONTWRITEBYTECODE python tests/benchmarks/due_portfolio.py [N ...]
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from closer.register.store import DueRow, Register

EACH = 20
TODAY = date(2026, 10, 4)
DAYS = 1096
STAKES = ("bar", "money", "duty", "watch")


def rows(number: int) -> list[DueRow]:
    """Return the rows of one deal, none of them overdue."""
    return [
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
    ]


def main(sizes: list[int]) -> None:
    """Print the curve."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.sqlite"
            with Register(str(path)) as register:
                for first in range(0, size, 1000):
                    with register.writing():
                        for number in range(first, min(size, first + 1000)):
                            register.replace_due(f"DEAL-{number:06}", rows(number))
            command = [sys.executable, "-m", "closer", "due", "--today", str(TODAY)]
            command += ["--register", str(path)]
            took = []
            for _ in range(7):
                start = time.perf_counter()
                done = subprocess.run(command, check=True, capture_output=True)
                took.append(time.perf_counter() - start)
            size_mib = path.stat().st_size / 2**20
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{size:7} deals {size_mib:7.1f} MiB  {statistics.median(took) * 1000:6.0f}"
            f" ms  {len(done.stdout.splitlines()):6} lines  peak {peak:.0f} MiB"
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100, 10_000, 100_000])
