"""The register: what was signed, what is due, what happened."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from closer.register.bases import base_at

Run = Callable[..., Result]
REF = "HOM-2026-014"
CHANGE = "change-1-hurricane.yaml"
TODAY = ("--today", "2026-10-04")


@pytest.fixture
def signed(deal: Path, run: Run, register: str) -> Path:
    """The garage sample, signed on 31 July 2026, in each kind of register."""
    del register
    run("sign", deal, "--on", "2026-07-31", *TODAY)
    return deal


def _due(run: Run, *options: object, code: int = 1) -> list[dict[str, object]]:
    told = run("due", *TODAY, "--json", *options, code=code).stdout
    return list(json.loads(told))


def test_a_signed_deal_is_due_with_what_costs_most_first(
    signed: Path, run: Run
) -> None:
    del signed
    told = run("due", *TODAY, code=1).stdout
    assert told.index("money") < told.index("duties") < told.index("watch")
    assert "Client pays Deposit: USD 4,850.00  [Annex C (Payments)]" in told


def test_what_is_done_is_due_no_more(signed: Path, run: Run) -> None:
    del signed
    path = "price.payments.deposit"
    assert path in {row["term"] for row in _due(run)}
    told = run("record", REF, path, "--on", "2026-08-03", *TODAY).stdout
    assert "done in time (by 2026-08-03): Client pays Deposit" in told
    assert path not in {row["term"] for row in _due(run)}


def test_a_fact_gives_days_to_what_waited_for_it(signed: Path, run: Run) -> None:
    del signed
    told = run("record", REF, "garage", "--on", "2026-10-02", *TODAY).stdout
    assert "2026-10-19 open: Client accepts or rejects: Garage conversion" in told
    told = run("record", REF, "garage.accepted", "--on", "2026-10-03", *TODAY).stdout
    assert "open: Client pays Garage: USD 21,825.00" in told


def test_the_evidence_is_kept_by_its_digest(signed: Path, run: Run) -> None:
    del signed
    Path("photo.jpg").write_bytes(b"a patio")
    run("record", REF, "garage", "--evidence", "photo.jpg", *TODAY)
    entry = json.loads(run("log", REF, "--json").stdout)[-1]
    assert entry["data"]["evidence"] == "photo.jpg"
    assert len(entry["data"]["evidence_sha256"]) == 64


def test_an_amendment_is_entered_and_moves_what_is_due(signed: Path, run: Run) -> None:
    run("sign", signed, CHANGE, "--on", "2026-10-04", *TODAY)
    rows = _due(run, "--within", "90d", "--kind", "milestone")
    days = {row["term"]: row["date"] for row in rows}
    assert days["milestones.backyard"] == "2026-11-13"


def test_an_amendment_of_other_terms_is_refused(signed: Path, run: Run) -> None:
    text = signed.read_text(encoding="utf-8").replace("USD 150 per", "USD 160 per")
    Path("other.yaml").write_text(text, encoding="utf-8")
    change = Path(CHANGE).read_text(encoding="utf-8").replace(" of 1845929f", "")
    Path("change.yaml").write_text(change, encoding="utf-8")
    told = run(
        "sign", "other.yaml", "change.yaml", "--on", "2026-10-04", *TODAY, code=1
    )
    assert "The register has HOM-2026-014 as 1845929fb84f" in told.stderr


def test_a_signed_deal_is_not_drafted_from_other_terms(signed: Path, run: Run) -> None:
    run("draft", signed, "-o", "same.docx")
    text = signed.read_text(encoding="utf-8").replace("USD 150 per", "USD 160 per")
    signed.write_text(text, encoding="utf-8")
    told = run("draft", signed, "-o", "other.docx", code=1).stderr
    assert "was signed on 2026-07-31" in told
    assert "closer amend" in told


def test_a_deal_with_open_points_is_signed_only_despite_them(
    deal: Path, run: Run
) -> None:
    text = deal.read_text(encoding="utf-8").replace(", met: 2026-07-29}", "}")
    deal.write_text(text, encoding="utf-8")
    told = run("sign", deal, "--on", "2026-07-31", *TODAY, code=1).stderr
    assert "--despite" in told
    run("sign", deal, "--on", "2026-07-31", "--despite", "it comes Monday", *TODAY)
    entry = json.loads(run("log", REF, "--json").stdout)[0]
    assert entry["data"]["despite"] == "it comes Monday"


def test_a_deal_is_signed_once(signed: Path, run: Run) -> None:
    told = run("sign", signed, "--on", "2026-07-31", *TODAY, code=1).stderr
    assert "signed already" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(("HOM-2026-14", "garage"), "Did you mean HOM-2026-014?", id="ref"),
        pytest.param((REF, "garag"), "Did you mean garage?", id="path"),
        pytest.param(
            (REF, "garage", "--on", "2026-07-01"),
            "before the deal was signed",
            id="early",
        ),
        pytest.param((REF, "garage", "--on", "2026-12-01"), "after today", id="late"),
    ],
)
def test_what_cannot_be_recorded_is_said(
    arguments: tuple[str, ...], says: str, signed: Path, run: Run
) -> None:
    del signed
    assert says in run("record", *arguments, *TODAY, code=2).stderr


def test_what_ends_a_deal_cancels_what_was_to_come(signed: Path, run: Run) -> None:
    del signed
    run("record", REF, "terminated", "--on", "2026-10-03", *TODAY)
    later = [row for row in _due(run, "--within", "400d") if row["date"] > "2026-10-03"]
    assert [(row["date"], row["term"]) for row in later] == [("2026-10-05", "duration")]


def test_verify_finds_a_row_that_was_altered_by_hand(
    signed: Path, run: Run, register: str
) -> None:
    del signed
    assert "every chain whole" in run("register", "verify").stdout
    base = base_at(register)
    base.run("UPDATE due SET day = '2030-01-01' WHERE kind = 'payment'")
    assert "what is due was altered" in run("register", "verify", code=1).stderr
    base.run("UPDATE journal SET who = 'nobody'")
    base.close()
    assert "entry 1 of HOM-2026-014 was altered" in (
        run("register", "verify", code=1).stderr
    )


def test_a_register_moves_whole(signed: Path, run: Run) -> None:
    del signed
    run("record", REF, "garage", "--on", "2026-10-02", *TODAY)
    lines = run("register", "export").stdout
    Path("all.jsonl").write_text(lines, encoding="utf-8")
    run("register", "import", "all.jsonl", "--register", "other.sqlite")
    assert run("register", "export", "--register", "other.sqlite").stdout == lines
    assert _due(run) == _due(run, "--register", "other.sqlite")
    told = run("register", "import", "all.jsonl", code=1).stderr
    assert "in the register already" in told


def test_a_file_that_is_no_register_is_left_alone(run: Run) -> None:
    Path("notes.txt").write_text("not a database, but long enough to look like one" * 9)
    told = run("due", "--register", "notes.txt", *TODAY, code=5).stderr
    assert "no register" in told
    assert Path("notes.txt").read_text().startswith("not a database")


def test_a_newer_register_is_refused(signed: Path, run: Run, register: str) -> None:
    del signed
    base = base_at(register)
    base.run("UPDATE meta SET version = 99")
    base.close()
    assert "newer closer" in run("due", *TODAY, code=5).stderr


def test_two_people_recording_at_once_lose_nothing(signed: Path, run: Run) -> None:
    del signed
    paths = ["obligations.access", "price.payments.deposit", "permits", "garage"]
    command = [sys.executable, "-m", "closer", "record", REF]
    at = ["--on", "2026-10-02", *TODAY]
    running = [
        subprocess.Popen([*command, path, *at], stdout=subprocess.DEVNULL)
        for path in paths
    ]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    entries = json.loads(run("log", REF, "--json").stdout)
    assert {entry["data"].get("path") for entry in entries[1:]} == set(paths)
    assert "every chain whole" in run("register", "verify").stdout


def test_a_reading_that_leads_to_a_miss_warns(signed: Path, run: Run) -> None:
    del signed
    for value, on in (("99", "2026-08-05"), ("97.5", "2026-09-05")):
        assert ": met" in run("measure", REF, "on_time", value, "--on", on).stdout
    told = run("measure", REF, "on_time", "96%", "--on", "2026-10-02").stdout
    assert "one more step like these misses it" in told
    told = run("measure", REF, "on_time", "90", "--on", "2026-10-03").stdout
    assert "MISSED" in told


def test_a_reading_that_cannot_be_is_refused(signed: Path, run: Run) -> None:
    del signed
    for value in ("101", "-1", "many", "nan"):
        run("measure", REF, "on_time", "--", value, code=2)
    told = run("measure", REF, "ontime", "99", code=2).stderr
    assert "Did you mean on_time?" in told
    assert len(json.loads(run("log", REF, "--json").stdout)) == 1


def test_an_issue_shows_the_ladder_and_is_settled_once(signed: Path, run: Run) -> None:
    del signed
    told = run("raise", REF, "It drains to the house", *TODAY).stdout
    assert "issue 1 raised on 2026-10-04" in told
    assert "Negotiation: until 2026-10-19" in told
    run("settle", REF, "1", "--outcome", "drain moved", *TODAY)
    told = run("settle", REF, "1", *TODAY, code=2).stderr
    assert "no open issue 1" in told


def test_the_agenda_holds_what_happened_what_is_late_and_what_is_open(
    signed: Path, run: Run
) -> None:
    del signed
    run("record", REF, "garage", "--on", "2026-10-02", *TODAY)
    run("raise", REF, "It drains to the house", *TODAY)
    told = run("review", REF, *TODAY).stdout
    for part in ("recorded garage", "## Overdue", "2026-08-03", "drains to the house"):
        assert part in told


def test_the_report_page_holds_values_as_data(signed: Path, run: Run) -> None:
    del signed
    run("raise", REF, "<script>alert(1)</script> & co", *TODAY)
    for value, on in (("99", "2026-08-05"), ("97", "2026-09-05")):
        run("measure", REF, "on_time", value, "--on", on)
    run("report", *TODAY, "-o", "deals.html")
    text = Path("deals.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in text
    assert "99: " not in text
    assert 'role="img" aria-label="Milestones met on time: 97 against' in text
    assert 'lang="en"' in text
    assert "Client pays Deposit" in text
    assert "Deposit" in run("report", REF, *TODAY).stdout


def test_a_server_that_does_not_answer_is_said_in_one_sentence(run: Run) -> None:
    where = "postgresql://nobody@127.0.0.1:1/none"
    told = run("due", "--register", where, *TODAY, code=5).stderr
    assert told.count("\n") == 1
    assert "does not answer" in told
