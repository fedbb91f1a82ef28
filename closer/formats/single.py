"""One calendar for each entry: what a CalDAV server stores, and what a mail carries.

What is stored says of which deal it is, what was written, and what of it a person would
see. So a server alone is enough to tell our entries from others', and an entry that a
person has moved from one that nobody touched.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from closer.formats.merging import ours, over, plain, read

if TYPE_CHECKING:
    from icalendar import Calendar, Component

_DEAL, _SENT, _SEEN = "X-CLOSER-DEAL", "X-CLOSER-SENT", "X-CLOSER-SEEN"
_MOVABLE = ("SUMMARY", "DTSTART", "DTEND", "RRULE", "STATUS")


class Single(NamedTuple):
    """One entry as a calendar of its own; `day` and `title` are for messages."""

    uid: str
    title: str
    day: str
    cancelled: bool
    data: bytes


class Stored(NamedTuple):
    """What a server holds of one of our entries."""

    uid: str
    title: str
    deal: str
    sent: str
    moved: bool
    cancelled: bool


def singles(data: bytes) -> Iterator[Single]:
    """Yield each entry of a calendar file as a calendar that stands alone."""
    whole = read(data)
    zones = {str(zone["TZID"]): zone for zone in whole.walk("VTIMEZONE")}
    for event in whole.walk("VEVENT"):
        one = _alone(whole, event, zones)
        yield Single(
            uid=str(event["UID"]),
            title=str(event.get("SUMMARY", "")),
            day=_day(event),
            cancelled=_cancelled(event),
            data=bytes(one.to_ical(sorted=True)),
        )


def _alone(
    whole: "Calendar", event: "Component", zones: dict[str, "Component"]
) -> "Calendar":
    from icalendar import Calendar  # noqa: PLC0415 - only calendars pay for it

    one = Calendar()
    one.add("VERSION", "2.0")
    one.add("PRODID", str(whole["PRODID"]))
    zone = getattr(event["DTSTART"], "params", {}).get("TZID")
    if zone in zones:
        one.add_component(zones[str(zone)])
    one.add_component(event)
    return one


def deal_of(data: bytes) -> str:
    """Return by what the entries of a file are known as those of one deal."""
    return str(read(data).get("UID", ""))


def marked(single: Single, deal: str, there: bytes | None = None) -> bytes:
    """Return an entry as it is stored, over what the server holds of it already."""
    from icalendar import vText  # noqa: PLC0415

    merged = read(over(there, single.data) if there else single.data)
    for event in merged.walk("VEVENT"):
        for name in (_DEAL, _SENT, _SEEN):
            event.pop(name, None)
        event.add(_DEAL, vText(deal), encode=False)
        event.add(_SENT, vText(digest(single)), encode=False)
        event.add(_SEEN, vText(_seen(event)), encode=False)
    for name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL", "METHOD"):
        merged.pop(name, None)
    return bytes(merged.to_ical(sorted=True))


def digest(single: Single) -> str:
    """Return by what one writing of an entry is told from the next."""
    return hashlib.sha256(single.data).hexdigest()[:32]


def stored(data: bytes) -> Stored | None:
    """Read what a server holds; None if it is no entry of ours."""
    events = read(data).walk("VEVENT")
    if not events or not ours(str(events[0].get("UID", ""))):
        return None
    master = events[0]
    return Stored(
        uid=str(master["UID"]),
        title=str(master.get("SUMMARY", "")),
        deal=str(master.get(_DEAL, "")),
        sent=str(master.get(_SENT, "")),
        moved=len(events) > 1 or str(master.get(_SEEN, "")) != _seen(master),
        cancelled=_cancelled(master),
    )


def _seen(event: "Component") -> str:
    values = "\n".join(repr(plain(event, name)) for name in _MOVABLE)
    if event.get("EXDATE"):
        values += "\nEXDATE"
    return hashlib.sha256(values.encode()).hexdigest()[:32]


def _cancelled(event: "Component") -> bool:
    return str(event.get("STATUS", "")) == "CANCELLED"


def _day(event: "Component") -> str:
    start = getattr(event["DTSTART"], "dt", None)
    return f"{start:%Y-%m-%d %H:%M}" if isinstance(start, datetime) else f"{start}"
