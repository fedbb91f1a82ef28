"""Checks on days: nothing ends before it starts, and every window can be used."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from closer.problems import Problem
from closer.terms.checks.finding import found, told
from closer.terms.days import counted, plus, readable
from closer.terms.model import Duration, Terms
from closer.terms.moments import Days
from closer.terms.places import NoDay
from closer.terms.reading import Agreed
from closer.terms.values import Anchor, Period

_SOME_DAY = date(2001, 2, 1)
"""A day from which months are as short as they can be."""
"""Lengths of periods are compared by counting them from one and the same day."""


def effective_is_a_date_or_signing(agreed: Agreed) -> Iterator[Problem]:
    """Refuse an effective day that hangs on anything but the last signature."""
    effective = agreed.terms.effective
    if not isinstance(effective, date) and effective != Anchor("signing"):
        yield found(
            agreed,
            "D31",
            "effective",
            f"`{effective}` cannot be the effective day.",
            "Everything else is counted from it, so it must be plain.",
            "Write a date, or signing: the day of the last signature.",
        )


def a_duration_has_an_end(agreed: Agreed) -> Iterator[Problem]:
    """Ask a duration for its end or its length."""
    duration = agreed.terms.duration
    if duration and duration.ends is None and duration.lasts is None:
        yield found(
            agreed,
            "D35",
            "duration",
            "The duration has neither an end nor a length.",
            "What has no end can be ended by anybody at any time, or by nobody.",
            "Add lasts: a period, or ends: a moment.",
        )


def end_and_length_agree(agreed: Agreed) -> Iterator[Problem]:
    """Hold an end against a length where the file gives both."""
    duration = agreed.terms.duration
    if duration is None or duration.ends is None or duration.lasts is None:
        return
    days = Days(agreed.terms)
    ends = told(days.end)
    by_length = told(partial(days.by_length, duration))
    if ends and by_length and ends != by_length:
        yield found(
            agreed,
            "D07",
            "duration.lasts",
            f"The end is {readable(ends)}, but {duration.lasts} end on "
            f"{readable(by_length)}.",
            "Two statements of one day that differ are a dispute about that day.",
            "Leave out ends or lasts, or say ends_on: day before.",
        )


def nothing_ends_before_it_starts(agreed: Agreed) -> Iterator[Problem]:
    """Refuse an end on or before the first day."""
    start, end = _span(agreed.terms)
    if agreed.terms.duration and start and end and end <= start:
        path = "ends" if agreed.terms.duration.ends else "lasts"
        yield found(
            agreed,
            "D01",
            f"duration.{path}",
            f"The contract ends on {readable(end)} and starts on {readable(start)}.",
            "A contract that ends before it starts binds nobody.",
            "Correct the start or the end.",
        )


def milestones_come_before_the_end(agreed: Agreed) -> Iterator[Problem]:
    """Warn of milestones that fall after the contract has ended."""
    days = Days(agreed.terms)
    end = told(days.end)
    for name, milestone in agreed.terms.milestones.items():
        due = told(partial(days.milestone, name, "due"))
        if due and end and due > end:
            yield found(
                agreed,
                "D30",
                f"milestones.{name}.due",
                f"{milestone.title} is due on {readable(due)}, after the contract has "
                f"ended on {readable(end)}.",
                "Whether it is still owed then would be disputed.",
                "Move the milestone or the end.",
            )


def notice_can_be_given_in_the_term(agreed: Agreed) -> Iterator[Problem]:
    """Warn where the last day for notice is no later than the first day of the term."""
    duration = agreed.terms.duration
    if duration is None or duration.renewal is None:
        return
    start, end = _span(agreed.terms)
    notice = duration.renewal.notice
    last = _before(agreed.terms, end, notice) if end else None
    if start is None or end is None or last is None or end <= start or last > start:
        return
    code, how = ("D03", "on") if last == start else ("D02", "before")
    yield found(
        agreed,
        code,
        "duration.renewal.notice",
        f"The last day for a notice of {notice} is {readable(last)}, {how} the first "
        "day of the term.",
        "The contract would renew before anybody could stop it.",
        "Shorten the notice or lengthen the term.",
    )


def notice_can_be_given_in_a_renewal(agreed: Agreed) -> Iterator[Problem]:
    """Warn where a renewal is no longer than the notice that would end it."""
    renewal = agreed.terms.duration.renewal if agreed.terms.duration else None
    if renewal is None or renewal.times == 1:
        return
    length, notice = (
        _reach(agreed.terms, renewal.for_),
        _reach(agreed.terms, renewal.notice),
    )
    if length and notice and notice >= length:
        yield found(
            agreed,
            "R02",
            "duration.renewal.notice",
            f"A notice of {renewal.notice} is as long as a renewal of {renewal.for_}, "
            "or longer.",
            "In a renewal the last day for notice has passed when it begins.",
            "Shorten the notice or lengthen the renewal.",
        )


def an_option_opens_before_it_closes(agreed: Agreed) -> Iterator[Problem]:
    """Refuse an option whose first day comes after its last one."""
    duration = agreed.terms.duration
    option = duration.option if duration else None
    if option is None or option.opens is None:
        return
    days, path = Days(agreed.terms), "duration.option"
    opens = days.resolve(option.opens, f"{path}.opens").day
    last = None
    if option.exercise_by is not None:
        last = days.resolve(option.exercise_by, f"{path}.exercise_by").day
    elif option.notice is not None:
        last = days.notice(days.end(), option.notice).strict.day
    if opens and last and last < opens:
        yield found(
            agreed,
            "D44",
            f"{path}.opens",
            f"The option opens on {readable(opens)}, after its last day, "
            f"{readable(last)}.",
            "There is no day on which it can be used.",
            "Let it open earlier, or move its last day.",
        )


def a_long_stop_can_be_reached(agreed: Agreed) -> Iterator[Problem]:
    """Refuse days in total within a span that has fewer days, or that is never used."""
    contingencies = agreed.terms.contingencies
    for name in ("force_majeure", "supply_shortage", "suspension"):
        stop = getattr(getattr(contingencies, name, None), "end_after", None)
        span = stop.in_any_days if stop else None
        if stop is None or span is None:
            continue
        total = stop.kind == "in total"
        if total and span > stop.days:
            continue
        what = "no longer than the days themselves" if total else "for days in a row"
        yield found(
            agreed,
            "D45",
            f"contingencies.{name}.end_after.in_any_days",
            f"A span of {span} days for {stop.days} days of it is {what}.",
            "A span says how close to each other days in total must be.",
            "Add kind: in total and a longer span, or leave it out.",
        )


def each_obligation_has_its_day(agreed: Agreed) -> Iterator[Problem]:
    """Ask every obligation for a day or a rhythm, and for one of them only."""
    for key, obligation in agreed.terms.obligations.items():
        if obligation.due is None and obligation.every is None:
            yield found(
                agreed,
                "D40",
                f"obligations.{key}",
                f"Nothing says when {key} is due.",
                "A duty without a day is never late.",
                "Add due: a moment, or every: a rhythm. If it is owed all along, say "
                "so in closing.accepted.D40.",
            )
        if obligation.due is not None and obligation.every is not None:
            yield found(
                agreed,
                "D41",
                f"obligations.{key}.every",
                f"{key} is due once and again and again.",
                "Is it owed once or many times?",
                "Keep due or every, or write two obligations.",
            )


def _span(terms: Terms) -> tuple[date | None, date | None]:
    days = Days(terms)
    duration = terms.duration or Duration()
    starts = duration.starts or Anchor("effective")
    start = told(partial(days.resolve, starts, "duration.starts"))
    return start, told(days.end)


def _before(terms: Terms, day: date, period: Period) -> date | None:
    try:
        return counted(period, day, "before", Days(terms).calendar, terms.time).date
    except NoDay:
        return None


def _reach(terms: Terms, period: Period) -> date | None:
    """Return the day that a period reaches from some day, to compare lengths."""
    try:
        if all(unit != "business day" for _, unit in period.parts):
            return plus(_SOME_DAY, period)
        return counted(period, _SOME_DAY, "after", Days(terms).calendar, None).date
    except NoDay:
        return None


CHECKS = (
    effective_is_a_date_or_signing,
    a_duration_has_an_end,
    end_and_length_agree,
    nothing_ends_before_it_starts,
    milestones_come_before_the_end,
    notice_can_be_given_in_the_term,
    notice_can_be_given_in_a_renewal,
    an_option_opens_before_it_closes,
    a_long_stop_can_be_reached,
    each_obligation_has_its_day,
)
