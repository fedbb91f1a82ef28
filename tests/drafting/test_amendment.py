from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from contracts import contract, printed, section, spans, table, text
from deals import GARAGE, reading

from closer.drafting.amendment import amendment
from closer.drafting.document import Document, Paragraph, Reference, Table, Value, plain
from closer.drafting.naming import Named
from closer.drafting.occasion import (
    AmendmentFacts,
    CompletionTotal,
    CountedDay,
    Earlier,
    Extension,
    MovedDay,
    Occasion,
    PriceTotal,
)
from closer.drafting.phrases import Phrases
from closer.library.instruments import Instrument, load_instrument, read_instrument
from closer.library.loading import Library
from closer.terms.values import Money

ROOT = Path(__file__).parent.parent.parent
OMITTED = "[Intentionally omitted]"
LONG = (
    "The Contractor shall keep the site clean and safe on every day of the works, "
    "shall store all material under cover, and shall lock the gate at night."
)
FACTS = AmendmentFacts(
    named=Named("amendment", 1),
    effective=date(2026, 10, 5),
    contract_effective=date(2026, 8, 3),
    dated=date(2026, 7, 30),
)
Writing = Callable[..., Document]


@pytest.fixture(scope="session")
def instrument() -> Instrument:
    """The wording of amendments as it is shipped."""
    instrument, problems = load_instrument(ROOT / "templates")
    assert instrument is not None
    assert problems == []
    return instrument


@pytest.fixture
def written(instrument: Instrument, library: Library) -> Writing:
    """Write the amendment from one contract to another."""
    phrases = Phrases(
        library.phrases,
        reading(GARAGE).terms,
        {"client": "Client", "contractor": "Contractor"},
    )

    def made(
        before: Document, after: Document, facts: AmendmentFacts = FACTS
    ) -> Document:
        return amendment(
            before,
            after,
            facts,
            instrument=instrument,
            phrases=phrases,
            omitted=OMITTED,
        )

    return made


def _changes(document: Document) -> list[str]:
    """Return the operative sentences, labels left out."""
    return [
        plain(block.spans)
        for provision in document.articles[0].provisions
        for block in provision.blocks
        if isinstance(block, Paragraph)
    ]


def _works(*lines: str) -> Document:
    return contract(
        ("works", [section("works", *lines), section("last", "It may rest.")])
    )


def test_a_value_is_swapped_in_its_sentence(written: Writing) -> None:
    before = _works(f"{LONG} The works last [works.time|10 days] in all.")
    after = _works(f"{LONG} The works last [works.time|12 days] in all.")
    document = written(before, after)
    assert _changes(document) == [
        "In the second sentence of section 1.1, “10 days” is replaced with “12 days”."
    ]
    paragraph = document.articles[0].provisions[0].blocks[0]
    assert isinstance(paragraph, Paragraph)
    values = [span for span in paragraph.spans if isinstance(span, Value)]
    assert values == [Value("works.time", "12 days")]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        pytest.param(
            (LONG,),
            (LONG.replace("every day", "every working day"),),
            "In section 1.1, “working” is inserted after “every”.",
            id="words_are_inserted",
        ),
        pytest.param(
            (LONG,),
            (LONG.replace(" and safe", ""),),
            "In section 1.1, “and safe” is deleted.",
            id="words_are_deleted",
        ),
        pytest.param(
            (f"{LONG} {LONG}",),
            (f"{LONG} It rests at noon. {LONG}",),
            "After the first sentence of section 1.1, “It rests at noon.” is inserted.",
            id="a_sentence_is_inserted",
        ),
        pytest.param(
            (f"{LONG} It rests at noon. {LONG}",),
            (f"{LONG} {LONG}",),
            "The second sentence of section 1.1 is deleted: “It rests at noon.”",
            id="a_sentence_is_deleted",
        ),
        pytest.param(
            ("It shall:", "- dig deep and wide;", "- build the wall in fine brick."),
            ("It shall:", "- dig deep and wide;", "- build the wall in new brick."),
            "In section 1.1(b), “fine” is replaced with “new”.",
            id="an_item_is_named_by_its_letter",
        ),
        pytest.param(
            ("It shall:", "- dig;", "-- deep and wide, and;", "-- at night, by hand."),
            ("It shall:", "- dig;", "-- deep and wide, and;", "-- at night, by lamp."),
            "In section 1.1(a)(ii), “hand” is replaced with “lamp”.",
            id="an_item_below_an_item_is_named_with_it",
        ),
        pytest.param(
            (LONG, "- dig;", "- build."),
            (LONG, "- dig;", "- wall;", "- build."),
            "After section 1.1(a), the following is inserted as (aa): “wall;”.",
            id="an_item_is_inserted",
        ),
        pytest.param(
            (LONG, "- dig;", "- wall;", "- build."),
            (LONG, "- dig;", "- build."),
            "Section 1.1(b) is deleted; its letter stays and reads "
            "“[Intentionally omitted]”.",
            id="an_item_is_deleted",
        ),
        pytest.param(
            (LONG, LONG),
            (LONG, "It may rest.", LONG),
            "After the first unlettered paragraph of section 1.1, the following "
            "paragraph is inserted: “It may rest.”",
            id="a_paragraph_is_inserted",
        ),
        pytest.param(
            (LONG, "- dig;", "- build."),
            (LONG.replace("gate", "door"), "- dig;", "- build."),
            "In the opening text of section 1.1, “gate” is replaced with “door”.",
            id="the_words_before_the_items_are_named",
        ),
    ],
)
def test_an_instruction_says_where_and_what(
    written: Writing,
    before: tuple[str, ...],
    after: tuple[str, ...],
    sentence: str,
) -> None:
    assert _changes(written(_works(*before), _works(*after))) == [sentence]


def test_a_section_that_changed_much_is_set_out_anew(written: Writing) -> None:
    after = _works("The Client builds.", "- dig; and", "- see section {last}.")
    assert _changes(written(_works(LONG), after)) == [
        "Section 1.1 is replaced with the following:",
        "“1.1\u00a0Works. The Client builds.",
        "(a)\u00a0dig; and",
        "(b)\u00a0see section 1.2.”",
    ]


def test_a_new_section_gets_a_number_in_between(written: Writing) -> None:
    new = section("new", "It digs, see {last}.")
    before = contract(("w", [section("a", LONG), section("last", "Rest.")]))
    after = contract(("w", [section("a", LONG), new, section("last", "Rest.")]))
    assert _changes(written(before, after)) == [
        "The following section 1.1A is inserted after section 1.1:",
        "“1.1A\u00a0New. It digs, see 1.2.”",
    ]


def test_a_section_before_all_others_is_placed_in_its_article(
    written: Writing,
) -> None:
    before = contract(("w", [section("a", LONG)]))
    after = contract(("w", [section("new", "It digs."), section("a", LONG)]))
    assert _changes(written(before, after))[0] == (
        "The following section 1.A1 is inserted as the first of article 1:"
    )


def test_deleted_sections_articles_and_annexes_keep_their_numbers(
    written: Writing,
) -> None:
    before = contract(
        ("w", [section("a", LONG), section("b", LONG)]),
        ("x", [section("c", LONG)]),
        annexes=[("map", text("North."))],
    )
    assert _changes(written(before, contract(("w", [section("a", LONG)])))) == [
        f"Section 1.2 is deleted; its number stays and reads “{OMITTED}”.",
        f"Article 2 is deleted; its number stays and reads “{OMITTED}”.",
        f"Annex A is deleted; its letter stays and reads “{OMITTED}”.",
    ]


def test_rows_of_an_annex_are_replaced_inserted_and_deleted(written: Writing) -> None:
    def days(*rows: tuple[str, str]) -> Document:
        return contract(annexes=[("milestones", [table("milestones", *rows)])])

    document = written(
        days(("Garage", "[g|2 October]"), ("Shed", "x"), ("Old", "y")),
        days(("Garage", "[g|9 October]"), ("New", "z"), ("Shed", "x")),
    )
    assert _changes(document) == [
        "Annex A changes as follows:",
        "In Annex A, the row “Garage” is replaced with the following:",
        "In Annex A, the following row is inserted after the row “Garage”:",
        "In Annex A, the row “Old” is deleted.",
    ]
    tables = [
        block
        for block in document.articles[0].provisions[0].blocks
        if isinstance(block, Table)
    ]
    assert [row.id for one in tables for row in one.rows] == ["garage", "new"]
    assert len({one.id for one in tables}) == 2
    assert tables[0].rows[0].cells[1] == (Value("g", "9 October"),)


def test_definitions_are_changed_one_by_one(written: Writing) -> None:
    before = contract(("d", [section("words", '""Site"" is a.', '""Term"" is b.')]))
    after = contract(("d", [section("words", '""Debris"" is c.', '""Term"" is d.')]))
    assert _changes(written(before, after)) == [
        "Section 1.1 changes as follows:",
        "The definition of “Site” in section 1.1 is deleted.",
        (
            "In section 1.1, the following definition is inserted in its alphabetical "
            "place:"
        ),
        "“Debris” is c.",
        "The definition of “Term” in section 1.1 is replaced with the following:",
        "“Term” is d.",
    ]


def test_cover_parties_and_recitals_are_changed_by_name(written: Writing) -> None:
    before = contract(background=[LONG], cover=[("Price", "USD 10.00")])
    after = contract(background=[f"{LONG} It leaks."], cover=[("Price", "USD 12.00")])
    assert _changes(written(before, after)) == [
        "The following changes:",
        "The entry “Price” on the cover page is replaced with “USD 12.00”.",
        "After the first sentence of recital (A), “It leaks.” is inserted.",
    ]


def test_quoted_text_points_nowhere_and_counts_nothing(written: Writing) -> None:
    before = contract(("w", [section("a", LONG), section("b", LONG)]))
    after = contract(
        (
            "w",
            [section("a", LONG), section("n", "See {b}.", "- x."), section("b", LONG)],
        )
    )
    (provision,) = written(before, after).articles[0].provisions
    for block in provision.blocks:
        assert isinstance(block, Paragraph)
        assert not block.label
        assert not any(isinstance(span, Reference) for span in block.spans)


def test_the_title_counts_in_words_and_then_in_figures(written: Writing) -> None:
    def title(number: int) -> str:
        facts = AmendmentFacts(
            named=Named("amendment", number),
            effective=date(2026, 10, 5),
            contract_effective=date(2026, 8, 3),
        )
        return written(_works(LONG), _works("It digs."), facts).title

    assert title(1) == "First Amendment to Remodel Agreement"
    assert title(3) == "Third Amendment to Remodel Agreement"
    assert title(13) == "Amendment No. 13 to Remodel Agreement"


def test_recitals_name_the_contract_what_came_before_and_why(written: Writing) -> None:
    facts = AmendmentFacts(
        named=Named("amendment", 2),
        effective=date(2026, 10, 5),
        contract_effective=date(2026, 8, 3),
        dated=date(2026, 7, 30),
        earlier=(Earlier(Named("amendment", 1), date(2026, 9, 1)),),
        occasion=Occasion(
            what="Hurricane Imelda closed the site",
            began=date(2026, 9, 24),
            ended=date(2026, 10, 1),
            noticed=date(2026, 9, 25),
            by="contractor",
        ),
        because=("The storm flooded the excavation.",),
    )
    told = written(_works(LONG), _works("It digs."), facts).background
    assert [plain(one) for one in told] == [
        (
            "The Parties to this Amendment are the parties to the Remodel Agreement, "
            "reference HOM-1, signed on July 30, 2026 and made with effect from "
            "August 3, 2026 (the “Agreement”)."
        ),
        (
            "The Agreement was changed by the First Amendment, "
            "effective September 1, 2026."
        ),
        (
            "From September 24, 2026 to October 1, 2026, the following happened: "
            "Hurricane Imelda closed the site."
        ),
        "On September 25, 2026, the Contractor gave notice of it.",
        "The storm flooded the excavation.",
    ]


def test_every_amendment_says_what_it_leaves_as_it_is(written: Writing) -> None:
    effect = written(_works(LONG), _works("It digs.")).articles[1]
    assert [provision.id for provision in effect.provisions] == [
        "effective-day",
        "before",
        "remainder",
        "conflict",
        "no-waiver",
        "definitions",
        "form",
    ]
    assert effect.provisions[0].number == "2.1"


def test_what_the_facts_hold_is_told_in_provisions_and_annexes(
    written: Writing,
) -> None:
    money = [Money("USD", Decimal(figure)) for figure in ("100.00", "110.00", "95.00")]
    day = date(2026, 10, 30)
    facts = AmendmentFacts(
        named=Named("amendment", 1),
        effective=date(2026, 10, 5),
        contract_effective=date(2026, 8, 3),
        temporary=(("section 8.2 (Reviews)", date(2026, 11, 30)),),
        removed=(("section 7.5 (Weather)", date(2026, 10, 5)),),
        consents=("the surety",),
        occasion=Occasion(what="A storm", under="section 7.1 (Force majeure)"),
        days=(
            MovedDay(id="a", what="A", before=day, after=date(2026, 11, 13), why="x"),
            MovedDay(id="b", what="B", before=None, after=day, why="y", expected=True),
            MovedDay(id="c", what="C", before=day, after=day, why="z"),
        ),
        lost=(CountedDay(date=day, weekday="Friday", counted=False, why_not="Friday"),),
        relief=(Extension(title="A", given=8, agreed=14),),
        price=PriceTotal(*money),
        completion=(CompletionTotal("A", day, day, date(2026, 10, 29)),),
    )
    document = written(_works(LONG), _works("It digs."), facts)
    told = printed(document)
    assert (
        "The change of section 8.2 (Reviews) applies until the end of November" in told
    )
    assert "section 7.5 (Weather) continues to apply, with everything else" in told
    assert "of 14\u00a0days that is agreed for “A” includes every extension" in told
    assert "(a) the surety" in told
    assert [annex.number for annex in document.annexes] == ["1", "2", "3"]
    assert "| A | October 30, 2026 | November 13, 2026 | 14\u00a0days later | x" in told
    assert "| B | \u2013 | October 30, 2026 (expected) | new | y" in told
    assert "| C | October 30, 2026 | October 30, 2026 | stays | z" in told
    assert "| October 30, 2026 | Friday | no | Friday" in told
    assert "gives 8\u00a0days. The Parties agree on 14\u00a0days, which is 6" in told
    assert "+ USD\u00a010.00 | \u2212 USD\u00a015.00 | USD\u00a095.00" in told
    assert "| stays | 1\u00a0day earlier | October 29, 2026" in told


def test_the_same_parties_sign(written: Writing) -> None:
    document = written(_works(LONG), _works("It digs."))
    assert [block.party for block in document.signatures] == ["client", "contractor"]
    assert document.parties == (
        spans('Whitfield LLC (the ""Client"")'),
        spans('Gulf LLC (the ""Contractor"")'),
    )


def test_an_amendment_refers_to_its_own_articles(written: Writing) -> None:
    effect = written(_works(LONG), _works("It digs.")).articles[1]
    first = effect.provisions[0].blocks[0]
    assert isinstance(first, Paragraph)
    assert Reference("changes", "1") in first.spans


def test_wording_that_cannot_be_read_is_a_problem() -> None:
    _, problems = read_instrument("preamble = 3", "amendment.toml")
    assert problems
    _, problems = read_instrument("preamble =", "amendment.toml")
    assert [problem.code for problem in problems] == ["L07"]


def test_missing_wording_is_a_problem(tmp_path: Path) -> None:
    instrument, problems = load_instrument(tmp_path)
    assert instrument is None
    assert len(problems) == 1
