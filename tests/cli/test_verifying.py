"""`verify`: the contract that came back, and what of it is taken into the terms."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))

from edited import BODY, edited, parts, replaced, set_value, tracked
from specimen import SPECIMEN

from closer.formats import files, word

Run = Callable[..., Result]


@pytest.fixture
def contract(deal: Path, run: Run) -> Path:
    """The draft of the sample beside its terms."""
    out = deal.with_name("contract.docx")
    run("draft", deal, "-o", out)
    return out


def _came_back(contract: Path, *changes: Callable[[str], str]) -> Path:
    content = contract.read_bytes()
    for change in changes:
        content = edited(content, change)
    theirs = contract.with_name("theirs.docx")
    theirs.write_bytes(content)
    return theirs


def test_what_nobody_touched_differs_in_nothing(
    deal: Path, contract: Path, run: Run
) -> None:
    told = run("verify", deal, contract).stdout
    assert "made from these terms (1845929fb84f)" in told
    assert "nothing differs" in told


def test_a_final_contract_is_verified_as_well(deal: Path, run: Run) -> None:
    text = deal.read_text(encoding="utf-8")
    text = text.replace("client: 2026-07-28,", "client: 2026-07-28 of 1845929f,")
    deal.write_text(text, encoding="utf-8")
    run("draft", deal, "--final", "-o", "final.docx")
    assert "nothing differs" in run("verify", deal, "final.docx").stdout


def test_a_contract_with_trace_comments_differs_in_nothing(
    deal: Path, run: Run
) -> None:
    run("draft", deal, "--trace-comments", "-o", "c.docx")
    assert "nothing differs" in run("verify", deal, "c.docx").stdout


def test_both_readings_are_told_and_the_exit_code_is_1(
    deal: Path, contract: Path, run: Run
) -> None:
    theirs = _came_back(contract, set_value("price.total", "USD 49,500.00"))
    told = run("verify", deal, theirs, code=1).stdout
    assert "price.total" in told
    assert "ours    USD 48,500.00" in told
    assert "theirs  USD 49,500.00" in told


def test_a_value_that_was_changed_in_one_place_of_several_is_told_with_the_others(
    deal: Path, contract: Path, run: Run
) -> None:
    first = set_value("price.total", "USD 49,500.00", which=slice(0, 1))
    told = run("verify", deal, _came_back(contract, first), code=1).stdout
    assert "theirs  USD 49,500.00\n    still as ours in section 6.1 (Price)" in told
    both = set_value("price.total", "USD 49,500.00")
    told = run("verify", deal, _came_back(contract, both), code=1).stdout
    assert "still as ours" not in told


def test_a_row_that_came_or_went_is_one_line(
    deal: Path, contract: Path, run: Run
) -> None:
    def gone(text: str) -> str:
        end = text.index("</w:tr>", text.rindex("Backyard complete")) + len("</w:tr>")
        return text[: text.rindex("<w:tr>", 0, end)] + text[end:]

    told = run("verify", deal, _came_back(contract, gone), code=1).stdout
    assert "    Handover | Each Party | 5 Business Days after the Due Date" in told
    assert told.count("deleted: Annex B") == 1
    data = json.loads(run("verify", deal, "theirs.docx", "--json", code=1).stdout)
    (change,) = data["accepted"]["changes"]
    assert "milestones.handover.due" in change["terms"]


def test_as_if_accepted_and_as_if_rejected(
    deal: Path, contract: Path, run: Run
) -> None:
    theirs = _came_back(contract, tracked("warranty.lasts", "2 years"))
    told = run("verify", deal, theirs, code=1).stdout
    accepted, _, rejected = told.partition("as if every tracked change were rejected")
    assert "theirs  2 years" in accepted
    assert "nothing differs" in rejected


def test_the_report_is_there_as_data(deal: Path, contract: Path, run: Run) -> None:
    theirs = _came_back(
        contract,
        set_value("warranty.lasts", "2 years"),
        replaced("bears simple interest", "bears no interest"),
    )
    data = json.loads(run("verify", deal, theirs, "--json", code=1).stdout)
    assert data["differs"] is True
    assert data["accepted"]["readings"][0]["path"] == "warranty.lasts"
    assert data["accepted"]["changes"][0]["edits"][0] == ["simple", "no"]
    assert data["rejected"] is None


def test_accepted_readings_are_written_back_one_line_for_one_term(
    deal: Path, contract: Path, run: Run
) -> None:
    theirs = _came_back(
        contract,
        set_value("warranty.lasts", "2 years"),
        set_value("milestones.garage.due", "October 9, 2026"),
    )
    before = deal.read_text(encoding="utf-8").splitlines()
    run("verify", deal, theirs, "--accept", "warranty.lasts, milestones.garage.due")
    after = deal.read_text(encoding="utf-8").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 2
    assert any("lasts: 2 years" in line for line in changed)
    assert any("due: 2026-10-09" in line for line in changed)
    assert "nothing differs" in run("verify", deal, theirs).stdout


def test_a_reading_that_does_not_parse_is_refused_and_nothing_is_written(
    deal: Path, contract: Path, run: Run
) -> None:
    theirs = _came_back(
        contract,
        set_value("warranty.lasts", "2 years"),
        set_value("price.total", "a fair price"),
    )
    before = deal.read_bytes()
    accept = "warranty.lasts,price.total"
    told = run("verify", deal, theirs, "--accept", accept, code=1).stderr
    assert "'a fair price' cannot be read as price.total" in told
    assert deal.read_bytes() == before


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("9/10/2026", "9/10/2026 is one day to an American and another to a European"),
        ("Monday, October 9, 2026", "2026-10-09 is a Friday. Ask which of both"),
    ],
)
def test_a_day_that_can_be_read_in_two_ways_is_asked_about(
    day: str, why: str, deal: Path, contract: Path, run: Run
) -> None:
    theirs = _came_back(contract, set_value("milestones.garage.due", day))
    accept = ("--accept", "milestones.garage.due")
    assert why in run("verify", deal, theirs, *accept, code=1).stderr


def test_one_reading_in_two_forms_is_one_reading(
    deal: Path, contract: Path, run: Run
) -> None:
    first = set_value("price.total", "$49,500", which=slice(0, 1))
    second = set_value("price.total", "USD 49,500.00", which=slice(1, None))
    theirs = _came_back(contract, first, second)
    run("verify", deal, theirs, "--accept", "price.total")
    assert "total: USD 49,500.00" in deal.read_text(encoding="utf-8")


def test_a_term_that_reads_as_before_cannot_be_accepted(
    deal: Path, contract: Path, run: Run
) -> None:
    theirs = _came_back(contract, set_value("warranty.lasts", "2 years"))
    told = run("verify", deal, theirs, "--accept", "price.total", code=2).stderr
    assert "these do: warranty.lasts" in told


def test_two_readings_of_one_term_are_not_chosen_between(
    deal: Path, contract: Path, run: Run
) -> None:
    first = set_value("price.total", "USD 1.00", which=slice(0, 1))
    second = set_value("price.total", "USD 2.00", which=slice(1, 2))
    theirs = _came_back(contract, first, second)
    told = run("verify", deal, theirs, "--accept", "price.total", code=1).stderr
    assert "several ways" in told


def test_a_contract_of_other_terms_is_said_to_be_one(
    deal: Path, contract: Path, run: Run
) -> None:
    text = deal.read_text(encoding="utf-8")
    deal.write_text(text.replace("interest: 1%", "interest: 2%"), encoding="utf-8")
    told = run("verify", deal, contract, code=1).stdout
    assert "made from OTHER terms (1845929fb84f" in told
    assert "price.late_interest" in told


def test_a_file_that_is_no_docx_gets_one_clear_sentence(deal: Path, run: Run) -> None:
    Path("x.docx").write_bytes(b"%PDF-1.7")
    told = run("verify", deal, "x.docx", code=2).stderr.splitlines()
    assert (
        told[-1]
        == "x.docx: This is a PDF. Ask for the .docx itself. Nothing of it was read."
    )


def test_the_terms_alone_are_not_enough(deal: Path, run: Run) -> None:
    assert "theirs.docx" in run("verify", deal, code=2).stderr


def _body(path: str) -> str:
    return parts(Path(path).read_bytes())[BODY].decode()


def _saved_by(docx: Path, name: str) -> None:
    made = parts(docx.read_bytes())
    core = made["docProps/core.xml"].replace(
        b"lastModifiedBy>closer<", f"lastModifiedBy>{name}<".encode()
    )
    docx.write_bytes(files.pack({**made, "docProps/core.xml": core}))


def test_their_changes_are_marked_in_our_contract_by_them(
    deal: Path, contract: Path, run: Run
) -> None:
    theirs = _came_back(
        contract,
        set_value("warranty.lasts", "2 years"),
        tracked("liability.cap", "USD 99,000.00"),
    )
    told = run("verify", deal, theirs, "--redline", "out.docx", code=1)
    assert "theirs  2 years" in told.stdout
    assert "wrote out.docx" in told.stderr
    made = _body("out.docx")
    assert set(re.findall(r'<w:(?:ins|del) [^>]*w:author="([^"]*)"', made)) == {"Them"}
    assert "2 years</w:t></w:r></w:ins>" in made
    assert "DRAFT" not in made


def test_a_redline_is_by_who_saved_the_file_last_if_nothing_was_tracked(
    deal: Path, contract: Path, run: Run
) -> None:
    theirs = _came_back(contract, set_value("warranty.lasts", "2 years"))
    run("verify", deal, theirs, "--redline", "out.docx", code=1)
    assert 'w:author="Other side"' in _body("out.docx")
    _saved_by(theirs, "Smith &amp; Sons")
    run("verify", deal, theirs, "--redline", "out.docx", code=1)
    assert 'w:author="Smith &amp; Sons"' in _body("out.docx")


def test_what_a_redline_cannot_show_is_said(
    deal: Path, contract: Path, run: Run
) -> None:
    theirs = _came_back(contract, set_value("warranty.lasts", "2 years"))
    made = parts(theirs.read_bytes())
    name = next(each for each in made if each.startswith("word/header"))
    added = b"<w:p><w:r><w:t>Subject to our terms</w:t></w:r></w:p></w:hdr>"
    made[name] = made[name].replace(b"</w:hdr>", added)
    theirs.write_bytes(files.pack(made))
    told = run("verify", deal, theirs, "--redline", "out.docx", code=1).stderr
    assert "leaves out their headers, footers and notes." in told


def test_a_redline_is_a_word_file_and_replaces_no_other(
    deal: Path, contract: Path, run: Run
) -> None:
    told = run("verify", deal, contract, "--redline", "out.pdf", code=2).stderr
    assert "name it OUT.docx" in told
    Path("mine.docx").write_bytes(b"mine")
    run("verify", deal, contract, "--redline", "mine.docx", code=4)
    assert Path("mine.docx").read_bytes() == b"mine"
    run("verify", deal, contract, "--redline", "mine.docx", "--force")
    assert "<w:ins " not in _body("mine.docx")


def test_another_contract_is_not_struck_out_line_by_line(deal: Path, run: Run) -> None:
    house = Path(__file__).parents[2] / "templates" / "word" / "house.docx"
    Path("x.docx").write_bytes(word.write(SPECIMEN, house))
    told = run("verify", deal, "x.docx", "--redline", "out.docx", code=1).stderr
    assert "too little in common" in told
    assert not Path("out.docx").exists()


def test_a_reading_and_a_redline_are_not_asked_for_at_once(
    deal: Path, contract: Path, run: Run
) -> None:
    theirs = _came_back(contract, set_value("warranty.lasts", "2 years"))
    before = deal.read_bytes()
    options = ("--accept", "warranty.lasts", "--redline", "out.docx")
    told = run("verify", deal, theirs, *options, code=2).stderr
    assert "one after the other" in told
    assert deal.read_bytes() == before
