"""What there is to follow up in a deal: things of its terms, and their occasions."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from closer.followup.shapes import Shape, Shapes
from closer.followup.wording import filled, hanging, in_words, others, parties
from closer.terms.days import plus
from closer.terms.model import Terms
from closer.terms.moments import Days, Resolved, anchored
from closer.terms.paths import child, entries, fields_in, value_at
from closer.terms.values import Anchor, Moment, Offset, Period

A_DAY = Period(((1, "day"),))


class Deal(Struct, frozen=True):
    """One deal on the way to its schedule; `awaited`: anchors that others wait for."""

    terms: Terms
    days: Days
    shapes: Shapes
    horizon: int
    awaited: frozenset[str] = frozenset()

    @property
    def effective(self) -> Resolved:
        """The deal's effective day."""
        return self.days.resolve(Anchor("effective"), "effective")

    def limit(self, first: date) -> date:
        """Return how far the schedule looks from a first day on."""
        return plus(first, Period(((self.horizon, "year"),)))


class Match(Struct, frozen=True):
    """One thing of the terms that a shape is about."""

    id: str
    term: str
    it: object
    party: tuple[str, ...]


class Series(Struct, frozen=True):
    """A rhythm that every calendar reads alike: its first time, and its rule."""

    start: date
    end: date
    rule: str | None


class Occasion(Struct, frozen=True, kw_only=True):
    """One time on which something is to be followed up.

    `ahead`: the days between what it is counted from and its day; `begins`: the day on
    which that happens from which it runs. `moves`: it comes after the end of the
    contract, and so later if that renews.
    """

    match: Match
    day: Resolved
    number: str = ""
    variant: str = ""
    opens: Resolved | None = None
    strict: Resolved | None = None
    series: Series | None = None
    written: str = ""
    because: str = ""
    ahead: int | None = None
    begins: date | None = None
    moves: bool = False
    values: dict[str, str] = {}


def matches(shape: Shape, terms: Terms) -> Iterator[Match]:
    """Yield what of the terms a shape is about; `*` is each entry of a map."""
    found: list[tuple[str, str, object]] = [("", "", terms)]
    for key in shape.of.split("."):
        found = [step for each in found for step in _inside(*each, key)]
    for id_, path, it in found:
        absent = (shape.unless,) if isinstance(shape.unless, str) else shape.unless
        if any(value_at(it, each.removeprefix("it.")) for each in absent):
            continue
        party = _owner(shape.party, id_, it, terms)
        term = (shape.term or shape.of).replace("*", id_)
        yield Match(id_, term if shape.term else path, it, party)


def _owner(wanted: str, id_: str, it: object, terms: Terms) -> tuple[str, ...]:
    """Return the parties that a shape names: by a field, by its id, or the others."""
    field = wanted.removeprefix("not ")
    root = it if field.startswith("it.") else terms
    name = id_ if field == "id" else field
    if "." in field:
        name = str(value_at(root, field.partition(".")[2]) or "both")
    named = parties(name, terms)
    return (others(name, terms) or named) if wanted != field else named


def _inside(
    id_: str, path: str, value: object, key: str
) -> Iterator[tuple[str, str, object]]:
    if key == "*":
        for name, entry in _members(value):
            yield name, f"{path}.{name}", entry
    elif (found := child(value, key)) is not None:
        yield id_, f"{path}.{key}".lstrip("."), found


def _members(value: object) -> Iterator[tuple[str, object]]:
    """Yield the entries of a map, or what of a section was agreed."""
    if not isinstance(value, Struct):
        yield from entries(value)
        return
    yield from ((key, entry) for key, entry in fields_in(value) if entry is not None)


def on_moment(moment: Moment, day: Resolved, deal: Deal, match: Match) -> Occasion:
    """Return the occasion of a moment of the terms, and what it hangs on."""
    explicit = anchored(moment, match.term, deal.terms)
    return Occasion(
        match=match,
        day=day,
        written=str(moment),
        because=hanging(explicit, deal.terms, deal.shapes.words),
        ahead=_ahead(explicit, day, deal, match.term),
        begins=_begins(explicit, deal, match.term),
        moves=_moves(explicit, deal),
    )


def _moves(moment: Moment, deal: Deal) -> bool:
    """Whether a moment comes after the end of a contract that may still renew."""
    duration = deal.terms.duration
    if duration is None or duration.renewal is None or deal.days.last_end().date:
        return False
    if isinstance(moment, Offset) and moment.direction == "after":
        moment = moment.of
    return moment == Anchor("end")


def _ahead(moment: Moment, day: Resolved, deal: Deal, path: str) -> int | None:
    """Return how many days lie between what a moment is counted from and its day."""
    counted_from = deal.effective
    if isinstance(moment, Offset):
        counted_from = deal.days.resolve(moment.of, path)
    return between(counted_from, day)


def _begins(moment: Moment, deal: Deal, path: str) -> date | None:
    """Return the day from which a period of the terms runs on."""
    if isinstance(moment, Offset) and moment.direction == "after":
        return deal.days.resolve(moment.of, path).day
    return None


def between(one: Resolved, other: Resolved) -> int | None:
    """Return how many days lie between two days, expected ones among them."""
    if one.day is None or other.day is None:
        return None
    return abs((other.day - one.day).days)


def said(key: str, deal: Deal, **values: str) -> str:
    """Return one of the sentences that give the reasons of an entry."""
    return filled(deal.shapes.words["reasons"][key], values) or ""


def title_of(match: Match) -> str:
    """Return what a thing is called: its title, or its id in words."""
    return str(child(match.it, "title") or in_words(match.id))
