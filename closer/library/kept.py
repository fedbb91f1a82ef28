"""What was read before: recalled as data, for the very same files and no others.

Understanding the files of a library takes five times as long as reading them. So what
they were understood to be is kept, under a key that stands for every letter of them,
for where they lie, and for the code that read them. Whoever edits a clause has another
key in the same moment; no clock is asked.
"""

import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec import MsgspecError, msgpack

from closer import __version__

_Value = TypeVar("_Value")


class Memory(Protocol):
    """A place where data is kept between runs: it only ever saves time."""

    def recall(self, name: str, key: str) -> bytes | None:
        """Return what was kept under a name for this very key, or None."""

    def keep(self, name: str, key: str, data: bytes) -> None:
        """Keep data under a name, in the place of what was kept there before."""


def key_of(texts: Mapping[str, str], room: Path) -> str:
    """Return the key of files, by their paths, as the code of a room reads them.

    The code itself counts, because a checkout has one version for a long time.
    """
    digest = sha256(f"{__version__}\0{sys.version}\0".encode())
    for file in sorted(room.glob("*.py")):
        digest.update(file.read_bytes())
    for path, text in texts.items():
        digest.update(f"{path}\0{text}\0".encode())
    return digest.hexdigest()


def recalled(
    memory: Memory | None, name: str, key: str, kind: type[_Value]
) -> _Value | None:
    """Return the value that was kept for a key, or None where there is none."""
    data = memory.recall(name, key) if memory is not None else None
    if data is not None:
        with suppress(MsgspecError):
            return msgpack.decode(data, type=kind)
    return None


def keep(memory: Memory | None, name: str, key: str, value: object) -> None:
    """Keep a value, if it comes back from its data as the very same."""
    if memory is not None:
        data = msgpack.encode(value)
        if msgpack.decode(data, type=type(value)) == value:
            memory.keep(name, key, data)
