"""Every instrument beside the amendment: its text, as it was read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from closer.cli.amend import letter_files, outcome
from closer.cli.deal import accepted, read_deal, read_library
from closer.drafting.document import Document
from closer.formats import plaintext, stored
from closer.library.loading import Library
from closer.terms.instruments import TERMLESS
from closer.terms.record import Kind

ROOT = Path(__file__).parents[2]
GARAGE = ROOT / "samples" / "garage-remodel"
MADE: dict[str, tuple[Kind | None, list[str], str]] = {
    "extension-notice": (
        None,
        ["notice-hurricane.yaml"],
        "extension-notice-2026-10-02.docx",
    ),
    "waiver": (None, ["waiver-late-handover.yaml"], "waiver-2026-12-16.docx"),
    "signatory-notice": (None, ["signatory.yaml"], "signatory-notice-1.docx"),
    "change-order": (None, ["order-sink.yaml"], "change-order-1.docx"),
    "restatement": (
        "restatement",
        ["change-1-hurricane.yaml", "order-sink-later.yaml"],
        "restated-2.docx",
    ),
}


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped library."""
    return read_library()


def made(name: str, library: Library) -> Document:
    """Return the document that a sample's files make, read back from Word."""
    kind, files, wanted = MADE[name]
    deal = read_deal(
        [GARAGE / "agreed.yaml", *(GARAGE / each for each in files)],
        kind,
        letters=TERMLESS,
    )
    stages = accepted(deal, library)
    written = (
        outcome(deal, stages, library)
        if deal.letter is None
        else letter_files(deal, stages, library)
    )
    found = stored.read(written[wanted])
    assert isinstance(found, stored.Stored)
    assert found.document is not None
    return found.document


@pytest.mark.parametrize("name", MADE)
def test_an_instrument_reads_as_it_was_read(
    name: str, golden: Callable[[str, str], None], library: Library
) -> None:
    golden(f"instruments/{name}.txt", plaintext.projected(made(name, library)))
