"""What a deal chose of the library: a variant of a clause, or the clause left out.

`clauses: {force-majeure: open, counterparts: none}`. A variant takes the place of its
clause and keeps its id, so that references and amendments go on naming it.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from closer.library.prose import Refers
from closer.library.shapes import Clause, Library
from closer.problems import Problem
from closer.terms.model import Terms
from closer.terms.paths import value_at
from closer.terms.reading import Agreed

NONE = "none"
_GENERAL = "general"
_BY_A_TERM = re.compile(r"(?!not |contract )\w")
"""A condition that some term meets, and not the absence of one, nor the type."""


def chosen(library: Library, terms: Terms) -> Library:
    """Return the library as this deal uses it."""
    if not terms.clauses:
        return library
    clauses = dict(library.clauses)
    for id_, choice in terms.clauses.items():
        variant = library.variants.get(id_, {}).get(choice)
        if choice == NONE:
            clauses.pop(id_, None)
        elif variant is not None:
            clauses[id_] = variant
    return replace(library, clauses=clauses)


def with_all_variants(library: Library) -> Iterator[Library]:
    """Yield the library with the first variant of each clause, then with the second."""
    rounds = max((len(each) for each in library.variants.values()), default=0)
    for number in range(rounds):
        swapped = {
            id_: list(variants.values())[number]
            for id_, variants in library.variants.items()
            if number < len(variants)
        }
        yield replace(library, clauses={**library.clauses, **swapped})


def choices_can_be_made(agreed: Agreed, library: Library) -> Iterator[Problem]:
    """Yield what a deal chose that the library does not offer."""
    for id_, choice in agreed.terms.clauses.items():
        path = f"clauses.{id_}"
        variants = library.variants.get(id_, {})
        if id_ not in library.clauses:
            yield _unknown(agreed, path, id_, library)
        elif choice == NONE:
            yield from _missed(agreed, path, id_, library)
        elif choice not in variants:
            offered = ", ".join((*variants, NONE))
            yield Problem(
                "R15",
                agreed.source.place(path),
                path,
                f"The clause {id_} has no variant {choice!r}.",
                "The clause would stand in the wording that nobody chose.",
                f"Write one of {offered}.",
            )


def _unknown(agreed: Agreed, path: str, id_: str, library: Library) -> Problem:
    from difflib import get_close_matches  # noqa: PLC0415 - only when a word is wrong

    near = get_close_matches(id_, library.clauses, 1)
    return Problem(
        "R14",
        agreed.source.place(path),
        path,
        f"There is no clause {id_!r}.",
        "A choice about nothing changes nothing.",
        (f"Did you mean {near[0]}? " if near else "")
        + "closer clauses lists them all.",
    )


def _missed(agreed: Agreed, path: str, id_: str, library: Library) -> Iterator[Problem]:
    """Yield a problem where a text of this deal refers to the clause left out."""
    left_out = {key for key, choice in agreed.terms.clauses.items() if choice == NONE}
    for clause in chosen(library, agreed.terms).clauses.values():
        if clause.id not in left_out and _refers(clause, id_, agreed.terms):
            yield Problem(
                "R16",
                agreed.source.place(path),
                path,
                f"{clause.id} refers to {id_}, which is left out.",
                "The contract would refer to a section that it does not have.",
                f"Keep it, or leave {clause.id} out too.",
            )


def in_every_contract(
    agreed: Agreed, library: Library
) -> Iterator[tuple[str, list[str]]]:
    """Yield the general clauses that nobody asked for, and what may be chosen instead.

    A deal that says something of one, by a section or a choice, has asked for it.
    """
    terms = agreed.terms

    def value(path: str) -> object:
        return value_at(terms, path)

    present = [
        clause
        for clause in chosen(library, terms).clauses.values()
        if clause.slot == _GENERAL
        and clause.id not in terms.clauses
        and (clause.when is None or clause.when.holds(value))
        and not clause.each
        and not _BY_A_TERM.match(clause.when_text or "")
    ]
    for clause in sorted(present, key=lambda each: (each.order, each.id)):
        ways = list(library.variants.get(clause.id, {}))
        if not any(_missed(agreed, "", clause.id, library)):
            ways.append(NONE)
        yield clause.id, ways


def _refers(clause: Clause, id_: str, terms: Terms) -> bool:
    def value(path: str) -> object:
        return value_at(terms, path)

    if clause.when is not None and not clause.when.holds(value):
        return False
    if clause.each and not value(clause.each):
        return False
    return any(
        isinstance(part, Refers) and part.target == id_
        for block in clause.blocks
        for part in block.parts
    )
