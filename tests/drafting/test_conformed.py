from contracts import contract, printed, section, table, text

from closer.drafting.comparison import compare
from closer.drafting.conformed import kept, omitted_words, paired_blocks
from closer.drafting.document import Document, Paragraph, Provision

OMITTED = "[Intentionally omitted]"


def _three(*middle: Provision) -> Document:
    return contract(
        ("works", [section("first", "One."), *middle, section("last", "See {first}.")])
    )


def _numbers(document: Document) -> list[tuple[str, str]]:
    return [(each.id, each.number) for each in document.provisions()]


def test_an_inserted_section_gets_a_number_in_between() -> None:
    worked = kept(
        _three(), _three(section("a", "A."), section("b", "B.")), omitted=OMITTED
    )
    assert _numbers(worked) == [
        ("first", "1.1"),
        ("a", "1.1A"),
        ("b", "1.1B"),
        ("last", "1.2"),
    ]
    assert [each.inserted for each in worked.provisions()] == [False, True, True, False]


def test_a_deleted_section_leaves_its_number_with_the_omitted_words() -> None:
    worked = kept(_three(section("a", "A.")), _three(), omitted=OMITTED)
    gone = list(worked.provisions())[1]
    assert (gone.number, gone.heading, gone.blocks) == ("1.2", OMITTED, ())
    assert gone.omitted


def test_references_point_to_kept_numbers() -> None:
    before = contract(("a", [section("a", "A.")]), ("b", [section("b", "See {b}.")]))
    after = contract(("b", [section("b", "See {b}.")]))
    assert "See 2.1." in printed(kept(before, after, omitted=OMITTED))


def test_articles_and_annexes_keep_their_numbers() -> None:
    def deal(*names: str) -> Document:
        return contract(
            *((name, [section(f"{name}-s", "Text.")]) for name in names),
            annexes=[(f"{name}-x", text("Text.")) for name in names],
        )

    worked = kept(deal("a", "b", "c"), deal("a", "new", "c"), omitted=OMITTED)
    assert [(a.number, a.heading) for a in worked.articles] == [
        ("1", "A"),
        ("2", OMITTED),
        ("2A", "New"),
        ("3", "C"),
    ]
    assert [p.number for p in worked.provisions()] == ["1.1", "2A.1", "3.1"]
    assert [a.number for a in worked.annexes] == ["A", "B", "B1", "C"]


def test_items_keep_their_letters() -> None:
    before = text("The Client shall:", "- pay;", "- tell; and", "- keep.")
    after = text("The Client shall:", "- pay;", "- ask the lender;", "- keep.")
    labels = [
        (block.label, block.spans[0].text)
        for block in paired_blocks(before, after, OMITTED)
        if isinstance(block, Paragraph)
    ]
    assert labels == [
        ("", "The Client shall:"),
        ("(a)", "pay;"),
        ("(b)", OMITTED),
        ("(ba)", "ask the lender;"),
        ("(c)", "keep."),
    ]


def test_items_below_a_deleted_item_go_with_it() -> None:
    before = text("It shall:", "- pay:", "-- in time;", "-- in full;", "- keep.")
    after = text("It shall:", "- keep.")
    blocks = paired_blocks(before, after, OMITTED)
    assert [b.label for b in blocks if isinstance(b, Paragraph)] == ["", "(a)", "(b)"]


def test_items_below_an_item_count_for_themselves() -> None:
    before = text("It shall:", "- pay:", "-- in time;", "-- in full.")
    after = text("It shall:", "- pay:", "-- in time;", "-- by wire;", "-- in full.")
    blocks = paired_blocks(before, after, OMITTED)
    assert [b.label for b in blocks if isinstance(b, Paragraph)] == [
        "",
        "(a)",
        "(i)",
        "(ia)",
        "(ii)",
    ]


def test_a_second_amendment_builds_on_the_numbers_of_the_first() -> None:
    new, newer = section("new", "New."), section("newer", "Newer.")
    first = kept(_three(), _three(new), omitted=OMITTED)
    second = kept(first, _three(newer, new), omitted=OMITTED)
    assert _numbers(second)[1:3] == [("newer", "1.1AA"), ("new", "1.1A")]
    assert [each.id for each in compare(first, _three(newer, new))] == ["newer"]


def test_an_emptied_number_stays_empty_and_is_no_change_again() -> None:
    emptied = kept(_three(section("a", "A.")), _three(), omitted=OMITTED)
    assert compare(emptied, _three()) == ()
    assert _numbers(kept(emptied, _three(), omitted=OMITTED)) == _numbers(emptied)


def test_what_comes_back_takes_its_old_number() -> None:
    emptied = kept(_three(section("a", "A.")), _three(), omitted=OMITTED)
    again = kept(emptied, _three(section("a", "B.")), omitted=OMITTED)
    assert _numbers(again)[1] == ("a", "1.2")
    assert not list(again.provisions())[1].omitted


def test_what_moves_leaves_its_number_and_gets_another() -> None:
    first, last = section("first", "One."), section("last", "Two.")
    worked = kept(
        contract(("works", [first, last])),
        contract(("works", [last, first])),
        omitted=OMITTED,
    )
    ids = [each.id for each in worked.provisions()]
    assert sorted(ids) in (["first", "first~", "last"], ["first", "last", "last~"])


def test_a_row_keeps_its_place_among_the_rows() -> None:
    before = contract(annexes=[("m", [table("m", ("A", "1"), ("B", "2"))])])
    after = contract(annexes=[("m", [table("m", ("A", "1"), ("C", "3"), ("B", "2"))])])
    assert kept(before, after, omitted=OMITTED).annexes == after.annexes


def test_the_omitted_words_are_those_of_the_language() -> None:
    phrases = {"omitted": {"en-US": OMITTED, "en-GB": "Not used"}}
    assert omitted_words(phrases, "en-US") == OMITTED
    assert omitted_words(phrases, "en-GB") == "Not used"
    assert omitted_words(phrases, "en-AU") == "Not used"
