"""A section of the terms without a clause does not exist: each value has its text."""

from collections.abc import Iterator
from pathlib import Path

from closer.drafting.checks import EXEMPT
from closer.drafting.facts import COVERS
from closer.library.conditions import Condition, spelt_out
from closer.library.loading import Library, load
from closer.library.prose import Blank, ClauseBlock, Part
from closer.terms.model import Terms
from closer.terms.shapes import Shape, fields_of, shape_of

ROOT = Path(__file__).parents[2]
BY_THE_FRAME = {
    "parties.*.role",
    "parties.*.signatory.name",
    "parties.*.signatory.title",
    "parties.*.signatory.witness",
    "parties.*.second_signatory.name",
    "parties.*.second_signatory.title",
    "parties.*.second_signatory.witness",
    "parties.*.also.*.signatory.name",
    "parties.*.also.*.signatory.title",
    "parties.*.also.*.signatory.witness",
}
"""What stands in the parties' paragraph and the signature blocks."""


def paths(shape: Shape, path: str = "") -> Iterator[str]:
    """Yield the path of every value that terms can hold; `*` is any entry."""
    if shape.section:
        for name, field in fields_of(shape.section).items():
            yield from paths(field.shape, f"{path}.{name}".lstrip("."))
    if shape.entry:
        yield from paths(shape.entry, f"{path}.*")
    if shape.item:
        inner = f"{path}.*" if shape.item.section else path
        yield from paths(shape.item, inner)
    if shape.scalar:
        yield path


def stated(library: Library) -> set[str]:
    """Return every path that a text of the library prints, or decides by."""
    found = {path for group in COVERS.values() for path in group}
    for clause in library.clauses.values():
        entry = f"{clause.each}.*" if clause.each else ""
        found |= of_condition(clause.when, entry)
        found |= of_parts(clause.heading_parts, entry)
        found |= of_blocks(clause.blocks, entry)
    for contract in library.types.values():
        for annex in contract.annexes:
            found |= of_condition(annex.when, "") | of_blocks(annex.blocks, "")
        for line in contract.cover:
            found |= of_condition(line.when, "") | of_parts(line.parts, "")
    for table in library.tables.values():
        for column in table.columns:
            for when, parts in column.cells:
                entry = f"{table.each}.*"
                found |= of_condition(when, entry) | of_parts(parts, entry)
    return found


def of_condition(condition: Condition | None, entry: str) -> set[str]:
    if condition is None:
        return set()
    return {spelt(path, entry) for path in condition.paths()}


def of_blocks(blocks: tuple[ClauseBlock, ...], entry: str) -> set[str]:
    found: set[str] = set()
    for block in blocks:
        here = f"{spelt(block.each, entry)}.*" if block.each else entry
        found |= of_condition(block.when, here) | of_parts(block.parts, here)
    return found


def of_parts(parts: tuple[Part, ...], entry: str) -> set[str]:
    names = {spelt(part.path, entry) for part in parts if isinstance(part, Blank)}
    return names | ({f"{entry}.amount"} if "it.sum" in str(parts) else set())


def spelt(path: str, entry: str) -> str:
    return spelt_out(path, entry) if entry else path


def test_every_value_that_terms_can_hold_stands_in_some_text() -> None:
    library, problems = load(ROOT / "clauses", ROOT / "templates")
    assert library is not None, problems
    there = stated(library)
    missing = [
        path
        for path in dict.fromkeys(paths(shape_of(Terms)))
        if path.partition(".")[0] not in EXEMPT
        and not {path, f"{path}.*", f"{path}.0"} & there
        and path not in BY_THE_FRAME
    ]
    assert missing == []
