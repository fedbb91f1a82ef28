"""Every kind of follow-up that is shipped has a deal that shows it, and a line."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
import yaml
from scheduling import ROOT, shapes, terms

from closer.followup.clocks import events
from closer.followup.deal import Deal
from closer.followup.occasions import occasions
from closer.followup.schedule import schedule
from closer.terms.model import Terms
from closer.terms.moments import Days, Facts
from closer.terms.reading import read_terms
from closer.terms.resolved import Waived

KINDS = sorted(shapes().kinds)
GIVEN_UP = Waived(
    by="client",
    right="price",
    what="interest",
    since=date(2026, 10, 1),
    until=date(2026, 12, 31),
)
PAGE = ROOT / "docs" / "follow-ups.md"


def deals() -> Iterator[Terms]:
    """Yield the samples, the real deals, and one with all that they lack."""
    files = [
        *ROOT.glob("samples/*/agreed.yaml"),
        *ROOT.glob("tests/deals/*.yaml"),
    ]
    for file in sorted(files):
        if file.parent.name != "broken":
            agreed, _ = read_terms(file.read_text(encoding="utf-8"), file.name)
            assert agreed is not None, file
            yield agreed.terms
    rest = (ROOT / "tests" / "followup" / "everything.yaml").read_text(encoding="utf-8")
    for text in yaml.safe_load(rest).values():
        yield terms(f"\n{text}")


@cache
def shown() -> frozenset[str]:
    """Return the kinds that have an entry in one of the deals, before or after."""
    found: set[str] = set()
    day = date(2026, 10, 1)
    for deal in deals():
        all_events = dict.fromkeys(events(deal, shapes()), day)
        begun = {e: on for e, on in all_events.items() if not e.endswith(".ended")}
        for facts in (
            Facts(waived=(GIVEN_UP,)),
            Facts(signed=day, happened=all_events),
            Facts(happened=begun),
        ):
            awaited = frozenset(
                e.waits_for
                for e in schedule(deal, facts, shapes()).entries
                if e.waits_for
            )
            whole = Deal(deal, Days(deal, facts), shapes(), 5, awaited)
            found |= {
                name
                for name, shape in shapes().kinds.items()
                if name not in found and any(occasions(shape, whole))
            }
    return frozenset(found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_follow_up_has_a_deal_that_shows_it(kind: str) -> None:
    assert kind in shown()


def test_the_page_of_what_is_followed_up_names_every_kind_and_no_other() -> None:
    page = PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z-]+)`", page))
    assert named >= set(KINDS), set(KINDS) - named
    assert named <= set(KINDS), named - set(KINDS)
