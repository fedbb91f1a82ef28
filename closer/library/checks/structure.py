"""Where clauses stand: each in some contract, no two in one place, ids unique."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from closer.library.checks.passages import Source, View
from closer.library.fields import NoSuchPath, kinds_at
from closer.library.shapes import SLOTS, Library
from closer.problems import Place, Problem


def ids_are_unique(library: Library) -> Iterator[Problem]:
    """No section, article or annex shares its id with another.

    Definitions have no number and are never referred to: their ids clash with none.
    """
    sections = {clause.id for clause in library.clauses.values() if not clause.defines}
    for contract in library.types.values():
        source = Source(contract.file, contract.source)
        taken = sections | {*SLOTS} - {"definitions"}
        for id_ in (
            *(article.id for article in contract.articles),
            *(annex.id for annex in contract.annexes),
        ):
            if id_ in taken:
                yield Problem(
                    "L09",
                    source.place(f'id = "{id_}"'),
                    "",
                    f"The id {id_!r} stands for something else already.",
                    "A reference could mean either.",
                    "Give the article or annex an id of its own.",
                )
            taken.add(id_)


def sections_exist(library: Library) -> Iterator[Problem]:
    """Every section that a contract type requires is one of the terms."""
    for contract in library.types.values():
        needed = (contract.required, *contract.required_any)
        for section in (each for group in needed for each in group):
            if isinstance(kinds_at(section), NoSuchPath):
                source = Source(contract.file, contract.source)
                yield Problem(
                    "L17",
                    source.place(f'"{section}"'),
                    "",
                    f"The required section {section!r} is none of the terms.",
                    "No deal could ever have it.",
                    "Name a section of the terms file.",
                )


def clauses_are_selected(library: Library, views: Sequence[View]) -> Iterator[Problem]:
    """Every clause stands in some contract, every table in some text."""
    for clause in library.clauses.values():
        if not any(clause.id in view.clauses for view in views):
            yield Problem(
                "L22",
                Place(clause.file, 1, 1),
                "",
                f"No contract type selects {clause.id!r}.",
                f"No type has a place {clause.slot!r} where its condition can hold.",
                "Name an article of a contract type as its slot, or mend `when`.",
            )
    shown = {passage.table for view in views for passage in view.passages}
    for table in library.tables.values():
        if table.id not in shown:
            yield Problem(
                "L24",
                Place(table.file, 1, 1),
                "",
                f"Nothing shows the table {table.id!r}.",
                "What nobody prints nobody agreed.",
                f"Write [table {table.id}] into a clause or annex, or delete it.",
            )


def places_are_single(view: View) -> Iterator[Problem]:
    """No two clauses that one deal can select stand in one place."""
    slots = dict.fromkeys(clause.slot for clause in view.clauses.values())
    for slot in slots:
        for first, second in combinations(view.in_slot(slot), 2):
            if first.order == second.order and view.possible(
                view.selected(first), view.selected(second)
            ):
                yield Problem(
                    "L23",
                    Place(second.file, 1, 1),
                    "",
                    f"{second.id!r} stands in the place of {first.id!r}: {slot} "
                    f"{second.order}.",
                    "Only their names would decide which comes first.",
                    "Give one of them another order, or conditions that exclude each "
                    "other.",
                )
