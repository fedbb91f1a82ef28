"""What must be looked at before a last day comes: decisions, reminders, inspections."""

from collections.abc import Iterator

from closer.followup.deal import Deal, Match, Occasion
from closer.followup.renewals import NO_TIME, renewals
from closer.followup.shapes import Shape
from closer.followup.wording import hanging
from closer.terms.days import readable
from closer.terms.model import FollowUp, Option, Renewal, Warranty
from closer.terms.moments import Notice, Resolved
from closer.terms.values import Anchor, Offset


def decide_by(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the day on which a decision must be prepared, ahead of its last day.

    Where it would come before the term that the decision is about, there is none.
    """
    ahead = (deal.terms.follow_up or FollowUp()).decide_before
    for number, notice, begins in _decisions(deal, match):
        day = deal.days.counted(ahead, notice.safe, "before")
        if day.day is None or (begins.day and day.day <= begins.day):
            continue
        safe = readable(notice.safe.day) if notice.safe.day else ""
        moment = Offset(ahead, "before", Anchor("end"))
        yield Occasion(
            match=match,
            day=day,
            number=number,
            written=str(ahead),
            because=hanging(moment, deal.terms, deal.shapes.words),
            values={"number": number, "strict": safe},
        )


def _decisions(deal: Deal, match: Match) -> Iterator[tuple[str, Notice, Resolved]]:
    """Yield each coming notice, and the start of the term that it can end."""
    it = match.it
    if isinstance(it, Option):
        period = it.preliminary_notice or it.notice
        if period is not None:
            yield "1", deal.days.notice(deal.days.end(), period), deal.effective
        elif it.exercise_by is not None:
            last = deal.days.resolve(it.exercise_by, "duration.option.exercise_by")
            yield "1", deal.days.notice(last, NO_TIME), deal.effective
    if not isinstance(it, Renewal):
        return
    for number in renewals(deal):
        notice = deal.days.non_renewal(number)
        begins = deal.days.renewal_day(number - 1) if number > 1 else deal.effective
        if notice:
            yield str(number), notice, begins


def inspection(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the look at what is warranted while a fault can still be claimed."""
    warranty = match.it
    if not isinstance(warranty, Warranty):
        return
    starts = deal.days.resolve(warranty.from_, "warranty.from")
    ends = deal.days.counted(warranty.lasts, starts)
    ahead = (deal.terms.follow_up or FollowUp()).before_warranty_end
    day = deal.days.counted(ahead, ends, "before")
    if day.day is None or starts.day is None or day.day <= starts.day or not ends.day:
        return
    yield Occasion(
        match=match,
        day=day,
        written=str(ahead),
        because=hanging(warranty.from_, deal.terms, deal.shapes.words),
        values={"strict": readable(ends.day)},
    )
