"""What the register keeps of a signing beside its text, and how it is read back.

The model of the signed document, the digest of the clauses it was drafted from, and the
lists of holidays by which its days were counted: a later closer, with other clauses and
another calendar, still reckons with what was signed.
"""

import base64
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import msgspec

from closer import __version__
from closer.cli.deal import read_library
from closer.drafting.document import Document
from closer.library.loading import Library
from closer.register.folding import Signed, State
from closer.register.store import Register
from closer.terms.days import with_lists
from closer.terms.model import Terms
from closer.terms.places import holiday_list


def signed_document(register: Register, signed: Signed | None) -> Document | None:
    """Return the contract, or the contract as amended, as it was signed.

    None for what was entered before models were kept, or is no longer readable.
    """
    content = register.kept(signed.model) if signed and signed.model else None
    if content is None:
        return None
    try:
        text = zlib.decompress(base64.b64decode(content))
        return msgspec.json.decode(text, type=Document)
    except (ValueError, zlib.error, msgspec.MsgspecError):
        return None


def model_of(document: Document) -> tuple[str, dict[str, str]]:
    """Return the digest of a document's model, and what to keep under it."""
    text = msgspec.json.encode(document)
    digest = hashlib.sha256(text).hexdigest()
    return digest, {digest: base64.b64encode(zlib.compress(text, 9)).decode()}


def whole(digest: str, content: str) -> bool:
    """Whether what is kept under a digest is what was put there."""
    try:
        text = zlib.decompress(base64.b64decode(content))
    except (ValueError, zlib.error):
        return False
    return hashlib.sha256(text).hexdigest() == digest


def lists_of(terms: Terms, years: Sequence[int]) -> dict[str, object]:
    """Return the holidays of a deal's places for some years, as they are known now."""
    places = terms.time.holidays if terms.time else ()
    if isinstance(places, str):
        return {}
    found: dict[str, object] = {}
    for place in places:
        listed = holiday_list(place)
        for year in years:
            listed.year(year)
        found[place] = listed.listed(years)
    return found


@contextmanager
def as_signed(state: State) -> Iterator[None]:
    """Count days by the holidays that were signed, the last amendment's first."""
    lists = {
        place: listed
        for each in (state.signed, *state.amendments)
        for place, listed in (each.holidays if each else {}).items()
        if isinstance(listed, dict)
    }
    if not lists:
        yield
        return
    with with_lists(lists):
        yield


def maker_of(library: Library) -> str:
    """Return by what the rows of a deal are computed: closer, and its clauses."""
    return f"closer {__version__}, clauses {library.digest[:12]}"


@cache
def our_maker() -> str:
    """Return by what this very program computes."""
    return maker_of(read_library())
