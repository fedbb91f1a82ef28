"""Holiday lists that an earlier run looked up, kept in the user's cache folder.

The library of holidays takes longer to import than a contract to write. What it said
is kept by its version, with a digest of its own: a file that is not as it was written
is as if it were not there, and the library is asked again.
"""

import hashlib
import importlib.util
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from closer.cli import folders
from closer.terms.places import HolidayList


class KeptLists:
    """One file for each place, in a folder for each version of the library."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self, place: str) -> Mapping[str, object] | None:
        """Return what was kept for a place, or None."""
        try:
            digest, _, text = self._file(place).read_text("utf-8").partition("\n")
        except (OSError, UnicodeDecodeError):
            return None
        if digest != _digest(text):
            return None
        kept: Mapping[str, object] = json.loads(text)
        return kept

    def keep(self, place: str, kept: Mapping[str, object]) -> None:
        """Keep the lists of a place; where that fails, nothing is kept."""
        text = json.dumps(kept, ensure_ascii=False)
        file = self._file(place)
        new = file.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            new.write_text(f"{_digest(text)}\n{text}", "utf-8")
            new.replace(file)
        except OSError:
            new.unlink(missing_ok=True)

    def _file(self, place: str) -> Path:
        return self._folder / f"{re.sub('[^A-Z0-9-]', '_', place)}.json"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def remember() -> None:
    """Let the lists of holidays remember what they looked up."""
    folder, version = folders.cache(), _version()
    if folder is not None and version is not None:
        HolidayList.memory = KeptLists(folder / version)


def _version() -> str | None:
    """Return the name and version of the library without importing it."""
    found = importlib.util.find_spec("holidays")
    if found is None or not found.origin:
        return None
    site = Path(found.origin).parent.parent
    return next((path.stem for path in site.glob("holidays-*.dist-info")), None)
