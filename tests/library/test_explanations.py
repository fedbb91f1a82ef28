import re
from pathlib import Path

import pytest
from a_small_deal import small_deal

from closer.library import explanations
from closer.library.checks.amending import one_sided
from closer.library.checks.deal import deal_checks
from closer.library.loading import Library, load
from closer.problems import WARNINGS, Problem
from closer.terms.changes import amended, read_change
from closer.terms.checks import check
from closer.terms.checks.amending import amending
from closer.terms.instruments import suited, unsuited
from closer.terms.private import read_private
from closer.terms.reading import Agreed, read_terms

ROOT = Path(__file__).parents[2]
KNOWN = explanations.load(ROOT / "templates")
_NUMBERED = re.compile(r'"((?:[A-Z]|AM|CL)\d\d)"')
_NAMED = re.compile(r'(?:finding|_found)\(\s*"([a-z]+(?:-[a-z]+)+)"')


def printable() -> set[str]:
    """Return every code that stands in a source."""
    sources = "\n".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "closer").rglob("*.py")
    )
    return {*_NUMBERED.findall(sources), *_NAMED.findall(sources)}


def test_every_code_that_closer_can_print_is_explained_and_no_other() -> None:
    assert printable() == set(KNOWN)
    assert set(KNOWN) >= WARNINGS


@pytest.mark.parametrize("code", KNOWN)
def test_an_explanation_has_a_reason_two_examples_and_a_source(code: str) -> None:
    told = KNOWN[code]
    assert told.why.strip().endswith((".", "?"))
    assert told.bad.strip() != told.good.strip()
    assert told.source.strip().endswith(".")


def _explained_in(*files: str) -> list[str]:
    names = "\n".join(
        (ROOT / "templates/problems" / file).read_text(encoding="utf-8")
        for file in files
    )
    return re.findall(r"^\[(\S+)\]", names, re.MULTILINE)


@pytest.fixture(scope="module")
def library() -> Library:
    found, problems = load(ROOT / "clauses", ROOT / "templates")
    assert found is not None, problems
    return found


def _codes(text: str, library: Library) -> set[str]:
    return {problem.code for problem in _problems(small_deal(text), library)}


def _problems(text: str, library: Library) -> list[Problem]:
    agreed, problems = read_terms(text, "agreed.yaml")
    if agreed is not None:
        problems = [*check(agreed), *deal_checks(agreed, library)]
    return problems


_PRIVATE = ("CL05", "CL07")
_OF_DEALS = _explained_in("form.toml", "deal.toml", "type.toml")


@pytest.mark.parametrize("code", [each for each in _OF_DEALS if each not in _PRIVATE])
def test_the_bad_example_of_a_deal_is_wrong_and_the_good_one_is_not(
    code: str, library: Library
) -> None:
    assert code in _codes(KNOWN[code].bad, library)
    assert code not in _codes(KNOWN[code].good, library)


@pytest.mark.parametrize("code", [each for each in _OF_DEALS if each not in _PRIVATE])
def test_every_problem_has_a_line_and_a_column_that_are_there(
    code: str, library: Library
) -> None:
    text = small_deal(KNOWN[code].bad)
    lines = text.splitlines()
    for problem in _problems(text, library):
        file, line, column = problem.where
        assert file == "agreed.yaml"
        assert 1 <= line <= len(lines) + 1
        assert 1 <= column <= len([*lines, ""][line - 1]) + 1
        assert str(problem).startswith(f"agreed.yaml:{line}:{column}: {problem.code} ")
        key = problem.path.split(".")[0]
        written = any(each.startswith(f"{key}:") for each in lines)
        assert (line, column) != (1, 1) or not written or lines[0].startswith(key)


@pytest.mark.parametrize("code", _explained_in("changes.toml"))
def test_the_bad_example_of_a_change_is_wrong_and_the_good_one_is_not(
    code: str, sample: Agreed
) -> None:
    assert code in _of_change(KNOWN[code].bad, sample)
    assert code not in _of_change(KNOWN[code].good, sample)


def _of_change(text: str, sample: Agreed) -> set[str]:
    change, problems = read_change(text, "change.yaml")
    if change is not None:
        problems = amended(sample, change)[1]
    return {problem.code for problem in problems}


@pytest.mark.parametrize("code", _explained_in("amending.toml"))
def test_the_bad_example_of_a_second_change_is_wrong_and_the_good_one_is_not(
    code: str, sample: Agreed, library: Library
) -> None:
    assert code in _of_second_change(KNOWN[code].bad, sample, library)
    assert code not in _of_second_change(KNOWN[code].good, sample, library)


def _of_second_change(text: str, sample: Agreed, library: Library) -> set[str]:
    """Return what is wrong with a change that follows the hurricane's."""
    storm = ROOT / "samples/garage-remodel/change-1-hurricane.yaml"
    chain, changes = [sample], []
    for written in (storm.read_text(encoding="utf-8"), text):
        change, problems = read_change(written, "change.yaml")
        assert change is not None, problems
        kind = change.instrument or suited(chain[-1], change)
        wrong = unsuited(kind, chain[-1], change, changes)
        if wrong:
            return {problem.code for problem in wrong}
        after, problems = amended(chain[-1], change)
        assert after is not None, problems
        chain.append(after)
        changes.append(change)
    found = [*amending(chain, changes), *one_sided(chain, changes, library)]
    return {problem.code for problem in found}


@pytest.mark.parametrize("code", _PRIVATE)
def test_the_bad_example_of_a_limit_is_wrong_and_the_good_one_is_not(
    code: str, sample: Agreed
) -> None:
    for text, wrong in ((KNOWN[code].bad, True), (KNOWN[code].good, False)):
        _, problems = read_private(text, "agreed.private.yaml", sample)
        assert (code in {problem.code for problem in problems}) is wrong


def test_every_file_of_codes_has_its_examples_tried() -> None:
    here = {"form.toml", "deal.toml", "type.toml", "changes.toml", "amending.toml"}
    elsewhere = {
        "library.toml": "tests/library/test_library_examples.py",
        "documents.toml": "tests/formats/test_document_examples.py",
    }
    files = {file.name for file in (ROOT / "templates/problems").glob("*.toml")}
    assert files == here | elsewhere.keys()
    for name, test in elsewhere.items():
        assert f"problems/{name}" in (ROOT / test).read_text(encoding="utf-8")


def test_an_unknown_code_suggests_the_nearest() -> None:
    assert explanations.nearest("m3", KNOWN) in ("M03", "M23", "L13", "D03")
    assert explanations.nearest("template-tags", KNOWN) == "template-tag"
