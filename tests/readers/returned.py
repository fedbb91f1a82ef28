"""A sample's contract, what it is held against, and the ways in which it comes back."""

from pathlib import Path

from msgspec.structs import replace

from closer.cli import folders
from closer.cli.deal import accepted, read_deal, read_library
from closer.cli.verify import ours
from closer.formats import word
from closer.formats.readback import Baseline

ROOT = Path(__file__).parents[2]
GARAGE = ROOT / "samples" / "garage-remodel" / "agreed.yaml"


def contract() -> tuple[bytes, Baseline]:
    """Return the final contract of the garage sample and what it is held against."""
    library = read_library()
    stage = accepted(read_deal([GARAGE]), library)[-1]
    document = replace(stage.draft.document, draft=False, open_points=())
    house = folders.shipped("templates") / "word" / "house.docx"
    return word.write(document, house), ours(stage, library, document)
