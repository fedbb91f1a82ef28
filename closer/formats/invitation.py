"""Each entry as a mail that calendars answer to: a request, or its cancellation.

The MIME type and the calendar inside name the same method; nothing of the clock or of
chance goes in, so that the same revision is the same message.
"""

from collections.abc import Iterator, Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from closer.formats.merging import moment, read
from closer.formats.single import singles


class Invitation(NamedTuple):
    """One message; `name` is that of its file."""

    name: str
    identity: str
    title: str
    data: bytes


def invitations(
    data: bytes,
    organizer: str,
    attendees: Mapping[str, Sequence[str]],
    prefixes: tuple[str, str] = ("Updated: ", "Cancelled: "),
) -> Iterator[Invitation]:
    """Yield one message for each entry; `attendees` are addresses by UID."""
    for single in singles(data):
        people = attendees.get(single.uid, ())
        if people:
            yield _invitation(single.data, organizer, people, prefixes)


def _invitation(
    data: bytes, organizer: str, people: Sequence[str], prefixes: tuple[str, str]
) -> Invitation:
    from icalendar import vCalAddress, vText  # noqa: PLC0415 - only calendars pay

    one = read(data)
    [event] = one.walk("VEVENT")
    cancelled = str(event.get("STATUS", "")) == "CANCELLED"
    method = "CANCEL" if cancelled else "REQUEST"
    one.add("METHOD", method)
    event["ORGANIZER"] = vCalAddress(f"mailto:{organizer}")
    for person in people:
        guest = vCalAddress(f"mailto:{person}")
        guest.params["ROLE"] = vText("REQ-PARTICIPANT")
        guest.params["PARTSTAT"] = vText("NEEDS-ACTION")
        guest.params["RSVP"] = vText("FALSE")
        event.add("ATTENDEE", guest, encode=False)
    name = str(event["UID"]).partition("@")[0]
    number = int(event.get("SEQUENCE", 0))
    identity = f"{name}.{number}@closer.invalid"
    updated, gone = prefixes
    prefix = gone if cancelled else updated if number else ""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = organizer, ", ".join(people)
    title = str(event.get("SUMMARY", ""))
    message["Subject"] = prefix + title
    message["Date"] = format_datetime(moment(event, "DTSTAMP"))
    message["Message-ID"] = f"<{identity}>"
    _filled(message, bytes(one.to_ical(sorted=True)), method, f"{name[:8]}-{number}")
    return Invitation(f"{name}-{number}.eml", identity, title, message.as_bytes())


def _filled(message: EmailMessage, data: bytes, method: str, mark: str) -> None:
    """Put the text, the calendar part that programs read, and the file into it."""
    [event] = read(data).walk("VEVENT")
    message.set_content(f"{event.get('DESCRIPTION', '')}\n")
    message.add_alternative(
        data,
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"charset": "UTF-8", "method": method, "component": "VEVENT"},
    )
    message.add_attachment(
        data,
        maintype="application",
        subtype="ics",
        filename="invitation.ics",
        cte="base64",
    )
    message.set_boundary(f"=_{mark}-mixed")
    parts = message.get_payload()
    if isinstance(parts, list) and isinstance(parts[0], EmailMessage):
        parts[0].set_boundary(f"=_{mark}-alternative")
