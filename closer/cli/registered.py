"""A deal by its files, or by its reference in the register with what has happened."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from closer.cli.deal import Deal, Stage, accepted, read_deal
from closer.cli.happened import facts_from
from closer.cli.keeping import opened, place
from closer.cli.reckoning import signed_deal, signed_stages
from closer.cli.signed import as_signed
from closer.library.loading import Library
from closer.register.folding import State, folded
from closer.register.store import Register
from closer.terms.moments import Facts


class Found(NamedTuple):
    """A deal, drafted, and the days that are known of it."""

    deal: Deal
    stages: tuple[Stage, ...]
    facts: Facts


@contextmanager
def found(
    files: Sequence[Path],
    library: Library,
    *,
    register_path: str | None,
    signed: str | None,
    happened: Sequence[str],
) -> Iterator[Found]:
    """Read TERMS CHANGE…, or take a signed deal from the register by its reference.

    Of a signed deal the days that were recorded count, by the holidays that were
    signed; what is told beside (`--happened`) is taken as if it had been recorded.
    """
    there = _in_register(files, register_path)
    if there is None:
        deal = read_deal(files, letters=("waiver",))
        stages = accepted(deal, library)
        yield Found(deal, stages, facts_from(signed, happened, deal.agreed))
        return
    state, where = there
    with opened(where) as register, as_signed(state):
        deal = signed_deal(state)
        stages = signed_stages(register, state, deal, library)
        told = facts_from(signed, happened, deal.agreed)
        facts = replace(
            state.facts,
            signed=told.signed or state.facts.signed,
            happened={**state.facts.happened, **told.happened},
        )
        yield Found(deal, stages, facts)


def _in_register(
    files: Sequence[Path], register_path: str | None
) -> tuple[State, str] | None:
    """Return the state of the deal that a lone word names; None if it is a file."""
    where = place(register_path)
    if len(files) != 1 or files[0].exists():
        return None
    if "://" not in where and not Path(where).exists():
        return None
    with opened(where) as register:
        state = _state(str(files[0]), register)
    return (state, where) if state is not None else None


def _state(ref: str, register: Register) -> State | None:
    journal = register.journal(ref)
    return folded(ref, journal) if journal else None
