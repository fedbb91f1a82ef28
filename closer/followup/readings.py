"""A reading held against its target: met, missed, or on the way to a miss."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from closer.terms.rhythms import Target

Verdict = Literal["met", "missed", "worsening"]
_A_TREND = 3


def verdict(target: Target, values: Sequence[Decimal]) -> Verdict:
    """Judge the last reading, and where the last three lead.

    `worsening`: met so far, but each of the last three was worse than the one before,
    and one more step of the same length would miss the target.
    """
    last = values[-1]
    if not reaches(target, last):
        return "missed"
    recent = values[-_A_TREND:]
    steps = [after - before for before, after in pairwise(recent)]
    worse = [step < 0 if target.bound == "at least" else step > 0 for step in steps]
    if len(recent) == _A_TREND and all(worse):
        next_one = last + sum(steps, Decimal(0)) / len(steps)
        if not reaches(target, next_one):
            return "worsening"
    return "met"


def reaches(target: Target, value: Decimal) -> bool:
    """Whether a value is at least, or at most, what was agreed."""
    if target.bound == "at least":
        return value >= target.value
    return value <= target.value


def impossible(target: Target, value: Decimal) -> bool:
    """Whether no reading of this benchmark can be such a value."""
    return value < 0 or (target.unit == "%" and value > 100)
