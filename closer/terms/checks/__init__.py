"""Checks on the terms alone: all of them run, and all that they find is told at once.

A new check is a function here, in the family it belongs to, and its name in that
family's `CHECKS`. Codes: D days, M money, N names, K people, P disputes, S signing, C
contingencies, R renewal, CL closing; which of them only warn stands in `problems.py`.
"""

from closer.problems import Problem
from closer.terms.checks import (
    bargain,
    calendar,
    closing,
    forum,
    gaps,
    names,
    order,
    parties,
    risks,
    signing,
    sums,
    tribunal,
    windows,
)
from closer.terms.checks.assumptions import Assumption, assumptions
from closer.terms.checks.finding import Check
from closer.terms.checks.open_points import OpenPoint, open_points
from closer.terms.reading import Agreed

CHECKS: tuple[Check, ...] = (
    *parties.CHECKS,
    *names.CHECKS,
    *calendar.CHECKS,
    *order.CHECKS,
    *sums.CHECKS,
    *forum.CHECKS,
    *tribunal.CHECKS,
    *bargain.CHECKS,
    *risks.CHECKS,
    *gaps.CHECKS,
    *signing.CHECKS,
    *windows.CHECKS,
    *closing.CHECKS,
)

__all__ = [
    "CHECKS",
    "Assumption",
    "Check",
    "OpenPoint",
    "assumptions",
    "check",
    "open_points",
]


def check(agreed: Agreed) -> list[Problem]:
    """Return everything that is wrong with what was agreed, in the file's order."""
    problems = [problem for one in CHECKS for problem in one(agreed)]
    return sorted(problems, key=lambda problem: (problem.where, problem.code))
