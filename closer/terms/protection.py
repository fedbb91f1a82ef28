"""What protects a party: warranty, insurance, liability, secrets, rights, a way out."""

from datetime import date
from typing import Literal

from msgspec import Struct, field

from closer.terms.kinds import Each, Identifier, Pays, Text
from closer.terms.kinds import Party as PartyId
from closer.terms.rhythms import Target
from closer.terms.values import Moment, Money, Period, Share


class Warranty(Struct, frozen=True, kw_only=True):
    """How long the work or service is warranted, from when, and what a claim gives."""

    lasts: Period
    from_: Moment = field(name="from")
    by: PartyId | None = None
    covers: tuple[Text, ...] = ()
    remedy: Literal["repair or replace", "do it again", "refund"] | None = None
    claims_within: Period | None = None
    restarts: bool = False
    disclaims_others: bool = False


class Cover(Struct, frozen=True, kw_only=True):
    """One kind of insurance and its limit for each occurrence."""

    kind: Text
    limit: Money
    aggregate: Money | None = None
    expires: date | None = None


class Insurance(Struct, frozen=True, kw_only=True):
    """Who insures what, until when, and when the certificate is handed over."""

    owner: PartyId
    cover: tuple[Cover, ...]
    certificate: Moment | None = None
    additional_insured: PartyId | None = None
    subrogation: Literal["waived", "kept"] | None = None
    keep_until: Moment | None = None
    renew_certificate: Period | None = None
    cancellation_notice: Period | None = None


class HigherCap(Struct, frozen=True, kw_only=True):
    """A cap of its own for one kind of loss."""

    for_: Text = field(name="for")
    cap: Money


class Liability(Struct, frozen=True, kw_only=True):
    """The most that a party owes, and what stands outside it."""

    cap: Money
    per: Literal["in all", "each claim", "each year"] = "in all"
    for_: PartyId | Literal["each"] = field(name="for", default="each")
    excluded_losses: tuple[Text, ...] = ()
    outside_cap: tuple[Text, ...] = ()
    higher_cap: dict[Identifier, HigherCap] = {}
    never_limited: tuple[Text, ...] = ()


class TerminationRight(Struct, frozen=True, kw_only=True):
    """A right to end the contract: for a reason, with a cure, or on notice alone."""

    by: PartyId
    if_: Text | None = field(name="if", default=None)
    cure: Period | None = None
    notice: Period | None = None
    within: Period | None = None
    not_before: Moment | None = None
    pays: Pays | None = None


Exception_ = Literal[
    "public",
    "already known",
    "received from others",
    "independently developed",
]


class Confidentiality(Struct, frozen=True, kw_only=True):
    """Whose secrets are kept, for which purpose, by whom and how long."""

    direction: Literal["mutual", "one-way"] = "mutual"
    discloser: PartyId | None = None
    purpose: Text | None = None
    covers: tuple[Text, ...] = ()
    marking: Literal["marked or evident", "marked only", "everything"] = (
        "marked or evident"
    )
    confirm_within: Period | None = None
    except_: tuple[Exception_, ...] = field(
        name="except",
        default=(
            "public",
            "already known",
            "received from others",
            "independently developed",
        ),
    )
    recipients: tuple[Text, ...] = ()
    residuals: bool = False
    existence: bool = False
    lasts: Period
    from_: Moment | Literal["disclosure"] = field(name="from")
    trade_secrets: Literal["while secret", "same period"] = "while secret"
    return_within: Period | None = None
    keep: tuple[Text, ...] = ()


class IntellectualProperty(Struct, frozen=True, kw_only=True):
    """Who owns what is made, and from which event."""

    results: PartyId
    on: Literal["creation", "payment"] = "payment"
    background: Literal["each keeps"] = "each keeps"
    prior_works: tuple[Text, ...] = ()
    feedback: PartyId | None = None
    data: PartyId | None = None
    moral_rights: Literal["waived", "kept"] | None = None
    improvements: PartyId | None = None


class ServiceLevel(Struct, frozen=True, kw_only=True):
    """A level that the service must reach, and what a miss costs."""

    measure: Text
    target: Target
    each: Each
    credit: Text | None = None
    credit_cap: Share | None = None
    excluded: tuple[Text, ...] = ()
    claim_within: Period | None = None
    ends_at: Text | None = None
