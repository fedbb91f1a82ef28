"""What a missed service level costs, for the words that can be reckoned with."""

from datetime import date
from decimal import Decimal

import pytest

from closer.followup.credits import credit_for
from closer.terms.amounts import Share
from closer.terms.protection import ServiceLevel
from closer.terms.reading import Agreed
from closer.terms.rhythms import Target

ON = date(2026, 11, 2)


def _level(credit: str, target: str = "at least 99.5%", cap: str = "") -> ServiceLevel:
    return ServiceLevel(
        measure="uptime",
        target=Target.read(target),
        each="calendar month",
        credit=credit,
        credit_cap=Share.read(cap) if cap else None,
    )


@pytest.mark.parametrize(
    ("words", "value", "share"),
    [
        pytest.param("5% of the fee", "99", "5", id="once_for_the_miss"),
        pytest.param(
            "5% of the fee for each started 0.5% below the target",
            "98.9",
            "10",
            id="a_step_that_is_begun_counts",
        ),
        pytest.param(
            "5% of the fee for each started 0.5% below the target",
            "99.0",
            "5",
            id="a_step_that_is_just_reached_counts_once",
        ),
        pytest.param(
            "2% of the fee for each full 0.5% below the target",
            "98.6",
            "2",
            id="a_full_step_must_be_reached",
        ),
        pytest.param(
            "2.5% of the fee for every 1% below the target",
            "97",
            "7.5",
            id="every_step_begun_where_nothing_is_said",
        ),
    ],
)
def test_a_share_is_taken_for_each_step_of_the_miss(
    words: str, value: str, share: str, sample: Agreed
) -> None:
    found = credit_for(_level(words), Decimal(value), sample.terms, ON)
    assert found is not None
    assert found.share == Decimal(share)


def test_a_share_never_exceeds_its_cap(sample: Agreed) -> None:
    level = _level("5% of the fee for each started 0.5% below the target", cap="30%")
    found = credit_for(level, Decimal(90), sample.terms, ON)
    assert found is not None
    assert (found.share, found.capped) == (Decimal(30), True)


def test_a_sum_is_taken_for_each_step_above_a_target_too(sample: Agreed) -> None:
    level = _level("USD 1,000 for each started 2 hours above the target", "at most 4 h")
    found = credit_for(level, Decimal(9), sample.terms, ON)
    assert found is not None
    assert found.plain()["sum"] == "USD 3,000.00"


def test_a_payment_of_the_deal_turns_the_share_into_a_sum(sample: Agreed) -> None:
    level = _level("10% of the deposit")
    found = credit_for(level, Decimal(99), sample.terms, ON)
    assert found is not None
    assert found.plain()["sum"] == "USD 485.00"


def test_other_words_stand_as_they_are(sample: Agreed) -> None:
    level = _level("one free month, to be agreed")
    found = credit_for(level, Decimal(99), sample.terms, ON)
    assert found is not None
    assert found.plain() == {"words": "one free month, to be agreed"}


def test_nothing_falls_due_where_the_level_is_met_or_no_full_step_was_missed(
    sample: Agreed,
) -> None:
    full = _level("2% of the fee for each full 0.5% below the target")
    assert credit_for(full, Decimal("99.5"), sample.terms, ON) is None
    assert credit_for(full, Decimal("99.1"), sample.terms, ON) is None
