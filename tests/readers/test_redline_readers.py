"""Redlines and conformed copies in the hands of programs that others wrote."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from random_changes import made, random_changes
from random_contracts import random_contract

from closer.cli.amend import outcome
from closer.cli.deal import Deal, accepted, drafted, read_deal, read_library
from closer.drafting.conformed import kept
from closer.drafting.document import Document
from closer.formats import word
from closer.formats.authors import Author
from closer.formats.redline import redline

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "templates" / "word" / "house.docx"
SAMPLES = {
    path.parent.name: [path, *sorted(path.parent.glob("change-*.yaml"))]
    for path in sorted((ROOT / "samples").glob("*/agreed.yaml"))
    if list(path.parent.glob("change-*.yaml"))
}
BY = Author("closer", "2026-10-05T00:00:00Z")
Pair = tuple[Document, Document]
Settled = Callable[[Sequence[tuple[bytes, str]]], list[list[str]]]


@pytest.fixture(scope="session")
def amendments() -> dict[str, dict[str, bytes]]:
    library = read_library()
    found = {}
    for name, paths in SAMPLES.items():
        deal = read_deal(paths)
        found[name] = outcome(deal, accepted(deal, library), library)
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_openxml_audit_finds_nothing(
    name: str,
    amendments: dict[str, dict[str, bytes]],
    library: Callable[[str], Any],
    tmp_path: Path,
) -> None:
    audit = library("openxml_audit")
    for file, data in amendments[name].items():
        if file.endswith(".docx"):
            (tmp_path / file).write_bytes(data)
            result = audit.OpenXmlValidator().validate(str(tmp_path / file))
            assert [str(error) for error in result.errors] == []


def test_openxml_audit_finds_nothing_in_random_redlines(
    library: Callable[[str], Any], tmp_path: Path
) -> None:
    audit = library("openxml_audit")
    for seed in range(0, 12, 2):
        file = tmp_path / f"{seed}.docx"
        pair = random_contract(seed), random_contract(seed + 1)
        file.write_bytes(redline(*pair, HOUSE, BY))
        result = audit.OpenXmlValidator().validate(str(file))
        assert [str(error) for error in result.errors] == []


def test_libreoffice_prints_the_notice_on_every_page_and_every_note(
    amendments: dict[str, dict[str, bytes]], printed: Callable[[bytes], list[str]]
) -> None:
    pages = printed(amendments["garage-remodel"]["conformed-1.docx"])
    notice = "Conformed copy through the First Amendment, effective October 5, 2026."
    assert all(notice in page for page in pages)
    text = " ".join(" ".join(pages).split())
    assert text.count("by the First Amendment, effective October 5, 2026") == 7
    assert text.count("[signed]") == 2
    assert "DRAFT" not in text.replace(" ", "")


def _changed(seed: int) -> Pair:
    """Return the garage contract as signed, and after some random changes."""
    before = read_deal(SAMPLES["garage-remodel"][:1]).chain[0]
    after = made(before, random_changes(seed))
    one, other = drafted(Deal((before, after), (), ()), read_library())
    return one.text, other.text


def _samples() -> list[Pair]:
    library = read_library()
    found = []
    for paths in SAMPLES.values():
        stages = accepted(read_deal(paths), library)
        found.append((stages[0].text, stages[-1].text))
    return found


def _random(count: int) -> list[Pair]:
    found = []
    for seed in range(count):
        old, new = random_contract(2 * seed), random_contract(2 * seed + 1)
        found.append((old, kept(old, new, omitted="[Intentionally omitted]")))
    return found


@pytest.fixture
def judged(settled: Settled) -> Callable[[Sequence[Pair]], list[tuple[list[str], ...]]]:
    """Let LibreOffice accept and reject; return both texts with what they should be."""

    def judge(pairs: Sequence[Pair]) -> list[tuple[list[str], ...]]:
        jobs = []
        for old, new in pairs:
            marked = redline(old, new, HOUSE, BY)
            jobs += [(marked, "accept"), (word.write(new, HOUSE), "read")]
            jobs += [(marked, "reject"), (word.write(old, HOUSE), "read")]
        texts = settled(jobs)
        return [tuple(texts[n : n + 4]) for n in range(0, len(texts), 4)]

    return judge


def test_libreoffice_accepts_and_rejects_the_redlines_of_the_samples(
    judged: Callable[[Sequence[Pair]], list[tuple[list[str], ...]]],
) -> None:
    for accepted_, new, rejected, old in judged(_samples()):
        assert accepted_ == new
        assert rejected == old
        assert new != old


@pytest.mark.slow
def test_libreoffice_accepts_and_rejects_the_redlines_of_random_changes(
    judged: Callable[[Sequence[Pair]], list[tuple[list[str], ...]]],
) -> None:
    pairs = [*(_changed(seed) for seed in range(40)), *_random(20)]
    for accepted_, new, rejected, old in judged(pairs):
        assert accepted_ == new
        assert rejected == old
