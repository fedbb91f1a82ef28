"""Warnings of what parties forget: it is allowed, and it is regretted."""

from collections.abc import Iterator
from datetime import date

from closer.problems import Problem
from closer.terms.checks.finding import found, walk
from closer.terms.model import Terms
from closer.terms.reading import Agreed
from closer.terms.values import Period

_LATE = "contingencies.late_completion"


def a_sole_remedy_has_a_cap(agreed: Agreed) -> Iterator[Problem]:
    """Warn of damages that are the sole remedy and bound nothing."""
    risks = agreed.terms.contingencies
    late = risks.late_completion if risks else None
    if risks is None or late is None:
        return
    if late.sole_remedy == "for delay" and late.cap is None:
        yield found(
            agreed,
            "C05",
            f"{_LATE}.sole_remedy",
            "Damages for delay are the sole remedy and have no cap.",
            "Then they bound nothing, for either side.",
            "Add cap: 5%, or sole_remedy: no.",
        )


def what_belongs_to_a_notice_has_one(agreed: Agreed) -> Iterator[Problem]:
    """Refuse to say from when a notice runs, or what lateness costs, without one."""
    risks = agreed.terms.contingencies
    force = risks.force_majeure if risks else None
    if force is None or force.notice is not None:
        return
    for key in ("notice_from", "late_notice"):
        path = f"contingencies.force_majeure.{key}"
        if agreed.source.has(path):
            yield found(
                agreed,
                "C18",
                path,
                f"`{key}` speaks of a notice, and force majeure has no `notice`.",
                "Nothing runs, and nothing can be late, where no time was agreed.",
                f"Add notice: 5 days, or take {key} out.",
            )


def insurance_is_shown(agreed: Agreed) -> Iterator[Problem]:
    """Warn of insurance of which nobody ever sees a certificate."""
    insurance = agreed.terms.insurance
    if insurance and insurance.certificate is None:
        yield found(
            agreed,
            "C10",
            "insurance",
            "Nothing says when the certificate of insurance is handed over.",
            "An insurance that nobody has seen is found missing after the loss.",
            "Add certificate: 5 days before effective.",
        )


def months_are_counted_from_days_that_all_have(agreed: Agreed) -> Iterator[Problem]:
    """Warn of months counted from a day that shorter months do not have."""
    effective = agreed.terms.effective
    if not isinstance(effective, date) or effective.day < _LAST_OF_ALL:
        return
    path = _first_in_months(agreed.terms)
    if path is not None:
        yield found(
            agreed,
            "D09",
            "effective",
            f"Months are counted ({path}) from day {effective.day}, which some months "
            "do not have.",
            "The count then ends on the last day of a short month; say so aloud once.",
            "Begin on day 28 or earlier, or keep it knowingly.",
        )


_LAST_OF_ALL = 29


def _first_in_months(terms: Terms) -> str | None:
    for path, value in walk(terms.duration, "duration"):
        parts = value.parts if isinstance(value, Period) else ()
        if any(unit in ("month", "quarter") for _, unit in parts):
            return path
    return None


CHECKS = (
    a_sole_remedy_has_a_cap,
    what_belongs_to_a_notice_has_one,
    insurance_is_shown,
    months_are_counted_from_days_that_all_have,
)
