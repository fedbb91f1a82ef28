"""CONTRIBUTING's "One place for one wish", done: each wish is one file or one entry.

Everything happens in a copy of what is shipped; the commands are those a user types.
"""

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from closer.cli import closer, folders
from closer.formats import files

ROOT = Path(__file__).parent.parent
SHIPPED = ("clauses", "templates", "samples")
Run = Callable[..., str]

CLAUSE = """+++
heading = "Language"
slot = "general"
order = 95
when = "not contingencies.weather"
edition = 1
note = "Says in which language the Parties write to each other."
+++
Each <Notice> is written in English, and {notice-form} applies to it.
"""


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what is shipped, which the commands take for the shipped one."""
    place = tmp_path / "copy"
    for name in SHIPPED:
        shutil.copytree(ROOT / name, place / name)
    monkeypatch.setattr(folders, "shipped", lambda name: place / name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return place


@pytest.fixture
def run(copy: Path) -> Run:
    """Run `closer` and return what it prints; the library must have no fault."""

    def invoke(*arguments: object, code: int = 0) -> str:
        checked = CliRunner().invoke(closer, ["clauses", "check"])
        assert checked.exit_code == 0, checked.stderr
        assert str(copy) in checked.stdout
        result = CliRunner().invoke(
            closer, [str(each) for each in arguments], catch_exceptions=False
        )
        assert result.exit_code == code, result.stderr
        return result.stdout

    return invoke


@pytest.fixture
def garage(copy: Path) -> Path:
    return copy / "samples/garage-remodel/agreed.yaml"


@pytest.fixture
def studio(copy: Path) -> Path:
    return copy / "samples/studio-services/agreed.yaml"


def rewritten(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def words(docx: str) -> str:
    """Return the text of a .docx; no-break spaces as spaces."""
    body = files.unpacked(Path(docx).read_bytes())["word/document.xml"].decode()
    shown = re.sub(r"<w:instrText.*?</w:instrText>", "", body)
    text = re.sub(r"<[^>]+>", "", shown.replace("</w:p>", "\n"))
    return text.replace("\u00a0", " ")


def drafted(run: Run, terms: Path, *options: object) -> str:
    run("draft", terms, "-o", f"{terms.parent.name}.docx", "--force", *options)
    return words(f"{terms.parent.name}.docx")


def test_a_clause_is_one_file_and_stands_where_its_head_says(
    copy: Path, run: Run, garage: Path, studio: Path
) -> None:
    (copy / "clauses/general/language.clause").write_text(CLAUSE, encoding="utf-8")
    sentence = (
        r"Each Notice is written in English, and section \d+\.\d+ applies to it\."
    )

    assert re.search(sentence, drafted(run, studio))
    assert not re.search(sentence, drafted(run, garage))
    assert "language" in run("clauses")
    assert "Says in which language" in run("clauses", "language")


def test_a_library_of_ones_own_is_a_folder_that_every_command_takes(
    tmp_path: Path, run: Run, studio: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "language.clause").write_text(CLAUSE, encoding="utf-8")
    option = ("--library", own)

    assert "written in English" in drafted(run, studio, *option)
    assert "written in English" not in drafted(run, studio)
    assert "language" in run("clauses", *option)
    assert "Says in which language" in run("clauses", "language", *option)
    assert "no fault" in run("clauses", "check", own)
    for command in ("check", "schedule"):
        assert run(command, studio, *option)


def test_a_clause_of_ones_own_is_proven_before_a_contract_rests_on_it(
    tmp_path: Path, run: Run, studio: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "language.clause").write_text(
        CLAUSE.replace("{notice-form}", "{nowhere}"), encoding="utf-8"
    )
    option = ("--library", own)
    run("draft", studio, "-o", "contract.docx", *option, code=3)
    assert not Path("contract.docx").exists()
    (own / "language.clause").write_text(CLAUSE, encoding="utf-8")
    assert "written in English" in drafted(run, studio, *option)


def test_a_variant_is_a_paragraph_with_a_condition_of_its_own(
    copy: Path, run: Run, garage: Path, studio: Path
) -> None:
    file = copy / "clauses/warranty/warranty-claims.clause"
    added = "\n? contract = services\nA corrected defect is under warranty again.\n"
    file.write_text(file.read_text(encoding="utf-8") + added, encoding="utf-8")

    assert "is under warranty again" in drafted(run, studio)
    assert "is under warranty again" not in drafted(run, garage)


def test_a_variant_is_a_file_with_a_condition_of_its_own(
    copy: Path, run: Run, garage: Path, studio: Path
) -> None:
    text = CLAUSE.replace("not contingencies.weather", "warranty.from = website")
    text = text.replace("<Notice> is", "<Notice> about the warranty is")
    (copy / "clauses/general/tongue.clause").write_text(text, encoding="utf-8")

    assert "about the warranty is written in English" in drafted(run, studio)
    assert "about the warranty is written" not in drafted(run, garage)


def test_a_contract_type_is_one_file(copy: Path, run: Run, studio: Path) -> None:
    kinds = copy / "templates/contracts"
    text = (kinds / "services.toml").read_text(encoding="utf-8")
    for old, new in (
        ('title = "Services contract"', 'title = "Consulting contract"'),
        ('provider = "Provider"', 'adviser = "Adviser"'),
        ('performer = "provider"', 'performer = "adviser"'),
        ('label = "Provider"', 'label = "Adviser"'),
        ("parties.provider", "parties.adviser"),
        ('Work = "Services"', 'Work = "Advice"'),
        ('heading = "The Services"', 'heading = "The Advice"'),
    ):
        assert old in text
        text = text.replace(old, new)
    (kinds / "consulting.toml").write_text(text, encoding="utf-8")
    rewritten(studio, ("contract: services", "contract: consulting"))
    deal = re.sub(r"\bprovider\b", "adviser", studio.read_text(encoding="utf-8"))
    studio.write_text(deal.replace(" of 9d81c69d", ""), encoding="utf-8")

    contract = drafted(run, studio)
    assert "The Advice" in contract
    assert "the Adviser shall" in contract
    assert "the “Adviser”" in contract
    assert "Provider shall" not in contract
    assert "Services" not in contract
    titles = [entry["title"] for entry in json.loads(run("schedule", studio, "--json"))]
    assert any("Adviser" in title for title in titles)


def test_an_institution_is_one_entry(copy: Path, run: Run, garage: Path) -> None:
    entry = """
[TAMPA]
name = "the Tampa Chamber of Arbitration"
kind = ["arbitration", "mediation"]
mediation_rules = "Tampa Mediation Rules"
requires = ["seat", "arbitrators"]
edition = "2026"
as_of = 2026-11-01
source = "an invented one"
unverified = []

[TAMPA.rules]
general = "Tampa Rules"
"""
    with (copy / "clauses/data/institutions.toml").open("a", encoding="utf-8") as file:
        file.write(entry)
    rewritten(
        garage,
        ("institution: AAA, rules: construction", "institution: TAMPA"),
        ("provider: AAA", "provider: TAMPA"),
    )

    contract = drafted(run, garage)
    assert "administered by the Tampa Chamber of Arbitration" in contract
    assert "under the Tampa Rules in force" in contract
    assert "Tampa Mediation Rules" in contract
    assert "American Arbitration" not in contract


def test_a_contingency_has_a_further_clause_by_one_file(
    copy: Path, run: Run, garage: Path, studio: Path
) -> None:
    text = """+++
heading = "Preparing for a storm"
slot = "contingencies"
order = 17
when = "contingencies.force_majeure and contract = construction"
edition = 1
note = "What is done before a storm decides what it costs."
+++
When a storm is forecast, [performer] shall secure the <Site>. The time this takes
counts in [contingencies.force_majeure.counts] under {lost-days}.
"""
    file = copy / "clauses/contingencies/storm.clause"
    file.write_text(text, encoding="utf-8")

    contract = drafted(run, garage)
    assert re.search(
        r"the Contractor shall secure the Site\. The time this takes counts in "
        r"calendar days under section 7\.\d+\.",
        contract,
    )
    assert "Preparing for a storm" not in drafted(run, studio)


def test_a_kind_of_follow_up_is_one_file(copy: Path, run: Run, garage: Path) -> None:
    text = """
kind = "reminder"
of = "milestones.*"
party = "it.owner"
day = "7 days before [it.due]"
stake = "watch"
category = "Heads-up"
reminders = [2]
title = "One week until: [it.title] ([party])"
expected = "Expected: one week until [it.title] ([party])"
description = ["What still stands in the way of “[it.title]”?"]
"""
    file = copy / "templates/followups/heads-up.toml"
    file.write_text(text, encoding="utf-8")

    entries = json.loads(run("schedule", garage, "--json"))
    [found] = [
        e
        for e in entries
        if e["kind"] == "reminder" and e["term"].startswith("milestones.garage")
    ]
    assert found["date"] == "2026-09-25"
    assert found["title"] == "One week until: Garage complete (Contractor)"
    run("schedule", garage, "-o", "remodel.ics")
    calendar = Path("remodel.ics").read_text(encoding="utf-8").replace("\n ", "")
    assert calendar.count("One week until") == 8  # four titles, four summaries told
    assert "CATEGORIES:Heads-up" in calendar


def test_the_wording_of_amendments_and_reasons_is_data(
    copy: Path, run: Run, garage: Path
) -> None:
    wording = copy / "templates/amendments"
    instrument = wording / "amendment.toml"
    lead_in = re.search(
        r"^lead-in = '''\n(.*?)\n'''$",
        instrument.read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert lead_in
    rewritten(instrument, (lead_in[1], "The <Parties> have settled this:"))
    reasons = wording / "reasons.toml"
    text = reasons.read_text(encoding="utf-8")
    heading = re.search(r'^title = "(.*)"$', text, re.MULTILINE)
    assert heading
    rewritten(reasons, (heading[1], "# How it came about: {title} ({reference})"))
    run("amend", garage, garage.with_name("change-1-hurricane.yaml"), "-o", "out")

    assert "The Parties have settled this:" in words("out/amendment-1.docx")
    page = Path("out/reasons-1.md").read_text(encoding="utf-8")
    assert page.startswith("# How it came about: ")


def test_the_house_style_is_edited_in_word(copy: Path, run: Run, garage: Path) -> None:
    """An earlier draft has warmed the cache: the edited style counts all the same."""
    house = copy / "templates/word/house.docx"
    before = drafted(run, garage)
    parts = files.unpacked(house.read_bytes())
    styles = parts["word/styles.xml"].decode()
    heading = re.search(r'<w:style [^>]*w:styleId="Heading1".*?</w:style>', styles)
    assert heading
    assert "C0FFEE" not in heading[0]
    coloured = re.sub(
        r'<w:color w:val="\w+"[^>]*/>', '<w:color w:val="C0FFEE"/>', heading[0]
    )
    if coloured == heading[0]:
        coloured = heading[0].replace("<w:rPr>", '<w:rPr><w:color w:val="C0FFEE"/>', 1)
    parts["word/styles.xml"] = styles.replace(heading[0], coloured).encode()
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    house.write_bytes(saved.getvalue())

    assert drafted(run, garage) == before
    written = files.unpacked(Path("garage-remodel.docx").read_bytes())
    assert b"C0FFEE" in written["word/styles.xml"]


@pytest.fixture
def checkout(copy: Path) -> Path:
    """A whole checkout: the code beside what is shipped."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "closer", copy / "closer", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def typed(checkout: Path, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "closer", *map(str, arguments)],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_a_term_is_one_line_of_the_model_and_the_clause_that_prints_it(
    checkout: Path, garage: Path
) -> None:
    lasts = "    lasts: Period\n    from_: Moment"
    answer = "    lasts: Period\n    answered: Period | None = None\n    from_: Moment"
    rewritten(checkout / "closer/terms/protection.py", (lasts, answer))
    clause = checkout / "clauses/warranty/warranty-claims.clause"
    added = (
        "\n? warranty.answered\n"
        "A claim shall be answered within [warranty.answered] after it is made.\n"
    )
    text = clause.read_text(encoding="utf-8") + added.replace(
        "A claim shall be answered", "The <Party> giving the warranty shall answer it"
    )
    clause.write_text(text, encoding="utf-8")
    rewritten(
        garage,
        ("warranty: {lasts: 1 year,", "warranty: {lasts: 1 year, answered: 3 days,"),
    )

    assert "no fault" in typed(checkout, "clauses", "check")
    typed(checkout, "draft", garage, "-o", "remodel.docx")
    contract = words(str(checkout / "remodel.docx"))
    assert "shall answer it within 3 days after it is made." in contract


ROW = """
[cyber_attack]
path = "contingencies.cyber_attack"
clauses = ["cyber-attack"]
trigger = "an attack on the systems with which the work is done"
who = "performer"
to = "recipient"
clock = "contingencies.cyber_attack.notice_from"
notice = "contingencies.cyber_attack.notice"
relief = "contingencies.cyber_attack.relief"
late = "none"
ends = "none"
follow_on = []
void_in = []
"""
CYBER = """+++
heading = "Attack on systems"
slot = "contingencies"
order = 33
when = "contingencies.cyber_attack"
edition = 1
note = "Whoever works on a machine stands still when it is locked."
+++
[performer] shall give [recipient] <Notice> of an attack on its systems within
[contingencies.cyber_attack.notice] after it is
[contingencies.cyber_attack.notice_from] of it.

? contingencies.cyber_attack.relief = time
The time for performance that the attack delays becomes longer by that delay, counted
in [contingencies.cyber_attack.counts].
"""
CLASS = '''

class CyberAttack(Struct, frozen=True, kw_only=True):
    """An attack on the systems with which the work is done."""

    notice: Period
    notice_from: Literal["aware"] = "aware"
    relief: Literal["time"]
    counts: Counts = "calendar days"


class Contingencies('''


def test_a_contingency_is_one_class_one_row_and_one_clause(
    checkout: Path, garage: Path
) -> None:
    """Nothing else is touched: the checks, the calendar and the draft know it."""
    key = "    cyber_attack: CyberAttack | None = None\n    weather: Weather"
    rewritten(
        checkout / "closer/terms/contingencies.py",
        ("\n\nclass Contingencies(", CLASS),
        ("    weather: Weather", key),
    )
    with (checkout / "clauses/data/contingencies.toml").open(
        "a", encoding="utf-8"
    ) as f:
        f.write(ROW)
    clause = checkout / "clauses/contingencies/cyber-attack.clause"
    clause.write_text(CYBER, encoding="utf-8")
    agreed = "contingencies:\n  cyber_attack: {notice: 3 days, relief: time}\n"
    rewritten(garage, ("contingencies:\n", agreed))

    assert "no fault" in typed(checkout, "clauses", "check")
    typed(checkout, "draft", garage, "-o", "remodel.docx")
    contract = words(str(checkout / "remodel.docx"))
    assert "Notice of an attack on its systems within 3 days after it is" in contract
    happened = "cyber_attack=2026-09-14"
    told = typed(checkout, "schedule", garage, "--json", "--happened", happened)
    entries = json.loads(told[: told.rindex("]") + 1])
    terms = {e["term"]: e["date"] for e in entries}
    assert terms["contingencies.cyber_attack"] == "2026-09-17"


def test_a_check_is_one_function_named_in_its_list(
    checkout: Path, garage: Path
) -> None:
    risks = checkout / "closer/terms/checks/risks.py"
    text = risks.read_text(encoding="utf-8")
    before, listed, rest = text.partition("\nCHECKS")
    assert listed
    function = '''

def no_pets(agreed: Agreed) -> Iterator[Problem]:
    """Animals need a word of their own."""
    if "pets" in agreed.terms.special_terms:
        yield Problem(
            "X99", agreed.source.place("special_terms.pets"), "special_terms.pets",
            "There are pets.", "They bite.", "Say who feeds them.",
        )

'''
    rest = re.sub(r"\(", "(no_pets, ", rest, count=1)
    header = (
        "from collections.abc import Iterator\nfrom closer.problems import Problem\n"
        "from closer.terms.reading import Agreed\n"
    )
    start = text.index("from ")
    text = before[:start] + header + before[start:] + function + listed + rest
    risks.write_text(text, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "closer", "check", str(garage)],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "X99 There are pets. They bite. Say who feeds them." in done.stderr
