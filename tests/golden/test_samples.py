"""What each sample becomes, word for word: contract, calendar, amendment, reasons.

A golden is read in full before it is committed; a change of it is a change of what
people sign, and says so in the changelog.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from closer.cli.amend import outcome
from closer.cli.deal import accepted, read_deal, read_library
from closer.cli.schedule import follow_up
from closer.drafting.document import Document
from closer.formats import ical, plaintext
from closer.library.loading import Library
from closer.terms.moments import Facts

ROOT = Path(__file__).parents[2]
SAMPLES = {
    "garage-remodel": "change-1-hurricane.yaml",
    "studio-services": "change-1-fee.yaml",
    "bottle-supply": "change-1-dearer-gas.yaml",
    "clinic-subscription": "change-1-three-clinics.yaml",
    "espresso-distribution": "change-1-denmark.yaml",
    "optics-confidentiality": "change-1-longer-talks.yaml",
    "picturebook-licence": "change-1-later-otter.yaml",
    "process-advice": "change-1-trial.yaml",
}
CHAIN = "regional-distribution"
"""Each sample that has a change, and the change."""

Golden = Callable[[str, str], None]
each_sample = pytest.mark.parametrize("name", SAMPLES)


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped library."""
    return read_library()


def _files(name: str) -> tuple[Path, Path]:
    folder = ROOT / "samples" / name
    return folder / "agreed.yaml", folder / SAMPLES[name]


def _unfolded(calendar: bytes) -> str:
    return calendar.decode().replace("\r\n ", "").replace("\r\n", "\n")


@each_sample
def test_the_contract_reads_as_it_was_read(
    name: str, golden: Golden, library: Library
) -> None:
    deal = read_deal(_files(name)[:1])
    document = accepted(deal, library)[0].text
    golden(f"{name}/contract.txt", plaintext.projected(document))


@each_sample
def test_the_calendar_holds_the_days_that_were_checked(
    name: str, golden: Golden, library: Library
) -> None:
    deal = read_deal(_files(name)[:1])
    calendar = ical.write(follow_up(deal, accepted(deal, library), library, Facts()))
    golden(f"{name}/schedule.ics", _unfolded(calendar))


@each_sample
def test_the_amendment_its_reasons_and_terms_read_as_they_were_read(
    name: str, golden: Golden, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Document] = []

    def kept(document: Document, *_: object, **__: object) -> bytes:
        written.append(document)
        return b""

    deal = read_deal(_files(name))
    monkeypatch.setattr("closer.cli.amend.word.write", kept)
    made = outcome(deal, accepted(deal, library), library)
    golden(f"{name}/amendment-1.txt", plaintext.projected(written[0]))
    golden(f"{name}/conformed-1.txt", plaintext.projected(written[1]))
    golden(f"{name}/reasons-1.md", made["reasons-1.md"].decode())
    golden(f"{name}/terms-1.yaml", made["terms-1.yaml"].decode())
    golden(f"{name}/schedule-1.ics", _unfolded(made["schedule-1.ics"]))


@pytest.mark.parametrize("count", range(1, 6))
def test_a_chain_of_amendments_reads_as_it_was_read(
    count: int, golden: Golden, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Document] = []

    def kept(document: Document, *_: object, **__: object) -> bytes:
        written.append(document)
        return b""

    folder = ROOT / "samples" / CHAIN
    files = [folder / "agreed.yaml", *sorted(folder.glob("change-*.yaml"))[:count]]
    deal = read_deal(files)
    monkeypatch.setattr("closer.cli.amend.word.write", kept)
    made = outcome(deal, accepted(deal, library), library)
    for name, document in zip(("amendment", "conformed"), written, strict=True):
        golden(f"{CHAIN}/{name}-{count}.txt", plaintext.projected(document))
    golden(f"{CHAIN}/terms-{count}.yaml", made[f"terms-{count}.yaml"].decode())


def test_every_golden_of_a_sample_has_its_sample() -> None:
    folders = {f.name for f in Path(__file__).parent.iterdir() if f.is_dir()}
    others = {
        "annexes",
        "broken",
        "clauses",
        "formats",
        "instruments",
        "specimens",
        "__pycache__",
    }
    assert folders - others == {*SAMPLES, CHAIN}
