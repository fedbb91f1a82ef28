"""What was agreed: one frozen class for each section of the terms file.

The names of the fields are the keys of the file (`for` and `class` are written so in
the file and `for_` and `class_` here). What a field may hold is its type: the reader
(`reading.py`) and the JSON Schema (`schema.py`) follow it, so that a new key is one
line here and its clause. Moments stay as they were written; days come from `days.py`.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from closer.terms import commerce, conduct, rights
from closer.terms.contingencies import Contingencies
from closer.terms.disputes import DisputeResolution
from closer.terms.kinds import (
    Currency,
    Identifier,
    Language,
    Text,
    Zone,
)
from closer.terms.kinds import (
    Party as PartyId,
)
from closer.terms.people import JointPerson, Licence, Notices, Party, Signatory
from closer.terms.protection import (
    Confidentiality,
    Cover,
    Insurance,
    IntellectualProperty,
    Liability,
    ServiceLevel,
    TerminationRight,
    Warranty,
)
from closer.terms.record import (
    Amended,
    Closing,
    Concern,
    Condition,
    Confirmation,
    Said,
)
from closer.terms.rhythms import Rhythm, Target
from closer.terms.timing import (
    DeemedReceipt,
    EmailNotice,
    Receipt,
    Roll,
    Time,
    Weekday,
)
from closer.terms.values import Amount, Charge, Moment, Money, Period, Rate, Share

__all__ = [
    "Acceptance",
    "Amended",
    "Benchmark",
    "Closing",
    "Concern",
    "Condition",
    "Confidentiality",
    "Confirmation",
    "Cover",
    "DeemedReceipt",
    "Deliverable",
    "Duration",
    "EmailNotice",
    "FollowUp",
    "Governance",
    "Insurance",
    "IntellectualProperty",
    "JointPerson",
    "Liability",
    "Licence",
    "Milestone",
    "Notices",
    "Obligation",
    "Option",
    "Party",
    "Payment",
    "Price",
    "Receipt",
    "Renewal",
    "Roll",
    "Said",
    "ServiceLevel",
    "Signatory",
    "SpecialTerm",
    "TerminationRight",
    "Terms",
    "Time",
    "Warranty",
    "Weekday",
]


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
    paid: Literal["in advance", "in arrears"] | None = None
    title: Text | None = None


class Price(Struct, frozen=True, kw_only=True):
    """What is paid. `total` may be left out only where a payment comes back."""

    total: Money | None = None
    style: Literal["figures", "words and figures"] = "figures"
    basis: commerce.Basis | None = None
    cost: Annotated[Text, Meta(description="what counts as cost")] | None = None
    margin: Share | Charge | None = None
    list: Annotated[Text, Meta(description="the price list")] | None = None
    discount: Share | None = None
    change_notice: Period | None = None
    payments: dict[Identifier, Payment] = {}
    late_interest: Rate | None = None
    rates: dict[Identifier, commerce.NamedRate] = {}
    tiers: commerce.Tiers | None = None
    retainer: commerce.Retainer | None = None
    not_to_exceed: Money | None = None
    retention: commerce.Retention | None = None
    allowances: dict[Identifier, commerce.Allowance] = {}
    adjustment: commerce.Adjustment | None = None
    uplift: commerce.Uplift | None = None


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
    notice: Period | None = None
    exercise_by: Moment | None = None
    opens: Moment | None = None
    if_: Text | None = field(name="if", default=None)
    includes_option: bool = True
    price: Text | None = None


class Duration(Struct, frozen=True, kw_only=True):
    """From when to when: `ends` is a moment, or `lasts` a period from `starts`."""

    starts: Moment | None = None
    ends: Moment | None = None
    lasts: Period | None = None
    ends_on: Literal["anniversary", "day before"] = "anniversary"
    renewal: Renewal | None = None
    option: Option | None = None


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
    events: dict[Identifier, conduct.Event] = {}
    site: conduct.Site | None = None
    services: conduct.Services | None = None
    goods: commerce.Goods | None = None
    subscription: rights.Subscription | None = None
    licence: dict[Identifier, rights.Grant] = {}
    marks: rights.Marks | None = None
    items: dict[Identifier, rights.Item] = {}
    exclusivity: rights.Exclusivity | None = None
    territory: rights.Territory | None = None
    field_: Text | None = field(name="field", default=None)
    channels: rights.Channels | None = None
    deliverables: dict[Identifier, Deliverable] = {}
    acceptance: rights.Rounds | None = None
    approvals: dict[Identifier, rights.Approval] = {}
    milestones: dict[Identifier, Milestone] = {}
    price: Price | None = None
    success_fee: commerce.SuccessFee | None = None
    liens: commerce.Liens | None = None
    royalty: commerce.Royalty | None = None
    payment: commerce.PaymentTerms | None = None
    expenses: commerce.Expenses | None = None
    taxes: commerce.Taxes | None = None
    commitment: dict[Identifier, commerce.Commitment] = {}
    orders: commerce.Orders | None = None
    forecast: commerce.Forecast | None = None
    price_protection: commerce.PriceProtection | None = None
    stock_rotation: commerce.StockRotation | None = None
    returns: commerce.Returns | None = None
    obligations: dict[Identifier, Obligation] = {}
    key_people: dict[Identifier, conduct.Person] = {}
    personnel: conduct.Personnel | None = None
    subcontracting: conduct.Subcontracting | None = None
    service_levels: dict[Identifier, ServiceLevel] = {}
    severity: dict[Identifier, rights.Severity] = {}
    support: rights.Support | None = None
    training: rights.Training | None = None
    reports: dict[Identifier, conduct.Report] = {}
    records: conduct.Records | None = None
    audit: conduct.Audit | None = None
    duration: Duration | None = None
    warranty: Warranty | None = None
    insurance: Insurance | None = None
    guarantees: dict[Identifier, commerce.Guarantee] = {}
    bonds: dict[Identifier, commerce.Bond] = {}
    indemnities: dict[Identifier, conduct.Indemnity] = {}
    liability: Liability | None = None
    intellectual_property: IntellectualProperty | None = None
    enforcement: rights.Enforcement | None = None
    escrow: rights.Escrow | None = None
    confidentiality: Confidentiality | None = None
    data_protection: rights.DataProtection | None = None
    compliance: conduct.Compliance | None = None
    consumer: conduct.Consumer | None = None
    restraints: conduct.Restraints | None = None
    non_disparagement: conduct.NonDisparagement | None = None
    publicity: conduct.Publicity | None = None
    most_favoured: commerce.MostFavoured | None = None
    first_refusal: commerce.FirstRefusal | None = None
    assignment: conduct.Assignment | None = None
    change_of_control: conduct.ChangeOfControl | None = None
    beneficiaries: conduct.Beneficiaries | None = None
    other_agreements: dict[Identifier, conduct.OtherAgreement] = {}
    termination: dict[Identifier, TerminationRight] = {}
    exit: rights.Exit | None = None
    survival: conduct.Survival = {}
    dispute_resolution: DisputeResolution | None = None
    contingencies: Contingencies | None = None
    governance: Governance | None = None
    annexes: dict[Identifier, conduct.Annex] = {}
    precedence: tuple[Text, ...] = ()
    signing: conduct.Signing | None = None
    amendment: conduct.Amendment | None = None
    clauses: dict[str, Text] = {}
    follow_up: FollowUp | None = None
    special_terms: dict[Identifier, SpecialTerm] = {}
    closing: Closing | None = None
    amended: tuple[Amended, ...] = ()
