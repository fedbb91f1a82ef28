"""How long an amendment takes, cold: redline, conformed copy and calendar with it.

One process from nothing to six files on disk, the sample of the demo; the promise is
two seconds. The library's own first run fills a cache and is not counted.

    env -u PYTHONDONTWRITEBYTECODE python tests/benchmarks/amend_cold.py [TIMES]
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "samples" / "garage-remodel"
PROMISE = 2.0


def main(times: int) -> int:
    """Run the command some times and print the median; 1 if the promise is broken."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "closer", "amend"]
        command += [
            str(SAMPLE / "agreed.yaml"),
            str(SAMPLE / "change-1-hurricane.yaml"),
        ]
        command += ["-o", folder, "--force"]
        subprocess.run(command, check=True, capture_output=True)
        taken = []
        for _ in range(times):
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            taken.append(time.perf_counter() - start)
        made = sorted(path.name for path in Path(folder).iterdir())
    median = statistics.median(taken)
    print(f"{len(made)} files: {', '.join(made)}")
    print(f"  closer amend   {median:.2f} s, median of {times} cold processes")
    return int(median > PROMISE)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
