"""The parties: who they are, who signs for them, where a notice reaches them."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from closer.terms.kinds import Identifier, Text


class Signatory(Struct, frozen=True, kw_only=True):
    """Who signs for a party, and who is there to see it."""

    name: Text
    title: Text | None = None
    witness: Text | None = None


class Notices(Struct, frozen=True, kw_only=True):
    """Where notices to a party go; the postal address is the party's own if absent."""

    email: Text | None = None
    attention: Text | None = None
    address: Text | None = None


class Licence(Struct, frozen=True, kw_only=True):
    """A trade licence that the law wants in the contract."""

    body: Text
    number: Text
    class_: Text | None = field(name="class", default=None)
    expires: date | None = None


class JointPerson(Struct, frozen=True, kw_only=True):
    """Somebody who is the same side of the deal together with its first person."""

    name: Text
    kind: Annotated[Text, Meta(description="limited liability company, individual …")]
    formed_in: Text | None = None
    address: Text
    signatory: Signatory | None = None


class Party(Struct, frozen=True, kw_only=True):
    """One side of the deal: a person, or several who owe and get everything jointly."""

    name: Text
    kind: Annotated[Text, Meta(description="limited liability company, individual …")]
    formed_in: Text | None = None
    address: Text
    role: Identifier | None = None
    acts_as: Literal["consumer", "business"] | None = None
    signatory: Signatory | None = None
    second_signatory: Signatory | None = None
    also: dict[Identifier, JointPerson] = {}
    licence: Licence | None = None
    notices: Notices = Notices()
