"""A change of the sample deal, written in a few lines."""

from pathlib import Path

from closer.problems import Problem
from closer.terms.changes import Change, amended, read_change
from closer.terms.reading import Agreed

ROOT = Path(__file__).parents[2]
HURRICANE = ROOT / "samples/garage-remodel/change-1-hurricane.yaml"
HEAD = "amends: HOM-2026-014\neffective: 2026-10-05\n"


def change(changes: str, head: str = HEAD) -> Change:
    """Return a change with these lines under `changes`."""
    text = f"{head}changes:\n" + "".join(f"  {line}\n" for line in changes.split("\n"))
    found, problems = read_change(text, "change-1.yaml")
    assert found is not None, problems
    return found


def after(agreed: Agreed, *changes: str, head: str = HEAD) -> Agreed:
    """Return the terms after some changes, one after the other."""
    for one in changes:
        result, problems = amended(agreed, change(one, head))
        assert result is not None, "\n".join(map(str, problems))
        agreed = result
    return agreed


def faults(agreed: Agreed, text: str) -> list[Problem]:
    """Return what is wrong with a change file."""
    found, problems = read_change(text, "change-1.yaml")
    return amended(agreed, found)[1] if found else problems
