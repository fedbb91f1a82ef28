"""Other people's programs: a missing one is said; where CI runs, it fails."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest
from absent import missing

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))


OTHER_PROGRAMS = frozenset(["reader", "converted", "printed"])
"""The fixtures that start a program which is no Python package."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what needs another program out of `make quick`."""
    for item in items:
        if OTHER_PROGRAMS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def reader() -> Callable[[str], str]:
    """Return the path of a program, or end the test as `missing` does."""

    def find(program: str) -> str:
        path = shutil.which(program)
        if path is None:
            missing(program)
        return str(path)

    return find


@pytest.fixture(scope="session")
def library() -> Callable[[str], ModuleType]:
    """Return a Python package that reads what we write."""

    def find(package: str) -> ModuleType:
        if find_spec(package) is None:
            missing(package)
        return import_module(package)

    return find


@pytest.fixture(scope="session")
def converted(
    reader: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Path]:
    """Let LibreOffice read a .docx and save it in another form.

    Its exit code says nothing, so the file itself is what is looked for; a profile of
    its own keeps it apart from an office that is open.
    """
    profile = tmp_path_factory.mktemp("office")

    def convert(content: bytes, form: str, source: str = "docx") -> Path:
        office = reader("soffice")
        folder = tmp_path_factory.mktemp("converted")
        file = tmp_path_factory.mktemp("given") / f"document.{source}"
        file.write_bytes(content)
        settings = f"-env:UserInstallation={profile.as_uri()}"
        command = [office, settings, "--headless", "--convert-to", form]
        subprocess.run(
            [*command, "--outdir", str(folder), str(file)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        out = folder / f"document.{form.partition(':')[0]}"
        assert out.exists(), f"LibreOffice could not read the document as {form}"
        return out

    return convert


@pytest.fixture(scope="session")
def printed(
    converted: Callable[[bytes, str], Path], reader: Callable[[str], str]
) -> Callable[[bytes], list[str]]:
    """Return the pages that LibreOffice prints of a .docx, as text."""

    def pages(docx: bytes) -> list[str]:
        extract = reader("pdftotext")
        pdf = converted(docx, "pdf")
        made = subprocess.run(
            [extract, "-layout", str(pdf), "-"], check=True, capture_output=True
        )
        return made.stdout.decode().removesuffix("\f").split("\f")

    return pages
