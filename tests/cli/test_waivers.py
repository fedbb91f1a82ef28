"""A right that is waived for a time: the letter, the calendar, the register."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from closer.formats import plaintext, stored

Run = Callable[..., Result]
GARAGE = Path(__file__).parents[2] / "samples" / "garage-remodel"
REF = "HOM-2026-014"
TODAY = ("--today", "2026-12-17")


@pytest.fixture
def waiver(deal: Path) -> Path:
    """The waiver of the sample, here until the end of February."""
    text = (GARAGE / "waiver-late-handover.yaml").read_text(encoding="utf-8")
    file = deal.with_name("waiver.yaml")
    dated = "effective: 2026-12-16\nuntil: 2027-02-28"
    file.write_text(text.replace("effective: 2026-12-16", dated), encoding="utf-8")
    return file


def _ends(run: Run, *given: object) -> list[str]:
    told = json.loads(run("schedule", *given, "--json").stdout)
    return [e["date"] for e in told if e["title"].startswith("Waiver ends")]


def test_the_letter_says_how_long_the_right_is_given_up(
    deal: Path, waiver: Path, run: Run
) -> None:
    run("amend", deal, waiver, "-o", "o")
    found = stored.read(Path("o/waiver-2026-12-16.docx").read_bytes())
    assert isinstance(found, stored.Stored)
    assert found.document is not None
    told = plaintext.projected(found.document)
    assert "from December 16, 2026 to the end of February 28, 2027" in told
    assert "for the time that it names" in told
    assert "for this case alone" not in told


def test_the_end_of_a_waiver_is_in_the_calendar(
    deal: Path, waiver: Path, run: Run
) -> None:
    assert _ends(run, deal, waiver) == ["2027-02-28"]
    assert _ends(run, deal, GARAGE / "waiver-late-handover.yaml") == []


def test_a_signed_waiver_is_followed_up_and_can_be_undone(
    deal: Path, waiver: Path, run: Run, register: str
) -> None:
    del register
    run("sign", deal, "--on", "2026-07-31", *TODAY)
    run("sign", deal, waiver, "--on", "2026-12-16", *TODAY)
    assert "waived    waiver.yaml" in run("log", REF).stdout
    assert _ends(run, REF) == ["2027-02-28"]
    told = run("due", *TODAY, "--within", "100d", code=1).stdout
    assert "Waiver ends" in told
    assert "closed: Waiver ends" in run("undo", REF, "2", *TODAY).stdout
    assert _ends(run, REF) == []


def test_a_waiver_of_other_terms_than_those_signed_is_refused(
    deal: Path, waiver: Path, run: Run, register: str
) -> None:
    del register
    run("sign", deal, "--on", "2026-07-31", *TODAY)
    change = deal.with_name("change-1-hurricane.yaml")
    run("sign", deal, change, "--on", "2026-10-06", *TODAY)
    said = run("sign", deal, waiver, "--on", "2026-12-16", *TODAY, code=1).stderr
    assert "as they were signed" in said


def test_an_end_of_nothing_is_refused(deal: Path, run: Run) -> None:
    text = (GARAGE / "notice-hurricane.yaml").read_text(encoding="utf-8")
    notice = deal.with_name("notice.yaml")
    notice.write_text(f"until: 2027-02-28\n{text}", encoding="utf-8")
    said = run("amend", deal, notice, "-o", "o", code=1).stderr
    assert "F34" in said
