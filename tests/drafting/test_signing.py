"""Who signs, and before whom: every hand that the terms name has its lines."""

from pathlib import Path

from closer.drafting.assembly import draft
from closer.drafting.document import SignatureBlock, plain
from closer.drafting.facts import DealFacts
from closer.library.loading import load
from closer.terms.reading import read_terms

ROOT = Path(__file__).parents[2]
DEAL = """
contract: services
title: Care Agreement
reference: C-1
effective: 2026-08-03
currency: USD
parties:
  client:
    {name: Ana Ruiz, kind: individual, acts_as: business, address: Bath,
     signatory: {name: Ana Ruiz, witness: Kim Low},
     also: {beth: {name: Beth Ruiz, kind: individual, address: Bath}}}
  provider:
    {name: X Limited, kind: company, address: Frome,
     signatory: {name: Joe Marsh, title: Director},
     second_signatory: {name: Pat Hale, title: Secretary}}
service_levels:
  up: {measure: availability, target: at least 99%, each: calendar month}
price: {payments: {fee: {amount: 100, due: 2026-09-01, payer: client}}}
"""


def signatures() -> list[SignatureBlock]:
    library, faults = load(ROOT / "clauses", ROOT / "templates")
    assert library is not None, faults
    agreed, problems = read_terms(DEAL, "agreed.yaml")
    assert agreed is not None, problems
    facts = DealFacts(agreed.terms, library)
    made = draft(agreed.terms, library, facts=facts, properties={})
    return list(made.document.signatures)


def lines(block: SignatureBlock) -> list[str]:
    return [f"{label} {plain(spans)}".strip() for label, spans in block.lines]


def test_each_of_several_persons_signs_under_the_same_word() -> None:
    found = [(each.heading, plain(each.name)) for each in signatures()]
    assert found == [
        ("Client", "Ana Ruiz"),
        ("Client", "Beth Ruiz"),
        ("Provider", "X Limited"),
    ]
    assert len({each.party for each in signatures()}) == 3


def test_a_witness_signs_beside_the_one_whose_hand_it_saw() -> None:
    first, second, _ = signatures()
    assert lines(first) == [
        "Signature",
        "Name Ana Ruiz",
        "Date",
        "Witness",
        "Name Kim Low",
        "Address",
    ]
    assert lines(second) == ["Signature", "Date"]


def test_a_second_hand_has_lines_of_its_own() -> None:
    assert lines(signatures()[2]) == [
        "Signature",
        "Name Joe Marsh",
        "Title Director",
        "Date",
        "Signature",
        "Name Pat Hale",
        "Title Secretary",
        "Date",
    ]
