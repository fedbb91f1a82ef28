"""What is installed is whole: from a wheel anywhere, from a checkout as it stands."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BARE = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
"""The environment without a path on which Python would find this checkout."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as a release would."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", out, ROOT],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_carries_clauses_templates_and_samples(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder, ending in (
        ("clauses", ".clause"),
        ("templates/contracts", ".toml"),
        ("templates/word", ".docx"),
        ("samples/garage-remodel", ".yaml"),
    ):
        here = [n for n in names if n.startswith(f"closer/shipped/{folder}/")]
        there = list((ROOT / folder).rglob(f"*{ending}"))
        assert len([n for n in here if n.endswith(ending)]) == len(there) > 0


@pytest.mark.slow
def test_a_clean_environment_drafts_with_the_wheel_alone(
    wheel: Path, tmp_path: Path
) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", wheel],
        env=BARE,
        check=True,
        capture_output=True,
    )
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run(
        [tmp_path / "env" / "bin" / "closer", "demo", "out"],
        cwd=work,
        env=BARE,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    assert zipfile.is_zipfile(work / "out" / "contract.docx")
    assert (work / "out" / "schedule.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert zipfile.is_zipfile(work / "out" / "amendment-1.docx")


@pytest.mark.slow
def test_an_editable_install_takes_the_clauses_that_stand_beside_it(
    tmp_path: Path,
) -> None:
    """Not a copy made when it was installed: an edited clause is the clause.

    The other packages are lent by the environment of the tests.
    """
    checkout, work = tmp_path / "checkout", tmp_path / "work"
    ignored = shutil.ignore_patterns(".*", "__pycache__", "out", "tests", "docs")
    shutil.copytree(ROOT, checkout, ignore=ignored)
    work.mkdir()
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    [site] = (tmp_path / "env" / "lib").glob("python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib"))
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--editable"]
    subprocess.run([*install, checkout], env=BARE, check=True, capture_output=True)

    clause = checkout / "clauses" / "general" / "waiver.clause"
    text = clause.read_text(encoding="utf-8")
    assert 'heading = "Waiver"' in text
    clause.write_text(text.replace('"Waiver"', '"Rights not used"'), encoding="utf-8")
    listed, checked = (
        subprocess.run(
            [tmp_path / "env" / "bin" / "closer", "clauses", *more],
            cwd=work,
            env=BARE,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for more in ((), ("check",))
    )
    assert "Rights not used" in listed
    assert str(checkout / "clauses") in checked
