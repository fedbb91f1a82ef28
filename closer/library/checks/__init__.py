"""The checks of a library, and of a deal held against it."""

from closer.library.checks.deal import deal_checks
from closer.library.shapes import Library
from closer.problems import Problem

__all__ = ["check", "deal_checks"]


def check(library: Library) -> list[Problem]:
    """Return everything that could go wrong with a deal drafted from a library."""
    from closer.library.checks import whole  # noqa: PLC0415 - no deal needs it

    return whole.check(library)
