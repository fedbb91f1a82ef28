"""Addresses as commands are given them: of people, and of the server for mail."""

import re

from closer.cli.output import USAGE, stop

_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")
_SUBMISSION = 587


def checked(address: str, option: str) -> str:
    """Return one address; stop with a sentence if it is none."""
    if not _ADDRESS.fullmatch(address):
        stop(f"{option} {address}: write one address like me@mine.example.", USAGE)
    return address


def server_of(smtp: str) -> tuple[str, int]:
    """Return host and port of a server for mail; 587 where no port is named."""
    host, _, port = smtp.partition(":")
    if port and not port.isdigit():
        stop(f"--smtp {smtp}: write it like mail.example:587.", USAGE)
    return host, int(port or _SUBMISSION)
