"""Checks on the drafted document: above all, that nothing agreed was lost."""

from collections.abc import Iterator

from closer.drafting.assembly import Draft
from closer.problems import Problem
from closer.terms.reading import Agreed

EXEMPT = frozenset(
    {"contract", "language", "follow_up", "clauses", "amended", "closing"}
)
"""Sections that are no part of what a contract says; a test pins this list."""


def lost_terms(agreed: Agreed, drafted: Draft) -> Iterator[Problem]:
    """Yield a problem for every term that neither stands in the text nor chose it."""
    stated = frozenset(drafted.printed) | frozenset(drafted.decided)
    for path in leaves(agreed.canonical):
        if path.partition(".")[0] not in EXEMPT and not _covered(path, stated):
            yield Problem(
                "W11",
                agreed.source.place(path),
                path,
                f"{path} stands nowhere in the contract.",
                "What was agreed and is not written is lost when memories differ.",
                "Choose a clause that states it, or take the line out of the terms.",
            )


def _covered(path: str, stated: frozenset[str]) -> bool:
    if path in stated:
        return True
    head, _, last = path.rpartition(".")
    return last.isdigit() and head in stated


def leaves(value: object, path: str = "") -> Iterator[str]:
    """Yield the path of every scalar of a canonical tree."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}.{index}")
    else:
        yield path
