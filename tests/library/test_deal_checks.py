from pathlib import Path
from textwrap import dedent

import pytest
from tiny_library import SALE, loaded

from closer.library.checks import deal_checks
from closer.library.loading import Library
from closer.problems import Problem
from closer.terms.reading import read_terms

INSTITUTIONS = """
[AAA]
name = "the American Arbitration Association"
kind = ["arbitration", "mediation"]
[AAA.rules]
general = "Commercial Arbitration Rules"
construction = "Construction Industry Arbitration Rules"

[CEDR]
name = "the Centre for Effective Dispute Resolution"
kind = ["mediation"]

[UNCITRAL]
name = "the UNCITRAL Arbitration Rules"
kind = ["ad hoc"]

[DIFC-LCIA]
name = "the DIFC-LCIA Arbitration Centre"
kind = ["arbitration", "mediation"]
defunct = "abolished in 2021"
successor = "DIAC"
[DIFC-LCIA.rules]
general = "DIFC-LCIA Rules"
"""

DEAL = """
contract: sale
title: Sale of a kiln
reference: S-1
effective: 2026-08-03
parties:
  seller: {name: A LLC, kind: company, address: Tampa}
  buyer: {name: B LLC, kind: company, address: Tampa}
background: [The kiln is new.]
price: {total: "USD 10.00"}
"""

ARBITRATION = """
dispute_resolution:
  governing_law: Florida
  steps:
    mediation: {provider: CEDR, within: 30 days}
    arbitration: {institution: AAA, rules: construction, seat: Tampa}
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library, problems = loaded(
        tmp_path,
        **{
            "clauses/data/institutions.toml": INSTITUTIONS,
            "templates/contracts/sale.toml": SALE.replace(
                '["parties"]',
                '["parties", "price"]\nrequired_any = [["background", "warranty"]]',
            ),
        },
    )
    assert library is not None
    assert problems == []
    return library


def problems(
    library: Library, before: str = "", after: str = "", more: str = ""
) -> list[Problem]:
    """Hold the deal against the library, one text in it replaced by another."""
    text = dedent(DEAL + more).strip()
    assert before in text
    agreed, found = read_terms(text.replace(before, after), "agreed.yaml")
    assert agreed is not None, "\n".join(map(str, found))
    return deal_checks(agreed, library)


def test_a_deal_that_fits_has_no_problem(library: Library) -> None:
    assert problems(library) == []
    assert problems(library, more=ARBITRATION) == []


def test_an_unknown_type_suggests_the_nearest(library: Library) -> None:
    (problem,) = problems(library, "contract: sale", "contract: sales")
    assert (problem.code, problem.path, problem.where.line) == ("R10", "contract", 1)
    assert problem.remedy == "Did you mean sale? The types are loan, sale."


def test_a_party_that_is_no_role_is_told_the_roles(library: Library) -> None:
    found = problems(library, "seller:", "vendor:")
    assert [(p.code, p.path) for p in found] == [
        ("R12", "parties"),
        ("R11", "parties.vendor"),
    ]
    assert "seller, buyer" in found[1].remedy


def test_a_party_with_a_role_may_have_any_id(library: Library) -> None:
    assert problems(library, "seller: {", "vendor: {role: seller, ") == []


def test_a_misspelt_role_is_named_where_it_stands(library: Library) -> None:
    found = problems(library, "seller: {", "seller: {role: sellr, ")
    assert ("R11", "parties.seller.role") in {(p.code, p.path) for p in found}


def test_two_parties_in_one_role_are_asked_to_be_one_side(library: Library) -> None:
    second = "seller: {name: C, kind: company, address: Tampa, role: buyer}\n  third: {"
    (problem,) = problems(library, "seller: {", f"{second}role: seller, ")
    assert (problem.code, problem.path) == ("R17", "parties.buyer")
    assert problem.what == "seller and buyer are both the buyer."
    assert "parties.seller.also" in problem.remedy


def test_a_role_without_a_party_is_a_problem(library: Library) -> None:
    found = problems(library, "buyer: {", "client: {role: seller, ")
    assert [each.code for each in found] == ["R12", "R17"]
    problem = found[0]
    assert problem.where.line == 5
    assert "buyer" in problem.what


def test_a_required_section_is_missed(library: Library) -> None:
    (problem,) = problems(library, 'price: {total: "USD 10.00"}', "")
    assert (problem.code, problem.path) == ("R13", "price")
    assert problem.severity == "error"


def test_one_of_a_group_of_sections_is_missed(library: Library) -> None:
    (problem,) = problems(library, "background: [The kiln is new.]", "")
    assert (problem.code, problem.severity) == ("R13", "error")
    assert "`background` or `warranty`" in problem.what


def test_any_section_of_a_group_will_do(library: Library) -> None:
    warranty = "warranty: {lasts: 1 year, from: effective}"
    assert problems(library, "background: [The kiln is new.]", warranty) == []


@pytest.mark.parametrize(
    ("before", "after", "code", "severity", "said"),
    [
        pytest.param(
            "institution: AAA, rules: construction",
            "institution: AA",
            "P03",
            "warning",
            "Did you mean AAA?",
            id="an_unknown_institution_suggests_the_nearest",
        ),
        pytest.param(
            "provider: CEDR",
            "provider: American Arbitration Asociation",
            "P03",
            "warning",
            "Did you mean AAA?",
            id="a_full_name_suggests_the_id",
        ),
        pytest.param(
            "institution: AAA, rules: construction",
            "institution: CEDR",
            "P03",
            "warning",
            "AAA",
            id="a_mediator_does_not_arbitrate",
        ),
        pytest.param(
            "institution: AAA, rules: construction",
            "institution: DIFC-LCIA",
            "P40",
            "error",
            "DIAC",
            id="a_defunct_institution_names_its_successor",
        ),
        pytest.param(
            "rules: construction",
            "rules: konstruction",
            "P04",
            "error",
            "Did you mean construction?",
            id="rules_of_nobody_suggest_the_nearest",
        ),
        pytest.param(
            "rules: construction",
            "rules: DIFC-LCIA Rules",
            "P04",
            "error",
            "general, construction",
            id="rules_of_another_are_refused",
        ),
    ],
)
def test_an_institution_and_its_rules(
    library: Library, before: str, after: str, code: str, severity: str, said: str
) -> None:
    (problem,) = problems(library, before, after, ARBITRATION)
    assert (problem.code, problem.severity) == (code, severity)
    assert said in problem.remedy


@pytest.mark.parametrize(
    "instead",
    [
        "institution: ad hoc",
        "institution: UNCITRAL",
        "institution: AAA",
        "institution: AAA, rules: Construction Industry Arbitration Rules",
    ],
)
def test_what_fits_is_no_problem(library: Library, instead: str) -> None:
    before = "institution: AAA, rules: construction"
    assert problems(library, before, instead, ARBITRATION) == []


def test_all_problems_are_told_at_once_in_the_order_of_the_file(
    library: Library,
) -> None:
    found = problems(library, "contract: sale", "contract: barter", ARBITRATION)
    assert [p.code for p in found] == ["R10"]
    found = problems(library, "buyer:", "client:", ARBITRATION.replace("AAA", "XYZ"))
    assert [p.code for p in found] == ["R12", "R11", "P03"]
