"""A deal picks a variant of a clause, or leaves the clause out."""

from pathlib import Path

import pytest
from a_small_deal import small_deal
from tiny_library import clause, faults, loaded

from closer.library.checks import deal_checks
from closer.library.choosing import chosen, in_every_contract
from closer.library.loading import Library, load
from closer.terms.reading import Agreed, read_terms

ROOT = Path(__file__).parents[2]
DEAL = """
contract: sale
title: Sale of a kiln
reference: S-1
effective: 2026-08-03
parties:
  seller: {name: A LLC, kind: company, address: Tampa}
  buyer: {name: B LLC, kind: company, address: Tampa}
"""
GIFTS = "clauses/general/gifts.clause"
SHORT = "clauses/general/gifts-short.clause"
WRAPPING = "clauses/general/wrapping.clause"
HEAD = {"slot": "paying"}
BACKGROUND = "background: [The kiln is new.]"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library, problems = loaded(
        tmp_path,
        **{
            GIFTS: clause("Gifts are welcome at any time.", order=91, **HEAD),
            SHORT: clause(
                "Gifts are welcome.", order=91, of="gifts", variant="short", **HEAD
            ),
            WRAPPING: clause(
                "Paper is for what {gifts} allows.",
                order=92,
                when="background",
                **HEAD,
            ),
        },
    )
    assert library is not None
    assert problems == []
    return library


def agreed(choice: str, more: str = "") -> Agreed:
    text = f"{DEAL}clauses: {choice}\n{more}"
    terms, problems = read_terms(text, "agreed.yaml")
    assert terms is not None, problems
    return terms


def test_a_variant_takes_the_place_and_the_id_of_its_clause(library: Library) -> None:
    assert "any time" in library.clauses["gifts"].body
    ours = chosen(library, agreed("{gifts: short}").terms)
    assert ours.clauses["gifts"].body.strip() == "Gifts are welcome."
    assert list(ours.clauses) == list(library.clauses)


def test_what_is_left_out_is_not_there(library: Library) -> None:
    ours = chosen(library, agreed("{gifts: none}").terms)
    assert "gifts" not in ours.clauses


@pytest.mark.parametrize(
    ("choice", "more", "code", "remedy"),
    [
        ("{gifs: short}", "", "R14", "Did you mean gifts? "),
        ("{gifts: long}", "", "R15", "Write one of short, none."),
        ("{gifts: none}", BACKGROUND, "R16", "Keep it, "),
    ],
)
def test_a_choice_that_cannot_be_made_is_told_at_its_line(
    library: Library, choice: str, more: str, code: str, remedy: str
) -> None:
    found = [
        problem
        for problem in deal_checks(agreed(choice, more), library)
        if problem.path.startswith("clauses.")
    ]
    assert [problem.code for problem in found] == [code]
    assert found[0].where.line == 9
    assert found[0].remedy.startswith(remedy)


@pytest.mark.parametrize("choice", ["{gifts: short}", "{gifts: none}"])
def test_a_choice_that_can_be_made_is_no_problem(library: Library, choice: str) -> None:
    found = deal_checks(agreed(choice), library)
    assert [each for each in found if each.path.startswith("clauses.")] == []


@pytest.mark.parametrize(
    ("body", "more", "codes"),
    [
        ("? background\nSee {gifts}.\n\nPaper is free.", "", []),
        ("? background\nSee {gifts}.\n\nPaper is free.", "background: [A]", ["R16"]),
        ("* parties\n? it.licence\n[it.name] gives {gifts}.\n\nPaper is free.", "", []),
        ("* parties\n? it.address\n[it.name] gives {gifts}.", "", ["R16"]),
    ],
)
def test_only_a_reference_that_this_deal_would_print_stands_in_the_way(
    body: str, more: str, codes: list[str], tmp_path: Path
) -> None:
    library, problems = loaded(
        tmp_path,
        **{
            GIFTS: clause("Gifts are welcome.", order=91, **HEAD),
            WRAPPING: clause(body, order=92, **HEAD),
        },
    )
    assert library is not None, problems
    found = deal_checks(agreed("{gifts: none}", more), library)
    assert [each.code for each in found if each.path.startswith("clauses.")] == codes


SMALL = """
price: {payments: {fee: {amount: 'USD 100.00', due: effective, payer: client}}}
service_levels:
  up: {measure: availability, target: at least 99%, each: calendar month}
clauses: {CHOICE: none}
"""


@pytest.mark.parametrize(
    ("left_out", "code", "said"),
    [
        ("payments", "R16", "annex-payments refers to payments, which is left out."),
        ("work", "R16", "uses 'Work', defined in work, which is left out. "),
        ("party", "R16", "more need it too."),
        ("preamble", "R18", "A contract cannot do without preamble."),
        ("parties", "R18", "A contract cannot do without parties."),
        ("defined-words", "R18", "A contract cannot do without defined-words."),
        ("counterparts", "", ""),
        ("waiver", "", ""),
        ("milestone", "", ""),
    ],
)
def test_what_the_contract_needs_cannot_be_left_out(
    left_out: str, code: str, said: str
) -> None:
    library, faults = load(ROOT / "clauses", ROOT / "templates")
    assert library is not None, faults
    text = small_deal(SMALL.replace("CHOICE", left_out))
    terms, problems = read_terms(text, "agreed.yaml")
    assert terms is not None, problems
    found = [p for p in deal_checks(terms, library) if p.path.startswith("clauses.")]
    assert [problem.code for problem in found] == [code] * bool(code)
    assert all(said in problem.what for problem in found)


def test_a_variant_of_nothing_is_a_fault_of_the_library(tmp_path: Path) -> None:
    _, problems = loaded(
        tmp_path, **{SHORT: clause("Gifts.", of="presents", variant="short", **HEAD)}
    )
    assert [problem.code for problem in problems] == ["L09"]


def test_a_fault_in_a_variant_is_found_like_one_in_a_clause(tmp_path: Path) -> None:
    assert [
        problem.code
        for problem in faults(
            tmp_path,
            **{
                GIFTS: clause("Gifts are welcome.", order=91, **HEAD),
                SHORT: clause(
                    "See {nowhere}.", order=91, of="gifts", variant="short", **HEAD
                ),
            },
        )
    ] == ["L11"]


@pytest.mark.parametrize(("more", "ways"), [("", ["none"]), (BACKGROUND, [])])
def test_what_a_text_of_the_deal_needs_is_not_offered_to_be_left_out(
    tmp_path: Path, more: str, ways: list[str]
) -> None:
    """A word that only one clause defines, and another uses where there is one."""
    words = "Paper is for a <Gift>."
    library, problems = loaded(
        tmp_path,
        **{
            GIFTS: clause('A ""Gift"" is welcome.', order=91, slot="general"),
            WRAPPING: clause(words, order=92, slot="general", when="background"),
        },
    )
    assert library is not None, problems
    assert dict(in_every_contract(agreed("{}", more), library))["gifts"] == ways
