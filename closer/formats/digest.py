"""What is due over all deals, as a mail to read and as a calendar to look at.

Nothing of the clock or of chance goes in: the same rows on the same day are the same
message, byte for byte.
"""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from closer.followup.entries import Entry, Schedule, Stake, uid_of
from closer.followup.wording import filled
from closer.formats import ical
from closer.formats.filled_pages import page
from closer.formats.invitation import Invitation
from closer.register.rows import DueRow

_MORNING = time(6, tzinfo=UTC)
_REMINDERS = (3, 1)


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a digest, from its template."""

    calendar: str
    nothing: str
    late: str
    coming: str
    subject: str
    title: str
    stakes: dict[Stake, str]


class Digest(NamedTuple):
    """What is due until a day, seen on another; the overdue rows come first."""

    rows: Sequence[DueRow]
    late: frozenset[tuple[str, str, date]]
    today: date
    until: date

    def is_late(self, row: DueRow) -> bool:
        """Whether the day of a row has passed."""
        return (row.ref, row.uid, row.day) in self.late


def read_words(folder: Path) -> Words:
    """Read the words of the digest from the folder of the reports."""
    data = tomllib.loads((folder / "digest.toml").read_text(encoding="utf-8"))
    return msgspec.convert(data, Words)


def mail(
    digest: Digest, sender: str, people: Sequence[str], folder: Path
) -> Invitation:
    """Return the digest as one message, to be read as text or as a page."""
    words = read_words(folder)
    values = _values(digest)
    said = _filled(_sentence(digest, words), values)
    told = {"said": said, "parts": list(_parts(digest, words))}
    text = page(folder / "digest.txt", told).strip() + "\n"
    marked = page(folder / "digest.html", told)
    key = f"{sender}|{people}|{text}|{marked}"
    identity = f"{hashlib.sha256(key.encode()).hexdigest()[:40]}@closer.invalid"
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, ", ".join(people)
    message["Subject"] = _filled(words.subject, values | {"said": said})
    message["Date"] = format_datetime(datetime.combine(digest.today, _MORNING))
    message["Message-ID"] = f"<{identity}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="base64")
    message.add_alternative(marked, subtype="html", cte="base64")
    message.set_boundary(f"=_{identity[:16]}")
    name = f"due-{digest.today}.eml"
    return Invitation(name, identity, str(message["Subject"]), message.as_bytes())


def calendar(digest: Digest, folder: Path) -> bytes:
    """Return the rows as a calendar; what repeats stands as its single times.

    An entry keeps the UID and SEQUENCE that it has in the schedule of its deal.
    """
    words = read_words(folder)
    entries = tuple(_entry(row, words) for row in digest.rows)
    return ical.write(Schedule(words.calendar, "due", None, entries))


def _entry(row: DueRow, words: Words) -> Entry:
    stake: Stake = row.stake  # type: ignore[assignment]
    values = {"title": row.title, "ref": row.ref}
    again = uid_of(row.ref, row.uid, row.term, str(row.day))
    return Entry(
        uid=again if row.repeats else row.uid,
        kind="reminder",
        title=_filled(words.title, values),
        expected_title=row.title,
        party=row.party,
        term=row.term,
        stake=stake,
        category=words.stakes[stake],
        date=row.day,
        provision=row.provision,
        reason=(row.reason,) if row.reason else (),
        reminders=_REMINDERS,
        sequence=row.sequence,
        stamp=row.stamp,
    )


def _values(digest: Digest) -> dict[str, str]:
    late = sum(digest.is_late(row) for row in digest.rows)
    return {
        "late": str(late),
        "coming": str(len(digest.rows) - late),
        "today": str(digest.today),
        "until": str(digest.until),
    }


def _sentence(digest: Digest, words: Words) -> str:
    if not digest.rows:
        return words.nothing
    return words.late if digest.late else words.coming


def _parts(digest: Digest, words: Words) -> list[Mapping[str, object]]:
    """Return what is due, under the heading of what it costs to forget it."""
    parts: list[Mapping[str, object]] = []
    for stake, heading in words.stakes.items():
        rows = [_told(row, digest) for row in digest.rows if row.stake == stake]
        if rows:
            parts.append({"heading": heading, "rows": rows})
    return parts


def _told(row: DueRow, digest: Digest) -> dict[str, object]:
    return {
        "day": row.day,
        "late": digest.is_late(row),
        "days": abs((digest.today - row.day).days),
        "ref": row.ref,
        "title": row.title,
        "party": row.party,
        "provision": row.provision,
        "reason": row.reason,
    }


def _filled(text: str, values: Mapping[str, str]) -> str:
    return filled(text, values) or text
