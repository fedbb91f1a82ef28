"""What earlier runs worked out, kept in the user's cache folder; it only saves time.

The library of holidays takes longer to import than a contract to write, and the clauses
longer to understand than to read. What is kept is data, never code.
"""

import importlib.util
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from closer.cli import folders
from closer.formats import files
from closer.terms.places import HolidayList


class Kept:
    """Data of earlier runs: a file for each name, and in it what one key stands for.

    A file begins with the digest of its key and its data. One that was kept for another
    key, cut off or changed, or that somebody else could have written, is as if it were
    not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self, name: str, key: str) -> bytes | None:
        """Return what was kept under a name for this very key, or None."""
        content = files.own(self._folder / name) or b""
        digest, _, data = content.partition(b"\n")
        return data if digest == _digest(key, data) else None

    def keep(self, name: str, key: str, data: bytes) -> None:
        """Keep data under a name; where that fails, nothing is kept."""
        with suppress(OSError):
            files.write_own(self._folder / name, _digest(key, data) + b"\n" + data)


def _digest(key: str, data: bytes) -> bytes:
    return sha256(key.encode() + b"\n" + data).hexdigest().encode()


def earlier_runs() -> Kept | None:
    """Return the memory of this user, where there is a folder for it."""
    folder = folders.cache()
    return None if folder is None else Kept(folder)


class KeptLists:
    """The holidays of each place, as one version of their library knows them."""

    def __init__(self, memory: Kept, version: str) -> None:
        self._memory = memory
        self._version = version

    def recall(self, place: str) -> Mapping[str, object] | None:
        """Return what was kept for a place, or None."""
        data = self._memory.recall(*self._slot(place))
        found: Mapping[str, object] | None = json.loads(data) if data else None
        return found

    def keep(self, place: str, kept: Mapping[str, object]) -> None:
        """Keep the lists of a place."""
        self._memory.keep(*self._slot(place), json.dumps(kept).encode())

    def _slot(self, place: str) -> tuple[str, str]:
        """Return the name of a file for a place, and the key of its lists."""
        name = re.sub("[^A-Z0-9-]", "_", place)
        return f"holidays-{name}", f"{self._version} {place}"


def remember() -> None:
    """Let the lists of holidays remember what they looked up."""
    memory, version = earlier_runs(), _version()
    HolidayList.memory = KeptLists(memory, version) if memory and version else None


def _version() -> str | None:
    """Return the name and version of the library without importing it."""
    found = importlib.util.find_spec("holidays")
    if found is None or not found.origin:
        return None
    site = Path(found.origin).parent.parent
    return next((path.stem for path in site.glob("holidays-*.dist-info")), None)
