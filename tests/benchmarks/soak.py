"""Thousands of random pairs and changes, held to everything an amendment promises.

Each pair of random contracts: redline accepted, redline rejected, and the amendment
read back and carried out. Each random change of the sample deal: the same, from the
terms. Figures go to the terminal; the first that fails stops it with its seed.

    python tests/benchmarks/soak.py [PAIRS] [CHANGES] [FIRST SEED]
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from pairs import carried_out, holds, pair
from random_changes import made, random_changes

from closer.cli.deal import Deal, drafted, read_deal, read_library


def main(pairs: int, changes: int, first: int) -> None:
    """Hold so many pairs, then so many changes; print how many and how long."""
    began = time.perf_counter()
    for seed in range(first, first + pairs):
        holds(*pair(seed), seed)
    print(f"{pairs:,} pairs of contracts hold: {time.perf_counter() - began:,.0f} s")
    began = time.perf_counter()
    library = read_library()
    signed = read_deal([ROOT / "samples/garage-remodel/agreed.yaml"]).chain[0]
    told = 0
    for seed in range(first, first + changes):
        deal = Deal((signed, made(signed, random_changes(seed))), (), ())
        one, other = drafted(deal, library)
        if one.text != other.text:
            carried_out(one.text, other.fresh, other.text, seed)
            told += 1
    took = time.perf_counter() - began
    print(
        f"{changes:,} changes of a deal hold, {told:,} of them in words: {took:,.0f} s"
    )


if __name__ == "__main__":
    asked = [int(each) for each in sys.argv[1:]]
    main(*[*asked, *(5000, 1000, 1000)[len(asked) :]])
