"""What `check` says beside problems, and what `explain` says of each of them."""

import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from closer.cli import COMMANDS
from closer.library import silence
from closer.terms.model import Terms
from closer.terms.reading import read_terms
from closer.terms.shapes import shape_at, shape_of

ROOT = Path(__file__).parents[2]
DAY = date(2026, 8, 3)

Run = Callable[..., Result]


def _with(deal: Path, *swaps: tuple[str, str]) -> Path:
    text = deal.read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    deal.write_text(text, encoding="utf-8")
    return deal


def test_explain_gives_reason_examples_source_and_severity(run: Run) -> None:
    told = run("explain", "m03").stdout
    assert told.startswith("M03 (error)")
    assert "\nbad\n" in told
    assert "\ngood\n" in told
    assert "\nsource: " in told
    assert json.loads(run("explain", "C03", "--json").stdout)["severity"] == "warning"


def test_explain_of_an_unknown_code_suggests_the_nearest(run: Run) -> None:
    assert "Did you mean M03?" in run("explain", "M033", code=2).stderr


def test_check_says_what_the_law_decides_where_the_deal_is_silent(
    deal: Path, run: Run
) -> None:
    heading = "silent: the law decides"
    assert "no cap on liability" not in run("check", deal).stdout
    text = deal.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("liability:")]
    deal.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = run("check", deal).stdout
    assert heading in told
    assert "liability: no cap on liability" in told


def test_both_readings_stand_in_the_message_when_something_else_was_said(
    deal: Path, run: Run
) -> None:
    _with(deal, ('price.total, agreed: "USD 48,500.00"', "price.total, agreed: 49500"))
    lines = run("check", deal, code=1).stderr.splitlines()
    line = next(each for each in lines if " CL02 " in each)
    said = "Recorded on 2026-07-20: 49500; the terms say USD 48,500.00."
    assert said in line


def test_check_lists_essential_terms_that_nobody_recorded(deal: Path, run: Run) -> None:
    told = run("check", deal).stdout.partition("not recorded in closing.said\n")[2]
    listed = told.partition("\n\n")[0].split()
    assert "dispute_resolution.governing_law" in listed
    assert "milestones.garage.due" in listed
    assert "price.total" not in listed


def test_a_warning_accepted_with_a_reason_is_listed_as_accepted(
    deal: Path, run: Run
) -> None:
    assert " CL03 " in run("check", deal).stderr
    _with(deal, ("  confirmed: {", "  accepted: {CL03: told by phone}\n  confirmed: {"))
    result = run("check", deal)
    assert " CL03 " not in result.stderr
    assert "Accepted: told by phone" in result.stdout


def test_an_error_cannot_be_accepted(deal: Path, run: Run) -> None:
    _with(deal, ("  confirmed: {", "  accepted: {M03: later}\n  confirmed: {"))
    assert " CL06 " in run("check", deal, code=1).stderr


def test_an_accepted_warning_that_nobody_gives_is_said(deal: Path, run: Run) -> None:
    _with(deal, ("  confirmed: {", "  accepted: {C03: waived}\n  confirmed: {"))
    assert "nothing warns of it" in run("check", deal).stdout


def test_what_is_private_is_read_by_check(deal: Path, run: Run) -> None:
    private = deal.with_name("agreed.private.yaml")
    private.write_text(
        "limits:\n  price.total: at most USD 48,000.00\n"
        "concerns:\n  cash: {about: price, concern: SECRETLY SHORT OF CASH}\n"
        "notes: {walk: SECRETLY WALK AWAY ABOVE 48}\n",
        encoding="utf-8",
    )
    result = run("check", deal)
    assert f"{private}:2:" in result.stderr
    assert " CL07 " in result.stderr
    assert "SECRETLY SHORT" in result.stdout


EVERY_WRITER = [
    "summary {terms} -o summary.md",
    "summary {terms} -o summary.docx",
    "summary {terms} --for client -o for-client.docx",
    "summary {terms}",
    "draft {terms} -o draft.docx",
    "draft {terms} --final -o final.docx",
    "draft {terms} --trace",
    "draft {terms} --trace --json",
    "draft {terms} --trace-comments -o comments.docx",
    "draft {terms} -o second.docx --against draft.docx",
    "verify {terms} draft.docx --redline marked.docx",
    "verify {terms} draft.docx --json",
    "redline draft.docx second.docx -o redline.docx",
    "schedule {terms} -o schedule.ics",
    "schedule {terms} -o schedule.csv",
    "schedule {terms} -o schedule.md",
    "schedule {terms} -o schedule.svg",
    "schedule {terms} -o schedule.html",
    "schedule {terms} --json",
    "feed {terms} -o feed.ics",
    "invite {terms} --from you@yours.example -o mails",
    "amend {terms} {change} -o amendment",
    "conform {terms} {change} --on 2026-12-01 -o conformed.docx",
    "sign {terms} --on 2026-07-31",
    "due --today 2026-07-28",
    "record HOM-2026-014 price.payments.deposit --on 2026-08-03 --today 2026-08-04",
    "measure HOM-2026-014 on_time 97 --on 2026-09-01 --today 2026-09-02",
    "raise HOM-2026-014 slope --about milestones.backyard --today 2026-09-02",
    "escalate HOM-2026-014 1 --today 2026-09-02",
    "undo HOM-2026-014 5 --today 2026-09-02",
    "settle HOM-2026-014 1 --outcome done --today 2026-09-03",
    "review HOM-2026-014 -o agenda.md --today 2026-09-03",
    "report -o deals.html",
    "log HOM-2026-014 --json",
    "register export",
]


def _text(file: Path) -> str:
    if file.suffix != ".docx":
        return file.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(file) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


def test_what_is_private_is_written_by_no_command(deal: Path, run: Run) -> None:
    private = deal.with_name("agreed.private.yaml")
    private.write_text(
        "limits:\n  price.total: at most USD 48,123.00\n"
        "concerns:\n  cash: {about: price, concern: SECRETLY SHORT OF CASH}\n"
        "notes: {walk: SECRETLY WALK AWAY}\n",
        encoding="utf-8",
    )
    _with(deal, ("client: 2026-07-28,", "client: 2026-07-28 of 1845929f,"))
    given = set(deal.parent.iterdir())
    said: list[str] = []
    change = deal.with_name("change-1-hurricane.yaml")
    for line in EVERY_WRITER:
        arguments = line.format(terms=deal, change=change).split()
        result = run(*arguments)
        said.append(result.stdout + result.stderr)
    files = [
        each
        for each in deal.parent.rglob("*")
        if each.is_file() and each not in given and "cache" not in each.parts
    ]
    assert len(files) > 25
    said.extend(_text(each) for each in files)
    for text in said:
        assert not re.search("secretly|48,?123|agreed.private", text, re.IGNORECASE)


def test_every_command_that_writes_is_among_them() -> None:
    tried = {line.split()[0] for line in EVERY_WRITER}
    served = {"publish"}  # to a server; it sends what `schedule` writes
    reads = {"check", "explain", "clauses", "demo", "new"}
    assert set(COMMANDS) == tried | served | reads


def test_a_private_file_that_cannot_be_read_says_where(deal: Path, run: Run) -> None:
    private = deal.with_name("agreed.private.yaml")
    private.write_text("limit: {price.total: 5}\n", encoding="utf-8")
    assert f"{private}:1:1: F03" in run("check", deal, code=1).stderr


SILENT = {
    "confidentiality": {"liability", "termination"},
    "construction": {
        "intellectual_property",
        "insurance",
        "contingencies.site_conditions",
    },
    "consulting": {"warranty", "liability", "contingencies.scope_change", "exit"},
    "distribution": {"confidentiality", "indemnities", "audit", "duration.renewal"},
    "licence": {"exclusivity", "territory", "warranty", "indemnities"},
    "services": {"intellectual_property", "data_protection", "duration", "termination"},
    "subscription": {"warranty", "intellectual_property", "data_protection"},
    "supply": {"indemnities", "contingencies.late_completion", "confidentiality"},
}
"""Of each type, some of what the law decides when nobody does."""


@pytest.mark.parametrize("contract", SILENT)
def test_what_a_deal_of_each_type_leaves_to_the_law_is_said(contract: str) -> None:
    table = silence.load(ROOT / "templates")
    terms = Terms(
        contract=contract, title="A", reference="A", effective=DAY, parties={}
    )
    said = {each.section for each in table.left_to_the_law(terms)}
    assert said >= SILENT[contract] | {"liability"}
    starter = ROOT / "templates" / "starters" / f"{contract}.yaml"
    agreed, problems = read_terms(starter.read_text(encoding="utf-8"), starter.name)
    assert agreed is not None, problems
    left = {each.section for each in table.left_to_the_law(agreed.terms)}
    written = {section for section in said if agreed.source.has(section)}
    assert left == said - written


def test_every_section_of_the_silence_is_one_that_terms_can_have() -> None:
    shape = shape_of(Terms)
    for each in silence.load(ROOT / "templates").silent:
        assert shape_at(shape, each.section)[0] is not None, each.section
        assert set(each.types) <= SILENT.keys()


def test_what_stands_in_every_contract_is_said_with_what_may_be_chosen(
    deal: Path, run: Run
) -> None:
    said = run("check", deal).stdout
    assert "clauses.entire-agreement: as it stands or no reliance or none" in said
    assert "clauses.amendment: as it stands\n" in said
    _with(deal, ("contract:", "clauses: {counterparts: none}\ncontract:"))
    assert "clauses.counterparts" not in run("check", deal).stdout
