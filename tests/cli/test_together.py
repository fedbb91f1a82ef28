"""One change for a folder of deals: made where it applies, told where it does not."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from closer.cli.together import NOTE

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
GARAGE = (ROOT / "samples/garage-remodel/agreed.yaml").read_text(encoding="utf-8")
BUILDER = "Gulf Coast Builders LLC"
ADDRESS = """amends: all
effective: 2026-11-02
where: {parties.contractor.name: Gulf Coast Builders LLC}
because:
  - The Contractor has moved.
changes:
  parties.contractor.notices.email: office@gulfcoast.example
"""


def _deal(folder: Path, number: int, **swaps: str) -> Path:
    text = GARAGE.replace("HOM-2026-014", f"HOM-{number}").replace(" of 1845929f", "")
    for old, new in swaps.items():
        assert old in text
        text = text.replace(old, new)
    place = folder / f"deal-{number:02}"
    place.mkdir(parents=True)
    (place / "agreed.yaml").write_text(text, encoding="utf-8")
    return place


def _folder(place: Path, count: int) -> Path:
    """Return a folder of deals: the last but one with another builder, one broken."""
    folder = place / "deals"
    for number in range(count - 2):
        _deal(folder, number)
    _deal(folder, count - 2, **{BUILDER: "Other Builders LLC"})
    _deal(folder, count - 1, **{"effective: 2026-08-03": "effective: soon"})
    later = (
        "amends: HOM-3\neffective: 2026-10-05\nchanges:\n  warranty.lasts: 2 years\n"
    )
    (folder / "deal-03" / "change-1-warranty.yaml").write_text(later, encoding="utf-8")
    (place / "address.yaml").write_text(ADDRESS, encoding="utf-8")
    return folder


@pytest.fixture
def deals(tmp_path: Path, run: Run) -> Path:
    """A folder of seven deals."""
    del run
    return _folder(tmp_path, 7)


def _digests(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _killed_in_the_middle(place: Path) -> None:
    """Start the command, and kill it after a few deals."""
    line = (sys.executable, "-m", "closer", "amend", "--all", "address.yaml")
    process = subprocess.Popen(
        [*line, "deals", "-o", "out"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    while process.poll() is None and len(list(place.glob("out/deal-*"))) < 4:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_change_in_many_deals_that_is_killed_goes_on_and_tells_of_each(
    tmp_path: Path, run: Run
) -> None:
    _folder(tmp_path, 32)
    _killed_in_the_middle(tmp_path)
    out = tmp_path / "out"
    finished = sorted(out.glob("deal-*"))
    assert 4 <= len(finished) < 30
    assert all((place / NOTE).exists() for place in finished)
    stamp = (out / "deal-00" / NOTE).stat().st_mtime_ns

    result = run(
        "amend", "--all", "address.yaml", "deals", "-o", "out", "--json", code=1
    )
    told = {each["deal"]: each for each in json.loads(result.stdout)}
    results = [each["result"] for each in told.values()]
    assert results.count("as before") == len(finished)
    assert results.count("amended") == 30 - len(finished)
    assert told["deal-30"]["result"] == "does not apply"
    assert "F41" in told["deal-30"]["why"]
    assert told["deal-31"]["result"] == "refused"
    assert "`soon`" in told["deal-31"]["why"]
    assert told["deal-03"]["instrument"] == "amendment 2"
    assert (out / "deal-03/amendment-2.docx").exists()
    assert not (out / "deal-30").exists()
    assert not (out / "deal-31").exists()
    assert (out / "deal-00" / NOTE).stat().st_mtime_ns == stamp
    assert not list(out.glob(".closer-part-*"))
    assert "[32/32] deal-31: refused" in result.stderr
    page = (out / "summary.md").read_text(encoding="utf-8")
    assert "1 does not apply, 1 refused" in page
    assert page.count("\n| deal-") == 32


def test_what_is_finished_is_known_by_its_content_and_stays(
    deals: Path, run: Run
) -> None:
    arguments = ("amend", "--all", "address.yaml", deals, "-o", "out")
    run(*arguments, code=1)
    first = _digests(Path("out"))
    Path("out/deal-01/reasons-1.md").unlink()
    Path("out/deal-02/terms-1.yaml").write_text("mine", encoding="utf-8")
    told = run(*arguments, "--json", code=1).stdout
    results = {each["deal"]: each["result"] for each in json.loads(told)}
    assert results["deal-04"] == "as before"
    assert results["deal-01"] == results["deal-02"] == "refused"
    assert Path("out/deal-02/terms-1.yaml").read_text(encoding="utf-8") == "mine"
    run(*arguments, "--force", code=1)
    again = _digests(Path("out"))
    assert {**again, "summary.md": b""} == {**first, "summary.md": b""}


def test_the_change_of_each_deal_lies_beside_its_amendment(
    deals: Path, run: Run
) -> None:
    run("amend", "--all", "address.yaml", deals, "-o", "out", code=1)
    own = Path("out/deal-00/change-1.yaml")
    assert "amends: HOM-0 of " in own.read_text(encoding="utf-8")
    run("conform", deals / "deal-00/agreed.yaml", own, "-o", "copy.docx")


@pytest.mark.parametrize(
    ("change", "folder", "said"),
    [
        ("amends: HOM-1\n", "deals", "says `amends: all`"),
        ("amends: all\n", "nowhere", "There is no folder"),
        ("amends: all\n", "empty", "holds no deal"),
        ("amends: all\n", "out", "name another folder"),
    ],
)
def test_what_cannot_be_done_for_a_folder_is_said_before_anything_is_written(
    change: str, folder: str, said: str, deals: Path, run: Run
) -> None:
    del deals
    Path("empty").mkdir()
    body = "effective: 2026-11-02\nchanges:\n  warranty.lasts: 2 years\n"
    Path("c.yaml").write_text(change + body, encoding="utf-8")
    told = run("amend", "--all", "c.yaml", folder, "-o", "out", code=2)
    assert said in told.stderr


def test_files_of_terms_in_one_folder_are_deals_too(run: Run) -> None:
    Path("flat").mkdir()
    for number in (1, 2):
        text = GARAGE.replace("HOM-2026-014", f"HOM-{number}")
        text = text.replace(" of 1845929f", "")
        Path(f"flat/deal{number}.yaml").write_text(text, encoding="utf-8")
    Path("flat/notes.yaml").write_text("a: b\n", encoding="utf-8")
    Path("address.yaml").write_text(ADDRESS, encoding="utf-8")
    told = run("amend", "--all", "address.yaml", "flat", "-o", "out").stdout
    assert "deal1" in told
    assert Path("out/deal2/amendment-1.docx").exists()
    assert "notes" not in told
