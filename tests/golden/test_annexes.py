"""Every annex as the specimens print it: its sentences, the cells of its tables.

An annex is written once for each type; what two types write alike is read once.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from specimen_deals import Specimen, library, rendered, specimens

from closer.drafting.selection import Scope, holds
from closer.formats import plaintext
from closer.library.loading import AnnexShape, TableShape

GOLDEN = Path(__file__).parent / "annexes"

ANNEXES = sorted({a.id for t in library().types.values() for a in t.annexes})

Part = tuple[str, ...]
"""A sentence of an annex, or one of the cells that a column of its table may have."""


def _in(specimen: Specimen, name: str) -> AnnexShape | None:
    """Return an annex as a specimen's contract has it."""
    terms = specimen.agreed.terms
    found = (a for a in library().types[terms.contract].annexes if a.id == name)
    return next((a for a in found if holds(a.when, Scope(terms))), None)


def _parts(name: str) -> set[Part]:
    """Return all that an annex can say, in any contract type."""
    blocks = [
        block
        for kind in library().types.values()
        for annex in kind.annexes
        if annex.id == name
        for block in annex.blocks
    ]
    tables = [library().tables[block.table] for block in blocks if block.table]
    return {("text", str(block.parts)) for block in blocks if not block.table} | {
        (table.id, column.heading, str(parts))
        for table in tables
        for column in table.columns
        for _, parts in column.cells
    }


def _said(annex: AnnexShape, specimen: Specimen) -> Iterator[Part]:
    """Yield what an annex says in one contract."""
    scope = Scope(specimen.agreed.terms)
    for block in annex.blocks:
        for inner in scope.each(block.each) if block.each else (scope,):
            if not holds(block.when, inner):
                continue
            if block.table:
                yield from _cells(library().tables[block.table], inner)
            else:
                yield "text", str(block.parts)


def _cells(table: TableShape, scope: Scope) -> Iterator[Part]:
    for row in scope.each(table.each):
        for column in table.columns:
            chosen = (parts for when, parts in column.cells if holds(when, row))
            if (parts := next(chosen, None)) is not None:
                yield table.id, column.heading, str(parts)


@pytest.mark.parametrize("name", ANNEXES)
def test_an_annex_reads_as_it_was_read(
    name: str, golden: Callable[[str, str], None]
) -> None:
    unseen, lines = _parts(name), list[str]()
    for specimen in specimens():
        annex = _in(specimen, name)
        said = set(_said(annex, specimen)) if annex else set()
        if annex and said & unseen:
            scope = Scope(specimen.agreed.terms)
            lines += [specimen.name, f"  {annex.heading}"]
            lines += [*rendered(annex.blocks, specimen, scope), ""]
            unseen -= said
    assert unseen == set()
    golden(f"annexes/{name}.txt", "\n".join(lines))


def test_a_contract_speaks_of_annexes_only_where_it_has_some() -> None:
    for specimen in specimens():
        document = specimen.made.document
        text = plaintext.projected(document)
        spoken = "with its annexes" in text or "includes its annexes" in text
        assert spoken == bool(document.annexes), specimen.name


def test_every_golden_of_an_annex_has_its_annex() -> None:
    assert sorted(file.stem for file in GOLDEN.glob("*.txt")) == ANNEXES
