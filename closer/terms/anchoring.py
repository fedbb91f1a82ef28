"""What a moment hangs on: which milestone, and which of its days.

Duties hang on due days, money and warranty on the event itself; so what a bare
milestone means is decided by the section in which it stands.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from closer.terms.kinds import Identifier
from closer.terms.model import Milestone, Terms
from closer.terms.values import Anchor, Extreme, Moment, Offset, Period

HANGS_ON_THE_EVENT = frozenset(
    {
        "price",
        "warranty",
        "survival",
        "duration",
        "intellectual_property",
        "confidentiality",
    }
)
"""Sections of money and warranty, where a bare milestone means the event itself."""
DUTIES_AMONG_THEM = ("price.allowances.",)
"""What is to be done by a day, though it stands in a section of money."""


def anchored(moment: Moment, path: str, terms: Terms) -> Moment:
    """Say what a bare milestone stands for in the section in which it stands."""
    if isinstance(moment, Offset):
        return replace(moment, of=anchored(moment.of, path, terms))
    if isinstance(moment, Extreme):
        first, second = (anchored(one, path, terms) for one in moment.of)
        return replace(moment, of=(first, second))
    if not isinstance(moment, Anchor) or moment.fact:
        return moment
    milestone = terms.milestones.get(Identifier(moment.name))
    if milestone is None:
        return moment
    money = path.partition(".")[0] in HANGS_ON_THE_EVENT
    if not money or path.startswith(DUTIES_AMONG_THEM):
        return Anchor(moment.name, "due")
    return Anchor(moment.name, "accepted" if accepts(milestone, terms) else "met")


def accepts(milestone: Milestone, terms: Terms) -> Period | None:
    """Return how long the recipient has to accept what a milestone delivers."""
    delivered = terms.deliverables.get(milestone.delivers or Identifier(""))
    return delivered.accept.within if delivered and delivered.accept else None


def anchors(moment: Moment | None) -> Iterator[Anchor]:
    """Yield everything that a moment hangs on, as it was written."""
    if isinstance(moment, Anchor):
        yield moment
    elif isinstance(moment, Offset):
        yield from anchors(moment.of)
    elif isinstance(moment, Extreme):
        for one in moment.of:
            yield from anchors(one)


def hangs_on(anchor: Anchor, terms: Terms) -> list[Anchor]:
    """Return the days that must be known before this one can be, or be expected."""
    name, fact = anchor.name, anchor.fact
    if name == "signing":
        return []
    if name == "renewal":
        return [Anchor("end")]
    if fact in ("met", "accepted"):
        return [Anchor(name, "due" if fact == "met" else "met")]
    moment: Moment | None = terms.effective if name == "effective" else None
    section = "effective"
    if name == "end" and terms.duration:
        starts = terms.duration.starts or Anchor("effective")
        moment, section = terms.duration.ends or starts, "duration"
    elif milestone := terms.milestones.get(Identifier(name)):
        moment, section = milestone.due, "milestones"
    said = (anchored(one, section, terms) for one in anchors(moment))
    return [one for one in said if isinstance(one, Anchor)]
