"""Deals that together print every sentence of the library, and what they print.

They stand in `golden/specimens/`, each whole; `golden/specimens.yaml` varies them and
the samples by setting some terms and leaving some out.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from closer.drafting.assembly import Draft, draft
from closer.drafting.checks import lost_terms
from closer.drafting.document import Block, Paragraph, Reference, Span, Table
from closer.drafting.document import Words as Plain
from closer.drafting.facts import DealFacts
from closer.drafting.filling import Filling
from closer.drafting.phrases import Phrases
from closer.drafting.selection import Scope, roles_of
from closer.drafting.turning import turned_blocks
from closer.formats.typography import words
from closer.library.checks.deal import deal_checks
from closer.library.loading import Library, load
from closer.library.prose import ClauseBlock
from closer.problems import errors
from closer.terms import checks
from closer.terms.reading import Agreed, read_terms

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
WHOLE = GOLDEN / "specimens"


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
    text = (GOLDEN / "specimens.yaml").read_text(encoding="utf-8")
    told = yaml.load(text, yaml.BaseLoader)
    whole = {file.stem: {"of": file.stem} for file in sorted(WHOLE.glob("*.yaml"))}
    return tuple(_specimen(name, shape) for name, shape in (told | whole).items())


def _specimen(name: str, shape: Mapping[str, Any]) -> Specimen:
    of = shape["of"]
    file = ROOT / "samples" / of / "agreed.yaml"
    if not file.exists():
        file = WHOLE / f"{of}.yaml"
    data = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    for path in (*shape.get("without", ()), "closing", "follow_up"):
        _holder(data, path).pop(path.rpartition(".")[2], None)
    for path, value in shape.get("set", {}).items():
        _holder(data, path)[path.rpartition(".")[2]] = value
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    agreed, problems = read_terms(text, name)
    assert agreed is not None, "\n".join(map(str, problems))
    facts = DealFacts(agreed.terms, library())
    made = draft(agreed.terms, library(), facts=facts, properties={})
    found = [*checks.check(agreed), *deal_checks(agreed, library())]
    found += lost_terms(agreed, made)
    wrong = [str(e) for e in errors(found) if e.code not in shape.get("despite", ())]
    assert wrong == [], "\n".join(wrong)
    return Specimen(name, agreed, made)


def _holder(data: Any, path: str) -> Any:
    for key in path.split(".")[:-1]:
        data = data[key]
    return data


def filling(specimen: Specimen) -> Filling:
    """Return what fills the clauses of a specimen's contract."""
    terms = specimen.agreed.terms
    contract = library().types[terms.contract]
    roles, by_name = roles_of(terms, contract), not contract.roles
    phrases = Phrases(library().phrases, terms, roles, by_name=by_name)
    return Filling(terms, library(), phrases, DealFacts(terms, library()))


def rendered(
    blocks: Iterable[ClauseBlock],
    specimen: Specimen,
    scope: Scope,
    *,
    conspicuous: bool = False,
) -> Iterator[str]:
    """Yield the lines that some blocks print; references stand as `{id}`."""
    filled = filling(specimen).blocks(blocks, scope, conspicuous=conspicuous)
    for block in turned_blocks(filled, _by_id):
        yield from _lines(block)


def _by_id(span: Span) -> Span:
    return Plain(f"{{{span.target}}}") if isinstance(span, Reference) else span


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        for row in block.rows:
            yield f"    | {' | '.join(words(cell) for cell in row.cells)} |"
        return
    assert isinstance(block, Paragraph)
    label = f"{block.label} " if block.label else ""
    mark = " «conspicuous»" if block.conspicuous else ""
    text = words(block.spans).replace("\n", " \u23ce ")
    yield f"    {'  ' * block.level}{label}{text}{mark}"
