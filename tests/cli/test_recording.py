"""What `closer record`, `undo`, `escalate` and `measure` do to a signed deal."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
REF = "HOM-2026-014"
STUDIO = "BCW-2026-007"
TODAY = ("--today", "2026-11-01")
SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def garage(deal: Path, run: Run, register: str) -> Path:
    """The garage sample, signed on 31 July 2026, in each kind of register."""
    del register
    run("sign", deal, "--on", "2026-07-31", *TODAY)
    return deal


@pytest.fixture
def studio(run: Run) -> str:
    """The studio sample, signed on 20 September 2026: it renews, and has a credit."""
    agreed = SAMPLES / "studio-services" / "agreed.yaml"
    run("sign", agreed, "--on", "2026-09-20", "--despite", "haste", *TODAY)
    return STUDIO


def _rows(run: Run, *options: object, code: int = 1) -> list[dict[str, object]]:
    within = ("--within", "4000d")
    told = run("due", *TODAY, "--json", *within, *options, code=code).stdout
    return list(json.loads(told))


def _log(run: Run, ref: str = REF) -> list[dict[str, object]]:
    return list(json.loads(run("log", ref, "--json").stdout))


def test_an_event_starts_its_clocks_and_its_notice_can_be_given(
    garage: Path, run: Run
) -> None:
    del garage
    told = run("record", REF, "force_majeure", "--on", "2026-10-28", *TODAY).stdout
    assert "2026-11-02, 17:00 open: Last safe day for notice: Force majeure" in told
    told = run("record", REF, "contingencies.force_majeure", *TODAY).stdout
    assert "done in time (by 2026-11-02)" in told


def test_an_event_that_happens_again_counts_each_time(garage: Path, run: Run) -> None:
    del garage
    for on in ("2026-10-26", "2026-10-28"):
        run("record", REF, "weather", "--on", on, *TODAY)
    days = {r["date"] for r in _rows(run) if r["term"] == "contingencies.weather"}
    assert days == {"2026-10-28", "2026-10-30"}


def test_what_was_done_late_is_said_to_be_late(garage: Path, run: Run) -> None:
    del garage
    path = "obligations.access"
    told = run("record", REF, path, "--on", "2026-08-05", *TODAY).stdout
    assert "done 2 days late (by 2026-08-03): Client to give" in told


def test_whatever_due_lists_can_be_recorded_by_the_word_that_it_shows(
    studio: str, run: Run
) -> None:
    table = run("due", *TODAY, "--within", "90d", code=1).stdout
    words = {
        part.removeprefix("record ")
        for line in table.splitlines()
        for part in line.split(" · ")
        if part.startswith("record ") and "renewed" not in part
    }
    assert len(words) > 6
    for number, word in enumerate(sorted(words)):
        if not word.endswith(".accepted"):
            run("record", studio, word, *TODAY)
            assert len(_log(run, studio)) >= number


def test_a_deal_that_will_not_renew_ends_with_its_term(studio: str, run: Run) -> None:
    assert max(str(r["date"]) for r in _rows(run)) > "2028"
    run("record", studio, "not-renewed", *TODAY)
    rows = _rows(run)
    assert not [r for r in rows if r["term"] == "duration.renewal"]
    late = {r["kind"] for r in rows if str(r["date"]) > "2027-09-30"}
    assert late <= {"end", "obligation", "reminder"}
    assert not [r for r in rows if r["kind"] == "payment" and r["date"] > "2027-09-30"]


def test_a_renewal_that_was_decided_is_asked_no_more(studio: str, run: Run) -> None:
    def asked() -> list[str]:
        return [str(r["date"]) for r in _rows(run) if r["term"] == "duration.renewal"]

    before = asked()
    run("record", studio, "renewed", *TODAY)
    assert before[:2] == ["2027-05-31", "2027-07-30"]
    left = asked()
    assert left[: len(before) - 2] == before[2:]
    assert len(left) == len(before), "one more renewal is in sight"
    run("record", studio, "renewed", "--on", "2028-08-15", "--force", *TODAY)
    assert asked()[: len(before) - 4] == before[4:]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        pytest.param("renewed", "does not renew itself", id="no_renewal"),
        pytest.param(
            "permits.accepted", "Nothing says how permits", id="no_acceptance"
        ),
        pytest.param("acces", "Did you mean obligations.access?", id="nearest"),
        pytest.param("diary", "Did you mean obligations.diary?", id="short_name"),
        pytest.param("price.payments.bonus", "is nothing that this deal", id="unknown"),
    ],
)
def test_what_the_deal_does_not_know_is_said_with_what_it_knows(
    path: str, says: str, deal: Path, run: Run
) -> None:
    run("sign", deal, "--on", "2026-07-31", *TODAY)
    assert says in run("record", REF, path, *TODAY, code=2).stderr


def test_a_milestone_is_met_once(garage: Path, run: Run) -> None:
    del garage
    run("record", REF, "garage", "--on", "2026-10-02", *TODAY)
    told = run("record", REF, "garage", *TODAY, code=2).stderr
    assert "met on 2026-10-02 already" in told
    told = run("record", REF, "garage.accepted", "--on", "2026-10-01", *TODAY, code=2)
    assert "before it was met" in told.stderr


def test_undoing_gives_every_day_back_and_erases_nothing(
    garage: Path, run: Run
) -> None:
    del garage
    before = _rows(run)
    run("record", REF, "garage", "--on", "2026-10-20", *TODAY)
    assert _rows(run) != before
    told = run("undo", REF, "2", "--why", "it was the roof", *TODAY).stdout
    assert "entry 2 undone (recorded garage)" in told
    assert _rows(run) == before
    assert [entry["kind"] for entry in _log(run)] == ["signed", "recorded", "undone"]
    assert "[undone]" in run("log", REF).stdout
    assert "it was the roof" in run("log", REF).stdout
    assert "every chain whole" in run("register", "verify").stdout


def test_an_undoing_can_be_undone(garage: Path, run: Run) -> None:
    del garage
    run("record", REF, "garage", "--on", "2026-10-20", *TODAY)
    after = _rows(run)
    run("undo", REF, "2", *TODAY)
    told = run("undo", REF, "2", *TODAY, code=2).stderr
    assert "undone already, by entry 3" in told
    run("undo", REF, "3", *TODAY)
    assert _rows(run) == after


def test_an_entry_that_others_stand_on_is_undone_after_them(
    garage: Path, run: Run
) -> None:
    del garage
    run("raise", REF, "It drains to the house", *TODAY)
    run("settle", REF, "1", *TODAY)
    assert "Undo first: 3" in run("undo", REF, "2", *TODAY, code=2).stderr
    assert "Undo first: 3, 2" in run("undo", REF, "1", *TODAY, code=2).stderr
    assert "There is no entry 9" in run("undo", REF, "9", *TODAY, code=2).stderr


def test_a_signing_that_was_a_mistake_is_undone_and_entered_anew(
    garage: Path, run: Run
) -> None:
    run("undo", REF, "1", "--why", "wrong day", *TODAY)
    assert json.loads(run("due", *TODAY, "--json").stdout) == []
    assert "was undone" in run("record", REF, "garage", *TODAY, code=1).stderr
    assert "was undone" in run("review", REF, *TODAY, code=1).stderr
    run("sign", garage, "--on", "2026-08-01", *TODAY)
    assert "signed 2026-08-01" in run("report", REF, *TODAY).stdout


def test_the_number_of_an_issue_stays_when_one_before_it_is_undone(
    garage: Path, run: Run
) -> None:
    del garage
    run("raise", REF, "First", *TODAY)
    run("raise", REF, "Second", *TODAY)
    run("undo", REF, "2", *TODAY)
    run("settle", REF, "2", "--outcome", "done", *TODAY)
    assert "no open issue 1" in run("settle", REF, "1", *TODAY, code=2).stderr
    assert "issue 3 raised" in run("raise", REF, "Third", *TODAY).stdout


def test_an_issue_climbs_the_ladder_of_the_deal_step_by_step(
    garage: Path, run: Run
) -> None:
    del garage
    at = ("--today", "2026-10-05")
    run("raise", REF, "It drains to the house", *at)
    told = run("escalate", REF, "1", *at).stdout
    assert "Negotiation from 2026-10-06 until 2026-10-20" in told
    assert "then Mediation from 2026-11-05 until 2026-12-19" in told
    told = run("escalate", REF, "1", "--today", "2026-10-20", code=2).stderr
    assert "Negotiation lasts until 2026-10-20" in told
    told = run("escalate", REF, "1", "--today", "2026-10-21").stdout
    assert "Talks of the executives from 2026-10-21 until 2026-11-04" in told
    entry = _log(run)[-1]
    assert entry["data"]["ends"] == "2026-11-04"  # type: ignore[index]
    for command in ("review", "report"):
        told = run(command, REF, "--today", "2026-10-22").stdout
        assert "Talks of the executives, until 2026-11-04" in told
    assert "issue 1 to executives until 2026-11-04" in run("log", REF).stdout


def test_the_notice_of_dispute_puts_the_steps_among_what_is_due(
    garage: Path, run: Run
) -> None:
    del garage
    run("raise", REF, "It drains to the house", *TODAY)
    run("escalate", REF, "1", "--on", "2026-10-30", *TODAY)
    clocks = {r["date"] for r in _rows(run, "--kind", "clock", code=0)}
    assert "2026-11-16" in clocks
    run("undo", REF, "3", *TODAY)
    assert "2026-11-16" not in {
        r["date"] for r in _rows(run, "--kind", "clock", code=0)
    }


def test_the_last_step_of_the_ladder_has_none_after_it(garage: Path, run: Run) -> None:
    del garage
    run("raise", REF, "It drains to the house", "--on", "2026-08-10", *TODAY)
    for on in ("2026-08-10", "2026-08-30", "2026-09-20"):
        run("escalate", REF, "1", "--on", on, *TODAY)
    last = ("--on", "2026-12-20", "--today", "2026-12-20")
    assert "without an end" in run("escalate", REF, "1", *last).stdout
    assert "the last step" in run("escalate", REF, "1", *last, code=2).stderr
    assert "no open issue 7" in run("escalate", REF, "7", *last, code=2).stderr


def test_a_missed_service_level_says_what_credit_falls_due(
    studio: str, run: Run
) -> None:
    told = run("measure", studio, "uptime", "98.9%", *TODAY).stdout
    assert "MISSED" in told
    assert "credit due: 10% of the monthly fee, USD 240.00" in told
    assert _log(run, studio)[-1]["data"]["credit"] == {  # type: ignore[index]
        "words": "5% of the monthly fee for each started 0.5% below the target",
        "share": "10%",
        "of": "the monthly fee",
        "sum": "USD 240.00",
    }
    for command in ("report", "review"):
        assert "credit due: 10%" in run(command, studio, *TODAY).stdout
    assert "credit USD 240.00" in run("log", studio).stdout
    told = run("measure", studio, "uptime", "99.9", *TODAY).stdout
    assert "credit" not in told


def test_a_credit_that_lapses_is_due_until_it_is_claimed(run: Run) -> None:
    clinic, ref = SAMPLES / "clinic-subscription" / "agreed.yaml", "CHV-2026-031"
    run("sign", clinic, "--on", "2026-08-20", "--despite", "haste", *TODAY)
    told = run("measure", ref, "availability", "90", *TODAY).stdout
    assert "30% of the monthly part of the yearly fee, USD 1,944.00 (the most" in told
    assert "lapses unless claimed by 2026-12-01" in told
    [claim] = _rows(run, "--kind", "notice", "--party", "customer", code=0)[:1]
    assert (claim["stake"], claim["date"]) == ("bar", "2026-12-01")
    run("record", ref, "service_levels.availability", *TODAY)
    left = [
        r
        for r in _rows(run)
        if (r["term"], r["kind"]) == ("service_levels.availability", "notice")
    ]
    assert left == []


def test_a_reading_or_an_issue_of_no_possible_day_asks_for_force(
    garage: Path, run: Run
) -> None:
    del garage
    for command in (
        ("measure", REF, "on_time", "99"),
        ("raise", REF, "It drains"),
    ):
        for on in ("2026-07-01", "2026-12-01"):
            told = run(*command, "--on", on, *TODAY, code=2).stderr
            assert "Add --force" in told
    run("measure", REF, "on_time", "99", "--on", "2026-12-01", "--force", *TODAY)


def test_the_schedule_of_a_signed_deal_knows_what_has_happened(
    garage: Path, run: Run
) -> None:
    run("record", REF, "garage", "--on", "2026-10-20", *TODAY)
    by_ref = run("schedule", REF, "--json").stdout
    facts = ("--signed", "2026-07-31", "--happened", "garage=2026-10-20")
    assert json.loads(by_ref) == json.loads(
        run("schedule", garage, *facts, "--json").stdout
    )
    more = run("schedule", REF, "--happened", "force_majeure=2026-10-28").stdout
    assert "2026-11-02" in more
    assert "There is no file" in run("schedule", "NOT-THERE", code=2).stderr


def test_a_deal_is_reckoned_with_the_holidays_that_were_signed(
    garage: Path, register: str
) -> None:
    del garage
    from closer.cli.keeping import known  # noqa: PLC0415
    from closer.cli.signed import signed_document  # noqa: PLC0415
    from closer.register.store import Register  # noqa: PLC0415

    with Register(register) as opened:
        state = known(REF, opened)
        assert state.amendments == ()
        document = signed_document(opened, state.signed)
    assert document is not None
    assert document.reference == REF
    assert state.signed is not None
    assert len(state.signed.library) == 64
    listed = state.signed.holidays["US"]
    assert isinstance(listed, dict)
    columbus = ["2026-10-12", ["Columbus Day"]]
    assert columbus in listed["years"]["2026"]


def test_the_agenda_is_a_word_document_too(garage: Path, run: Run) -> None:
    del garage
    run("review", REF, "-o", "agenda.docx", *TODAY)
    assert Path("agenda.docx").read_bytes()[:2] == b"PK"
    told = run("review", REF, "-o", "agenda.pdf", *TODAY, code=2).stderr
    assert "agenda.md or .docx" in told


def test_a_recorded_renewal_lets_the_fees_go_on(run: Run, studio: str) -> None:
    def last() -> str:
        paid = [r for r in _rows(run, "--deal", studio) if r["kind"] == "payment"]
        return str(max(str(row["date"]) for row in paid))

    before = last()
    run("record", studio, "renewed", *TODAY)
    assert int(last()[:4]) == int(before[:4]) + 1
