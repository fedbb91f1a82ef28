"""A hand-made document, the shipped house style, and the one in the other."""

from pathlib import Path

import pytest
from counting import Paper
from specimen import SPECIMEN

from closer.drafting.document import Document
from closer.formats import word

HOUSE = Path(__file__).parents[2] / "templates" / "word" / "house.docx"


@pytest.fixture
def house() -> Path:
    return HOUSE


@pytest.fixture
def specimen() -> Document:
    return SPECIMEN


@pytest.fixture(scope="session")
def docx() -> bytes:
    return word.write(SPECIMEN, HOUSE)


@pytest.fixture(scope="session")
def paper(docx: bytes) -> Paper:
    return Paper(docx)
