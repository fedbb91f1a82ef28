"""Checks on windows of time: each can be used, and lasts as long as its subject."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from closer.problems import Problem
from closer.terms.checks.finding import found, told
from closer.terms.days import plus, readable
from closer.terms.model import Duration, Option, Terms, Time
from closer.terms.moments import Days
from closer.terms.places import NoDay
from closer.terms.reading import Agreed
from closer.terms.values import Anchor, Period

_OPTION = "duration.option"
_SOME_DAY = date(2001, 2, 1)


def notice_can_still_be_given_when_it_begins(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a last day for notice that has passed when the contract takes effect."""
    days, duration = Days(agreed.terms), agreed.terms.duration or Duration()
    effective = told(partial(days.resolve, Anchor("effective"), "effective"))
    starts = duration.starts or Anchor("effective")
    start = told(partial(days.resolve, starts, "duration.starts"))
    last = _last_notice(days)
    if effective and start and last and start < last < effective:
        yield found(
            agreed,
            "D04",
            "duration.renewal.notice",
            f"The last day for notice is {readable(last)}, before the contract takes "
            f"effect on {readable(effective)}.",
            "The first renewal could not be stopped by anybody who signs today.",
            "Shorten the notice, or let the term start when the contract does.",
        )


def notice_can_still_be_given_when_all_confirm(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a last day for notice that has passed when the terms are confirmed."""
    closing = agreed.terms.closing
    confirmed = [each.on for each in closing.confirmed.values()] if closing else []
    last = _last_notice(Days(agreed.terms))
    if confirmed and last and last < max(confirmed):
        yield found(
            agreed,
            "D04",
            "duration.renewal.notice",
            f"The last day for notice was {readable(last)}, and the terms were "
            f"confirmed on {readable(max(confirmed))}.",
            "The contract renews before anybody has signed it.",
            "Begin later, lengthen the term, or shorten the notice.",
        )


def _last_notice(days: Days) -> date | None:
    try:
        notice = days.non_renewal(1)
    except NoDay:
        return None
    return notice.strict.day if notice else None


def an_option_can_be_used(agreed: Agreed) -> Iterator[Problem]:
    """Hold the window of an option against the term and against its business days."""
    option = agreed.terms.duration.option if agreed.terms.duration else None
    if option is None:
        return
    days = Days(agreed.terms)
    path = f"{_OPTION}.exercise_by"
    last, end = _closes(option, days), told(days.end)
    if option.exercise_by is not None and last and end and last > end:
        yield found(
            agreed,
            "D17",
            path,
            f"The option can be used until {readable(last)}, after the term has ended "
            f"on {readable(end)}.",
            "What has ended cannot be extended; it would have to be agreed anew.",
            "Write a day before the end.",
        )
    if last and option.opens is not None:
        yield from _opening(agreed, option, days, last)


def _closes(option: Option, days: Days) -> date | None:
    """Return the last day of an option: a day of its own, or the notice's."""
    if option.exercise_by is not None:
        path = f"{_OPTION}.exercise_by"
        return told(partial(days.resolve, option.exercise_by, path))
    if option.notice is None:
        return None
    try:
        return days.notice(days.end(), option.notice).strict.day
    except NoDay:
        return None


def _opening(
    agreed: Agreed, option: Option, days: Days, last: date
) -> Iterator[Problem]:
    """Refuse a window that closes before it opens; warn of one without a workday."""
    path = f"{_OPTION}.opens"
    opens = told(partial(days.resolve, option.opens or last, path))
    if opens is None:
        return
    if opens > last:
        yield found(
            agreed,
            "D17",
            path,
            f"The option opens on {readable(opens)} and is lost after "
            f"{readable(last)}.",
            "There is no day on which it could be used.",
            "Let it open before its last day.",
        )
    elif not any(_works(days, opens + timedelta(n)) for n in range(_LONGEST)):
        return
    elif all(
        not _works(days, opens + timedelta(n)) for n in range((last - opens).days + 1)
    ):
        yield found(
            agreed,
            "D12",
            path,
            f"From {readable(opens)} to {readable(last)} there is no business day.",
            "A notice that counts as received on the next one comes too late.",
            "Open the window earlier, or move its last day.",
        )


_LONGEST = 31
"""No place has a month without a business day; where none is known, nothing is said."""


def _works(days: Days, day: date) -> bool:
    try:
        return days.calendar.why_not(day) is None
    except NoDay:
        return False


def what_survives_lasts_as_long_as_its_subject(agreed: Agreed) -> Iterator[Problem]:
    """Warn where a time after the end is shorter than what it is about."""
    for key, path, own in _lasting(agreed.terms):
        said = agreed.terms.survival.get(key)  # type: ignore[call-overload]
        if isinstance(said, Period) and _shorter(said, own):
            yield found(
                agreed,
                "D18",
                f"survival.{key}",
                f"{key} goes on for {said} after the end, and {path} says {own}.",
                "Of two times for one thing, each side reads the one that suits it.",
                f"Write {own}, or correct {path}.",
            )


def a_warranty_survives_for_its_own_time(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a warranty that runs on after what survives of it has ended."""
    warranty, survival = agreed.terms.warranty, agreed.terms.survival
    kept = survival.get("warranty")  # type: ignore[call-overload]
    if warranty is None or not isinstance(kept, Period):
        return
    days = Days(agreed.terms)
    end = told(days.end)
    begins = told(partial(days.resolve, warranty.from_, "warranty.from"))
    if end is None or begins is None or _in_business_days(kept, warranty.lasts):
        return
    over, until = plus(end, kept), plus(begins, warranty.lasts)
    if over < until:
        yield found(
            agreed,
            "D18",
            "survival.warranty",
            f"The warranty goes on to {readable(over)} after the end, and was given "
            f"to {readable(until)}.",
            "A claim that the warranty allows would come after the warranty.",
            "Lengthen the survival, or leave it out: the warranty has its own time.",
        )


def _lasting(terms: Terms) -> Iterator[tuple[str, str, Period]]:
    """Yield what has a time of its own after the end, by its key under `survival`."""
    secrecy, audit, records = terms.confidentiality, terms.audit, terms.records
    if secrecy and secrecy.from_ == Anchor("end"):
        yield "confidentiality", "confidentiality.lasts", secrecy.lasts
    if audit and audit.books_kept:
        yield "audit", "audit.books_kept", audit.books_kept
    if records:
        yield "records", "records.kept", records.kept
    if terms.warranty and terms.warranty.from_ == Anchor("end"):
        yield "warranty", "warranty.lasts", terms.warranty.lasts
    if terms.exit and terms.exit.data_export:
        yield "data", "exit.data_export", terms.exit.data_export


def _in_business_days(*periods: Period) -> bool:
    return any(unit == "business day" for p in periods for _, unit in p.parts)


def _shorter(one: Period, other: Period) -> bool:
    if _in_business_days(one, other):
        return False
    return plus(_SOME_DAY, one) < plus(_SOME_DAY, other)


def a_fixed_day_is_not_that_of_something_that_moves(
    agreed: Agreed,
) -> Iterator[Problem]:
    """Warn of a payment on the very date of a milestone, which would stay behind."""
    terms = agreed.terms
    days = {
        milestone.due: key
        for key, milestone in terms.milestones.items()
        if isinstance(milestone.due, date) and milestone.exposed_to != ()
    }
    for key, payment in (terms.price.payments if terms.price else {}).items():
        if isinstance(payment.due, date) and payment.due in days:
            yield found(
                agreed,
                "D14",
                f"price.payments.{key}.due",
                f"This is the date of the milestone {days[payment.due]}, and not the "
                "milestone.",
                "If the milestone moves, the payment stays and is due before the work.",
                f"Write due: {days[payment.due]}, if the two belong together.",
            )


def a_strict_notice_can_arrive_in_time(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a notice that bars a right and is shorter than its way by courier."""
    terms = agreed.terms
    time, risks = terms.time or Time(), terms.contingencies
    by_email = all(party.notices.email for party in terms.parties.values())
    courier = time.deemed_receipt.courier
    if time.notice_counts_from != "receipt" or by_email or risks is None:
        return
    for name in risks.__struct_fields__:
        row = getattr(risks, name)
        notice = getattr(row, "notice", None)
        strict = getattr(row, "late_notice", "") == "relief lost"
        if not strict or not isinstance(courier, Period):
            continue
        if isinstance(notice, Period) and _fewest(notice) < _fewest(courier):
            yield found(
                agreed,
                "C08",
                f"contingencies.{name}.notice",
                f"A notice within {notice} must arrive in time, a courier takes "
                f"{courier}, and no e-mail address is agreed.",
                "The right would be lost unless the notice is carried there by hand.",
                "Add notices: {email: …} to each party, or lengthen the notice.",
            )


def _fewest(period: Period) -> int:
    per = {"hour": 0, "day": 1, "business day": 1, "week": 7, "month": 28, "year": 365}
    return sum(number * per[unit] for number, unit in period.parts)


CHECKS = (
    notice_can_still_be_given_when_it_begins,
    notice_can_still_be_given_when_all_confirm,
    an_option_can_be_used,
    what_survives_lasts_as_long_as_its_subject,
    a_warranty_survives_for_its_own_time,
    a_fixed_day_is_not_that_of_something_that_moves,
    a_strict_notice_can_arrive_in_time,
)
