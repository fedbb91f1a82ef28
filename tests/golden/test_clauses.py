"""Every clause of the library, rendered alone with a deal that selects it.

A paragraph that no specimen prints is one that nobody has read: the test fails until
`specimens.yaml` has a deal for it. References stand as `{id}`, so that a clause's
golden changes only with its own words.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from closer.drafting.assembly import Draft, draft
from closer.drafting.document import Block, Definition, Document, Paragraph, Reference
from closer.drafting.document import Words as Plain
from closer.drafting.facts import DealFacts
from closer.drafting.filling import Filling
from closer.drafting.phrases import Phrases
from closer.drafting.selection import Scope, holds, roles_of, sections
from closer.drafting.turning import turned_blocks
from closer.formats.typography import words
from closer.library.checks.deal import deal_checks
from closer.library.loading import Clause, Library, load
from closer.problems import errors
from closer.terms import checks
from closer.terms.reading import Agreed, read_terms

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "clauses"

FRAME = ("preamble", "parties", "background", "lead-in", "closing")


class Specimen(NamedTuple):
    name: str
    agreed: Agreed
    made: Draft


@cache
def library() -> Library:
    found, problems = load(ROOT / "clauses", ROOT / "templates")
    assert found is not None, problems
    return found


@cache
def specimens() -> tuple[Specimen, ...]:
    text = (Path(__file__).parent / "specimens.yaml").read_text(encoding="utf-8")
    told = yaml.load(text, yaml.BaseLoader)
    return tuple(_specimen(name, shape) for name, shape in told.items())


def _specimen(name: str, shape: Mapping[str, Any]) -> Specimen:
    file = ROOT / "samples" / shape["of"] / "agreed.yaml"
    data = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    for path in (*shape.get("without", ()), "closing", "follow_up"):
        _holder(data, path).pop(path.rpartition(".")[2], None)
    for path, value in shape.get("set", {}).items():
        _holder(data, path)[path.rpartition(".")[2]] = value
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    agreed, problems = read_terms(text, name)
    assert agreed is not None, "\n".join(map(str, problems))
    found = [*checks.check(agreed), *deal_checks(agreed, library())]
    wrong = [str(e) for e in errors(found) if e.code not in shape.get("despite", ())]
    assert wrong == [], "\n".join(wrong)
    facts = DealFacts(agreed.terms, library())
    made = draft(agreed.terms, library(), facts=facts, properties={})
    return Specimen(name, agreed, made)


def _holder(data: Any, path: str) -> Any:
    for key in path.split(".")[:-1]:
        data = data[key]
    return data


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
    terms = specimen.agreed.terms
    roles = roles_of(terms, library().types[terms.contract])
    phrases = Phrases(library().phrases, terms, roles)
    filling = Filling(terms, library(), phrases, DealFacts(terms, library()))
    if clause.heading:
        yield f"  {words(filling.spans(clause.heading_parts, scope))}"
    blocks = filling.blocks(clause.blocks, scope, conspicuous=clause.conspicuous)
    for block in turned_blocks(blocks, _by_id):
        yield _line(block)


def _by_id(span: Any) -> Any:
    return Plain(f"{{{span.target}}}") if isinstance(span, Reference) else span


def _line(block: Block) -> str:
    if not isinstance(block, Paragraph):
        return f"    [table {block.id}]"
    label = f"{block.label} " if block.label else ""
    mark = " «conspicuous»" if block.conspicuous else ""
    text = words(block.spans).replace("\n", " \u23ce ")
    return f"    {'  ' * block.level}{label}{text}{mark}"


CLAUSES = sorted(library().clauses)
UNREAD = Path(__file__).parent / "unread.txt"
"""Clauses and paragraphs that no specimen prints yet. The list may only shrink."""


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
    lines, _ = _read_by_specimens(library().clauses[name])
    text = "\n".join(lines)
    assert "  shall shall" not in text
    if lines:
        golden(f"clauses/{name}.txt", text)


def test_what_no_specimen_prints_is_known_and_becomes_less(
    request: pytest.FixtureRequest,
) -> None:
    unread = [
        line
        for name in CLAUSES
        for line in _read_by_specimens(library().clauses[name])[1]
    ]
    if request.config.getoption("--update-golden"):
        UNREAD.write_text("".join(f"{line}\n" for line in unread), encoding="utf-8")
    listed = UNREAD.read_text(encoding="utf-8").splitlines()
    assert unread == listed


def test_every_golden_of_a_clause_has_its_clause() -> None:
    printed = [n for n in CLAUSES if _read_by_specimens(library().clauses[n])[0]]
    assert sorted(file.stem for file in GOLDEN.glob("*.txt")) == printed
