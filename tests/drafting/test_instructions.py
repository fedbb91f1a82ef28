from pathlib import Path

import pytest
from contracts import contract, section, table, text
from msgspec.structs import replace

from closer.drafting.conformed import kept
from closer.drafting.document import Document, Paragraph, Provision, plain
from closer.drafting.instructions import operative
from closer.library.instruments import load_instrument

ROOT = Path(__file__).parent.parent.parent
OMITTED = "Not used"
LONG = (
    "The Contractor shall keep the site clean and safe on every day of the works, "
    "shall store all material under cover, and shall lock the gate at night."
)


def _said(before: Document, after: Document) -> list[str]:
    instrument, _ = load_instrument(ROOT / "templates")
    assert instrument is not None
    provisions = operative(before, after, instrument, omitted=OMITTED)
    return [
        plain(block.spans)
        for provision in provisions
        for block in provision.blocks
        if isinstance(block, Paragraph)
    ]


def _works(*lines: str, heading: str = "Works") -> Document:
    return contract(("works", [section("works", *lines, heading=heading)]))


def _with(provision: Provision, *rows: tuple[str, str]) -> Document:
    blocks = (*provision.blocks, table("t", *rows)) if rows else provision.blocks
    return contract(("works", [replace(provision, blocks=blocks)]))


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        pytest.param(
            _works(LONG),
            _works(LONG, heading="The works"),
            ["The heading of section 1.1 is replaced with “The works”."],
            id="a_heading",
        ),
        pytest.param(
            _works(LONG, LONG),
            _works(LONG, "It rests.", "It sleeps.", LONG),
            [
                "Section 1.1 changes as follows:",
                (
                    "After the first unlettered paragraph of section 1.1, the "
                    "following paragraph is inserted: “It rests.”"
                ),
                "After that paragraph, the following is inserted: “It sleeps.”",
            ],
            id="two_paragraphs_in_a_row",
        ),
        pytest.param(
            _works(LONG),
            _works("It rests.", LONG),
            [
                (
                    "Before the other text of section 1.1, the following paragraph is "
                    "inserted: “It rests.”"
                )
            ],
            id="a_paragraph_before_all_others",
        ),
        pytest.param(
            _works(LONG, "It rests.", LONG),
            _works(LONG, LONG),
            ["The second unlettered paragraph of section 1.1 is deleted: “It rests.”"],
            id="a_paragraph_that_goes",
        ),
        pytest.param(
            _works(f"{LONG} {LONG}"),
            _works(f"It rests. {LONG} {LONG}"),
            ["Before the first sentence of section 1.1, “It rests.” is inserted."],
            id="a_sentence_before_all_others",
        ),
        pytest.param(
            _works(LONG),
            _works(f"Each day {LONG}"),
            ["In section 1.1, “Each day” is inserted before “The”."],
            id="words_before_all_others",
        ),
        pytest.param(
            _works(LONG, "- dig;", "- build."),
            _works(LONG, "- wall;", "- dig;", "- build."),
            [
                (
                    "Before the other items of section 1.1, the following is inserted "
                    "as (za): “wall;”."
                )
            ],
            id="an_item_before_all_others",
        ),
        pytest.param(
            _works(LONG, "- dig:", "-- deep;", "-- wide.", "- build."),
            _works(LONG, "- build."),
            ["Section 1.1(a) is deleted; its letter stays and reads “Not used”."],
            id="an_item_goes_with_those_below_it_in_one_sentence",
        ),
        pytest.param(
            _with(section("works", LONG), ("A", "1")),
            _with(section("works", LONG)),
            ["In section 1.1, the table is deleted."],
            id="a_table_that_goes",
        ),
        pytest.param(
            _with(section("works", LONG)),
            _with(section("works", LONG), ("A", "1")),
            ["In section 1.1, the following table is inserted:"],
            id="a_table_that_comes",
        ),
        pytest.param(
            _with(section("works", LONG), ("A", "1"), ("B", "2")),
            _with(section("works", LONG), ("New", "0"), ("A", "1"), ("B", "2")),
            ["In section 1.1, the following row is inserted before all other rows:"],
            id="a_row_before_all_others",
        ),
        pytest.param(
            contract(("a", [section("x", LONG)]), ("c", [section("z", LONG)])),
            contract(
                ("a", [section("x", LONG)]),
                ("b", [section("y", "Rest.", "- now;", "- then.")]),
                ("c", [section("z", LONG)]),
            ),
            [
                "The following article 1A is inserted after article 1:",
                "“1A\u00a0B",
                "1A.1\u00a0Y. Rest.",
                "(a)\u00a0now;",
                "(b)\u00a0then.”",
            ],
            id="an_article",
        ),
        pytest.param(
            contract(annexes=[("map", text(LONG, LONG))]),
            contract(annexes=[("map", text(LONG, LONG.replace("gate", "door")))]),
            [
                (
                    "In the second unlettered paragraph of Annex A, “gate” is replaced "
                    "with “door”."
                )
            ],
            id="a_paragraph_of_an_annex",
        ),
        pytest.param(
            contract(annexes=[("map", text(LONG))]),
            contract(annexes=[("first", text("North.")), ("map", text(LONG))]),
            [
                "The following Annex AA is inserted before all other annexes:",
                "“AA\u00a0First",
                "North.”",
            ],
            id="an_annex_before_all_others",
        ),
        pytest.param(
            contract(background=[LONG]),
            replace(contract(), title="Other", cover=(("Price", ()),)),
            [
                "The following changes:",
                "The title of the Agreement is replaced with “Other”.",
                "The cover page has a further entry, Price: “”.",
                f"Recital (A) is deleted: “{LONG}”",
            ],
            id="the_pages_before_the_articles",
        ),
    ],
)
def test_an_instruction_for(
    before: Document, after: Document, sentences: list[str]
) -> None:
    assert _said(before, after) == sentences


def test_an_article_that_comes_back_is_set_out_under_its_old_number() -> None:
    both = contract(("a", [section("x", LONG)]), ("b", [section("y", LONG)]))
    one = contract(("a", [section("x", LONG)]))
    emptied = kept(both, one, omitted=OMITTED)
    assert _said(emptied, both)[0] == "Article 2 is replaced with the following:"


def test_new_closing_words_are_named() -> None:
    before = _works(LONG)
    after = replace(before, closing_words=(text("Sealed.")[0].spans))
    assert _said(before, after) == [
        "The text before the signatures is replaced with “Sealed.”"
    ]


def test_signatures_are_no_matter_for_an_instruction() -> None:
    before = _works(LONG)
    assert _said(before, replace(before, signatures=())) == []
