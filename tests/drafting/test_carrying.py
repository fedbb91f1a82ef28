"""What was signed keeps its words when the library has moved on."""

from contracts import contract, printed, section, table

from closer.drafting.carrying import carried
from closer.drafting.comparison import compare
from closer.drafting.document import Document


def _deal(
    *, pay: str, price: str = "USD 10.00", patio: str = "Patio", extra: bool = False
) -> Document:
    sections = [
        section("price", f"The price is [price.total|{price}]. {pay}"),
        section("care", "The site is kept clean."),
    ]
    if extra:
        sections.append(section("warranty", "It holds for a year."))
    rows = table("steps", ("Step", "Day"), ("Garage", "Monday"), (patio, "Tuesday"))
    return contract(("money", sections), annexes=[("annex-steps", [rows])])


OLD, NEW = "The Client shall pay it in full.", "The Client shall pay the whole of it."


def test_what_no_change_touches_reads_as_signed() -> None:
    signed, before = _deal(pay=OLD), _deal(pay=NEW)
    after = _deal(pay=NEW, extra=True)
    made = carried(signed, before, after)
    assert OLD in printed(made)
    assert NEW not in printed(made)
    assert [each.id for each in compare(signed, made)] == ["warranty"]


def test_a_new_value_stands_in_the_signed_words() -> None:
    signed, before = _deal(pay=OLD), _deal(pay=NEW)
    after = _deal(pay=NEW, price="USD 12.00")
    assert f"The price is USD 12.00. {OLD}" in printed(carried(signed, before, after))


def test_a_row_that_changed_changes_alone() -> None:
    signed, before = _deal(pay=OLD), _deal(pay=NEW)
    after = _deal(pay=NEW, patio="Terrace")
    made = carried(signed, before, after)
    kinds = {each.kind for each in compare(signed, made)}
    assert kinds == {"row inserted", "row deleted"}


def test_a_clause_that_the_library_dropped_stays_where_it_was_signed() -> None:
    signed = _deal(pay=OLD, extra=True)
    before, after = _deal(pay=OLD), _deal(pay=OLD, price="USD 12.00")
    made = carried(signed, before, after)
    assert [each.id for each in made.provisions()] == ["price", "care", "warranty"]
    assert "USD 12.00" in printed(made)


def test_a_clause_that_the_library_gained_is_not_slipped_in() -> None:
    signed = _deal(pay=OLD)
    before = _deal(pay=OLD, extra=True)
    after = _deal(pay=OLD, extra=True, price="USD 12.00")
    made = carried(signed, before, after)
    assert [each.id for each in made.provisions()] == ["price", "care"]


def test_with_the_library_that_it_was_signed_by_the_draft_stands() -> None:
    before, after = _deal(pay=OLD), _deal(pay=OLD, extra=True)
    assert carried(before, before, after) is after
