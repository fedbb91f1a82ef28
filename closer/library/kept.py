"""What was read before: recalled as data, for the very same files and no others.

Understanding the files of a library takes five times as long as reading them. So what
they were understood to be is kept, under a key that stands for every letter of them,
for where they lie, and for the code that read them. Whoever edits a clause has another
key in the same moment; no clock is asked.
"""

import sys
from collections.abc import Iterable
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


def key_of(digest: str, paths: Iterable[str]) -> str:
    """Return the key of files: the digest of their text, where they lie, who reads."""
    reader = (__version__, sys.version, _digest_of_this_room())
    return sha256("\0".join((*reader, digest, *paths)).encode()).hexdigest()


def _digest_of_this_room() -> str:
    """Return the digest of the code that reads: a checkout keeps one version long."""
    digest = sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
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
