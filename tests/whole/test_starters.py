"""Each contract type has a terms file to begin with, which drafts as it stands."""

import re
from pathlib import Path

import pytest

from closer.cli.deal import examined, read_deal, read_library
from closer.drafting.document import Document
from closer.formats import plaintext
from closer.library.loading import Library

ROOT = Path(__file__).parents[2]
SCHEMA = (ROOT / "closer" / "terms" / "terms.schema.json").read_text("utf-8")
STARTERS = sorted((ROOT / "templates" / "starters").glob("*.yaml"))


def _is_a_term(offered: tuple[str, str]) -> bool:
    key = offered[1].partition(":")[0]
    return f'"{key}":' in SCHEMA


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


CHOICE = re.compile(r"^( *)# ([a-z_]+: [^`]+)$", re.MULTILINE)
"""A line that a starter offers: without its mark it is a term like the others."""
OFFERED = [
    path
    for path in STARTERS
    if any(_is_a_term(m) for m in CHOICE.findall(path.read_text("utf-8")))
]


@pytest.mark.parametrize("path", OFFERED, ids=lambda path: path.stem)
def test_what_a_starter_offers_in_a_comment_drafts_too(
    path: Path, library: Library, tmp_path: Path
) -> None:
    taken = tmp_path / "agreed.yaml"
    text = path.read_text("utf-8")
    offered = [each for each in CHOICE.findall(text) if _is_a_term(each)]
    for indent, line in offered:
        text = text.replace(f"{indent}# {line}", f"{indent}{line}", 1)
    taken.write_text(text, "utf-8")
    deal = read_deal((taken,))
    problems, stages = examined(deal, library)
    assert problems == []
    words = plaintext.projected(stages[0].text)
    assert len(words) > len(plaintext.projected(_drafted(path, library)))


def test_every_contract_type_has_a_starter(library: Library) -> None:
    assert {path.stem.partition("-")[0] for path in STARTERS} == set(library.types)


def _drafted(path: Path, library: Library) -> Document:
    return examined(read_deal((path,)), library)[1][0].text
