"""The checks of a library, all of them.

A check is a function of a view (the library as one contract type sees it) or of the
whole; each stands in one of the two lists below.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from closer.library.checks.blanks import blanks_name_terms
from closer.library.checks.choices import conditions_name_terms
from closer.library.checks.contingencies import rows_and_wording_agree
from closer.library.checks.language import (
    duties_have_a_party,
    figures_stand_alone,
    words_are_plain,
)
from closer.library.checks.passages import View
from closer.library.checks.references import (
    references_lead_somewhere,
    tables_and_annexes_are_used,
)
from closer.library.checks.structure import (
    clauses_are_selected,
    ids_are_unique,
    places_are_single,
    sections_exist,
)
from closer.library.checks.words import (
    definitions_are_used,
    definitions_define,
    words_are_defined,
    words_are_defined_once,
)
from closer.library.choosing import with_all_variants
from closer.library.shapes import Library
from closer.problems import Problem

VIEW_CHECKS: tuple[Callable[[View], Iterable[Problem]], ...] = (
    references_lead_somewhere,
    tables_and_annexes_are_used,
    words_are_defined,
    words_are_defined_once,
    definitions_are_used,
    definitions_define,
    blanks_name_terms,
    places_are_single,
)
"""What must hold in the contracts of every type."""

LIBRARY_CHECKS: tuple[Callable[[Library], Iterable[Problem]], ...] = (
    ids_are_unique,
    sections_exist,
    conditions_name_terms,
    duties_have_a_party,
    words_are_plain,
    figures_stand_alone,
    rows_and_wording_agree,
)
"""What must hold of the texts, whoever prints them."""


def check(library: Library) -> list[Problem]:
    """Return everything that could go wrong with a deal drafted from a library.

    Each variant is checked in the place of its clause.
    """
    found = _check(library)
    for swapped in with_all_variants(library):
        found += (problem for problem in _check(swapped) if problem not in found)
    return sorted(found, key=lambda problem: problem.where)


def _check(library: Library) -> list[Problem]:
    views = [View(library, contract) for contract in library.types.values()]
    found = [problem for each in LIBRARY_CHECKS for problem in each(library)]
    never = {problem.where.file for problem in found if problem.code == "L25"}
    found += (
        problem
        for problem in clauses_are_selected(library, views)
        if problem.where.file not in never
    )
    found += _in_types(views)
    return sorted(dict.fromkeys(found), key=lambda problem: problem.where)


def _in_types(views: Sequence[View]) -> Iterator[Problem]:
    """Yield each problem once, with the contract types that have it."""
    types: dict[Problem, list[str]] = {}
    for view in views:
        for each in VIEW_CHECKS:
            for problem in dict.fromkeys(each(view)):
                types.setdefault(problem, []).append(view.contract.id)
    for problem, names in types.items():
        if len(names) == len(views):
            yield problem
        else:
            yield problem._replace(what=f"In {', '.join(names)}: {problem.what}")
