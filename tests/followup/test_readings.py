"""A benchmark warns before it is missed, where its readings lead there."""

from decimal import Decimal

import pytest

from closer.followup.readings import impossible, verdict
from closer.terms.rhythms import Target


@pytest.mark.parametrize(
    ("target", "values", "expected"),
    [
        pytest.param("at least 95%", [96], "met", id="reached"),
        pytest.param("at least 95%", [95], "met", id="just_reached"),
        pytest.param("at least 95%", [99, 94.9], "missed", id="missed"),
        pytest.param("at least 95%", [99, 97.5, 96], "worsening", id="leads_to_a_miss"),
        pytest.param("at least 95%", [99, 98.9, 98.8], "met", id="sinks_but_slowly"),
        pytest.param("at least 95%", [97, 99, 96], "met", id="no_trend"),
        pytest.param("at most 5", [1, 3, 5], "worsening", id="rises_to_a_miss"),
        pytest.param("at most 5", [9, 7, 4], "met", id="gets_better"),
        pytest.param("at most 5", [6], "missed", id="too_many"),
    ],
)
def test_a_reading_is_judged(target: str, values: list[float], expected: str) -> None:
    numbers = [Decimal(str(value)) for value in values]
    assert verdict(Target.read(target), numbers) == expected


def test_a_share_above_the_whole_and_a_number_below_zero_cannot_be() -> None:
    assert impossible(Target.read("at least 95%"), Decimal(101))
    assert impossible(Target.read("at most 5"), Decimal(-1))
    assert not impossible(Target.read("at most 5"), Decimal(900))
