"""What is installed is whole: a wheel in a clean environment drafts and schedules."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


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
        check=True,
        capture_output=True,
    )
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run(
        [tmp_path / "env" / "bin" / "closer", "demo", "out"],
        cwd=work,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    assert zipfile.is_zipfile(work / "out" / "contract.docx")
    assert (work / "out" / "schedule.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert zipfile.is_zipfile(work / "out" / "amendment-1.docx")
