"""`check` answers before anybody wonders whether it hangs."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from check_cold import seconds


@pytest.mark.slow
def test_check_of_the_largest_sample_takes_under_half_a_second_cold() -> None:
    assert min(seconds(5)) < 0.5
