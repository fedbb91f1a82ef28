"""A random pair of contracts, held to everything that is promised of an amendment."""

from pathlib import Path

from carrying_out import CHANGES, Clerk, as_text, orders, shown
from msgspec.structs import replace
from random_contracts import near, random_contract
from resolving import body, resolved

from closer.drafting.conformed import kept
from closer.drafting.document import Article, Document
from closer.drafting.instructions import operative
from closer.formats import word
from closer.formats.authors import Author
from closer.formats.redline import redline
from closer.library.instruments import load_instrument

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "templates" / "word" / "house.docx"
OMITTED = "[Intentionally omitted]"
INSTRUMENT = load_instrument(ROOT / "templates")[0]


def pair(seed: int) -> tuple[Document, Document]:
    """Return two contracts: the later one near the earlier, or another altogether."""
    old = random_contract(7 * seed)
    return near((old, seed)) if seed % 2 else (old, random_contract(7 * seed + 1))


def holds(before: Document, after: Document, seed: int = 0) -> None:
    """Fail unless redline and amendment lead from one contract to the other."""
    worked = kept(before, after, omitted=OMITTED)
    carried_out(before, after, worked, seed)
    made = redline(before, worked, HOUSE, Author())
    assert body(resolved(made, accept=True)) == body(word.write(worked, HOUSE)), seed
    assert body(resolved(made, accept=False)) == body(word.write(before, HOUSE)), seed


def carried_out(before: Document, after: Document, worked: Document, seed: int) -> None:
    """Fail unless the amendment, read back and carried out, gives the later text."""
    clerk = Clerk(as_text(before))
    for order in orders(amendment(before, after)):
        clerk.carry_out(order)
    assert shown(clerk.text) == shown(as_text(worked)), seed


def amendment(before: Document, after: Document) -> bytes:
    """Return a Word file with nothing but the operative provisions of an amendment."""
    assert INSTRUMENT is not None
    told = operative(before, after, INSTRUMENT, omitted=OMITTED)
    article = Article(
        id="changes",
        number="1",
        heading=CHANGES,
        provisions=tuple(replace(p, number=f"1.{n}") for n, p in enumerate(told, 1)),
    )
    whole = replace(before, kind="amendment", articles=(article,), annexes=())
    bare = replace(whole, cover=(), parties=(), preamble=(), background=())
    return word.write(bare, HOUSE)
