"""Redlines and conformed copies in the hands of programs that others wrote."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from random_changes import made, random_changes
from random_contracts import random_contract

from closer.cli.amend import instrument, outcome, the_instrument
from closer.cli.deal import Deal, accepted, drafted, read_deal, read_library
from closer.cli.instrument import Amending
from closer.cli.schedule import follow_up
from closer.drafting.conformed import kept
from closer.drafting.document import Document
from closer.formats import word
from closer.formats.authors import Author
from closer.formats.redline import redline
from closer.terms.moments import Facts
from closer.terms.record import Kind

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


def _restated(paths: Sequence[Path]) -> Pair:
    """Return a contract as signed, and amended and restated by the last change."""
    library, deal = read_library(), read_deal(paths, "restatement")
    stages = accepted(deal, library)
    earlier = deal._replace(chain=deal.chain[:-1], changes=deal.changes[:-1])
    days = [(earlier, stages[:-1]), (deal, stages)]
    before, after = (follow_up(*each, library, Facts()) for each in days)
    wording = the_instrument("restatement")
    amending = Amending(deal, library, wording, stages, (before, after))
    return replace(stages[0].text, draft=False, open_points=()), instrument(amending)


def _ordered(paths: Sequence[Path], kind: Kind) -> Pair:
    """Return a contract as signed, and with what changed it worked in."""
    deal = read_deal(paths)
    assert kind in {named.kind for named in deal.named}
    stages = accepted(deal, read_library())
    return stages[0].text, stages[-1].text


def _other_instruments(folder: Path) -> list[Pair]:
    garage, order = SAMPLES["garage-remodel"], "order-sink.yaml"
    ordered, later = (
        garage[0].with_name(each) for each in (order, "order-sink-later.yaml")
    )
    restating, after = folder / "restated.yaml", folder / "after.yaml"
    text = ordered.read_text(encoding="utf-8")
    restating.write_text(text + "instrument: restatement\n", encoding="utf-8")
    days = "milestones.backyard.due: later by 1 week"
    after.write_text(
        f"amends: HOM-2026-014\neffective: 2026-09-07\nchanges:\n  {days}\n"
        "  contingencies.weather: removed\n"
        "  milestones.backyard.exposed_to: [force_majeure]\n",
        encoding="utf-8",
    )
    return [
        _ordered([garage[0], ordered], "change-order"),
        _ordered([*garage, later], "change-order"),
        _restated([*garage, later]),
        _restated(SAMPLES["studio-services"]),
        _ordered([garage[0], restating, after], "restatement"),
    ]


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


def test_libreoffice_accepts_and_rejects_the_redlines_of_every_instrument(
    judged: Callable[[Sequence[Pair]], list[tuple[list[str], ...]]], tmp_path: Path
) -> None:
    pairs = [*_samples(), *_other_instruments(tmp_path)]
    for accepted_, new, rejected, old in judged(pairs):
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
