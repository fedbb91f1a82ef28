"""Contingencies as data, held against the wording: row and clause say one thing.

What a row names must be a term, and each of its terms must be printed, or decided
upon, by one of the clauses that it lists. No clause of a row states days of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from closer.library.conditions import Condition
from closer.library.fields import NoSuchPath, kinds_at
from closer.library.prose import Blank
from closer.library.shapes import Clause, Library
from closer.problems import Place, Problem
from closer.terms.contingencies import Contingencies

FILE = "clauses/data/contingencies.toml"
_WORDS: Mapping[str, frozenset[str]] = {
    "who": frozenset({"performer", "recipient", "affected", "either"}),
    "to": frozenset({"performer", "recipient", "other"}),
    "clock": frozenset({"began", "aware", "none"}),
    "notice": frozenset({"none"}),
    "relief": frozenset({"time", "cost", "end", "none"}),
    "late": frozenset({"none"}),
    "ends": frozenset({"none"}),
}
"""What may stand in a row instead of a path of the terms."""

_A_LENGTH = re.compile(r"\b\d+ (?:<?Business Days?>?|(?:hour|day|week|month|year)s?)\b")
_CALENDAR = re.compile(r"\[[^\]]*\]")


def rows_and_wording_agree(library: Library) -> Iterator[Problem]:
    """Yield what a row of data and the clauses that it lists do not say alike."""
    if not library.contingencies:
        return
    for name in Contingencies.__struct_fields__:
        if name not in library.contingencies:
            said = f"The contingency {name} has no row."
            yield _problem(name, said, "Add a row for it.")
    for name, row in library.contingencies.items():
        yield from _row(library, name, row)


def _row(library: Library, name: str, row: Mapping[str, object]) -> Iterator[Problem]:
    for key in ("path", "trigger", *_WORDS):
        if not row.get(key):
            yield _problem(name, f"`{key}` is missing.", "Say it, or write none.")
    ids = _listed(row, "clauses")
    for id_ in ids:
        if id_ not in library.clauses:
            said = f"There is no clause {id_!r}."
            yield _problem(name, said, "Name the clauses that state it.")
    known = [library.clauses[id_] for id_ in ids if id_ in library.clauses]
    yield from _terms_of(name, row, known)
    for clause in known:
        yield from _lengths(clause)
    for law in _listed(row, "void_in"):
        if law not in library.laws:
            said = f"{law!r} is none of the laws in laws.toml."
            yield _problem(name, said, "Add the law, or correct its name.")


def _terms_of(
    name: str, row: Mapping[str, object], clauses: Sequence[Clause]
) -> Iterator[Problem]:
    """Yield each path of a row that is no term, or that its clauses do not state."""
    stated = {path for clause in clauses for path in _stated(clause)}
    for path in _paths(row):
        found = kinds_at(path)
        if isinstance(found, NoSuchPath):
            said = f"{path!r} is no path of the terms."
            yield _problem(name, said, f"{found.hint}Correct the path.")
        elif not any(each == path or each.startswith(f"{path}.") for each in stated):
            said = f"None of its clauses states {path}."
            yield _problem(name, said, "Let a clause print it, or mend the row.")


def _listed(row: Mapping[str, object], key: str) -> list[str]:
    value = row.get(key)
    return [str(each) for each in value] if isinstance(value, list) else []


def _paths(row: Mapping[str, object]) -> Iterator[str]:
    yield str(row.get("path"))
    for key, words in _WORDS.items():
        value = str(row.get(key) or "none")
        if value not in words:
            yield value
    yield from _listed(row, "follow_on")


def _stated(clause: Clause) -> Iterator[str]:
    conditions: Sequence[Condition | None] = (
        clause.when,
        *(block.when for block in clause.blocks),
    )
    for condition in conditions:
        if condition is not None:
            yield from condition.paths()
    for block in clause.blocks:
        for part in block.parts:
            if isinstance(part, Blank):
                yield part.path


def _lengths(clause: Clause) -> Iterator[Problem]:
    for number, line in enumerate(clause.body.splitlines()):
        if match := _A_LENGTH.search(_CALENDAR.sub("", line)):
            if match[0] == "1 day":
                continue  # a day for a day
            place = Place(clause.file, clause.first_line + number, match.start() + 1)
            yield Problem(
                "L31",
                place,
                "",
                f"“{match[0]}” stands in the wording, and in no term.",
                "The calendar and the amendment would count other days.",
                "Print the term that says how long.",
            )


def _problem(name: str, what: str, remedy: str) -> Problem:
    return Problem(
        "L30",
        Place(FILE, 1, 1),
        "",
        f"{name}: {what}",
        "Calendar, amendment and wording read the same row.",
        remedy,
    )
