"""Each file of samples/broken has one fault; what is said of it stands in a golden.

Files named `change-…` are changes of samples/garage-remodel.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from closer.problems import Problem
from closer.terms.changes import amended, read_change
from closer.terms.reading import Agreed, read_terms

ROOT = Path(__file__).parents[2]
BROKEN = sorted((ROOT / "samples" / "broken").glob("*.yaml"))
GOLDEN = Path(__file__).parent / "broken"


def problems_of(file: Path, sample: Agreed) -> list[Problem]:
    text = file.read_text(encoding="utf-8")
    if not file.name.startswith("change-"):
        return read_terms(text, file.name)[1]
    change, problems = read_change(text, file.name)
    return amended(sample, change)[1] if change else problems


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_what_is_wrong_is_said_in_full(
    file: Path, sample: Agreed, golden: Callable[[str, str], None]
) -> None:
    problems = problems_of(file, sample)
    code = file.stem.removeprefix("change-").partition("-")[0].upper()
    assert {problem.code for problem in problems} == {code}
    text = "".join(f"{problem}\n" for problem in problems)
    golden(f"broken/{file.stem}.txt", text)


def test_every_golden_has_its_broken_file() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == {
        file.stem for file in BROKEN
    }


def test_a_golden_that_differs_fails(
    golden: Callable[[str, str], None], request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--update-golden"):
        pytest.skip("goldens are being written")
    with pytest.raises(AssertionError, match="differs"):
        golden("broken/f01-tab.txt", "something else\n")
