"""What was agreed: one frozen class for each section of the terms file.

The names of the fields are the keys of the file (`for` and `class` are written so in
the file and `for_` and `class_` here). What a field may hold is its type: the reader
(`reading.py`) and the JSON Schema (`schema.py`) follow it, so that a new key is one
line here and its clause. Moments stay as they were written; days come from `days.py`.
"""

from datetime import date, time
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from closer.terms.contingencies import Contingencies
from closer.terms.disputes import DisputeResolution
from closer.terms.kinds import (
    Currency,
    Identifier,
    Language,
    Pays,
    Place,
    Text,
    Zone,
)
from closer.terms.kinds import (
    Party as PartyId,
)
from closer.terms.rhythms import Rhythm, Target
from closer.terms.values import Amount, Moment, Money, Period, Rate, Sending

Weekday = Literal[
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
]
Roll = Literal["none", "following", "modified following", "preceding"]
Receipt = Literal["on delivery", "when sent"] | Period


class DeemedReceipt(Struct, frozen=True, kw_only=True):
    """When a notice counts as received, by the way it was sent."""

    hand: Receipt = "on delivery"
    email: Receipt = "when sent"
    courier: Receipt = Period(((2, "business day"),))
    post: Receipt = Period(((5, "business day"),))
    post_abroad: Receipt = Period(((10, "business day"),))


class EmailNotice(Struct, frozen=True, kw_only=True):
    """What a notice by e-mail can and cannot do."""

    bounced: Literal["not given", "given"] = "not given"
    not_alone_for: tuple[
        Literal["termination", "non-renewal", "default", "dispute"], ...
    ] = ("termination", "non-renewal", "default", "dispute")
    then_also_by: Sending = Sending("courier", Period(((2, "business day"),)))


class Time(Struct, frozen=True, kw_only=True):
    """How periods run; printed as that provision and used by the schedule."""

    holidays: tuple[Place, ...] | Literal["weekends only"] = ()
    weekend: tuple[Weekday, ...] = ()
    open_in: Literal["all", "any"] = "all"
    exclude: tuple[Text, ...] = ()
    extra: tuple[date, ...] = ()
    count_trigger_day: bool = False
    clear_days: bool = False
    month_end: Literal["corresponding"] = "corresponding"
    roll: Roll = "following"
    cut_off: time = time(17)
    notice_counts_from: Literal["receipt", "dispatch"] = "receipt"
    deemed_receipt: DeemedReceipt = DeemedReceipt()
    email: EmailNotice = EmailNotice()


class Signatory(Struct, frozen=True, kw_only=True):
    """Who signs for a party."""

    name: Text
    title: Text | None = None


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


class Party(Struct, frozen=True, kw_only=True):
    """One side of the deal."""

    name: Text
    kind: Annotated[Text, Meta(description="limited liability company, individual …")]
    formed_in: Text | None = None
    address: Text
    role: Identifier | None = None
    acts_as: Literal["consumer", "business"] | None = None
    signatory: Signatory | None = None
    licence: Licence | None = None
    notices: Notices = Notices()


class Acceptance(Struct, frozen=True, kw_only=True):
    """How long the recipient has to accept or reject, and by which measure."""

    within: Period
    criteria: Text | None = None
    silence: Literal["accepted", "refused"] = "accepted"


class Deliverable(Struct, frozen=True, kw_only=True):
    """A thing that one party makes or does for the other."""

    title: Text
    description: Text
    owner: PartyId
    accept: Acceptance | None = None


class Milestone(Struct, frozen=True, kw_only=True):
    """An agreed step and its day. `exposed_to`: the contingencies that extend it."""

    title: Text
    owner: PartyId
    due: Moment
    delivers: Identifier | None = None
    exposed_to: tuple[Identifier, ...] | None = None


class Payment(Struct, frozen=True, kw_only=True):
    """Who pays how much when: once at `due`, or again and again by `every`."""

    amount: Amount
    payer: PartyId
    due: Moment | None = None
    every: Rhythm | None = None
    title: Text | None = None


class Price(Struct, frozen=True, kw_only=True):
    """What is paid. `total` may be left out only where a payment comes back."""

    total: Money | None = None
    payments: dict[Identifier, Payment] = {}
    late_interest: Rate | None = None


class Obligation(Struct, frozen=True, kw_only=True):
    """Any agreed duty that is no milestone."""

    owner: PartyId
    what: Annotated[Text, Meta(description="what the owner shall do: a verb first")]
    due: Moment | None = None
    every: Rhythm | None = None
    evidence: Text | None = None


class Renewal(Struct, frozen=True, kw_only=True):
    """Renewal without an act, unless a party gives notice in time."""

    for_: Period = field(name="for")
    times: int | Literal["unlimited"] = "unlimited"
    notice: Period
    by: PartyId = "either"
    counted_to: Literal["end", "renewal"] = "end"


class Option(Struct, frozen=True, kw_only=True):
    """A right of one party to extend by notice."""

    by: PartyId
    for_: Period = field(name="for")
    at_most: Period | None = None
    preliminary_notice: Period | None = None
    notice: Period


class Duration(Struct, frozen=True, kw_only=True):
    """From when to when: `ends` is a moment, or `lasts` a period from `starts`."""

    starts: Moment | None = None
    ends: Moment | None = None
    lasts: Period | None = None
    ends_on: Literal["anniversary", "day before"] = "anniversary"
    renewal: Renewal | None = None
    option: Option | None = None


class Warranty(Struct, frozen=True, kw_only=True):
    """How long the work or service is warranted, and from when."""

    lasts: Period
    from_: Moment = field(name="from")
    by: PartyId | None = None


class Cover(Struct, frozen=True, kw_only=True):
    """One kind of insurance and its limit for each occurrence."""

    kind: Text
    limit: Money


class Insurance(Struct, frozen=True, kw_only=True):
    """Who insures what, and until when the certificate is handed over."""

    owner: PartyId
    cover: tuple[Cover, ...]
    certificate: Moment | None = None


class Liability(Struct, frozen=True, kw_only=True):
    """The most that a party owes, and what stands outside it."""

    cap: Money
    per: Literal["in all", "each claim", "each year"] = "in all"
    for_: PartyId | Literal["each"] = field(name="for", default="each")
    excluded_losses: tuple[Text, ...] = ()
    outside_cap: tuple[Text, ...] = ()
    never_limited: tuple[Text, ...] = ()


class TerminationRight(Struct, frozen=True, kw_only=True):
    """A right to end the contract: for a reason, with a cure, or on notice alone."""

    by: PartyId
    if_: Text | None = field(name="if", default=None)
    cure: Period | None = None
    notice: Period | None = None
    pays: Pays | None = None


class Confidentiality(Struct, frozen=True, kw_only=True):
    """How long each party keeps the other's confidential information."""

    lasts: Period
    from_: Moment = field(name="from")
    trade_secrets: Literal["while secret", "same period"] = "while secret"


class IntellectualProperty(Struct, frozen=True, kw_only=True):
    """Who owns what is made, and from which event."""

    results: PartyId
    on: Literal["creation", "payment"] = "payment"
    background: Literal["each keeps"] = "each keeps"


class ServiceLevel(Struct, frozen=True, kw_only=True):
    """A level that the service must reach, and what a miss costs."""

    measure: Text
    target: Target
    each: Literal["calendar month", "calendar quarter", "calendar year"]
    credit: Text | None = None


class Benchmark(Struct, frozen=True, kw_only=True):
    """What is measured, how often, and what it must reach."""

    title: Text
    target: Target
    measured: Rhythm


class Governance(Struct, frozen=True, kw_only=True):
    """Meetings and measures that both parties owe each other."""

    progress_reviews: Rhythm | None = None
    benchmarks: dict[Identifier, Benchmark] = {}


class FollowUp(Struct, frozen=True, kw_only=True):
    """What only the calendar knows; no part of the contract."""

    check_ins: Rhythm | None = None
    future: Moment | None = None
    reminders: tuple[Period, ...] | None = None
    decide_before: Period = Period(((60, "day"),))
    before_warranty_end: Period = Period(((30, "day"),))


class SpecialTerm(Struct, frozen=True, kw_only=True):
    """A provision in the parties' own words, which prevails over the articles."""

    heading: Text
    text: Text


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


class Amended(Struct, frozen=True, kw_only=True):
    """An amendment that these terms already hold; written by `closer amend`."""

    change: Text
    effective: date
    before: Text
    change_digest: Text
    original_price: Money | None = None


class Terms(Struct, frozen=True, kw_only=True):
    """The agreed terms of one deal."""

    contract: Identifier
    title: Text
    reference: Text
    effective: Moment
    language: Language = Language("en-US")
    currency: Currency | None = None
    timezone: Zone | None = None
    time: Time | None = None
    parties: dict[Identifier, Party]
    background: tuple[Text, ...] = ()
    deliverables: dict[Identifier, Deliverable] = {}
    milestones: dict[Identifier, Milestone] = {}
    price: Price | None = None
    obligations: dict[Identifier, Obligation] = {}
    service_levels: dict[Identifier, ServiceLevel] = {}
    duration: Duration | None = None
    warranty: Warranty | None = None
    insurance: Insurance | None = None
    liability: Liability | None = None
    intellectual_property: IntellectualProperty | None = None
    confidentiality: Confidentiality | None = None
    termination: dict[Identifier, TerminationRight] = {}
    dispute_resolution: DisputeResolution | None = None
    contingencies: Contingencies | None = None
    governance: Governance | None = None
    follow_up: FollowUp | None = None
    special_terms: dict[Identifier, SpecialTerm] = {}
    closing: Closing | None = None
    amended: tuple[Amended, ...] = ()
