"""An amendment carried out from its Word file makes the contract that was agreed."""

from pathlib import Path

import pytest
from carrying_out import Clerk, as_text, orders, shown
from pairs import amendment as bare_amendment
from random_changes import made, random_changes
from random_contracts import random_contract

from closer.cli.amend import outcome
from closer.cli.deal import Deal, accepted, drafted, read_deal, read_library
from closer.drafting.conformed import kept
from closer.drafting.document import Document
from closer.library.loading import Library

ROOT = Path(__file__).parents[2]
OMITTED = "[Intentionally omitted]"
SAMPLES = {
    path.parent.name: [path, *sorted(path.parent.glob("change-*.yaml"))]
    for path in sorted((ROOT / "samples").glob("*/agreed.yaml"))
    if list(path.parent.glob("change-*.yaml"))
}


@pytest.fixture(scope="session")
def shipped() -> Library:
    return read_library()


def _worked_in(before: Document, amendment: bytes) -> list[str]:
    clerk = Clerk(as_text(before))
    found = orders(amendment)
    assert found
    for order in found:
        clerk.carry_out(order)
    return shown(clerk.text)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_amendments_of_the_samples_make_the_conformed_contract(
    name: str, shipped: Library
) -> None:
    files = SAMPLES[name]
    for count in range(2, len(files) + 1):
        deal = read_deal(files[:count])
        stages = accepted(deal, shipped)
        made_files = outcome(deal, stages, shipped)
        amendment = made_files[f"amendment-{deal.number}.docx"]
        told = _worked_in(stages[-2].text, amendment)
        assert told == shown(as_text(stages[-1].text))


@pytest.mark.parametrize("seed", range(40))
def test_an_amendment_for_any_change_of_a_deal_makes_the_conformed_contract(
    seed: int, shipped: Library
) -> None:
    before = read_deal(SAMPLES["garage-remodel"][:1]).chain[0]
    after = made(before, random_changes(seed))
    one, other = drafted(Deal((before, after), (), ()), shipped)
    if shown(as_text(one.text)) == shown(as_text(other.text)):
        return  # what changed is in the calendar alone
    told = _worked_in(one.text, bare_amendment(one.text, other.fresh))
    assert told == shown(as_text(other.text))


@pytest.mark.parametrize("seed", range(30))
def test_an_amendment_between_any_two_contracts_makes_the_later_one(
    seed: int,
) -> None:
    before, after = random_contract(2 * seed), random_contract(2 * seed + 1)
    worked = kept(before, after, omitted=OMITTED)
    told = _worked_in(before, bare_amendment(before, after))
    assert told == shown(as_text(worked))
