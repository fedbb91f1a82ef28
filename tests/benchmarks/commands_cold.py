"""How long each command takes in a cold process: usually, and when it is the first.

Processor time, which other processes disturb less than the clock; the commands run turn
about, so that what disturbs one disturbs all. The first run knows nothing of earlier
ones: it understands the clauses, asks the library of holidays, and has docxtpl read the
house style.

    env -u PYTHONDONTWRITEBYTECODE python tests/benchmarks/commands_cold.py [TIMES]
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

ROOT = Path(__file__).parents[2]
DEAL = ROOT / "samples" / "garage-remodel"
TERMS, CHANGE = str(DEAL / "agreed.yaml"), str(DEAL / "change-1-hurricane.yaml")
COMMANDS = {
    "--version": ["--version"],
    "--help": ["--help"],
    "check": ["check", TERMS],
    "summary": ["summary", TERMS, "-o", "summary.docx", "--force"],
    "draft": ["draft", TERMS, "-o", "contract.docx", "--force"],
    "schedule": ["schedule", TERMS, "-o", "schedule.ics"],
    "amend": ["amend", TERMS, CHANGE, "-o", ".", "--force"],
}


def processor(arguments: list[str], at: str, cache: str) -> float:
    """Run closer in a folder; return for how many milliseconds it kept a core busy."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CLOSER_CACHE": cache}
    command = [sys.executable, "-m", "closer", *arguments]
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, cwd=at, env=environment, check=True, capture_output=True)
    after = getrusage(RUSAGE_CHILDREN)
    user, system = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
    return (user + system) * 1000


def main(times: int) -> None:
    """Print a line for each command."""
    usual: dict[str, list[float]] = {name: [] for name in COMMANDS}
    first: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as at:
        cache = str(Path(at) / "cache")
        for arguments in COMMANDS.values():
            processor(arguments, at, cache)
        for _ in range(times):
            for name, arguments in COMMANDS.items():
                usual[name].append(processor(arguments, at, cache))
                first[name].append(processor(arguments, at, "off"))
    print(f"processor time in ms, medians of {times}: usually, and in a first run")
    for name in COMMANDS:
        medians = statistics.median(usual[name]), statistics.median(first[name])
        print(f"  closer {name:12} {medians[0]:6.0f} {medians[1]:6.0f}")


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
