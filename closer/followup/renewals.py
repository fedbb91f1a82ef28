"""How a contract ends or goes on: renewals, options, and the notices about them."""

from collections.abc import Iterator
from itertools import count, islice

from msgspec.structs import replace

from closer.followup.deal import A_DAY, Deal, Match, Occasion, between, on_moment
from closer.followup.sending import sent_by
from closer.followup.shapes import Shape
from closer.followup.wording import filled, hanging
from closer.terms.days import plus, readable
from closer.terms.model import Duration, Option, Renewal, Time
from closer.terms.moments import Notice, Resolved
from closer.terms.values import Anchor, Offset, Period, take_period

NO_TIME = Period(((0, "day"),))
"""Where the last day is itself agreed, nothing is counted back from it."""


def ends(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the end of the first term and of each renewal.

    After the last renewal the contract ends without an act of anybody.
    """
    duration = match.it
    if not isinstance(duration, Duration):
        return
    renewal, listed = duration.renewal, list(renewals(deal))
    told, stays = deal.days.facts.renewals, deal.days.facts.stays
    moment = duration.ends
    if moment is None and duration.lasts:
        starts = duration.starts or Anchor("effective")
        moment = Offset(duration.lasts, "after", starts)
    if moment is None:
        return
    first = on_moment(moment, deal.days.end(), deal, replace(match, term="duration"))
    final = stays or bool(renewal and renewal.times == len(listed))
    for number in range(len(listed) + final or 1):
        variant = "renews" if listed and number == 0 else "renewed" if number else ""
        if number < told:
            variant = "goes on"
        elif final and number == len(listed):
            variant = "" if stays else "last"
        values = {"before": str(number)}
        notice = deal.days.non_renewal(number + 1) if number < len(listed) else None
        if notice and notice.strict.day:
            values["strict"] = readable(notice.strict.day)
        yield replace(
            first,
            day=deal.days.end(number),
            number=str(number),
            variant=variant,
            values=values,
        )


def renewals(deal: Deal) -> Iterator[int]:
    """Yield the renewals to list: all that were told, and those within the horizon.

    The horizon begins with the end of the term that runs, and holds at least two.
    """
    duration = deal.terms.duration
    first, told = deal.days.current_end().day, deal.days.facts.renewals
    if duration is None or duration.renewal is None:
        return
    times = duration.renewal.times
    numbers = count(1) if times == "unlimited" else iter(range(1, times + 1))
    if deal.days.facts.stays:
        numbers = iter(range(1, told + 1))
    if first is None:
        yield from islice(numbers, told + 2)
        return
    for number in numbers:
        ends = deal.days.end(number - 1).day
        if number > told + 2 and (ends is None or ends > deal.limit(first)):
            return
        yield number


def renewal_notices(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the last day for the notice against each of the next renewals."""
    if isinstance(match.it, Renewal):
        alone = "non-renewal" not in (deal.terms.time or Time()).email.not_alone_for
        for number in renewals(deal):
            notice = deal.days.non_renewal(number)
            if notice:
                period = match.it.notice
                yield _notice(notice, period, str(number), deal, match, alone=alone)


def before_renewals(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield a day so long before the first day of each of the next renewals."""
    text = filled(shape.day or "", {}, match.it)
    period = text and take_period(text.split(), text)[0]
    for number in renewals(deal) if period else ():
        begins = deal.days.renewal_day(number)
        day = deal.days.counted(period, begins, "before") if period else begins
        yield _of_renewal(number, begins, day, deal, match)


def at_renewals(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the first day of each of the next renewals."""
    for number in renewals(deal):
        begins = deal.days.renewal_day(number)
        yield _of_renewal(number, begins, begins, deal, match)


def _of_renewal(
    number: int, begins: Resolved, day: Resolved, deal: Deal, match: Match
) -> Occasion:
    first = readable(begins.day) if begins.day else ""
    return Occasion(
        match=match,
        day=day,
        number=str(number),
        written=f"renewal {number}",
        because=hanging(Anchor("renewal"), deal.terms, deal.shapes.words),
        ahead=between(deal.days.end(number - 1), day),
        values={"number": str(number), "from": first},
    )


def option_notices(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the last day for exercising an option, and for announcing it."""
    option = match.it
    if not isinstance(option, Option):
        return
    if option.preliminary_notice:
        early = deal.days.notice(deal.days.end(), option.preliminary_notice)
        found = _notice(early, option.preliminary_notice, "preliminary 1", deal, match)
        yield replace(found, variant="preliminary")
    yield from _exercise(option, deal, match)


def _exercise(option: Option, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the last safe day for the notice that exercises an option."""
    if option.exercise_by is not None:
        last = deal.days.resolve(option.exercise_by, "duration.option.exercise_by")
        notice = deal.days.notice(last, NO_TIME)
        found = _notice(notice, NO_TIME, "1", deal, match)
        written = on_moment(option.exercise_by, found.day, deal, match)
        ahead = between(deal.effective, notice.strict)
        yield replace(
            found, written=written.written, because=written.because, ahead=ahead
        )
    elif option.notice is not None:
        notice = deal.days.notice(deal.days.end(), option.notice)
        yield _notice(notice, option.notice, "1", deal, match)


def option_windows(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the days from the opening of an option, or its announcement, to its end."""
    option = match.it
    if not isinstance(option, Option):
        return
    opens = Resolved(None)
    if option.opens is not None:
        opens = deal.days.resolve(option.opens, "duration.option.opens")
    elif option.preliminary_notice:
        early = deal.days.notice(deal.days.end(), option.preliminary_notice)
        opens = deal.days.counted(A_DAY, early.strict)
    for found in _exercise(option, deal, match) if opens.day else ():
        yield replace(found, opens=opens, strict=None)


def _notice(
    notice: Notice,
    period: Period,
    number: str,
    deal: Deal,
    match: Match,
    *,
    alone: bool = True,
) -> Occasion:
    moment = Offset(period, "before", Anchor("end"))
    cut_off = (deal.terms.time or Time()).cut_off
    values = {"number": number.rpartition(" ")[2], "cut_off": f"{cut_off:%H:%M}"}
    if notice.strict.day:
        values["strict"] = readable(notice.strict.day)
    values |= sent_by(notice.sent_by, deal, alone=alone)
    return Occasion(
        match=match,
        day=notice.safe,
        number=number,
        strict=notice.strict,
        written=str(moment),
        because=hanging(moment, deal.terms, deal.shapes.words),
        ahead=_length(period, notice),
        values=values,
    )


def _length(period: Period, notice: Notice) -> int | None:
    """Return how many days a notice period has, counted back from its strict day."""
    day = notice.strict.day
    return None if day is None else (plus(day, period) - day).days
