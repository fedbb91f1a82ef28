"""Files on disk: all of them or none, never half of one, and the same bytes again.

The archives written here carry no clock and no name of a machine, so that the same
document is the same file for ever.
"""

import os
import re
import stat
import struct
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
"""The parts that readers look for first stand first in an archive."""

_LEVEL = 6  # a fifth smaller than 4 for half a millisecond; 9 costs four more
_DAY_ZERO = 33  # 1 January 1980, the first day that an archive can name
_UTF8 = 0x800


class Exists(Struct, frozen=True):
    """A file that is in the way; whether it may be lost is for the command to say."""

    path: Path


def in_the_way(paths: list[Path]) -> list[Exists]:
    """Return those of some paths where something stands already."""
    return [Exists(path) for path in paths if os.path.lexists(path)]


def write(path: Path, data: bytes) -> None:
    """Write a file whole: a reader sees the old one or the new one, nothing between."""
    write_all({path: data})


def own(path: Path) -> bytes | None:
    """Return what a file of the user's own holds.

    None where there is none, or where anybody else could have written it.
    """
    try:
        with path.open("rb") as file:
            return file.read() if _is_private(os.fstat(file.fileno())) else None
    except OSError:
        return None


def _is_private(status: os.stat_result) -> bool:
    if os.name == "nt":  # pragma: no cover - profiles are private there
        return True
    mine = status.st_uid == os.geteuid()
    return mine and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def write_own(path: Path, data: bytes) -> None:
    """Write a file whole, for this user alone, in a folder that is made if need be."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write(path, data)
    path.chmod(0o600)


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files, all or none.

    Everything is written and forced to disk under other names first; only then is each
    one put in its place. What stood there before is kept until all are in place, and
    put back if one cannot be.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            ready.append((_beside(path, "new"), path))
            _store(ready[-1][0], data, path)
            _sweep(ready[-1][0], path)
        _place(ready)
    finally:
        for draft, _ in ready:
            with suppress(FileNotFoundError):
                draft.unlink()


def _beside(path: Path, mark: str) -> Path:
    return path.with_name(f".{path.name[:200]}.{os.getpid()}.{mark}")


def _sweep(draft: Path, path: Path) -> None:
    """Remove what killed writers left beside a file, where nobody can need it.

    Its process is gone, and it is older than any write takes: on a folder that several
    machines share, the number of a process says little. The clock is the disk's own.
    """
    name = re.compile(rf"\.{re.escape(path.name[:200])}\.(\d+)\.new")
    with suppress(OSError):
        now = draft.stat().st_mtime
        for left in path.parent.iterdir():
            match = name.fullmatch(left.name)
            if match is None or left == draft or _runs(int(match[1])):
                continue
            with suppress(OSError):
                if now - left.stat().st_mtime > _STALE:
                    left.unlink()


_STALE = 600
"""Seconds after which a draft that nobody has put in its place is a leftover."""


def _runs(process: int) -> bool:
    if os.name == "nt":  # pragma: no cover - there 0 is no question, but a signal
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _store(draft: Path, data: bytes, path: Path) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, flags, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = str(path)  # the name that the user knows
        raise
    with suppress(FileNotFoundError):
        draft.chmod(stat.S_IMODE(path.stat().st_mode))


def _place(ready: list[tuple[Path, Path]]) -> None:
    if len(ready) == 1:
        ready[0][0].replace(ready[0][1])
        return
    done: list[tuple[Path, Path | None]] = []
    try:
        for draft, path in ready:
            kept = _kept(path)
            done.append((path, kept))
            draft.replace(path)
    except OSError:
        for path, kept in reversed(done):
            if kept is not None:
                kept.replace(path)
            else:
                with suppress(FileNotFoundError):
                    path.unlink()
        raise
    for _, kept in done:
        if kept is not None:
            kept.unlink()


def _kept(path: Path) -> Path | None:
    """Keep what stands at a path under a second name; None where nothing stands."""
    if not path.exists():
        return None
    kept = _beside(path, "old")
    with suppress(FileNotFoundError):
        kept.unlink()
    try:
        os.link(path, kept)
    except OSError:  # a disk without hard links
        kept.write_bytes(path.read_bytes())
    return kept


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of some parts: fixed order, fixed day, the same bytes again."""
    names = [name for name in FIRST if name in parts]
    names += sorted(name for name in parts if name not in FIRST)
    local: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for name in names:
        data, raw = parts[name], name.encode()
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        body = packer.compress(data) + packer.flush()
        flags = 0 if name.isascii() else _UTF8
        sizes = (zlib.crc32(data), len(body), len(data), len(raw))
        shared = struct.pack("<4HL2L2H", flags, 8, 0, _DAY_ZERO, *sizes, 0)
        local += (b"PK\3\4\x14\0", shared, raw, body)
        central += (b"PK\1\2\x14\3\x14\0", shared, bytes(6))
        central += (struct.pack("<2L", 0o600 << 16, offset), raw)
        offset += 6 + len(shared) + len(raw) + len(body)
    index = b"".join(central)
    ends = struct.pack("<4H2LH", 0, 0, len(names), len(names), len(index), offset, 0)
    return b"".join((*local, index, b"PK\5\6", ends))


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Return the parts of an archive, each once."""
    import io  # noqa: PLC0415 - only the first reading of a template comes here
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {
            name: opened.read(name)
            for name in opened.namelist()
            if not name.endswith("/")
        }
