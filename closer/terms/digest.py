"""The digest of a deal: which terms exactly were meant, in a few characters.

Taken over the canonical form in the order of the file, so that comments, spaces and
`USD 48500` for `USD 48,500.00` make no difference, and a changed term always does.
"""

import re
from hashlib import sha256

import msgspec

from closer.terms.reading import Agreed

NO_PART_OF_THE_DEAL = frozenset({"follow_up", "closing", "amended"})
SHOWN = 12
ACCEPTED = 8


def digest(agreed: Agreed) -> str:
    """Return the digest of agreed terms, in full."""
    return digest_of(
        {
            key: value
            for key, value in agreed.canonical.items()
            if key not in NO_PART_OF_THE_DEAL
        }
    )


def digest_of(canonical: dict[str, object]) -> str:
    """Return the digest of canonical values: SHA-256 of JSON without spaces."""
    return sha256(msgspec.json.encode(canonical)).hexdigest()


def short(full: str) -> str:
    """Return a digest as it is shown to people."""
    return full[:SHOWN]


def matches(written: str, full: str) -> bool:
    """Whether a digest that somebody wrote, of 8 characters or more, is this one."""
    written = written.strip().lower()
    return bool(re.fullmatch(r"[0-9a-f]{8,64}", written)) and full.startswith(written)
