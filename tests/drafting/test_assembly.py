"""The contract: numbered, cross-referenced, complete."""

import re
from pathlib import Path

import pytest
from deals import GARAGE, STUDIO, Drafting, reading

from closer.drafting.document import (
    Document,
    Paragraph,
    Reference,
    Span,
    Table,
    Value,
    plain,
)
from closer.library.loading import Library

SAMPLES = pytest.mark.parametrize(
    "sample", [GARAGE, STUDIO], ids=["construction", "services"]
)


def _paragraphs(document: Document) -> list[Paragraph]:
    blocks = [block for each in document.provisions() for block in each.blocks]
    blocks += [block for annex in document.annexes for block in annex.blocks]
    return [block for block in blocks if isinstance(block, Paragraph)]


def _spans(document: Document) -> list[Span]:
    spans = [span for paragraph in _paragraphs(document) for span in paragraph.spans]
    for annex in document.annexes:
        for table in annex.blocks:
            if isinstance(table, Table):
                spans += [s for row in table.rows for cell in row.cells for s in cell]
    return spans


def _text(document: Document) -> str:
    return "\n".join(plain(paragraph.spans) for paragraph in _paragraphs(document))


@SAMPLES
def test_articles_and_sections_count_without_a_gap(
    sample: Path, drafted: Drafting
) -> None:
    document = drafted(reading(sample)).document
    for place, article in enumerate(document.articles, 1):
        assert article.number == str(place)
        numbers = [provision.number for provision in article.provisions]
        assert numbers == [f"{place}.{n}" for n in range(1, len(numbers) + 1)] != []


@SAMPLES
def test_every_reference_shows_the_number_of_its_target(
    sample: Path, drafted: Drafting
) -> None:
    document = drafted(reading(sample)).document
    numbers = {each.id: each.number for each in document.provisions()}
    numbers |= {article.id: article.number for article in document.articles}
    numbers |= {annex.id: annex.number for annex in document.annexes}
    references = [span for span in _spans(document) if isinstance(span, Reference)]
    assert len(references) > 20
    assert all(numbers[each.target] == each.text for each in references)


@SAMPLES
def test_no_mark_of_the_clause_language_reaches_the_contract(
    sample: Path, drafted: Drafting
) -> None:
    text = _text(drafted(reading(sample)).document)
    assert not re.search(r"[<>{}\[\]]|\*\*|\"\"", text)


@SAMPLES
def test_every_definition_printed_is_used_and_they_stand_in_alphabetical_order(
    sample: Path, drafted: Drafting
) -> None:
    document = drafted(reading(sample)).document
    text = _text(document)
    first = document.articles[0].provisions[0]
    words = [
        block.spans[0].text
        for block in first.blocks
        if isinstance(block, Paragraph) and plain(block.spans).startswith("“")
    ]
    assert words == sorted(words)
    assert len(words) > 5
    for word in words:
        uses = len(re.findall(rf"\b{word}(?:s|es)?\b", text))
        assert uses > 1 or word[:-1] + "ies" in text, word


@SAMPLES
def test_items_of_a_section_are_lettered_in_order_and_lists_end_in_a_stop(
    sample: Path, drafted: Drafting
) -> None:
    document = drafted(reading(sample)).document
    for provision in document.provisions():
        items = [b for b in provision.blocks if isinstance(b, Paragraph) and b.level]
        letters = [item.label for item in items if item.level == 1]
        assert letters == [f"({chr(97 + n)})" for n in range(len(letters))]
        endings = [plain(item.spans) for item in items]
        assert all(e[-1] in ".:;" or e.endswith(("; and", "; or")) for e in endings)
        assert not endings or endings[-1].endswith("."), endings


def test_what_no_section_asks_for_is_not_in_the_contract(drafted: Drafting) -> None:
    document = drafted(
        reading(GARAGE, ("special_terms:\n  pets:", "special_terms:\n  dogs:"))
    ).document
    assert "special-term/dogs" in {each.id for each in document.provisions()}
    assert "confidentiality" not in {article.id for article in document.articles}


def test_steps_of_a_dispute_stand_in_the_order_the_parties_wrote(
    drafted: Drafting,
) -> None:
    text = GARAGE.read_text(encoding="utf-8")
    line = next(li for li in text.splitlines(True) if li.startswith("    executives:"))
    other = next(
        li for li in text.splitlines(True) if li.startswith("    negotiation:")
    )
    swapped = reading(GARAGE, (line, "@@"), (other, line), ("@@", other))
    ids = [each.id for each in drafted(swapped).document.provisions()]
    steps = [id_ for id_ in ids if id_.startswith("step-")]
    assert steps == [
        "step-executives",
        "step-negotiation",
        "step-mediation",
        "step-arbitration",
    ]


def test_words_of_the_parties_stand_as_they_wrote_them(drafted: Drafting) -> None:
    agreed = reading(GARAGE, ("dana@whitfield.example", "dana@<w&h>.example"))
    values = {s.path: s.text for s in _all_spans(drafted(agreed).document)}
    assert values["parties.client.notices.email"] == "dana@<w&h>.example"


def _all_spans(document: Document) -> list[Value]:
    tables = [
        block
        for provision in document.provisions()
        for block in provision.blocks
        if isinstance(block, Table)
    ]
    spans = [s for t in tables for row in t.rows for cell in row.cells for s in cell]
    return [span for span in spans if isinstance(span, Value)]


def test_the_parties_are_joined_like_a_list(drafted: Drafting) -> None:
    first, last = drafted(reading(GARAGE)).document.parties
    assert plain(first).endswith("(the “Client”); and")
    assert plain(last).endswith("(the “Contractor”).")


def test_each_liability_that_is_never_limited_is_an_item(drafted: Drafting) -> None:
    document = drafted(reading(GARAGE)).document
    text = _text(document)
    assert "liability for death or personal injury;" in text
    assert "liability for fraud; or" in text


def test_damages_that_are_a_share_say_of_what(drafted: Drafting) -> None:
    terms = reading(GARAGE, ("USD 150 per calendar day", "0.5% per week"))
    text = _text(drafted(terms).document)
    assert "0.5% of the Original Price per week." in text


def test_the_original_price_is_a_figure(drafted: Drafting) -> None:
    text = _text(drafted(reading(GARAGE)).document)
    assert "before any change, which is USD\u00a048,500.00." in text


@SAMPLES
def test_the_same_terms_give_the_same_document(sample: Path, drafted: Drafting) -> None:
    assert drafted(reading(sample)).document == drafted(reading(sample)).document


def test_every_clause_knows_the_library(library: Library) -> None:
    assert {"construction", "services"} <= set(library.types)


def test_a_value_in_a_heading_stays_a_value(drafted: Drafting) -> None:
    made = drafted(reading(GARAGE)).document
    pets = next(each for each in made.provisions() if each.id == "special-term/pets")
    assert pets.heading == "Pets"
    assert pets.heading_spans == (Value("special_terms.pets.heading", "Pets"),)
    plain_one = next(each for each in made.provisions() if each.id == "the-price")
    assert plain_one.titled == ()
