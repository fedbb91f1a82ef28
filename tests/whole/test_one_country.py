"""A sample speaks the English of one country, in its free text too."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted(
    file
    for file in (
        *ROOT.glob("samples/*/*.yaml"),
        *ROOT.glob("templates/starters/*.yaml"),
    )
    if file.parent.name != "broken"
)
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|"
    "December"
)
FOREIGN = {
    "en-US": re.compile(
        rf"\b\d{{1,2}} (?:{MONTHS}) \d{{4}}|\b(?:colour|favour|labour|licence|centre|"
        r"programme|metres?|litres?|mm of|VAT|cheque)\b|organis|recognis|"
        r"\bfrom \d\d:\d\d to\b",
        re.IGNORECASE,
    ),
    "en-GB": re.compile(
        rf"\b(?:{MONTHS}) \d{{1,2}}, \d{{4}}|\b(?:color|favor|labor|license|center|"
        r"meters?|liters?|inch|feet|miles|sales tax|check for)\b|organiz|recogniz",
        re.IGNORECASE,
    ),
}


def _texts(value: object) -> Iterator[str]:
    """Yield the free text of a file: a single word may be a choice or a name."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif " " in str(value):
        yield str(value)


def _language(file: Path) -> str:
    deal = file if "starters" in file.parts else file.parent / "agreed.yaml"
    return str(yaml.safe_load(deal.read_text("utf-8"))["language"])


@pytest.mark.parametrize(
    "file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_dates_measures_and_spelling_are_those_of_the_language(file: Path) -> None:
    foreign = FOREIGN[_language(file)]
    texts = _texts(yaml.safe_load(file.read_text("utf-8")))
    assert [text for text in texts if foreign.search(text)] == []
