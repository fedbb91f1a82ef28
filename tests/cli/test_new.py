"""A newcomer gets a terms file that checks, with the own answers in their places."""

import os
import pty
import select
import subprocess
import sys
import time
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner

from closer.cli import closer
from closer.cli.folders import shipped
from closer.library.loading import load
from closer.library.starters import asked, load_questions, starters
from closer.terms.reading import read_terms


def typed(folder: Path, *arguments: str, code: int = 0) -> str:
    """Type a command without a terminal; return all that it says."""
    with chdir(folder):
        result = CliRunner().invoke(closer, ["new", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def on_a_terminal(folder: Path, answers: list[str], *arguments: str) -> str:
    """Type a command on a real terminal and answer at each prompt."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "closer", "new", *arguments]
    process = subprocess.Popen(
        command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said, waiting, until = "", list(answers), time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                said += os.read(ours, 4096).decode()
            except OSError:
                break
        elif waiting and said.endswith("]: "):
            os.write(ours, f"{waiting.pop(0)}\n".encode())
        elif said.endswith("]: "):
            os.write(ours, b"\n")
    assert process.wait(timeout=20) == 0, said
    os.close(ours)
    return said


def test_without_a_type_the_types_are_listed_with_what_they_are_for(
    tmp_path: Path,
) -> None:
    lines = typed(tmp_path).splitlines()
    assert [line.split()[0] for line in lines] == [
        "confidentiality",
        "construction",
        "consulting",
        "distribution",
        "licence",
        "services",
        "subscription",
        "supply",
    ]
    assert all(line.endswith(".") and len(line) < 160 for line in lines)


def test_a_misspelt_type_suggests_the_nearest(tmp_path: Path) -> None:
    assert "Did you mean services?" in typed(tmp_path, "servces", code=2)


@pytest.mark.parametrize("kind", sorted(starters(shipped("templates"))))
def test_without_questions_the_starter_is_written_to_the_letter(
    tmp_path: Path, kind: str
) -> None:
    typed(tmp_path, kind)
    starter = starters(shipped("templates"))[kind]
    assert (tmp_path / "agreed.yaml").read_text() == starter.read_text()


def test_answers_given_beforehand_stand_in_their_places_and_nothing_else_changes(
    tmp_path: Path,
) -> None:
    name = 'Basalt "West": a company # of two'
    typed(tmp_path, "services", "--set", f"parties.client.name={name}")
    text = (tmp_path / "agreed.yaml").read_text()
    agreed, problems = read_terms(text, "agreed.yaml")
    assert agreed is not None
    assert not problems
    assert {str(key): one.name for key, one in agreed.terms.parties.items()} == {
        "client": name,
        "provider": "Basalt Data Services LLC",
    }
    starter = starters(shipped("templates"))["services"].read_text()
    pairs = zip(text.splitlines(), starter.splitlines(), strict=True)
    assert len([1 for ours, theirs in pairs if ours != theirs]) == 1


def test_wrong_answers_are_all_named_and_nothing_is_written(tmp_path: Path) -> None:
    said = typed(
        tmp_path,
        "services",
        *("--set", "effective=2027-13-01", "--set", "currency=XXX"),
        code=1,
    )
    assert "2027-13-01 is no day" in said
    assert "XXX is no ISO 4217 currency" in said
    assert not (tmp_path / "agreed.yaml").exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("curency=EUR", "Did you mean currency?"),
        ("parties.client=x", "the starter has no such value"),
        ("currency", "write it as PATH=VALUE"),
        ("currency=", "write it as PATH=VALUE"),
    ],
)
def test_an_answer_without_a_place_is_refused(
    tmp_path: Path, given: str, sentence: str
) -> None:
    assert sentence in typed(tmp_path, "services", "--set", given, code=2)


def test_a_file_that_somebody_wrote_is_not_lost(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("contract: services\n")
    typed(tmp_path, "services", str(mine), code=4)
    assert mine.read_text() == "contract: services\n"


def test_on_a_terminal_it_asks_again_until_the_answer_can_stand(tmp_path: Path) -> None:
    answers = ["", "HARBOR-7", "2027-02-30", "2027-03-01", "Harbor Bikes LLC"]
    said = on_a_terminal(tmp_path, answers, "services", "deal.yaml")
    assert "2027-02-30 is no day of the calendar" in said
    text = (tmp_path / "deal.yaml").read_text()
    agreed, problems = read_terms(text, "deal.yaml")
    assert agreed is not None
    assert not problems
    assert agreed.terms.title == "Services Agreement"
    assert agreed.terms.reference == "HARBOR-7"
    assert str(agreed.terms.effective) == "2027-03-01"
    first, second = agreed.terms.parties.values()
    assert first.name == "Harbor Bikes LLC"
    assert second.name == "Basalt Data Services LLC"


@pytest.mark.parametrize("kind", sorted(starters(shipped("templates"))))
def test_every_question_has_its_value_in_every_starter(kind: str) -> None:
    questions, problems = load_questions(shipped("templates"))
    assert not problems
    text = starters(shipped("templates"))[kind].read_text()
    agreed, _ = read_terms(text, kind)
    assert agreed is not None
    parties = {str(key): str(key) for key in agreed.terms.parties}
    paths = [question.path for question in asked(questions, parties)]
    assert len(paths) == len(set(paths))
    assert [path for path in paths if not agreed.source.has(path)] == []


def test_each_contract_type_can_be_begun() -> None:
    library, _ = load(shipped("clauses"), shipped("templates"))
    assert library is not None
    assert set(starters(shipped("templates"))) == set(library.types)
