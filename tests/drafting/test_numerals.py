"""Sums in words."""

from decimal import Decimal

import pytest

from closer.drafting.numerals import number_in_words, sum_in_words
from closer.terms.values import Money


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("48500.00", "forty-eight thousand five hundred US dollars"),
        ("1.00", "one US dollar"),
        ("0.00", "zero US dollars"),
        ("1.05", "one and 05/100 US dollars"),
        ("1250000.25", "one million two hundred fifty thousand and 25/100 US dollars"),
    ],
)
def test_a_sum_is_said_in_words(amount: str, words: str) -> None:
    assert sum_in_words(Money("USD", Decimal(amount)), "en-US") == words


@pytest.mark.parametrize(
    ("number", "american", "british"),
    [
        (105, "one hundred five", "one hundred and five"),
        (1005, "one thousand five", "one thousand and five"),
        (
            186_000,
            "one hundred eighty-six thousand",
            "one hundred and eighty-six thousand",
        ),
        (999, "nine hundred ninety-nine", "nine hundred and ninety-nine"),
    ],
)
def test_british_english_puts_and_before_the_tens(
    number: int, american: str, british: str
) -> None:
    assert number_in_words(number, "en-US") == american
    assert number_in_words(number, "en-GB") == british


def test_no_two_numbers_are_said_alike() -> None:
    said = [number_in_words(number, "en-GB") for number in range(12_345)]
    assert len(set(said)) == len(said)
