"""Kinds of text that have a rule of their own: names, places, languages, zones."""

from typing import Annotated, Literal, NewType

from msgspec import Meta

Text = Annotated[str, Meta(description="plain text; printed as it stands")]
Identifier = NewType("Identifier", str)
"""A short id by which a change can name a thing for ever: `[a-z][a-z0-9_-]*`."""

Party = Annotated[str, Meta(description="the id of a party, `either` or `both`")]
Place = NewType("Place", str)
"""An ISO 3166 country or subdivision (US, US-FL), or a financial calendar (XFED)."""

Language = NewType("Language", str)
"""The language and country in which the contract is printed: en-US, en-GB."""

Currency = NewType("Currency", str)
"""An ISO 4217 code."""

Zone = NewType("Zone", str)
"""A name of the tz database: America/New_York."""

Pays = Literal["work done", "refund of prepaid", "nothing"]
"""What is still owed when the contract ends early."""

Each = Literal[
    "calendar month",
    "calendar quarter",
    "calendar half-year",
    "calendar year",
    "contract year",
]
"""The stretch of time that is looked at again and again."""

Silence = Literal["accepted", "refused"]
"""What it means that nobody answers in time."""

Allowed = Literal["no", "with consent", "to affiliates", "yes"]
"""Whether something may be passed on, and to whom."""
