"""One file that others subscribe to: several deals, never empty, nothing taken back."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from closer.formats.merging import as_late, moment, over, plain, read

if TYPE_CHECKING:
    from icalendar import Component


class EmptyFeed(ValueError):
    """A feed without an entry would wipe the calendars that subscribe to it."""


def feed(
    calendars: Sequence[bytes], name: str, old: bytes | None, *, forget: date
) -> bytes:
    """Return one calendar of many, over what the feed held before.

    What was dropped stays, cancelled, until its last change is older than `forget`.
    """
    if not calendars:
        raise EmptyFeed
    first, *others = [read(data) for data in calendars]
    zones = {str(z["TZID"]) for z in first.walk("VTIMEZONE")}
    for other in others:
        for each in other.subcomponents:
            if each.name == "VTIMEZONE" and str(each["TZID"]) in zones:
                continue
            zones |= {str(each["TZID"])} if each.name == "VTIMEZONE" else set()
            first.add_component(each)
    first.subcomponents.sort(key=lambda each: each.name != "VTIMEZONE")
    if others:
        from icalendar import vText  # noqa: PLC0415 - only calendars pay for it

        for key in ("NAME", "X-WR-CALNAME"):
            first[key] = vText(name)
    data = bytes(first.to_ical(sorted=True))
    merged = read(over(old, data) if old else data)
    kept = [each for each in merged.subcomponents if not _forgotten(each, forget)]
    merged.subcomponents = kept
    if not merged.walk("VEVENT"):
        raise EmptyFeed
    as_late(merged, merged.walk("VEVENT"))
    return bytes(merged.to_ical(sorted=True))


def _forgotten(component: "Component", forget: date) -> bool:
    if component.name != "VEVENT" or plain(component, "STATUS") != "CANCELLED":
        return False
    return moment(component, "DTSTAMP").date() < forget
