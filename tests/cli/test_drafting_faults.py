"""Faults that lawyers have made in real amendments, held against every sample's.

Each name says what went wrong elsewhere; what cannot be drafted here is shown not to
stand in what was.
"""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from closer.cli.amend import outcome
from closer.cli.deal import (
    Stage,
    accepted,
    examined,
    read_deal,
    read_library,
    understood,
)
from closer.drafting.document import Block, Document, Paragraph, Reference, Span, plain
from closer.formats import files, stored
from closer.formats.lint import visible

ROOT = Path(__file__).parents[2]
CASES = [
    pytest.param([path, *changes[:count]], id=f"{path.parent.name}-{count}")
    for path in sorted((ROOT / "samples").glob("*/agreed.yaml"))
    for changes in [sorted(path.parent.glob("change-*.yaml"))]
    for count in range(1, len(changes) + 1)
]


HELD_BY = {
    # What goes wrong with amendments, and the tests by which it cannot here.
    "the contract is recited by another title or day": [
        "test_drafting_faults::test_it_recites_the_title_the_reference_and_the_day",
        "test_signed_copies::test_a_copy_drafted_from_other_terms_is_refused",
    ],
    "an earlier amendment is left out, or recited with another day": [
        "test_drafting_faults::test_it_recites_every_amendment_before_it_once",
        "test_chains::test_each_amendment_recites_all_before_it_with_their_days",
    ],
    "a word is used that nobody defined": [
        "test_drafting_faults::test_every_word_it_gives_a_meaning_of_its_own",
    ],
    "others sign than signed the contract": [
        "test_drafting_faults::test_the_same_parties_sign_as_signed_the_contract",
        "test_chains::test_nothing_is_written_for_a_change_that_cannot_be",
    ],
    "the form that the contract demands is not met": [
        "test_drafting_faults::test_it_is_in_writing_and_signed_as_the_contract",
        "test_instruments::test_what_the_contract_wants_named_is_named_or_missing",
    ],
    "a place is named that the contract does not have": [
        "test_carrying_out::test_the_amendments_of_the_samples_make",
        "test_drafting_faults::test_every_place_is_named_by_its_number",
    ],
    "words are replaced that the contract does not have": [
        "test_carrying_out::test_the_amendments_of_the_samples_make",
        "test_signed_copies::test_the_amendment_quotes_what_was_signed_whatever",
    ],
    "numbers shift and references point nowhere": [
        "test_drafting_faults::test_nothing_in_the_conformed_text_refers_to_what",
    ],
    "nothing says that the rest stays": [
        "test_drafting_faults::test_it_leaves_the_rest_as_it_is",
    ],
    "nothing says which of the two prevails": [
        "test_drafting_faults::test_it_leaves_the_rest_as_it_is",
    ],
    "it is dated back": ["test_drafting_faults::test_it_dates_nothing_back"],
    "days that follow are not listed": [
        "test_drafting_faults::test_every_day_that_moves_is_listed",
    ],
    "a surety, insurer or lender is not asked": [
        "test_chains::test_those_who_must_consent_are_named",
        "test_instruments::test_what_the_contract_wants_named_is_named_or_missing",
    ],
    "its number is out of turn": [
        "test_chains::test_a_change_out_of_its_order_is_refused",
        "test_instruments::test_each_kind_of_instrument_counts_for_itself",
    ],
    "it runs out, and nothing says what then applies": [
        "test_drafting_faults::test_what_is_temporary_says_when",
        "test_instruments::test_a_restatement_waits_until",
    ],
    "an annex is replaced and not attached": [
        "test_drafting_faults::test_what_is_to_be_replaced_as_set_out_is_set_out",
    ],
    "nothing is given in return where the law wants it": [
        "test_chains::test_whether_a_change_needs_something_in_return",
        "test_chains::test_a_sale_of_goods_in_the_united_states",
    ],
    "a period ends before it begins": [
        "test_drafting_faults::test_a_period_that_ends_before_it_begins_is_refused",
    ],
    "a parenthesis that opens never closes": [
        "test_drafting_faults::test_every_parenthesis_and_quotation_that_opens",
    ],
}


@pytest.mark.parametrize("fault", HELD_BY)
def test_each_known_fault_of_amendments_has_its_test(fault: str) -> None:
    for named in HELD_BY[fault]:
        file, _, test = named.partition("::")
        (found,) = (ROOT / "tests").rglob(f"{file}.py")
        assert f"def {test}" in found.read_text(encoding="utf-8"), named


@pytest.mark.parametrize(
    "lines",
    [
        "  duration: {starts: 2027-01-01, ends: 2026-03-31}\n",
        "  governance.progress_reviews: {to: every week, until: 2026-03-31}\n",
    ],
)
def test_a_period_that_ends_before_it_begins_is_refused(lines: str) -> None:
    terms = ROOT / "samples/garage-remodel/agreed.yaml"
    head = "amends: HOM-2026-014\neffective: 2026-10-05\nchanges:\n"
    files_ = [("agreed.yaml", terms.read_text(encoding="utf-8"))]
    deal, problems = understood([*files_, ("change.yaml", head + lines)])
    if deal is not None:
        problems, _ = examined(deal, read_library())
    assert any(problem.severity == "error" for problem in problems)


class Made(NamedTuple):
    number: int
    text: str
    document: Document
    stages: tuple[Stage, ...]


@pytest.fixture(scope="module", params=CASES)
def made(request: pytest.FixtureRequest) -> Made:
    deal = read_deal(request.param)
    library = read_library()
    stages = accepted(deal, library)
    data = outcome(deal, stages, library)[f"amendment-{deal.number}.docx"]
    found = stored.read(data)
    assert isinstance(found, stored.Stored)
    assert found.document is not None
    text = visible(files.unpacked(data)["word/document.xml"].decode())
    return Made(deal.number, text.replace("\u00a0", " "), found.document, stages)


def test_it_recites_the_title_the_reference_and_the_day_of_the_contract(
    made: Made,
) -> None:
    terms = made.stages[0].agreed.terms
    assert f"the parties to the {terms.title}, reference {terms.reference}" in made.text
    assert isinstance(terms.effective, date)
    day = f"{terms.effective:%B} {terms.effective.day}, {terms.effective.year}"
    if terms.language != "en-US":
        day = f"{terms.effective.day} {terms.effective:%B} {terms.effective.year}"
    assert f"made with effect from {day}" in made.text


def test_it_recites_every_amendment_before_it_once_and_none_after_it(
    made: Made,
) -> None:
    told = re.findall(r"changed by the (\w+) Amendment, effective ([^.]+)\.", made.text)
    days = [each.effective for each in made.stages[-1].agreed.terms.amended][:-1]
    assert [day for _, day in told] == [f"{d:%B} {d.day}, {d.year}" for d in days]


def test_every_word_it_gives_a_meaning_of_its_own_is_defined_once(made: Made) -> None:
    for word in ("Amendment", "Agreement", "Amendment Effective Date"):
        assert made.text.count(f"(this “{word}”)") + made.text.count(
            f"(the “{word}”)"
        ) == (1)
    dates = set(re.findall(r"[A-Z]\w* Effective Date", made.text))
    assert dates <= {"Amendment Effective Date"}


def test_the_same_parties_sign_as_signed_the_contract(made: Made) -> None:
    signed = [(b.party, b.heading) for b in made.stages[0].text.signatures]
    assert [(b.party, b.heading) for b in made.document.signatures] == signed


def test_it_is_in_writing_and_signed_as_the_contract_demands(made: Made) -> None:
    clause = next(p for p in made.stages[0].text.provisions() if p.id == "amendment")
    assert "signed" in str(clause.blocks)
    assert "is in writing and is signed by each Party" in made.text


def test_it_leaves_the_rest_as_it_is_and_says_what_prevails(made: Made) -> None:
    assert "remains in full force" in made.text
    assert "this Amendment prevails" in made.text


def test_it_dates_nothing_back(made: Made) -> None:
    assert "If a signature is given after the Amendment Effective Date" in made.text


def test_every_place_is_named_by_its_number(made: Made) -> None:
    places = (
        r"\b(section|article|annex)[\s\u00a0][\dA-Z]",
        r"paragraph \(\d+\) of the parties",
        "cover page|the words before",
    )
    named = re.compile("|".join(places), re.IGNORECASE)
    for provision in made.document.articles[0].provisions:
        first = provision.blocks[0]
        assert isinstance(first, Paragraph)
        assert named.search(plain(first.spans)), plain(first.spans)


def test_every_parenthesis_and_quotation_that_opens_closes(made: Made) -> None:
    for line in made.text.splitlines():
        assert line.count("(") == line.count(")")
    assert made.text.count("“") == made.text.count("”")


def test_what_is_temporary_says_when_the_earlier_text_returns(made: Made) -> None:
    told = "From the next day on, the earlier text applies again" in made.text
    until = "applies until the end of" in made.text
    assert told == until


def test_nothing_in_the_conformed_text_refers_to_what_is_gone(made: Made) -> None:
    text = made.stages[-1].text
    gone = {each.id for each in text.provisions() if each.omitted}
    gone |= {article.id for article in text.articles if not article.provisions}
    for provision in text.provisions():
        for span in _spans(provision.blocks):
            assert not (isinstance(span, Reference) and span.target in gone)


def test_every_day_that_moves_is_listed_before_and_after(made: Made) -> None:
    annexes = [annex for annex in made.document.annexes if annex.id == "days"]
    assert annexes
    assert "Moves by" in made.text


def test_what_is_to_be_replaced_as_set_out_is_set_out(made: Made) -> None:
    for provision in made.document.articles[0].provisions:
        blocks = provision.blocks
        for place, block in enumerate(blocks):
            if isinstance(block, Paragraph) and _says(block).endswith("following:"):
                assert place + 1 < len(blocks)


def _says(block: Paragraph) -> str:
    return "".join(span.text for span in block.spans)


def _spans(blocks: tuple[Block, ...]) -> list[Span]:
    return [
        span
        for block in blocks
        for spans in (
            (block.spans,)
            if isinstance(block, Paragraph)
            else tuple(cell for row in block.rows for cell in row.cells)
        )
        for span in spans
    ]
