"""`closer schedule`: the forms it writes, the parts it shows, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        (".ics", b"BEGIN:VCALENDAR"),
        (".csv", b"\xef\xbb\xbfuid,kind,title"),
        (".md", b"# Garage and Backyard"),
        (".svg", b"<svg "),
        (".html", b"<!DOCTYPE html>"),
    ],
)
def test_the_name_of_the_file_says_in_which_form_it_is_written(
    form: str, begins: bytes, deal: Path, run: Run
) -> None:
    out = deal.with_suffix(form)
    run("schedule", deal, "-o", out)
    assert out.read_bytes().startswith(begins)


def test_a_form_that_is_not_known_is_said_with_those_that_are(
    deal: Path, run: Run
) -> None:
    said = run("schedule", deal, "-o", "remodel.pdf", code=2).stderr
    assert ".ics, .csv, .md, .svg, .html" in said


def test_an_unknown_party_is_said_with_those_of_the_deal(deal: Path, run: Run) -> None:
    said = run("schedule", deal, "--party", "clint", code=2).stderr
    assert "client, contractor" in said


def test_the_days_asked_for_are_the_days_shown(deal: Path, run: Run) -> None:
    days = ("--from", "2026-10-02", "--to", "2026-10-30")
    shown = run("schedule", deal, *days).stdout
    assert "Garage complete" in shown
    assert "Building permits" not in shown
    assert (
        "--to"
        in run(
            "schedule", deal, "--from", "2027-01-01", "--to", "2026-01-01", code=2
        ).stderr
    )


def test_an_event_starts_its_clock_and_an_unknown_one_is_said(
    deal: Path, run: Run
) -> None:
    shown = run("schedule", deal, "--happened", "dispute=2026-10-05").stdout
    assert "Mediation: until its last day" in " ".join(shown.split())
    said = run("schedule", deal, "--happened", "disputes=2026-10-05", code=2).stderr
    assert "Did you mean dispute?" in said


def test_a_redacted_calendar_has_neither_sums_nor_names(deal: Path, run: Run) -> None:
    out = deal.with_suffix(".ics")
    run("schedule", deal, "--redact", "-o", out)
    text = out.read_text(encoding="utf-8").replace("\n ", "")
    assert "USD" not in text
    assert "Whitfield" not in text
    assert "the agreed sum" in text


def test_a_revision_over_the_old_file_is_written_in_its_place(
    deal: Path, run: Run
) -> None:
    out = deal.with_suffix(".ics")
    change = deal.parent / "change-1-hurricane.yaml"
    run("schedule", deal, "-o", out)
    out.write_bytes(out.read_bytes().replace(b"STATUS:", b"COLOR:red\r\nSTATUS:"))
    run("schedule", deal, change, "-o", out, "--previous", out)
    text = out.read_bytes()

    assert b"COLOR:red" in text
    assert b"SEQUENCE:1" in text
    run("schedule", deal, change, "-o", "new.ics", "--changed-since", out)
    assert b"BEGIN:VEVENT" not in Path("new.ics").read_bytes()


def test_what_is_no_calendar_is_no_old_file(deal: Path, run: Run) -> None:
    said = run("schedule", deal, "-o", "x.ics", "--previous", deal, code=2).stderr
    assert "is no calendar file" in said
    said = run("schedule", deal, "-o", "x.md", "--previous", deal, code=2).stderr
    assert "for .ics files only" in said


def test_a_year_without_holidays_is_told_with_the_place_of_the_list(
    deal: Path, run: Run
) -> None:
    text = deal.read_text(encoding="utf-8")
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "holidays:" in each)
    happened = ("--happened", "garage=2150-10-02")
    told = run("schedule", deal, *happened, code=1).stderr.splitlines()[-1]
    assert told.startswith(f"{deal}:{line}:")
    assert ": D33 The holidays of US in 2150" in told


def test_what_happens_again_is_told_with_its_number(deal: Path, run: Run) -> None:
    told = (
        *("--happened", "scope_change.quoted=2026-09-01"),
        *("--happened", "scope_change.quoted.2=2026-10-01"),
    )
    shown = run("schedule", deal, *told, "-o", deal.with_suffix(".md"))
    assert shown.exit_code == 0
    page = deal.with_suffix(".md").read_text(encoding="utf-8")
    assert page.count("Approve the quote for the change") == 2
    said = run("schedule", deal, "--happened", "scope_change.qoted=2026-09-01", code=2)
    assert "Did you mean scope_change.quoted?" in said.stderr


def test_a_change_for_a_time_ends_in_the_calendar_with_or_without_its_file(
    deal: Path, run: Run
) -> None:
    change = deal.with_name("change-1-hurricane.yaml")
    run("amend", deal, change, "-o", "o")
    for given in ((deal, change), (deal.parent / "o" / "terms-1.yaml",)):
        shown = run("schedule", *given, "--from", "2026-11-30").stdout
        assert "Last day of a change for a time" in " ".join(shown.split()), given


def test_what_happens_after_a_change_for_a_time_goes_by_the_earlier_words(
    deal: Path, run: Run
) -> None:
    change = deal.with_name("longer-notice.yaml")
    change.write_text(
        "amends: HOM-2026-014\neffective: 2026-09-01\nuntil: 2026-09-30\n"
        "changes:\n  contingencies.force_majeure.notice: 10 days\n",
        encoding="utf-8",
    )

    def last_day(began: str) -> str:
        happened = ("--happened", f"force_majeure={began}")
        told = json.loads(run("schedule", deal, change, *happened, "--json").stdout)
        path = "contingencies.force_majeure"
        return next(e["strict"] for e in told if e["term"] == path)

    assert last_day("2026-09-30") == "2026-10-10"
    assert last_day("2026-10-01") == "2026-10-06"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("renewed=2027-06-01", "does not renew itself"),
        ("not-renewed=2027-06-01", "does not renew itself"),
        ("ended=2027-06-01", "no such milestone or event"),
    ],
)
def test_a_renewal_that_cannot_be_is_refused(
    told: str, said: str, deal: Path, run: Run
) -> None:
    assert said in run("schedule", deal, "--happened", told, code=2).stderr


def test_the_end_of_a_contract_can_be_told(deal: Path, run: Run) -> None:
    told = run("schedule", deal, "--happened", "end=2026-09-18").stdout
    assert "2026-09-18 Fri" in told
    assert "was ended on 18 September 2026" in " ".join(told.split())
