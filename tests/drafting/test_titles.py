"""The contract is called what it is, whatever its title says."""

from pathlib import Path

import pytest
from deals import GARAGE, Drafting, reading

from closer.drafting.document import plain
from closer.drafting.titles import around
from closer.library.loading import Library

OLD = "title: Garage and Backyard Remodel Agreement"


def _opening(drafted: Drafting, title: str, sample: Path = GARAGE) -> str:
    agreed = reading(sample, (OLD, f"title: {title}"))
    return plain(drafted(agreed).document.preamble[0].spans)


def test_a_title_that_names_no_instrument_is_the_title_of_an_agreement(
    drafted: Drafting,
) -> None:
    opening = _opening(drafted, "Advice on the Pier")
    assert opening.startswith(
        "This agreement titled “Advice on the Pier” (this “Agreement”), reference"
    )


def test_a_title_that_names_an_instrument_stands_as_it_is(drafted: Drafting) -> None:
    opening = _opening(drafted, "Bill of Sale of the Yacht Pelican")
    assert opening.startswith("This Bill of Sale of the Yacht Pelican (this “Agree")


@pytest.mark.parametrize(
    "title",
    [
        "Services Agreement",
        "Distribution Agreement for Espresso Machines",
        "Design and Build Contract for the Pier",
        "Terms and Conditions of Sale",
        "Order No. 5",
        "Supply Agreement 2027",
        "Services Agreement (Phase 2)",
        "Cleaning \u2013 Master Agreement",
    ],
)
def test_the_chief_word_of_a_title_says_what_it_names(
    title: str, library: Library
) -> None:
    assert around(title, library.phrases) == ("", "")


@pytest.mark.parametrize(
    "title", ["Contract Cleaning", "Order Processing for the Mill", "Hop Supply", "7"]
)
def test_a_word_of_an_instrument_elsewhere_in_a_title_does_not_count(
    title: str, library: Library
) -> None:
    assert around(title, library.phrases).after
