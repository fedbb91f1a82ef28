"""Nothing agreed is lost."""

from pathlib import Path

import pytest
from deals import GARAGE, STUDIO, Drafting, reading
from msgspec.structs import replace

from closer.drafting.assembly import draft
from closer.drafting.checks import EXEMPT, leaves, lost_terms
from closer.drafting.facts import DealFacts
from closer.library.loading import Library


@pytest.mark.parametrize("sample", [GARAGE, STUDIO], ids=["construction", "services"])
def test_every_term_of_a_sample_stands_in_its_contract(
    sample: Path, drafted: Drafting
) -> None:
    agreed = reading(sample)
    assert [p.path for p in lost_terms(agreed, drafted(agreed))] == []


def test_a_term_that_no_clause_states_is_a_problem_at_its_line(
    library: Library,
) -> None:
    agreed = reading(GARAGE)
    mute = {
        name: replace(clause, blocks=()) if name == "late-interest" else clause
        for name, clause in library.clauses.items()
    }
    poorer = replace(library, clauses=mute)
    made = draft(
        agreed.terms, poorer, facts=DealFacts(agreed.terms, poorer), properties={}
    )
    made = made._replace(decided={})
    lost = {problem.path: problem for problem in lost_terms(agreed, made)}
    line = agreed.source.place("price.late_interest").line
    assert lost["price.late_interest"].where.line == line


def test_only_these_sections_are_no_part_of_what_a_contract_says() -> None:
    assert {
        "contract",
        "language",
        "follow_up",
        "clauses",
        "amended",
        "closing",
    } == EXEMPT


def test_leaves_are_the_scalars_of_the_terms() -> None:
    tree = {"a": {"b": "1", "c": ["2", "3"]}, "d": "4"}
    assert list(leaves(tree)) == ["a.b", "a.c.0", "a.c.1", "d"]
