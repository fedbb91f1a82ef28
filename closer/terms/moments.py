"""The days of one deal: each moment of its terms resolved as far as facts allow.

What was agreed and what has happened are two things. A day that hangs on something
that has not happened is no day: it is *expected*, and says what it waits for.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from closer.terms.anchoring import accepts, anchored, anchors, hangs_on
from closer.terms.days import Day, Direction, business_days, counted, with_weekday
from closer.terms.kinds import Identifier
from closer.terms.model import (
    DeemedReceipt,
    Duration,
    Milestone,
    Renewal,
    Terms,
    Time,
)
from closer.terms.resolved import (
    TERMINATED,
    Facts,
    Notice,
    Resolved,
    a_day,
    as_it_happened,
    ended_early,
    gone_on,
    named,
    time_of,
)
from closer.terms.values import Anchor, Extreme, Fact, Moment, Offset, Period

__all__ = [
    "Days",
    "Facts",
    "Notice",
    "Resolved",
    "accepts",
    "anchored",
    "anchors",
    "hangs_on",
]

_DAY = timedelta(1)


class Days:
    """The days of one deal, with the facts known so far.

    A moment that leads back to itself has no day; `checks` names the circle.
    """

    def __init__(self, terms: Terms, facts: Facts | None = None) -> None:
        self.terms = terms
        self.facts = facts or Facts()
        self.calendar = business_days(terms.time)
        self._known: dict[str, Resolved | None] = {}
        self._notices: dict[int, Notice | None] = {}

    def resolve(self, moment: Moment, path: str) -> Resolved:
        """Return the day of a moment that stands at `path` of the terms."""
        if isinstance(moment, date):
            return Resolved(moment, steps=(f"The day is {with_weekday(moment)}.",))
        if isinstance(moment, Offset):
            of = self.resolve(moment.of, path)
            if (moment.of, moment.direction) == (Anchor("end"), "after"):
                of = self.last_end()
            return self.counted(moment.period, of, moment.direction)
        if isinstance(moment, Extreme):
            return self._extreme(moment, path)
        explicit = anchored(moment, path, self.terms)
        return self._anchor(explicit if isinstance(explicit, Anchor) else moment)

    def milestone(self, milestone: str, fact: Fact) -> Resolved:
        """Return the day on which a milestone is due, was met or was accepted."""
        return self._anchor(Anchor(milestone, fact))

    def counted(
        self, period: Period, start: Resolved, direction: Direction = "after"
    ) -> Resolved:
        """Count a period from a day, or from the day on which it is expected."""
        time = self.terms.time
        return gone_on(
            start, lambda day: counted(period, day, direction, self.calendar, time)
        )

    def rolled(self, resolved: Resolved) -> Resolved:
        """Move a payment or an answer to a business day, as `time.roll` says."""
        how = self.terms.time.roll if self.terms.time else "following"
        return gone_on(resolved, lambda day: self.calendar.roll(day, how))

    def payment(self, payment: str) -> Resolved:
        """Return the day on which a payment is due, moved to a business day.

        What is counted from the same anchor runs from the anchor, never from here.
        """
        price = self.terms.price
        agreed = price.payments.get(Identifier(payment)) if price else None
        if agreed is None or agreed.due is None:
            return Resolved(None)
        due = agreed.due
        return self.rolled(self.resolve(due, f"price.payments.{payment}.due"))

    def answer(
        self, period: Period, start: Resolved | Moment, path: str = ""
    ) -> Resolved:
        """Return the day by which a party must answer, moved to a business day."""
        if not isinstance(start, Resolved):
            start = self.resolve(start, path)
        return self.rolled(self.counted(period, start))

    def end(self, renewal: int = 0) -> Resolved:
        """Return the end of the initial term, or of the nth renewal.

        A renewal that the deal does not have has no day.
        """
        return self._once(f"end {renewal}", lambda: self._end(renewal))

    def current_end(self) -> Resolved:
        """Return the end of the term that runs, after every renewal that was told."""
        if TERMINATED in self.facts.happened:
            return self.end()
        return self.end(self.facts.renewals)

    def last_end(self) -> Resolved:
        """Return the end from which the time after the contract is counted.

        A contract that may renew is expected to end with the term that runs, so that
        nothing that comes after comes too late; each renewal that was told moves it. It
        is certain once no renewal is left, or it was told that none comes.
        """
        renewal = self.terms.duration.renewal if self.terms.duration else None
        if renewal is None:
            return self._anchor(Anchor("end"))
        end, facts = self.current_end(), self.facts
        if facts.stays or facts.renewals == renewal.times or end.day is None:
            return named(end, "The term ends on")
        said = f"If it is not renewed, the contract ends on {with_weekday(end.day)}."
        return Resolved(None, end.day, end.waits_for or "end", (*end.steps, said))

    def renewal_day(self, renewal: int) -> Resolved:
        """Return the day on which the nth renewal begins; the first is number 1.

        Where the term lasts to an anniversary, that is the day of the renewal too;
        where it ends the day before, or on a day of its own, it is the day after.
        """
        end, duration = self.end(renewal - 1), self.terms.duration
        if duration and not duration.ends and duration.ends_on == "anniversary":
            return end
        return gone_on(end, lambda day: a_day("The renewal begins on", day + _DAY))

    def non_renewal(self, renewal: int) -> Notice | None:
        """Return the last day for the notice that stops the nth renewal."""
        if renewal not in self._notices:
            self._notices[renewal] = self._non_renewal(renewal)
        return self._notices[renewal]

    def _non_renewal(self, renewal: int) -> Notice | None:
        agreed = self.terms.duration.renewal if self.terms.duration else None
        if agreed is None or not _happens(agreed, renewal):
            return None
        if agreed.counted_to == "end":
            return self.notice(self.end(renewal - 1), agreed.notice)
        return self.notice(self.renewal_day(renewal), agreed.notice)

    def notice(self, counted_to: Resolved, period: Period) -> Notice:
        """Return the strict and the safe last day for a notice before a day."""
        strict = self.counted(period, counted_to, "before")
        last = strict.day
        if last is None:
            return Notice(strict, strict, {})
        sent_by = self.sent_by(last)
        step = "In time is a notice sent before the cut-off on"
        safe = gone_on(strict, lambda _: a_day(step, max(sent_by.values())))
        return Notice(strict, safe, sent_by)

    def sent_by(self, last: date) -> dict[str, date]:
        """Return the last day of each agreed way of sending for a notice by a day."""
        return {way: self._last_sending(way, last) for way in self._ways()}

    def received(self, way: str, sent: date) -> date:
        """Return the business day on which a notice sent so counts as given."""
        time = self.terms.time or Time()
        receipt = getattr(time.deemed_receipt, way)
        if isinstance(receipt, Period) and time.notice_counts_from == "receipt":
            sent = counted(receipt, sent, "after", self.calendar, time).date
        return self.calendar.nearest(sent, 1)

    def _ways(self) -> list[str]:
        """Return the agreed ways of sending; e-mail needs an address on each side."""
        reachable = all(party.notices.email for party in self.terms.parties.values())
        ways = list(DeemedReceipt.__struct_fields__)
        return [way for way in ways if way != "email" or reachable]

    def _last_sending(self, way: str, strict: date) -> date:
        day = self.calendar.nearest(strict, -1)
        while self.received(way, day) > strict:
            day = self.calendar.nearest(day - _DAY, -1)
        return day

    def _extreme(self, moment: Extreme, path: str) -> Resolved:
        both = [self.resolve(one, path) for one in moment.of]
        steps = both[0].steps + both[1].steps
        waits_for = next((one.waits_for for one in both if not one.date), None)
        days = [day for day in (one.day for one in both) if day]
        if not days or (len(days) < 2 and moment.which == "later"):
            return Resolved(None, None, waits_for, steps)
        day = max(days) if moment.which == "later" else min(days)
        said = f"The {moment.which} of them is {with_weekday(day)}."
        if all(one.date for one in both):
            return Resolved(day, steps=(*steps, said))
        return Resolved(None, day, waits_for, (*steps, said))

    def _anchor(self, anchor: Anchor) -> Resolved:
        """Find the day of an anchor, after those it hangs on: chains can be long."""
        for one in self._in_turn(anchor):
            self._once(str(one), partial(self._found, one))
        return self._known[str(anchor)] or Resolved(None)

    def _in_turn(self, anchor: Anchor) -> list[Anchor]:
        order: list[Anchor] = []
        seen = set(self._known)
        waiting = [(anchor, False)]
        while waiting:
            one, ready = waiting.pop()
            if ready:
                order.append(one)
            elif str(one) not in seen:
                seen.add(str(one))
                needs = hangs_on(one, self.terms)
                waiting += [(one, True), *((before, False) for before in needs)]
        return order

    def _once(self, key: str, find: Callable[[], Resolved]) -> Resolved:
        """Find a day once; a day that is asked for while it is looked for has none."""
        if key not in self._known:
            self._known[key] = None
            try:
                self._known[key] = find()
            finally:
                if self._known[key] is None:
                    del self._known[key]
        return self._known[key] or Resolved(None)

    def _found(self, anchor: Anchor) -> Resolved:
        name = anchor.name
        if name == "signing":
            return as_it_happened(self.facts.signed, name, "The last signature was on")
        if name == "effective":
            effective = self.resolve(self.terms.effective, name)
            return named(
                effective, "The agreement takes effect on", self.terms.effective
            )
        if name == "end":
            return named(self.end(), "The term ends on")
        if name == "renewal":
            return self.renewal_day(1)
        milestone = self.terms.milestones.get(Identifier(name))
        if milestone is None:
            return as_it_happened(self._last(name), name, f"“{name}” happened on")
        if anchor.fact in ("met", "accepted"):
            return self._event(milestone, anchor)
        due = self.resolve(milestone.due, f"milestones.{name}.due")
        return named(due, f"“{milestone.title}” is due on", milestone.due)

    def _last(self, event: str) -> date | None:
        """Return the day of an event; of disclosures, that of the last recorded.

        Each disclosure has its own time, and what hangs on all of them waits for it.
        """
        known = self.facts.happened
        if event != "disclosure":
            return known.get(event)
        days = (day for name, day in known.items() if time_of(name)[0] == event)
        return max(days, default=None)

    def _event(self, milestone: Milestone, anchor: Anchor) -> Resolved:
        happened = self.facts.happened.get(str(anchor))
        title, fact = milestone.title, anchor.fact
        if happened:
            return as_it_happened(happened, str(anchor), f"“{title}” was {fact} on")
        planned = self.milestone(anchor.name, "due" if fact == "met" else "met")
        within = accepts(milestone, self.terms)
        if fact == "accepted" and within:
            planned = self.counted(within, planned)
        steps = planned.steps
        if planned.day:
            day = with_weekday(planned.day)
            steps = (*steps, f"“{title}” is expected to be {fact} on {day}.")
        return Resolved(None, planned.day, str(anchor), steps)

    def _end(self, renewal: int) -> Resolved:
        ended = self.facts.happened.get(TERMINATED)
        if ended is not None:
            return ended_early(ended) if renewal == 0 else Resolved(None)
        duration = self.terms.duration
        if duration is None:
            return Resolved(None)
        if renewal == 0:
            if duration.ends is None:
                return self.by_length(duration)
            return self.resolve(duration.ends, "duration.ends")
        agreed = duration.renewal
        if agreed is None or not _happens(agreed, renewal):
            return Resolved(None)
        before = timedelta(duration.ends_on == "day before")
        if duration.lasts:
            return self.by_length(duration, _joined(duration.lasts, agreed, renewal))
        length = Period(tuple((renewal * n, unit) for n, unit in agreed.for_.parts))
        return gone_on(
            self.end(), lambda day: self._lasting(length, day + before, duration)
        )

    def by_length(self, duration: Duration, length: Period | None = None) -> Resolved:
        """Return the end that a duration has by its length alone, or by another."""
        length = length or duration.lasts
        if length is None:
            return Resolved(None)
        starts = duration.starts or Anchor("effective")
        return gone_on(
            self.resolve(starts, "duration.starts"),
            lambda day: self._lasting(length, day, duration),
        )

    def _lasting(self, length: Period, start: date, duration: Duration) -> Day:
        """Return the last day of a term; `ends_on` decides, not `count_trigger_day`."""
        reached = counted(length, start, "after", self.calendar, None)
        if duration.ends_on == "anniversary":
            return reached
        last = reached.date - _DAY
        said = f"The term ends the day before, on {with_weekday(last)}."
        return Day(last, (*reached.steps, said))


def _joined(first: Period, renewal: Renewal, times: int) -> Period:
    """Return a term and its renewals as one period, which runs from the first start."""
    joined = dict.fromkeys(unit for _, unit in (*first.parts, *renewal.for_.parts))
    return Period(
        tuple(
            (
                sum(n for n, own in first.parts if own == unit)
                + times * sum(n for n, own in renewal.for_.parts if own == unit),
                unit,
            )
            for unit in joined
        )
    )


def _happens(renewal: Renewal, number: int) -> bool:
    return number >= 1 and (renewal.times == "unlimited" or number <= renewal.times)
