"""Every clause of the library, rendered alone with a deal that selects it.

A paragraph that no specimen prints is one that nobody has read: the test fails until
there is a deal for it (`specimens/`). References stand as `{id}`, so that a clause's
golden changes only with its own words.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from specimen_deals import Specimen, filling, library, rendered, specimens

from closer.drafting.document import Definition, Document, Paragraph
from closer.drafting.selection import Scope, holds, sections
from closer.formats.typography import words
from closer.library.loading import Clause

GOLDEN = Path(__file__).parent / "clauses"

FRAME = ("preamble", "parties", "background", "lead-in", "closing")

CLAUSES = sorted(library().clauses)


def _scopes(clause: Clause, specimen: Specimen) -> Iterator[Scope]:
    """Yield where a clause stands in a deal's contract: once, or for each entry."""
    terms = specimen.agreed.terms
    if clause.defines:
        if _is_defined(clause, specimen):
            yield Scope(terms)
        return
    printed = {provision.id for provision in specimen.made.document.provisions()}
    for section in sections(clause.slot, terms, library()):
        if section.clause is clause and (clause.slot in FRAME or section.id in printed):
            yield section.scope


def _is_defined(clause: Clause, specimen: Specimen) -> bool:
    words_ = library().types[specimen.agreed.terms.contract].words
    word = words_.get(clause.defines or "", clause.defines)
    document: Document = specimen.made.document
    return any(
        isinstance(span, Definition) and span.text == word
        for provision in document.articles[0].provisions
        for block in provision.blocks
        if isinstance(block, Paragraph)
        for span in block.spans
    ) and holds(clause.when, Scope(specimen.agreed.terms))


def _standing(clause: Clause, scope: Scope) -> set[int]:
    """Return which blocks of a clause stand."""
    return {
        place
        for place, block in enumerate(clause.blocks)
        for inner in (scope.each(block.each) if block.each else (scope,))
        if holds(block.when, inner)
    }


def _rendered(clause: Clause, specimen: Specimen, scope: Scope) -> Iterator[str]:
    if clause.heading:
        heading = filling(specimen).spans(clause.heading_parts, scope)
        yield f"  {words(heading)}"
    yield from rendered(clause.blocks, specimen, scope, conspicuous=clause.conspicuous)


def _read_by_specimens(clause: Clause) -> tuple[list[str], list[str]]:
    """Return how a clause is printed, and its paragraphs that no specimen prints."""
    unseen = set(range(len(clause.blocks)))
    lines: list[str] = []
    for specimen in specimens():
        for scope in _scopes(clause, specimen):
            standing = _standing(clause, scope)
            if not lines or standing & unseen:
                entry = f": {scope.entry}" if scope.entry else ""
                lines += [f"{specimen.name}{entry}"]
                lines += [*_rendered(clause, specimen, scope), ""]
                unseen -= standing
    return lines, [f"{clause.id} paragraph {place + 1}" for place in sorted(unseen)]


@pytest.mark.parametrize("name", CLAUSES)
def test_a_clause_reads_as_it_was_read(
    name: str, golden: Callable[[str, str], None]
) -> None:
    lines, unread = _read_by_specimens(library().clauses[name])
    assert unread == []
    text = "\n".join(lines)
    assert "  shall shall" not in text
    golden(f"clauses/{name}.txt", text)


def test_every_golden_of_a_clause_has_its_clause() -> None:
    assert sorted(file.stem for file in GOLDEN.glob("*.txt")) == CLAUSES
