"""`reasons-N.md`: why an amendment says what it says, for reading and for the file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from closer.drafting.occasion import CompletionTotal, PriceTotal
from closer.drafting.phrases import money
from closer.followup.relief import Extended, LostDay, NoticeAnswer, Relief
from closer.followup.revision import Moved
from closer.terms.values import Money

Wording = Mapping[str, Mapping[str, object]]


class Reasons(Struct, frozen=True, kw_only=True):
    """Everything that the page tells."""

    title: str
    reference: str
    effective: date
    relief: Relief | None = None
    moves: Sequence[Moved] = ()
    price: PriceTotal | None = None
    completion: Sequence[CompletionTotal] = ()


def reasons(told: Reasons, wording: Wording) -> str:
    """Return the page as Markdown."""
    return "\n".join(_Page(wording).lines(told)) + "\n"


class _Page:
    """Writes one page in the words of the library."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def _said(self, section: str, key: str, **fields: object) -> str:
        return str(self._wording[section][key]).format(**fields)

    def _head(self, section: str) -> list[str]:
        head = self._wording[section]["head"]
        return [str(cell) for cell in head] if isinstance(head, list) else []

    def lines(self, told: Reasons) -> Iterator[str]:
        """Yield the lines of the page."""
        yield self._said("frame", "title", title=told.title, reference=told.reference)
        if told.relief is not None:
            yield from ("", self._said("frame", "relief"), "")
            yield from self._relief(told.relief)
        if told.moves:
            yield from ("", self._said("frame", "moved"), "")
            rows = [self._moved(move, told.effective) for move in told.moves]
            yield from _table(self._head("moved"), rows)
        if told.price or told.completion:
            yield from ("", self._said("frame", "totals"), "")
            yield from _table(self._head("totals"), list(self._totals(told)))

    def _relief(self, relief: Relief) -> Iterator[str]:
        if relief.notice.clock is not None:
            yield self._said("notice", "clock", clock=relief.notice.clock)
        yield from relief.notice.steps
        yield from self._notice(relief.notice)
        key = relief.effect.replace(" ", "_")
        yield self._said("effect", key, path=relief.path)
        if relief.cost:
            yield self._said("effect", "cost")
        if relief.undetermined:
            paths = ", ".join(f"`{path}`" for path in relief.undetermined)
            yield self._said("effect", "needed", paths=paths)
        if relief.lost:
            rows = [self._lost(day) for day in relief.lost]
            yield from ("", *_table(self._head("lost"), rows), "")
            number = sum(day.counted for day in relief.lost)
            yield self._said("lost", "total", counted=number, days=len(relief.lost))
        for one in relief.extended:
            yield f"- {self._extended(one)}"
        if relief.long_stop is not None:
            yield from (
                "",
                self._said("effect", "long_stop", long_stop=relief.long_stop),
            )

    def _notice(self, notice: NoticeAnswer) -> Iterator[str]:
        if notice.last is None:
            yield self._said("notice", "not_needed")
        elif notice.received is None:
            yield self._said("notice", "missing", last=notice.last)
        else:
            yield self._said(
                "notice",
                "received",
                given=notice.given,
                received=notice.received,
                last=notice.last,
            )
            answers = {True: "in_time", False: "late", None: "unknown"}
            yield self._said("notice", answers[notice.in_time])

    def _lost(self, day: LostDay) -> list[str]:
        none = self._said("frame", "none")
        why_not = day.why_not or none
        if day.reason == "before notice":
            why_not = self._said("lost", "before_notice")
        counted = self._said("frame", "yes" if day.counted else "no")
        return [str(day.date), day.weekday, counted, why_not]

    def _extended(self, one: Extended) -> str:
        fields = {
            "title": one.title,
            "milestone": one.milestone,
            "given": self._days(one.given),
            "agreed": self._days(one.agreed),
            "beyond": self._days(one.beyond),
        }
        if not one.exposed:
            return self._said("extended", "not_exposed", **fields)
        key = "unknown" if one.given is None or one.agreed is None else "given"
        return self._said("extended", key, **fields)

    def _days(self, number: int | None) -> str:
        if number is None:
            return self._said("frame", "none")
        if abs(number) == 1:
            return self._said("extended", "day") if number > 0 else f"{number}"
        return self._said("extended", "days", number=number)

    def _shift(self, number: int) -> str:
        return self._days(number) if number else self._said("moved", "stays")

    def _moved(self, move: Moved, effective: date) -> list[str]:
        before, after = self._day(move, move.before), self._day(move, move.after)
        if move.before is None or move.after is None:
            by = self._said("moved", "gone" if move.after is None else "new")
        else:
            by = self._shift(move.days or 0)
        why = move.why
        changed = move.before != move.after
        if changed and any(
            day and day < effective for day in (move.before, move.after)
        ):
            why = self._said("moved", "flagged", why=why)
        return [move.title, f"`{move.term}`", before, after, by, why]

    def _day(self, move: Moved, day: date | None) -> str:
        if day is None:
            return self._said("frame", "none")
        text = f"{day:%Y-%m-%d}"
        return self._said("moved", "expected", day=text) if move.expected else text

    def _totals(self, told: Reasons) -> Iterator[list[str]]:
        if price := told.price:
            yield [
                self._said("totals", "price"),
                money(price.original),
                self._more(price.original, price.before),
                self._more(price.before, price.after),
                money(price.after),
            ]
        for one in told.completion:
            yield [
                one.title,
                str(one.original),
                self._shift((one.before - one.original).days),
                self._shift((one.after - one.before).days),
                str(one.after),
            ]

    def _more(self, before: Money, after: Money) -> str:
        change = after.amount - before.amount
        if not change:
            return self._said("frame", "none")
        amount = money(Money(after.currency, abs(change)))
        return self._said("totals", "more" if change > 0 else "less", amount=amount)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield _row(["---"] * len(head))
    for row in rows:
        yield _row(row)


def _row(cells: Sequence[str]) -> str:
    plain = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(plain)} |"
