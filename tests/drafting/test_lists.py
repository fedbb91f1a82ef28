"""Lists stay grammatical when a condition leaves an item out."""

import pytest

from closer.drafting.document import Block, Paragraph, Words, plain
from closer.drafting.lists import Labels, letters, punctuated, roman


def _items(*texts: str) -> list[Block]:
    return [Paragraph(spans=(Words(text),), level=1) for text in texts]


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        pytest.param(
            ["one;", "two; and", "three."],
            ["one;", "two; and", "three."],
            id="a_whole_list_stays_as_written",
        ),
        pytest.param(
            ["one;", "two; and"],
            ["one; and", "two."],
            id="without_its_last_item_the_list_ends_before",
        ),
        pytest.param(
            ["one;", "three."],
            ["one; and", "three."],
            id="without_the_item_of_the_conjunction_another_takes_it",
        ),
        pytest.param(["two; and"], ["two."], id="a_single_item_is_a_sentence"),
        pytest.param(
            ["one; and", "two; and", "three; and"],
            ["one;", "two; and", "three."],
            id="a_repeated_item_carries_the_conjunction_once",
        ),
    ],
)
def test_the_end_of_a_list_is_mended(kept: list[str], expected: list[str]) -> None:
    mended = punctuated(_items(*kept), "and")
    assert [plain(b.spans) for b in mended if isinstance(b, Paragraph)] == expected


def test_letters_and_roman_figures_count_as_word_does() -> None:
    assert [letters(n) for n in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]
    assert [roman(n) for n in (1, 4, 9, 14, 40)] == ["i", "iv", "ix", "xiv", "xl"]


def test_subitems_begin_anew_under_each_item() -> None:
    labels = Labels()
    found = [labels.next(level) for level in (1, 2, 2, 1, 2, 0, 1)]
    assert found == ["(a)", "(i)", "(ii)", "(b)", "(i)", "", "(c)"]
