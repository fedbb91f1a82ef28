"""What CONTRIBUTING says each type settles, held against deals of that type."""

import re
from pathlib import Path

from specimen_deals import ROOT, library, specimens

TABLE = re.compile(r"^\| (\w+) \|[^|]+\| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def _answers() -> dict[str, tuple[list[str], list[list[str]]]]:
    """Return the fights of each type, and the clauses that answer each of them."""
    text = Path(ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    part = text[text.index("## What each contract type settles") :]
    return {
        kind: (
            fights.split(";"),
            [clauses.split(", ") for clauses in answers.strip().split("; ")],
        )
        for kind, fights, answers in TABLE.findall(part)
        if kind in library().types
    }


def test_every_contract_type_names_its_three_fights() -> None:
    answers = _answers()
    assert set(answers) == set(library().types)
    for kind, (fights, clauses) in answers.items():
        assert (len(fights), len(clauses)) == (3, 3), kind


def test_the_clauses_that_answer_a_fight_stand_in_deals_of_that_type() -> None:
    printed: dict[str, set[str]] = {}
    for specimen in specimens():
        kind = specimen.agreed.terms.contract
        for provision in specimen.made.document.provisions():
            clause = provision.id.partition("/")[0]
            printed.setdefault(kind, set()).add(clause)
    missing = {
        (kind, clause)
        for kind, (_, answers) in _answers().items()
        for clauses in answers
        for clause in clauses
        if clause not in printed[kind]
    }
    assert missing == set()
