"""Of many random pairs: both sides of the redline, and the amendment carried out."""

import pytest
from pairs import holds, pair


@pytest.mark.slow
@pytest.mark.parametrize("hundred", range(10))
def test_a_hundred_pairs_are_redlined_and_amended_to_the_letter(hundred: int) -> None:
    for seed in range(hundred * 100, hundred * 100 + 100):
        holds(*pair(seed), seed)
