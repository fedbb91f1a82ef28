"""What each command promises: what it writes, what it says, and its exit code."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from closer.cli import COMMANDS

Run = Callable[..., Result]
CHANGE = "change-1-hurricane.yaml"
BOTTLES = Path(__file__).parents[2] / "samples" / "bottle-supply" / "agreed.yaml"


def _broken(deal: Path, *swaps: tuple[str, str]) -> Path:
    text = deal.read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    deal.write_text(text, encoding="utf-8")
    return deal


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str, run: Run) -> None:
    told = run(name, "--help").stdout
    assert f"closer {name}" in told.replace("\n", " ")
    assert "Example" in told


def test_an_unknown_command_suggests_the_nearest(run: Run) -> None:
    assert "Did you mean `closer schedule`?" in run("shedule", code=2).stderr


def test_check_finds_no_error_in_the_sample_and_says_what_it_assumes(
    deal: Path, run: Run
) -> None:
    result = run("check", deal)
    assert "no error" in result.stdout
    assert "time.cut_off: 17:00" in result.stdout
    assert ":CL03" not in result.stdout
    assert " CL03 " in result.stderr


def test_check_lists_every_problem_at_once_with_its_place(deal: Path, run: Run) -> None:
    _broken(
        deal,
        ("due: 2026-10-02", "due: 10/2/2026"),
        ("late_interest: 1% per month", "late_intrest: 1% per month"),
        ("arbitrators: 1", "arbitrators: 2"),
    )
    lines = run("check", deal, code=1).stderr.splitlines()
    text = deal.read_text(encoding="utf-8").splitlines()
    for code, part in (("F07", "10/2/2026"), ("F03", "late_intrest")):
        line = next(line for line in lines if f" {code} " in line)
        number = next(n for n, li in enumerate(text, 1) if part in li)
        column = text[number - 1].index(part) + 1
        assert line.startswith(f"{deal}:{number}:{column}: {code} ")
    assert any("Did you mean `late_interest`" in line for line in lines)


def test_check_as_data_names_code_place_and_remedy(deal: Path, run: Run) -> None:
    _broken(deal, ("arbitrators: 1", "arbitrators: 2"))
    found = json.loads(run("check", deal, "--json", code=1).stdout)
    even = next(problem for problem in found if problem["code"] == "P07")
    assert even["severity"] == "error"
    assert even["path"] == "dispute_resolution.steps.arbitration.arbitrators"
    assert even["line"] > 1
    assert even["remedy"]


def test_a_missing_file_is_named_with_the_nearest(deal: Path, run: Run) -> None:
    del deal
    told = run("check", "agred.yaml", code=2).stderr
    assert "There is no file agred.yaml." in told
    assert "agreed.yaml?" in told


def test_draft_writes_the_contract_and_says_so(deal: Path, run: Run) -> None:
    result = run("draft", deal, "-o", "remodel.docx")
    assert "wrote remodel.docx" in result.stderr
    assert zipfile.is_zipfile("remodel.docx")


def test_an_error_in_the_terms_writes_nothing(deal: Path, run: Run) -> None:
    _broken(deal, ("arbitrators: 1", "arbitrators: 2"))
    run("draft", deal, "-o", "remodel.docx", code=1)
    assert not Path("remodel.docx").exists()


def test_final_is_refused_while_a_point_is_open_and_lists_them(
    deal: Path, run: Run
) -> None:
    _broken(
        deal, ("met: 2026-07-29}", "}"), ("settled: 2026-07-24, outcome", "outcome")
    )
    told = run("draft", deal, "--final", "-o", "remodel.docx", code=1).stderr
    assert "hurricane" in told
    assert "license" in told
    assert not Path("remodel.docx").exists()


def test_a_draft_says_so_and_a_final_contract_does_not(deal: Path, run: Run) -> None:
    for name, options, says in (("d.docx", (), True), ("f.docx", ("--final",), False)):
        run("draft", deal, "-o", name, *options)
        with zipfile.ZipFile(name) as archive:
            text = archive.read("word/document.xml") + archive.read("word/header1.xml")
        assert (b"DRAFT" in text) is says


def test_the_same_terms_give_the_same_bytes(deal: Path, run: Run) -> None:
    run("draft", deal, "-o", "a.docx")
    run("draft", deal, "-o", "b.docx")
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes()


def test_a_file_of_other_origin_is_not_overwritten(deal: Path, run: Run) -> None:
    Path("remodel.docx").write_bytes(b"an evening of edits")
    told = run("draft", deal, "-o", "remodel.docx", code=4).stderr
    assert "--force" in told
    assert Path("remodel.docx").read_bytes() == b"an evening of edits"
    run("draft", deal, "-o", "remodel.docx", "--force")
    assert zipfile.is_zipfile("remodel.docx")


def test_a_file_that_closer_wrote_is_replaced_until_somebody_changes_it(
    deal: Path, run: Run
) -> None:
    run("draft", deal, "-o", "remodel.docx")
    _broken(deal, ("USD 150 per calendar day", "USD 160 per calendar day"))
    run("draft", deal, "-o", "remodel.docx")
    with Path("remodel.docx").open("ab") as file:
        file.write(b"\0")
    _broken(deal, ("USD 160 per calendar day", "USD 170 per calendar day"))
    run("draft", deal, "-o", "remodel.docx", code=4)


def _entries(run: Run, *arguments: object) -> dict[tuple[str, str], dict[str, object]]:
    listed = json.loads(run("schedule", *arguments, "--json").stdout)
    return {(entry["kind"], entry["term"]): entry for entry in listed}


def test_what_has_not_happened_is_expected_never_due(deal: Path, run: Run) -> None:
    final = _entries(run, deal)["payment", "price.payments.final"]
    assert final["date"] is None
    assert final["expected"] == "2026-11-23"
    assert final["waits_for"] == "handover.met"


def test_facts_give_days_and_keep_the_identity(deal: Path, run: Run) -> None:
    before = _entries(run, deal)
    after = _entries(run, deal, "--happened", "handover=2026-11-09")
    key = ("payment", "price.payments.final")
    assert after[key]["date"] == "2026-11-24"
    assert after[key]["waits_for"] is None
    assert after[key]["uid"] == before[key]["uid"]
    assert ("chase", "milestones.handover") not in after


def test_an_event_that_has_happened_gives_the_days_that_hang_on_it(run: Run) -> None:
    key = ("end", "warranty")
    assert _entries(run, BOTTLES)[key]["date"] is None
    after = _entries(run, BOTTLES, "--happened", "delivery=2027-04-12")
    assert after[key]["date"] == "2028-10-12"


def test_a_fact_about_an_unknown_milestone_suggests_the_nearest(
    deal: Path, run: Run
) -> None:
    told = run("schedule", deal, "--happened", "garrage=2026-10-02", code=2).stderr
    assert "Did you mean garage?" in told


def test_entries_cite_the_provision_they_come_from(deal: Path, run: Run) -> None:
    entries = _entries(run, deal)
    assert entries["milestone", "milestones.garage"]["provision"] == (
        "Annex B (Milestones)"
    )
    assert entries["end", "warranty"]["provision"].startswith("section 9.1")
    assert entries["meeting", "follow_up.check_ins"]["provision"] == ""


def test_schedule_writes_a_calendar(deal: Path, run: Run) -> None:
    run("schedule", deal, "-o", "deal.ics")
    assert Path("deal.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert "closer writes .ics" in run("schedule", deal, "-o", "d.txt", code=2).stderr


def test_amend_writes_its_six_files_together(deal: Path, run: Run) -> None:
    run("amend", deal, CHANGE, "-o", "out")
    assert {path.name for path in Path("out").iterdir()} == {
        "amendment-1.docx",
        "redline-1.docx",
        "conformed-1.docx",
        "terms-1.yaml",
        "schedule-1.ics",
        "reasons-1.md",
    }


def test_amended_terms_and_terms_with_a_change_are_the_same_deal(
    deal: Path, run: Run
) -> None:
    run("amend", deal, CHANGE, "-o", "out")
    by_change = run("check", deal, CHANGE).stdout.splitlines()[0]
    by_file = run("check", "out/terms-1.yaml").stdout.splitlines()[0]
    assert by_change == by_file


def test_amend_without_a_change_says_what_is_missing(deal: Path, run: Run) -> None:
    assert "needs a change" in run("amend", deal, code=2).stderr


def test_a_change_of_other_terms_is_refused_with_both_digests(
    deal: Path, run: Run
) -> None:
    _broken(deal, ("USD 150 per calendar day", "USD 160 per calendar day"))
    told = run("amend", deal, CHANGE, "-o", "out", code=1).stderr
    assert "1845929f" in told
    assert not Path("out").exists()


def test_nothing_is_written_where_one_file_may_not_be(deal: Path, run: Run) -> None:
    Path("out").mkdir()
    Path("out/reasons-1.md").write_text("mine")
    run("amend", deal, CHANGE, "-o", "out", code=4)
    assert [path.name for path in Path("out").iterdir()] == ["reasons-1.md"]
    assert Path("out/reasons-1.md").read_text() == "mine"


def test_clauses_lists_shows_and_checks(run: Run) -> None:
    assert "step-mediation" in run("clauses").stdout
    assert "Mediation" in run("clauses", "step-mediation").stdout
    shown = run("clauses", "force-majeure").stdout
    assert "variant: clauses: {force-majeure: open}" in shown
    assert "terms used: contingencies.force_majeure, " in shown
    assert "words used: Party, Agreement" in shown
    assert "refers to: annex-payments" in run("clauses", "payments").stdout
    assert "Did you mean step-mediation" in run("clauses", "mediation", code=2).stderr
    assert "no fault" in run("clauses", "check").stdout


def test_a_broken_library_ends_with_exit_code_three(run: Run, tmp_path: Path) -> None:
    family = tmp_path / "mine" / "price"
    family.mkdir(parents=True)
    (family / "odd.clause").write_text('+++\nslot = "price"\n+++\nPay <Moneys>.\n')
    told = run("clauses", "check", tmp_path / "mine", code=3).stderr
    assert "odd.clause:1:1" in told


def test_a_draft_lists_its_warnings_and_a_final_contract_has_none(
    deal: Path, run: Run
) -> None:
    run("draft", deal, "-o", "draft.docx")
    run("draft", deal, "--final", "-o", "final.docx")
    with zipfile.ZipFile("draft.docx") as parts:
        assert b"warning CL03: " in parts.read("word/document.xml")
    with zipfile.ZipFile("final.docx") as parts:
        assert b"warning" not in parts.read("word/document.xml")


def test_the_demo_goes_the_whole_way(run: Run) -> None:
    told = run("demo", "out").stdout
    made = {path.name for path in Path("out").iterdir()}
    assert {"contract.docx", "schedule.ics", "amendment-1.docx", "terms-1.yaml"} <= made
    for name in made:
        assert name in told


@pytest.mark.parametrize(
    "line",
    [
        "parties.client.signatory.name: Erin Whitfield",
        "follow_up.check_ins: every week on Monday at 09:00",
    ],
)
def test_a_change_that_leaves_every_word_of_the_contract_makes_no_amendment(
    line: str, deal: Path, run: Run
) -> None:
    change = f"amends: HOM-2026-014\neffective: 2026-10-05\nchanges:\n  {line}\n"
    Path("small.yaml").write_text(change, encoding="utf-8")
    forced = ("--as", "amendment", "-o", "out")
    told = run("amend", deal, "small.yaml", *forced, code=1).stderr
    assert "small.yaml:3:1: F36" in told
    assert not Path("out").exists()


def test_the_demo_has_a_contract_that_came_back_edited(run: Run) -> None:
    run("demo", "out")
    found = Path("out/verified.txt").read_text(encoding="utf-8")
    for path in ("warranty.lasts", "liability.cap", "price.late_interest"):
        assert path in found
    told = run("verify", "out/agreed.yaml", "out/theirs.docx", code=1).stdout
    assert "theirs  6 months" in told
    assert (
        "nothing differs"
        in run("verify", "out/agreed.yaml", "out/contract.docx").stdout
    )
