"""What the contract itself gives when something happens, before anyone agrees more.

Driven by the contingency's own terms: from when its clock runs, whether the notice was
in time, which days count. What cannot be told from the facts stated is named, never
guessed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from closer.terms.change import Circumstance
from closer.terms.days import counted
from closer.terms.kinds import Identifier
from closer.terms.model import Terms
from closer.terms.moments import Days
from closer.terms.values import WEEKDAYS, Period

Date = date
Effect = Literal["full", "from notice", "lost", "none", "undetermined"]
"""What is left of the relief: all, the days from notice on, nothing, never any."""

Reason = Literal["", "no business day", "before notice"]

_DAY = timedelta(1)
_TIMELY = ("day for day", "time", "time and cost")


class LostDay(Struct, frozen=True, kw_only=True):
    """A day of the circumstance; `why_not` names the holiday or weekday if known."""

    date: Date
    weekday: str
    counted: bool
    reason: Reason = ""
    why_not: str = ""


class NoticeAnswer(Struct, frozen=True, kw_only=True):
    """Whether the notice was in time; `in_time` is None where nobody can tell.

    `clock` is the day from which the period for notice ran, `last` its last day.
    """

    clock: Date | None = None
    last: Date | None = None
    given: Date | None = None
    received: Date | None = None
    in_time: bool | None = None
    steps: tuple[str, ...] = ()


class Extended(Struct, frozen=True, kw_only=True):
    """One milestone: the days that the contract gives it, and those agreed.

    `exposed` says whether the contingency extends this milestone at all.
    """

    milestone: str
    title: str
    exposed: bool
    given: int | None
    agreed: int | None

    @property
    def beyond(self) -> int | None:
        """Return how many of the agreed days the contract does not give."""
        if self.given is None or self.agreed is None:
            return None
        return max(self.agreed - self.given, 0)


class Relief(Struct, frozen=True, kw_only=True):
    """The answer: what the contract gives, what was agreed, and what is missing.

    `undetermined` holds the paths of what is not stated, `circumstance.last_day_lost`
    or a term that cannot be counted; `long_stop` is the last day of the period after
    which the contract may be ended.
    """

    path: str
    notice: NoticeAnswer
    effect: Effect
    lost: tuple[LostDay, ...] = ()
    given: int | None = None
    cost: bool = False
    extended: tuple[Extended, ...] = ()
    long_stop: Date | None = None
    undetermined: tuple[str, ...] = ()


def relief(
    terms: Terms, circumstance: Circumstance, days: Days, *, after: Days | None = None
) -> Relief:
    """Return what the contract gives for a circumstance.

    `days` are those of the terms before the change; `after` those of the terms after
    it, from which the days agreed follow.
    """
    path = circumstance.under
    row = _row(terms, path)
    if row is None:
        return Relief(
            path=path,
            notice=NoticeAnswer(),
            effect="undetermined",
            undetermined=(path,),
        )
    answer, unknown = _notice(row, circumstance, days)
    effect = _effect(row, answer)
    end, no_end = _last_day(circumstance)
    missing = [*(unknown if effect == "undetermined" else ()), *no_end]
    missing += _uncountable(row, path)
    if not circumstance.affects and getattr(row, "critical_only", False):
        missing.append("circumstance.affects")
    lost = _lost(row, circumstance.began, end, days, _cut(effect, answer))
    given = None if missing else _given(row, effect, lost)
    return Relief(
        path=path,
        notice=answer,
        effect=effect,
        lost=lost,
        given=given,
        cost=getattr(row, "relief", "none") == "time and cost" and effect != "lost",
        extended=tuple(_extended(terms, circumstance, given, days, after)),
        long_stop=_long_stop(row, circumstance.began),
        undetermined=tuple(missing),
    )


def _row(terms: Terms, path: str) -> object | None:
    """Return the contingency that a path names."""
    return getattr(terms.contingencies, path.rpartition(".")[2], None)


def _last_day(circumstance: Circumstance) -> tuple[date | None, tuple[str, ...]]:
    if circumstance.last_day_lost is not None:
        return circumstance.last_day_lost, ()
    if circumstance.work_resumed is not None:
        return circumstance.work_resumed - _DAY, ()
    return None, ("circumstance.last_day_lost",)


def _notice(
    row: object, circumstance: Circumstance, days: Days
) -> tuple[NoticeAnswer, tuple[str, ...]]:
    """Return whether notice was in time, and what is missing to tell.

    Where the clock runs from knowledge, the beginning is the earliest day it can have
    begun: a notice in time from there is in time from any later day.
    """
    period: Period | None = getattr(row, "notice", None)
    given = circumstance.notice
    if period is None:
        return NoticeAnswer(in_time=True), ()
    aware = getattr(row, "notice_from", "began") != "began"
    known = circumstance.aware
    clock = (known if aware else None) or circumstance.began
    time = days.terms.time
    last = counted(period, clock, "after", days.calendar, time)
    if given is None:
        answer = NoticeAnswer(clock=clock, last=last.date, steps=last.steps)
        return answer, ("circumstance.notice.given",)
    received = days.received(given.how, given.given)
    in_time: bool | None = received <= last.date
    unsure = not in_time and aware and known is None
    answer = NoticeAnswer(
        clock=clock,
        last=last.date,
        given=given.given,
        received=received,
        in_time=None if unsure else in_time,
        steps=last.steps,
    )
    return answer, ("circumstance.aware",) if unsure else ()


def _effect(row: object, answer: NoticeAnswer) -> Effect:
    if getattr(row, "relief", "none") not in _TIMELY:
        return "none"
    late = getattr(row, "late_notice", "no effect")
    if late == "no effect" or answer.in_time:
        return "full"
    if answer.in_time is None:
        return "undetermined"
    return "lost" if late == "relief lost" else "from notice"


def _cut(effect: Effect, answer: NoticeAnswer) -> date | None:
    """Return the first day that counts where a late notice costs those before it."""
    return answer.received if effect == "from notice" else None


def _uncountable(row: object, path: str) -> Iterator[str]:
    """Yield a term that takes days away and is in words: only records can tell."""
    gives_time = getattr(row, "relief", "none") in _TIMELY
    if gives_time and getattr(row, "beyond", None) is not None:
        yield f"{path}.beyond"


def _lost(
    row: object, first: date, last: date | None, days: Days, cut: date | None
) -> tuple[LostDay, ...]:
    """Return every day from the first to the last, both included."""
    if last is None:
        return ()
    working = getattr(row, "counts", "calendar days") == "working days"
    length = (last - first).days + 1
    return tuple(
        _day(first + timedelta(number), days, cut, working=working)
        for number in range(length)
    )


def _day(day: date, days: Days, cut: date | None, *, working: bool) -> LostDay:
    weekday = WEEKDAYS[day.weekday()]
    closed = days.calendar.why_not(day) if working else None
    reason: Reason = "no business day" if closed else ""
    if cut is not None and day < cut and not closed:
        reason = "before notice"
    return LostDay(
        date=day,
        weekday=weekday,
        counted=not reason,
        reason=reason,
        why_not=closed or "",
    )


def _given(row: object, effect: Effect, lost: tuple[LostDay, ...]) -> int | None:
    if effect == "undetermined":
        return None
    if effect in ("lost", "none") or getattr(row, "relief", "none") not in _TIMELY:
        return 0
    return sum(day.counted for day in lost)


def _extended(
    terms: Terms,
    circumstance: Circumstance,
    given: int | None,
    days: Days,
    after: Days | None,
) -> Iterator[Extended]:
    contingency = circumstance.under.rpartition(".")[2]
    for path in circumstance.affects:
        name = path.rpartition(".")[2]
        milestone = terms.milestones.get(Identifier(name))
        if milestone is None:
            continue
        open_to = milestone.exposed_to
        exposed = open_to is None or contingency in open_to
        yield Extended(
            milestone=path,
            title=milestone.title,
            exposed=exposed,
            given=given if exposed else 0,
            agreed=_agreed(name, days, after),
        )


def _agreed(name: str, days: Days, after: Days | None) -> int | None:
    """Return by how many days the change moves a milestone, where both are known."""
    was = days.milestone(name, "due").day
    now = after.milestone(name, "due").day if after else None
    return (now - was).days if was and now else None


def _long_stop(row: object, began: date) -> date | None:
    """Return the last of the days after which the contract may be ended."""
    stop = getattr(row, "end_after", None)
    if stop is None or stop.kind != "consecutive":
        return None
    last: date = began + timedelta(stop.days - 1)
    return last
