"""Amendments, conformed copies and redlines of the contract that was signed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from resolving import body, resolved

from closer.formats import files, stored
from closer.formats.lint import visible

ROOT = Path(__file__).parents[2]
CHANGE = "change-1-hurricane.yaml"
Run = Callable[..., Result]


@pytest.fixture
def signed(deal: Path, run: Run) -> Path:
    """The contract as `draft --final` writes it, before the library changes."""
    run("draft", deal, "--final", "-o", "signed.docx")
    return Path("signed.docx")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library in which clauses read otherwise than when the contract was signed."""
    folder = tmp_path / "clauses"
    shutil.copytree(ROOT / "clauses", folder)
    file = folder / "price" / "the-price.clause"
    text = file.read_text(encoding="utf-8")
    assert "The <Price> for" in text
    changed = text.replace("The <Price> for", "The <Price> of")
    file.write_text(changed.replace("edition = 1", "edition = 2"), encoding="utf-8")
    return folder


def _text(file: str | Path) -> str:
    data = Path(file).read_bytes()
    return visible(files.unpacked(data)["word/document.xml"].decode())


def test_a_contract_carries_its_own_text(signed: Path) -> None:
    found = stored.read(signed.read_bytes())
    assert isinstance(found, stored.Stored)
    assert found.untouched
    assert found.document is not None
    assert found.document.properties["closer.library"]
    assert all(each.edition >= 1 for each in found.document.provisions())
    assert not found.document.draft


def test_the_amendment_quotes_what_was_signed_whatever_the_library_says(
    deal: Path, signed: Path, library: Path, run: Run
) -> None:
    told = run(
        "amend", deal, CHANGE, "--signed-copy", signed, "--library", library, "-o", "a"
    ).stderr
    assert "drafted from the terms" not in told
    run("amend", deal, CHANGE, "--library", library, "-o", "b")
    assert "The Price for the Work is USD\u00a050,150.00" in _text("a/conformed-1.docx")
    assert "The Price of the Work is USD\u00a050,150.00" in _text("b/conformed-1.docx")
    run("amend", deal, CHANGE, "-o", "c")
    for name in ("conformed-1.docx", "redline-1.docx"):
        assert _text(f"a/{name}") == _text(f"c/{name}")
    assert _text("a/amendment-1.docx") == _text("c/amendment-1.docx")


def test_the_amendment_quotes_what_the_register_keeps_as_signed(
    deal: Path, library: Path, run: Run
) -> None:
    run("sign", deal, "--on", "2026-07-31", "--despite", "no open point matters here")
    told = run("amend", deal, CHANGE, "--library", library, "-o", "a").stderr
    assert "as the register keeps it" in told
    assert "The Price for the Work is USD\u00a050,150.00" in _text("a/conformed-1.docx")
    elsewhere = ("--library", library, "--register", "none.sqlite")
    told = run("amend", deal, CHANGE, *elsewhere, "-o", "b").stderr
    assert "drafted from the terms" in told
    assert "The Price of the Work is USD\u00a050,150.00" in _text("b/conformed-1.docx")
    assert not Path("none.sqlite").exists()
    run("conform", deal, CHANGE, "--library", library, "-o", "c.docx")
    assert "The Price for the Work is USD\u00a050,150.00" in _text("c.docx")


def test_without_the_signed_copy_it_says_what_it_does_instead(
    deal: Path, run: Run
) -> None:
    told = run("amend", deal, CHANGE, "-o", "out").stderr
    assert "The earlier contract is drafted from the terms" in told


def test_a_copy_drafted_from_other_terms_is_refused(
    deal: Path, signed: Path, run: Run
) -> None:
    text = deal.read_text(encoding="utf-8").replace("side gate", "garden gate")
    deal.write_text(text, encoding="utf-8")
    change = Path(CHANGE)
    lines = change.read_text(encoding="utf-8").replace(" of 1845929f", "")
    change.write_text(lines, encoding="utf-8")
    told = run("amend", deal, CHANGE, "--signed-copy", signed, "-o", "out", code=1)
    assert "AM01" in told.stderr
    assert not Path("out").exists()


def test_a_copy_that_was_edited_is_said(deal: Path, signed: Path, run: Run) -> None:
    parts = files.unpacked(signed.read_bytes())
    body = parts["word/document.xml"].replace(b"side gate", b"back door")
    signed.write_bytes(files.pack(parts | {"word/document.xml": body}))
    told = run("conform", deal, CHANGE, "--signed-copy", signed).stderr
    assert "edited since closer wrote it" in told


def test_a_file_that_is_no_contract_is_no_signed_copy(deal: Path, run: Run) -> None:
    Path("x.docx").write_bytes(b"no archive")
    told = run("amend", deal, CHANGE, "--signed-copy", "x.docx", code=2).stderr
    assert "It is no Word document." in told
    house = ROOT / "templates" / "word" / "house.docx"
    told = run("amend", deal, CHANGE, "--signed-copy", house, code=1).stderr
    assert "holds no contract" in told
    told = run("amend", deal, CHANGE, "--signed-copy", "y.docx", code=2).stderr
    assert "y.docx cannot be read" in told


def test_the_redline_lies_between_the_signed_contract_and_the_conformed_copy(
    deal: Path, signed: Path, run: Run
) -> None:
    for more in ((), ("--signed-copy", signed)):
        run("amend", deal, CHANGE, *more, "-o", "out", "--author", "Dana Whitfield")
        made = Path("out/redline-1.docx").read_bytes()
        copy = Path("out/conformed-1.docx").read_bytes()
        assert body(resolved(made, accept=False)) == body(signed.read_bytes())
        assert body(resolved(made, accept=True)) == body(copy)
        text = files.unpacked(made)["word/document.xml"].decode()
        assert 'w:author="Dana Whitfield" w:date="2026-10-05T00:00:00Z"' in text


def test_the_contract_reads_as_of_a_day(deal: Path, run: Run) -> None:
    for day, price, rhythm, notice in (
        ("2026-10-04", "48,500", "first Tuesday", "before any amendment"),
        ("2026-10-05", "50,150", "every week on Tuesday", "the First Amendment"),
        ("2026-11-30", "50,150", "every week on Tuesday", "the First Amendment"),
        ("2026-12-01", "50,150", "first Tuesday", "the First Amendment"),
    ):
        run("conform", deal, CHANGE, "--on", day, "-o", f"{day}.docx")
        text = _text(f"{day}.docx").replace("\u00a0", " ")
        assert f"The Price for the Work is USD {price}.00" in text
        assert rhythm in text
        head = files.unpacked(Path(f"{day}.docx").read_bytes())["word/header1.xml"]
        assert notice in head.decode()


def test_a_redline_of_two_drafts_stands_beside_the_new_one(
    deal: Path, run: Run
) -> None:
    run("draft", deal, "-o", "one.docx")
    text = deal.read_text(encoding="utf-8").replace("side gate", "garden gate")
    deal.write_text(text, encoding="utf-8")
    run("draft", deal, "-o", "two.docx", "--against", "one.docx")
    run("redline", "one.docx", "two.docx", "-o", "three.docx")
    first, second = (
        files.unpacked(Path(name).read_bytes())["word/document.xml"].decode()
        for name in ("two-redline.docx", "three.docx")
    )
    assert first == second
    assert "<w:delText" in first
    assert "w:date" not in first


def test_a_document_that_another_program_saved_is_compared_by_its_words(
    deal: Path, run: Run
) -> None:
    run("draft", deal, "-o", "one.docx")
    parts = files.unpacked(Path("one.docx").read_bytes())
    body = parts["word/document.xml"].replace(b"side gate", b"back door")
    foreign = {name: data for name, data in parts.items() if "customXml" not in name}
    foreign["word/document.xml"] = body
    Path("two.docx").write_bytes(files.pack(foreign))
    told = run("redline", "one.docx", "two.docx", "-o", "three.docx").stderr
    assert "compared by its words" in told
    made = files.unpacked(Path("three.docx").read_bytes())["word/document.xml"].decode()
    assert made.count("<w:del ") == 1
    assert ">side gate<" in made
    assert ">back door<" in made
    run("redline", "two.docx", "one.docx", "-o", "four.docx")
    made = files.unpacked(Path("four.docx").read_bytes())["word/document.xml"].decode()
    assert made.index(">back door<") < made.index(">side gate<")
    told = run("redline", "two.docx", "two.docx", code=1).stderr
    assert "Neither" in told
