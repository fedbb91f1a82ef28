from contracts import contract, section, table

from closer.drafting.comparison import Difference, compare
from closer.drafting.document import Document, plain

LONG = (
    "The Contractor shall keep the site clean and safe on every day of the works, "
    "shall store all material under cover, and shall lock the gate at night."
)


def _priced(total: str, *more: str) -> Document:
    return contract(
        (
            "price",
            [section("price", f"The whole price is [price.total|{total}].", *more)],
        )
    )


def _kinds(before: Document, after: Document) -> list[tuple[str, str, str]]:
    return [(each.kind, each.part, each.id) for each in compare(before, after)]


def _only(before: Document, after: Document) -> Difference:
    (difference,) = compare(before, after)
    return difference


def test_a_contract_does_not_differ_from_itself() -> None:
    document = _priced("USD 10.00", LONG)
    assert compare(document, document) == ()


def test_a_reference_that_only_renumbers_is_no_difference() -> None:
    referring = section("works", "The works are paid under section {price}.")
    price = section("price", "The price is fixed.")
    before = contract(("works", [referring]), ("price", [price]))
    after = contract(("works", [section("first", LONG), referring]), ("price", [price]))
    assert _kinds(before, after) == [("inserted", "section", "first")]


def test_a_reference_to_something_else_is_a_difference() -> None:
    others = [section("price", "It is fixed."), section("tax", "It is due.")]
    before = contract(("works", [section("works", LONG, "See {price}."), *others]))
    after = contract(("works", [section("works", LONG, "See {tax}."), *others]))
    assert _kinds(before, after) == [("changed", "section", "works")]


def test_a_changed_value_is_a_swap_that_keeps_the_value_of_its_term() -> None:
    edit = _only(_priced("USD 10.00", LONG), _priced("USD 12.00", LONG)).edits[0]
    assert edit.kind == "words replaced"
    assert plain(edit.old) == "USD 10.00"
    assert [(span.path, span.text) for span in edit.new] == [
        ("price.total", "USD 12.00")
    ]


def test_a_swap_names_the_sentence_that_it_stands_in() -> None:
    before = contract(("works", [section("works", f"{LONG} It pays no. 3. {LONG}")]))
    after = contract(("works", [section("works", f"{LONG} It pays no. 4. {LONG}")]))
    edit = _only(before, after).edits[0]
    assert (edit.sentence, edit.of) == (2, 3)


def test_words_that_stand_twice_are_quoted_with_their_neighbours() -> None:
    text = "It has 5 days to ask and 5 days to answer, and it shall do both in writing."
    before = contract(("works", [section("works", text)]))
    after = contract(
        ("works", [section("works", text.replace("and 5 days", "and 6 days"))])
    )
    edit = _only(before, after).edits[0]
    assert (plain(edit.old), plain(edit.new)) == ("and 5", "and 6")


def test_added_words_are_placed_after_words_that_stand_once() -> None:
    after = LONG.replace("on every day", "on every working day")
    edit = _only(
        contract(("works", [section("works", LONG)])),
        contract(("works", [section("works", after)])),
    ).edits[0]
    assert (edit.kind, edit.anchor, plain(edit.new)) == (
        "words inserted",
        "every",
        "working",
    )


def test_a_sentence_with_many_changes_is_quoted_whole() -> None:
    after = (
        LONG.replace("clean", "tidy").replace("store", "keep").replace("gate", "door")
    )
    before = contract(("works", [section("works", LONG, LONG)]))
    edit = _only(before, contract(("works", [section("works", LONG, after)]))).edits[0]
    assert edit.kind == "sentence replaced"


def test_a_section_that_changes_by_more_than_a_third_is_set_out_anew() -> None:
    before = contract(("works", [section("works", LONG, "It may rest.")]))
    after = contract(("works", [section("works", "The Client pays.", "It may rest.")]))
    difference = _only(before, after)
    assert (difference.kind, difference.pair, difference.edits) == ("changed", None, ())


def test_a_list_of_definitions_is_never_set_out_anew() -> None:
    before = contract(
        ("words", [section("words", '""Site"" means a.', '""Term"" is b.')])
    )
    after = contract(
        ("words", [section("words", '""Debris"" is c.', '""Term"" is d.')])
    )
    assert [each.kind for each in compare(before, after)] == [
        "deleted",
        "inserted",
        "changed",
    ]


def test_rows_are_compared_by_their_ids() -> None:
    def days(*rows: tuple[str, str]) -> Document:
        return contract(annexes=[("milestones", [table("milestones", *rows)])])

    before = days(("Garage", "2 October"), ("Backyard", "30 October"), ("Old", "x"))
    after = days(("Garage", "2 October"), ("New", "y"), ("Backyard", "13 November"))
    found = [(each.kind, each.row, each.follows) for each in compare(before, after)]
    assert found == [
        ("row inserted", "new", "garage"),
        ("row changed", "backyard", ""),
        ("row deleted", "old", ""),
    ]


def test_cover_recitals_and_title_are_compared() -> None:
    before = contract(
        background=["The Client owns it."], cover=[("Price", "USD 10.00")]
    )
    after = contract(
        background=["The Client owns it.", "It leaks."],
        cover=[("Price", "USD 12.00")],
        title="New Title",
    )
    assert _kinds(before, after) == [
        ("changed", "title", ""),
        ("changed", "cover", "Price"),
        ("inserted", "recital", ""),
    ]


def test_what_changes_its_place_is_taken_out_and_put_in() -> None:
    first, second = section("first", LONG), section("second", "It may rest.")
    before = contract(("works", [first, second]))
    after = contract(("works", [second, first]))
    assert [kind for kind, _, _ in _kinds(before, after)].count("inserted") == 1
    assert [kind for kind, _, _ in _kinds(before, after)].count("deleted") == 1


def test_articles_and_annexes_come_and_go() -> None:
    before = contract(
        ("works", [section("works", LONG)]), ("old", [section("x", "X.")])
    )
    after = contract(
        ("works", [section("works", LONG)]),
        ("new", [section("y", "Y.")]),
        annexes=[("map", [table("map", ("North", "up"))])],
    )
    assert _kinds(before, after) == [
        ("deleted", "article", "old"),
        ("inserted", "article", "new"),
        ("inserted", "annex", "map"),
    ]


def test_a_new_heading_is_a_change_of_its_own() -> None:
    before = contract(("works", [section("works", LONG, heading="Works")]))
    after = contract(("works", [section("works", LONG, heading="The works")]))
    assert _kinds(before, after) == [("heading changed", "section", "works")]
