"""Each contract type has a terms file to begin with, which drafts as it stands."""

from pathlib import Path

import pytest

from closer.cli.deal import examined, read_deal, read_library
from closer.formats import plaintext
from closer.library.loading import Library

ROOT = Path(__file__).parents[2]
STARTERS = sorted((ROOT / "templates" / "starters").glob("*.yaml"))


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped library."""
    return read_library()


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_a_starter_drafts_as_it_stands(path: Path, library: Library) -> None:
    deal = read_deal((path,))
    problems, stages = examined(deal, library)
    assert problems == []
    assert deal.agreed.terms.contract == path.stem.partition("-")[0]
    assert plaintext.projected(stages[0].text)


def test_every_contract_type_has_a_starter(library: Library) -> None:
    assert {path.stem.partition("-")[0] for path in STARTERS} == set(library.types)
