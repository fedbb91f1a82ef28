"""What happened on the way to signing and after it: said, open, confirmed, amended."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from msgspec import Struct

from closer.terms.kinds import Identifier, Text
from closer.terms.kinds import Party as PartyId
from closer.terms.paths import within
from closer.terms.values import Money


class Said(Struct, frozen=True, kw_only=True):
    """What was said, to be held against the terms."""

    term: Text
    agreed: Text
    on: date
    how: Text | None = None
    by: Text | None = None


class Concern(Struct, frozen=True, kw_only=True):
    """What worries a party; open until it is settled."""

    by: PartyId
    about: Text
    on: date
    concern: Text
    settled: date | None = None
    outcome: Text | None = None


class Condition(Struct, frozen=True, kw_only=True):
    """What must be there before signing; open until it is met."""

    title: Text
    owner: PartyId
    due: date | None = None
    met: date | None = None


class Confirmation(Struct, frozen=True):
    """The day on which a party confirmed the terms, and the digest it confirmed."""

    on: date
    of: str | None = None

    def __str__(self) -> str:
        return f"{self.on} of {self.of}" if self.of else str(self.on)


class Closing(Struct, frozen=True, kw_only=True):
    """What happened on the way to signing; never leaves the terms file.

    `accepted`: code of a warning → why the parties live with it.
    """

    said: dict[Identifier, Said] = {}
    concerns: dict[Identifier, Concern] = {}
    conditions: dict[Identifier, Condition] = {}
    confirmed: dict[Identifier, Confirmation] = {}
    accepted: dict[Text, Text] = {}


Kind = Literal[
    "amendment",
    "restatement",
    "change-order",
    "extension-notice",
    "waiver",
    "signatory-notice",
]
"""The instruments that a change can need: three that all sign, three letters."""


class Lasting(Struct, frozen=True, kw_only=True):
    """How long a changed term lasts: to a day, or for good after all."""

    term: Text
    until: date | Literal["for good"]


Title = Literal["ordinal", "numbered"]
"""How an instrument counts in its title: First Amendment, or Amendment No. 1."""


class Amended(Struct, frozen=True, kw_only=True):
    """An amendment that these terms already hold; written by `closer amend`.

    `instrument` says what was signed where it was no plain amendment, `title` how it
    counts where that is not First, Second, Third. `temporary` gives the last day of
    what it changed for a time; a later amendment that sets it anew says `for good`.
    """

    change: Text
    effective: date
    before: Text
    change_digest: Text
    original_price: Money | None = None
    instrument: Kind | None = None
    title: Title | None = None
    temporary: tuple[Lasting, ...] = ()


class Spell(NamedTuple):
    """A change for a time: by which amendment, of which term, and its last day."""

    number: int
    path: str
    until: date

    def overtaken(self, path: str, effective: date) -> bool:
        """Whether a change sets anew, before this is over, what it had changed."""
        return effective <= self.until and within(self.path, path)


def spells(amended: Sequence[Amended]) -> list[Spell]:
    """Return the changes for a time that were not overtaken while they ran."""
    found: list[Spell] = []
    for number, one in enumerate(amended, 1):
        for term, until in ((str(e.term), e.until) for e in one.temporary):
            found = [each for each in found if not each.overtaken(term, one.effective)]
            if isinstance(until, date):
                found.append(Spell(number, term, until))
    return found
