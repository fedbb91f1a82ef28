"""What becomes of the demo's deal once it is signed: a register of its own, by days.

The days and the words are the demo's; everything else is what the commands do.
"""

import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import click

from closer.cli import folders
from closer.cli.deal import Deal
from closer.cli.due import listed
from closer.cli.log import told
from closer.cli.reckoning import kept_up
from closer.cli.review import agenda
from closer.cli.sign import entry_data
from closer.cli.standing import gathered
from closer.formats.report_page import report_page
from closer.library.loading import Library
from closer.register.journal import Kind, entered
from closer.register.store import Register

TODAY = date(2026, 10, 12)
_WHO = "demo"
_MORNING = time(9, tzinfo=UTC)
_SIGNED, _AMENDED = date(2026, 7, 31), date(2026, 10, 5)
_BEFORE: tuple[tuple[Kind, date, dict[str, object]], ...] = (
    ("done", date(2026, 7, 31), {"path": "insurance.certificate"}),
    ("done", date(2026, 8, 3), {"path": "price.payments.deposit"}),
    ("done", date(2026, 8, 3), {"path": "obligations.access"}),
    ("done", date(2026, 8, 4), {"path": "reference"}),
    ("recorded", date(2026, 8, 19), {"anchor": "permits.met", "path": "permits"}),
    ("recorded", date(2026, 8, 28), {"anchor": "weather", "path": "weather"}),
    ("undone", date(2026, 8, 29), {"entry": 7, "why": "only 20 mm fell"}),
    ("measured", date(2026, 8, 31), {"benchmark": "on_time", "value": "100"}),
    ("measured", date(2026, 9, 11), {"benchmark": "punch_list", "value": "2"}),
    (
        "recorded",
        date(2026, 9, 24),
        {"anchor": "force_majeure", "path": "force_majeure"},
    ),
    ("done", date(2026, 9, 25), {"path": "contingencies.force_majeure"}),
    ("measured", date(2026, 9, 30), {"benchmark": "on_time", "value": "98"}),
    ("recorded", date(2026, 10, 2), {"anchor": "garage.met", "path": "garage"}),
)
_AFTER: tuple[tuple[Kind, date, dict[str, object]], ...] = (
    (
        "raised",
        date(2026, 10, 6),
        {"text": "The garage door sticks", "about": "deliverables.garage"},
    ),
    ("measured", date(2026, 10, 9), {"benchmark": "punch_list", "value": "4"}),
    ("measured", date(2026, 10, 9), {"benchmark": "on_time", "value": "96"}),
)


def followed(signed: Deal, amended: Deal, library: Library) -> Mapping[str, bytes]:
    """Return the files of a deal that was signed, followed and amended, by name."""
    ref = signed.agreed.terms.reference
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.sqlite"
        with Register(str(path)) as register:
            with register.writing():
                _entered(register, ref, signed, amended, library)
            rows = register.due(TODAY + timedelta(30), TODAY)
            deal = gathered(ref, register, TODAY)
            journal = register.journal(ref)
        content = path.read_bytes()
    assert deal is not None  # noqa: S101 - it was signed a moment ago
    reports = folders.shipped("templates") / "reports"
    due = click.unstyle(listed(rows, TODAY, TODAY + timedelta(30)))
    return {
        "register.sqlite": content,
        "due.txt": f"{due.strip()}\n".encode(),
        "report.html": report_page([deal], TODAY, reports),
        "agenda.md": agenda(deal, TODAY, TODAY - timedelta(30)).encode(),
        "journal.txt": f"{told(journal)}\n".encode(),
    }


def _entered(
    register: Register, ref: str, signed: Deal, amended: Deal, library: Library
) -> None:
    def enter(kind: Kind, on: date, data: dict[str, object]) -> None:
        at = datetime.combine(on, _MORNING)
        journal = register.journal(ref)
        entry = entered(journal, ref, kind, on=on, at=at, who=_WHO, data=data)
        register.enter(entry)

    def signs(kind: Kind, on: date, deal: Deal, file: str, text: str) -> None:
        data, kept = entry_data(register, deal, library, on)
        register.keep(kept)
        enter(kind, on, {"name": file, "text": text, **data})

    change = amended.changes[-1].source
    signs("signed", _SIGNED, signed, "agreed.yaml", signed.agreed.source.text)
    for each in _BEFORE:
        enter(*each)
    signs("amended", _AMENDED, amended, Path(change.file).name, change.text)
    for each in _AFTER:
        enter(*each)
    kept_up(register, ref, library)
