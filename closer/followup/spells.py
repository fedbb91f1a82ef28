"""What holds for a time only: temporary changes of the terms, waivers of a right."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from closer.followup.deal import Deal, Match, Occasion, said
from closer.followup.shapes import Shape
from closer.followup.wording import in_words
from closer.terms.days import readable, with_weekday
from closer.terms.moments import Resolved
from closer.terms.paths import child, value_at
from closer.terms.record import spells
from closer.terms.resolved import Waived


def spell_ends(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the last day of each temporary change that is still one."""
    amended = deal.terms.amended
    for spell in spells(amended):
        effective = amended[spell.number - 1].effective
        own = replace(match, term=spell.path)
        found = _last_day(spell.until, effective, deal, own)
        values = {
            "what": _called(spell.path, deal),
            "number": str(spell.number),
            "from": readable(effective),
        }
        yield replace(found, number=str(spell.number), values=values)


def _called(path: str, deal: Deal) -> str:
    """Return what a path of the terms is called: titles where there are any."""
    keys = path.split(".")
    named = []
    for length in range(2, len(keys) + 1) if len(keys) > 1 else (1,):
        it = value_at(deal.terms, ".".join(keys[:length]))
        title = child(it, "title")
        named.append(str(title or in_words(keys[length - 1])))
    first, *rest = named
    return ", ".join((first, *(each[:1].lower() + each[1:] for each in rest)))


def waiver_ends(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the last day of each waiver that holds for a time and not for one case."""
    for number, waived in enumerate(deal.days.facts.waived, 1):
        if waived.until is not None:
            yield _of_waiver(waived, waived.until, str(number), deal, match)


def _of_waiver(
    waived: Waived, until: date, number: str, deal: Deal, match: Match
) -> Occasion:
    own = replace(match, term=waived.right, party=(waived.by,))
    found = _last_day(until, waived.since, deal, own)
    values = {"what": waived.what.rstrip("."), "from": readable(waived.since)}
    return replace(found, number=f"waived {number}", values=values)


def _last_day(until: date, since: date, deal: Deal, match: Match) -> Occasion:
    day = Resolved(until, steps=(f"The day is {with_weekday(until)}.",))
    return Occasion(
        match=match,
        day=day,
        written=str(until),
        because=said("fixed", deal),
        ahead=(until - since).days,
    )
