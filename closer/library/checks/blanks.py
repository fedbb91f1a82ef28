"""Blanks that name no term, or one that some deals do not have."""

from collections.abc import Iterator, Mapping

from closer.library.checks.passages import Passage, View, mark_of
from closer.library.conditions import Present
from closer.library.fields import (
    NoSuchPath,
    absentees,
    is_section,
    kinds_at,
)
from closer.library.prose import Blank
from closer.problems import Place, Problem

FACTS: Mapping[str, str] = {
    "deal.holidays": "time.holidays",
    "deal.places": "time.holidays",
    "deal.any_place": "time.holidays",
    "deal.original_price": "price.total",
    "deal.before_title": "",
    "deal.after_title": "",
    "deal.weekend": "",
    "deal.version": "",
    "deal.institution": "dispute_resolution.steps.arbitration",
    "deal.rules": "dispute_resolution.steps.arbitration",
    "deal.provider": "dispute_resolution.steps.mediation",
    "deal.mediation_rules": "dispute_resolution.steps.mediation",
}
"""What a blank can print besides terms, and the term without which it is empty."""

OF_AN_ENTRY: Mapping[str, tuple[str, ...]] = {
    "it.id": (),
    "it.title": (),
    "it.sum": ("price.payments.*",),
    "it.role": ("parties.*", "parties.*.also.*"),
}
"""What every entry has, or those of some maps alone."""


def blanks_name_terms(view: View) -> Iterator[Problem]:
    """Every blank prints a term, and stands only where the deal has it."""
    for passage in view.passages:
        for part in passage.parts:
            if isinstance(part, Blank):
                problem = _blank(view, passage, part)
                if problem:
                    yield problem


def _blank(view: View, passage: Passage, part: Blank) -> Problem | None:
    where = passage.place(mark_of(part))
    if part.path in view.contract.sides:
        return None
    if part.path in FACTS:
        needed = FACTS[part.path]
        return _absent(view, passage, part.path, needed, where) if needed else None
    path = passage.path(part.path)
    maps = OF_AN_ENTRY.get(part.path)
    if maps is not None and (not maps or passage.entry in maps):
        return (
            None if passage.entry else _unknown(where, part.path, NoSuchPath("it", ""))
        )
    kinds = kinds_at(path)
    if isinstance(kinds, NoSuchPath):
        return _unknown(where, part.path, kinds)
    if is_section(path) or is_section(f"{path}.*"):
        return Problem(
            "L17",
            where,
            "",
            f"[{part.path}] has keys of its own and cannot be printed as a whole.",
            "A contract has no word for it.",
            "Print one of its keys, or repeat a block for its entries.",
        )
    needed = next(reversed(absentees(path)), "")
    return _absent(view, passage, part.path, needed, where) if needed else None


def _absent(
    view: View, passage: Passage, name: str, needed: str, where: Place
) -> Problem | None:
    if view.proves(passage.given, Present(needed)):
        return None
    return Problem(
        "L18",
        where,
        "",
        f"[{name}] may be empty: not every deal with this text has {needed}.",
        "The sentence would be printed with a hole in it.",
        f"Put the sentence under the condition `? {needed}`.",
    )


def _unknown(where: Place, name: str, found: NoSuchPath) -> Problem:
    return Problem(
        "L17",
        where,
        "",
        f"{name!r} is no path of the terms: nothing there is called {found.key!r}.",
        "No deal could ever fill it.",
        f"{found.hint}The keys stand in the schema of the terms file.",
    )
