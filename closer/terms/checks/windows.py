"""Warnings of days that pass unseen: windows, last days for notice, twin dates."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from closer.problems import Problem
from closer.terms.checks.finding import found, told
from closer.terms.days import plus, readable
from closer.terms.model import Option, Terms
from closer.terms.moments import Days
from closer.terms.places import NoDay
from closer.terms.reading import Agreed
from closer.terms.values import Period

_OPTION = "duration.option"
_LONGEST = 14
"""Days of a window that can hold no business day at all; no holidays last longer."""


def notice_can_still_be_given(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a last day for notice that has passed when the terms are confirmed."""
    terms = agreed.terms
    confirmed = terms.closing.confirmed if terms.closing else {}
    if not confirmed or not terms.duration or not terms.duration.renewal:
        return
    latest = max(each.on for each in confirmed.values())
    last = _last_notice(terms)
    if last is not None and last < latest:
        yield found(
            agreed,
            "D04",
            "duration.renewal.notice",
            f"The last day for notice was {readable(last)}, and the terms were "
            f"confirmed on {readable(latest)}.",
            "The contract renews before anybody has signed it.",
            "Begin later, lengthen the term, or shorten the notice.",
        )


def _last_notice(terms: Terms) -> date | None:
    try:
        notice = Days(terms).non_renewal(1)
    except NoDay:
        return None
    return notice.strict.day if notice else None


def an_option_can_be_used(agreed: Agreed) -> Iterator[Problem]:
    """Warn of an option whose window is after the term, or has no business day."""
    option = agreed.terms.duration.option if agreed.terms.duration else None
    if option is None:
        return
    days = Days(agreed.terms)
    end = told(days.end)
    opens, closes = _opens(option, days), _closes(option, days)
    for key, day in (("opens", opens), ("exercise_by", closes)):
        if day and end and day > end and getattr(option, key):
            yield found(
                agreed,
                "D17",
                f"{_OPTION}.{key}",
                f"The option {'opens' if key == 'opens' else 'ends'} on "
                f"{readable(day)}, after the term has ended on {readable(end)}.",
                "There is nothing left to extend.",
                "Move the day before the end of the term.",
            )
            return
    if opens and closes and _all_closed(opens, closes, days):
        yield found(
            agreed,
            "D12",
            f"{_OPTION}.{'opens' if option.opens else 'preliminary_notice'}",
            f"From {readable(opens)} to {readable(closes)} there is no business day.",
            "In such a window nobody may be there to receive a notice.",
            "Open it earlier, or close it later.",
        )


def _opens(option: Option, days: Days) -> date | None:
    if option.opens is None:
        return None
    return told(partial(days.resolve, option.opens, f"{_OPTION}.opens"))


def _closes(option: Option, days: Days) -> date | None:
    if option.exercise_by is not None:
        return told(partial(days.resolve, option.exercise_by, f"{_OPTION}.exercise_by"))
    if option.notice is None:
        return None
    try:
        return days.notice(days.end(), option.notice).strict.day
    except NoDay:
        return None


def _all_closed(first: date, last: date, days: Days) -> bool:
    length = (last - first).days + 1
    if not 0 < length <= _LONGEST:
        return False
    try:
        return not any(
            days.calendar.why_not(first + timedelta(each)) is None
            for each in range(length)
        )
    except NoDay:
        return False


def twin_dates_are_one_day(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a payment on the fixed date of a milestone: only one of them moves."""
    terms = agreed.terms
    dated = {
        milestone.due: name
        for name, milestone in terms.milestones.items()
        if isinstance(milestone.due, date)
    }
    for key, payment in (terms.price.payments if terms.price else {}).items():
        name = dated.get(payment.due) if isinstance(payment.due, date) else None
        if name is not None:
            yield found(
                agreed,
                "D14",
                f"price.payments.{key}.due",
                f"{payment.due} is also the day of the milestone {name}.",
                "If the milestone moves, this day stays, and nobody meant that.",
                f"Write due: {name}, or accept this warning with the reason.",
            )


def what_survives_lasts_as_long_as_its_claims(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a warranty that ends with the contract before its own time is over."""
    warranty, survival = agreed.terms.warranty, agreed.terms.survival
    kept = survival.get("warranty")  # type: ignore[call-overload]
    if warranty is None or not isinstance(kept, Period):
        return
    days = Days(agreed.terms)
    end = told(days.end)
    begins = told(partial(days.resolve, warranty.from_, "warranty.from"))
    if end is None or begins is None:
        return
    over, until = _plus(end, kept), _plus(begins, warranty.lasts)
    if over and until and over < until:
        yield found(
            agreed,
            "D18",
            "survival.warranty",
            f"The warranty goes on to {readable(over)} after the end, and was given "
            f"to {readable(until)}.",
            "A claim that the warranty allows would come after the warranty.",
            "Lengthen the survival, or leave it out: the warranty has its own time.",
        )


def _plus(day: date, period: Period) -> date | None:
    if any(unit == "business day" for _, unit in period.parts):
        return None
    return plus(day, period)


CHECKS = (
    notice_can_still_be_given,
    an_option_can_be_used,
    twin_dates_are_one_day,
    what_survives_lasts_as_long_as_its_claims,
)
