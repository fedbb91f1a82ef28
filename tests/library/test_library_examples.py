"""The examples of the library's codes, each tried as what it is: a text, a head, a row.

The bad one of every code gives that code, and the good one does not.
"""

import re
import tomllib
from pathlib import Path

import pytest
from msgspec.structs import replace
from tiny_library import clause, faults

from closer.followup.shapes import load as load_followups
from closer.library import explanations
from closer.library.checks.contingencies import rows_and_wording_agree
from closer.library.loading import load

ROOT = Path(__file__).parents[2]
KNOWN = explanations.load(ROOT / "templates")
OF_THE_LIBRARY = tomllib.loads(
    (ROOT / "templates/problems/library.toml").read_text(encoding="utf-8")
)
EXTRA = "clauses/paying/extra.clause"
AROUND = {
    "L11": {"clauses/paying/payments.clause": clause("x", slot="paying", order=50)},
    "L12": {
        "clauses/paying/late-payment.clause": clause(
            "Interest runs.", slot="paying", order=50, when="price.late_interest"
        )
    },
    "L13": {"clauses/quarrels/negotiation.clause": clause("x", slot="paying", order=5)},
}
"""What stands beside an example so that it names something."""

ORDER = {"L13": 1}
HEADS = ("L08", "L16", "L22")


def _files(code: str, text: str) -> dict[str, str]:
    """Return an example as the files of a library."""
    if code == "L07":
        return {EXTRA: text}
    if code == "L09":
        first, second = text.split(" and ")
        body = clause("The fee is due.", slot="paying", order=91)
        return {first: body, second: body.replace("91", "92")}
    if code == "L23":
        orders = [60 + int(word) for word in text.split() if word.isdigit()]
        return {
            f"clauses/paying/extra-{n}.clause": clause("x", slot="paying", order=order)
            for n, order in enumerate([*orders, *orders][:2], 70)
        }
    if code in HEADS:
        text = text.replace('"price"', '"paying"')  # as this library calls its article
        head = {"slot": "paying", "order": 90, **tomllib.loads(text)}
        if "defines" in head:
            word = head["defines"]
            return {EXTRA: clause(f'""{word}"" means the goods.', defines=word)}
        return {EXTRA: clause("The fee is due.", **head)}
    order = ORDER.get(code, 90)
    return {EXTRA: clause(text, slot="paying", order=order), **AROUND.get(code, {})}


def _in_a_row(text: str) -> set[str]:
    """Return what is wrong with a row of a contingency that has this line."""
    library, problems = load(ROOT / "clauses", ROOT / "templates")
    assert library is not None, problems
    row = {**library.contingencies["weather"], **tomllib.loads(text)}
    rows = {**library.contingencies, "weather": row}
    changed = replace(library, contingencies=rows)
    return {problem.code for problem in rows_and_wording_agree(changed)}


def _in_the_wording(text: str) -> set[str]:
    """Return what is wrong once the clause of a contingency says this too."""
    library, problems = load(ROOT / "clauses", ROOT / "templates")
    assert library is not None, problems
    one = next(iter(library.contingencies["weather"]["clauses"]))  # type: ignore[call-overload]
    own = library.clauses[one]
    own = replace(own, body=f"{own.body}\nNotice comes {text}.\n")
    changed = replace(library, clauses={**library.clauses, one: own})
    return {problem.code for problem in rows_and_wording_agree(changed)}


def _in_a_follow_up(text: str, folder: Path) -> set[str]:
    """Return what is wrong with the follow-up of an obligation that has this line."""
    for file in (ROOT / "templates/followups").glob("*.toml"):
        (folder / file.name).write_bytes(file.read_bytes())
    obligation = folder / "obligation.toml"
    key = text.partition(" = ")[0]
    lines = obligation.read_text(encoding="utf-8").splitlines()
    changed = [text if line.startswith(f"{key} = ") else line for line in lines]
    assert len([line for line in changed if line == text]) == 1
    obligation.write_text("\n".join(changed), encoding="utf-8")
    return {problem.code for problem in load_followups(folder)[1]}


def _in_a_folder_of_ones_own(text: str, folder: Path) -> set[str]:
    """Return what is wrong with a folder laid over the library."""
    named = re.search(r"(?<=/)[\w-]+/[\w-]+\.clause", text)
    if named:
        (folder / named[0]).parent.mkdir()
        (folder / named[0]).write_bytes((ROOT / "clauses" / named[0]).read_bytes())
    _, problems = load(ROOT / "clauses", ROOT / "templates", folder)
    return {problem.code for problem in problems}


def _codes(code: str, text: str, folder: Path) -> set[str]:
    if code == "L10":
        return _in_a_folder_of_ones_own(text, folder)
    if code == "L30":
        return _in_a_row(text)
    if code == "L31":
        return _in_the_wording(text)
    if code == "L80":
        return _in_a_follow_up(text, folder)
    return {problem.code for problem in faults(folder, **_files(code, text))}


@pytest.mark.parametrize("code", OF_THE_LIBRARY)
def test_the_bad_example_of_a_library_is_wrong_and_the_good_one_is_not(
    code: str, tmp_path: Path
) -> None:
    for text, wrong in ((KNOWN[code].bad, True), (KNOWN[code].good, False)):
        folder = tmp_path / ("bad" if wrong else "good")
        folder.mkdir()
        assert (code in _codes(code, text, folder)) is wrong, text
