"""What is wrong in what the user wrote: a value, never an exception.

Every room makes problems; only `cli` prints them. Whether a code stops a contract is
said in one table here, so that nobody has to search for it.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]

WARNINGS: frozenset[str] = frozenset(
    {
        *(
            "A19",
            "AM05",
            "AM08",
            "C01",
            "C02",
            "C03",
            "C04",
            "C05",
            "C06",
            "C10",
            "C13",
        ),
        *("C15", "C16", "CL03", "CL07", "D02", "D03", "D09", "D20", "D30", "D40"),
        *("C08", "C17", "D04", "D12", "D14", "D17", "D18", "K03", "K04", "K05", "K06"),
        *("G02", "K10"),
        *("P03", "P14", "P16", "P17", "P18", "P19", "P21", "P24", "P25", "P26"),
        *("P27", "P28", "P30", "P41", "P42", "R01", "R02", "S01", "S02", "S03", "T01"),
    }
)
"""Codes that are listed but stop nothing; every other code is an error."""


def severity_of(code: str) -> Severity:
    """Return whether a code stops a contract (`error`) or is only listed."""
    return "warning" if code in WARNINGS else "error"


class Place(NamedTuple):
    """Where something stands in a file: 1-based line and column, as editors count."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One thing wrong, with its place, the reason it matters, and the way out."""

    code: str
    where: Place
    path: str
    what: str
    why: str
    remedy: str

    @property
    def severity(self) -> Severity:
        """Whether this stops a contract (`error`) or is only listed (`warning`)."""
        return severity_of(self.code)

    def __str__(self) -> str:
        return f"{self.where}: {self.code} {self.what} {self.why} {self.remedy}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return those problems that stop a contract."""
    return [problem for problem in problems if problem.severity == "error"]
