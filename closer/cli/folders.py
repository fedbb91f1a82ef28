"""Where the shipped clauses, templates and samples lie, and the user's cache."""

import os
import sys
from pathlib import Path

import closer

_PACKAGE = Path(closer.__file__).parent


def shipped(name: str) -> Path:
    """Return the folder of `clauses`, `templates` or `samples`.

    A wheel carries them inside the package; in a checkout they stand beside it.
    """
    inside = _PACKAGE / "shipped" / name
    beside = _PACKAGE.parent / name
    return beside if (_PACKAGE.parent / "pyproject.toml").exists() else inside


def cache() -> Path | None:
    """Return the user's cache folder for closer, made private; None if there is none.

    What lies in it only saves time: every command works, more slowly, without it.
    `CLOSER_CACHE` names another place, or none at all with `off`.
    """
    named = os.environ.get("CLOSER_CACHE")
    if named == "off":
        return None
    return _private(named or os.environ.get("XDG_CACHE_HOME") or _cache_home())


def state() -> Path | None:
    """Return the folder of what must not be lost: what was sent, a feed's address."""
    home = os.environ.get("XDG_STATE_HOME")
    user = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises without a home
    if not home:
        home = "" if user in ("", "~") else f"{user}/.local/state"
    return _private(home)


def _private(home: str) -> Path | None:
    if not home:
        return None
    folder = Path(home) / "closer"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


def _cache_home() -> str:
    if sys.platform == "win32":  # pragma: no cover - needs that machine
        return os.environ.get("LOCALAPPDATA", "")
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises without a home
    if home in ("", "~"):
        return ""
    if sys.platform == "darwin":  # pragma: no cover - needs that machine
        return f"{home}/Library/Caches"
    return f"{home}/.cache"
