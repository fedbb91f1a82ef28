"""Of many random pairs: both sides of the redline, and the amendment carried out."""

from pathlib import Path

import pytest
from carrying_out import Clerk, as_text, orders, shown
from msgspec.structs import replace
from random_contracts import near, random_contract
from resolving import body, resolved

from closer.drafting.conformed import kept
from closer.drafting.document import Article, Document
from closer.drafting.instructions import operative
from closer.formats import word
from closer.formats.redline import redline
from closer.formats.revisions import Author
from closer.library.instruments import load_instrument

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "templates" / "word" / "house.docx"
OMITTED = "[Intentionally omitted]"
INSTRUMENT = load_instrument(ROOT / "templates")[0]


def _pair(seed: int) -> tuple[Document, Document]:
    old = random_contract(7 * seed)
    return near((old, seed)) if seed % 2 else (old, random_contract(7 * seed + 1))


def _amendment(before: Document, after: Document) -> bytes:
    assert INSTRUMENT is not None
    told = operative(before, after, INSTRUMENT, omitted=OMITTED)
    article = Article(
        id="changes",
        number="1",
        heading="Changes to the Agreement",
        provisions=tuple(replace(p, number=f"1.{n}") for n, p in enumerate(told, 1)),
    )
    whole = replace(before, kind="amendment", articles=(article,), annexes=())
    return word.write(whole, HOUSE)


@pytest.mark.slow
@pytest.mark.parametrize("hundred", range(10))
def test_a_hundred_pairs_are_redlined_and_amended_to_the_letter(hundred: int) -> None:
    for seed in range(hundred * 100, hundred * 100 + 100):
        before, after = _pair(seed)
        worked = kept(before, after, omitted=OMITTED)
        made = redline(before, worked, HOUSE, Author())
        assert body(resolved(made, accept=True)) == body(word.write(worked, HOUSE))
        assert body(resolved(made, accept=False)) == body(word.write(before, HOUSE))
        clerk = Clerk(as_text(before))
        for order in orders(_amendment(before, after)):
            clerk.carry_out(order)
        assert shown(clerk.text) == shown(as_text(worked)), seed
