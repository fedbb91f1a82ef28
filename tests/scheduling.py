"""The shortest way from a few lines of terms to a schedule, for tests of calendars."""

import re
from datetime import date
from inspect import cleandoc
from pathlib import Path

from closer.followup.entries import Entry, Schedule
from closer.followup.schedule import schedule
from closer.followup.shapes import Shapes, load
from closer.terms.model import Terms
from closer.terms.moments import Facts
from closer.terms.reading import read_terms

ROOT = Path(__file__).parent.parent
GARAGE = ROOT / "samples" / "garage-remodel" / "agreed.yaml"
STUDIO = ROOT / "samples" / "studio-services" / "agreed.yaml"
SHORTEST = """
contract: services
title: Care
reference: T-1
effective: 2026-08-03
currency: USD
timezone: America/New_York
time: {holidays: [US]}
parties:
  client: {name: A, kind: company, address: B, notices: {email: a@a.example}}
  provider: {name: C, kind: company, address: D, notices: {email: c@c.example}}
"""


def shapes() -> Shapes:
    """Return the kinds of follow-up as they are shipped."""
    found, problems = load(ROOT / "templates" / "followups")
    assert found is not None, problems
    return found


def terms(text: str) -> Terms:
    """Return the shortest deal with these lines; a key given here replaces its own."""
    lines = cleandoc(text)
    given = {line.partition(":")[0] for line in lines.splitlines()}
    kept: list[str] = []
    skipped = False
    for line in SHORTEST.strip().splitlines():
        if not line.startswith(" "):
            skipped = line.partition(":")[0] in given
        if not skipped:
            kept.append(line)
    return _read("\n".join([*kept, lines]))


def _read(text: str) -> Terms:
    agreed, problems = read_terms(text, "agreed.yaml")
    assert agreed is not None, "\n".join(map(str, problems))
    return agreed.terms


def sample(path: Path, *changes: tuple[str, str]) -> Terms:
    """Return the terms of a sample, with parts of its text replaced."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return _read(text)


def planned(
    deal: Terms, *, signed: str = "", horizon: int = 5, **happened: str
) -> Schedule:
    """Return a schedule; `garage_met="2026-10-02"` says what has happened."""
    facts = Facts(
        signed=date.fromisoformat(signed) if signed else None,
        happened={
            re.sub("_(met|accepted)$", r".\1", name): date.fromisoformat(day)
            for name, day in happened.items()
        },
    )
    return schedule(deal, facts, shapes(), horizon=horizon)


def entries(found: Schedule, term: str, kind: str = "") -> list[Entry]:
    """Return the entries of a term, of one kind if it is named."""
    return [e for e in found.entries if e.term == term and kind in ("", e.kind)]


def entry(found: Schedule, term: str, kind: str = "") -> Entry:
    """Return the one entry of a term."""
    [only] = entries(found, term, kind)
    return only
