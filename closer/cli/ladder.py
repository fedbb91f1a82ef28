"""The ladder of a deal: which step an issue stands on, and the day that step ends."""

from datetime import date
from typing import NamedTuple

from closer.cli.schedule import read_shapes
from closer.followup.clocks import dispute_days
from closer.register.folding import Issue
from closer.terms.model import Terms


class Step(NamedTuple):
    """One step of a dispute: its kind, its name, its first day, and its last if any."""

    kind: str
    name: str
    begins: date
    ends: date | None


def ladder(terms: Terms, notified: date) -> list[Step]:
    """Return the steps of a deal with their days, if the notice is given on a day.

    A step begins when the one before has ended; the last one has no end.
    """
    names = read_shapes().words["steps"]
    return [
        Step(kind, names[kind], begins, ends)
        for kind, begins, ends in dispute_days(terms, notified)
    ]


def stands(issue: Issue, now: date) -> str:
    """Say on which step an issue stands, and until when."""
    if issue.settled is not None:
        outcome = f": {issue.outcome}" if issue.outcome else ""
        return f"settled on {issue.settled}{outcome}"
    if not issue.step:
        return "noted; no notice of dispute yet"
    name = read_shapes().words["steps"][issue.step]
    if issue.ends is None:
        return f"{name}, open since {issue.began}"
    if issue.ends < now:
        return (
            f"{name} ended on {issue.ends}: settle it, or escalate it to the next step"
        )
    return f"{name}, until {issue.ends}"
