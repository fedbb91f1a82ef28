"""How long `closer check` takes in a cold process, on the largest sample.

env -u PYTHONDONTWRITEBYTECODE python tests/benchmarks/check_cold.py [TIMES]
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def largest() -> Path:
    """Return the terms file of the largest sample."""
    return max(
        (ROOT / "samples").glob("*/agreed.yaml"), key=lambda file: file.stat().st_size
    )


def seconds(times: int) -> list[float]:
    """Return how long each of some runs took; a first one that warms the disk is not
    counted.
    """
    command = [sys.executable, "-m", "closer", "check", str(largest())]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    taken = []
    for _ in range(times + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        taken.append(time.perf_counter() - start)
    return taken[1:]


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    runs = seconds(wanted)
    sys.stdout.write(
        f"closer check {largest().parent.name}: median {statistics.median(runs):.3f} s"
        f" of {wanted}, quickest {min(runs):.3f} s\n"
    )
