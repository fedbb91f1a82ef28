"""What is bought and paid beside a fixed price: bases, royalties, orders, goods."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from closer.terms.kinds import Each, Identifier, Silence, Text
from closer.terms.kinds import Party as PartyId
from closer.terms.rhythms import Rhythm
from closer.terms.values import (
    Charge,
    Moment,
    Money,
    Period,
    Quantity,
    Rate,
    Share,
)

Measure = Money | Quantity
Basis = Literal[
    "fixed",
    "cost plus",
    "list less discount",
    "rates",
    "royalty",
    "revenue share",
    "per unit",
]


class NamedRate(Struct, frozen=True, kw_only=True):
    """What one kind of work or thing costs for each of it."""

    title: Text
    rate: Charge


class Tier(Struct, frozen=True, kw_only=True):
    """A rate that holds up to a quantity; the last tier has no end."""

    up_to: Quantity | None = None
    rate: Charge


class Tiers(Struct, frozen=True, kw_only=True):
    """Rates that fall or rise with what is counted."""

    of: Text
    counted: Each | Literal["rolling 12 months"]
    steps: tuple[Tier, ...]


class Retainer(Struct, frozen=True, kw_only=True):
    """A fee for time promised, and what becomes of hours not used or beyond it."""

    amount: Rate
    covers: Period
    unused: Literal["lapses", "carries over"] = "lapses"
    carried_for: Period | None = None
    over: Identifier | None = None


class SuccessFee(Struct, frozen=True, kw_only=True):
    """A fee for a result, and for how long after the end it can still be earned."""

    payer: PartyId
    amount: Money | Share
    of: Annotated[Text, Meta(description="what a share is a share of")] | None = None
    if_: Text = field(name="if")
    within: Period
    tail: Period | None = None
    tail_for: Text | None = None
    less: Annotated[Text, Meta(description="what is deducted from it")] | None = None


class Allowance(Struct, frozen=True, kw_only=True):
    """A sum within the price for a thing that is still to be chosen."""

    title: Text
    amount: Money
    choose_by: Moment | None = None


class Liens(Struct, frozen=True, kw_only=True):
    """Who keeps the property free of liens, and with which payment that is shown."""

    by: PartyId
    release: Literal["with each payment", "with the final payment"]
    form: Text | None = None


class Release(Struct, frozen=True, kw_only=True):
    """A part of what is kept back, and when it is paid."""

    share: Share
    due: Moment


class Retention(Struct, frozen=True, kw_only=True):
    """What is kept back of each payment, and when it is released."""

    keep: Share
    release: dict[Identifier, Release]


class Adjustment(Struct, frozen=True, kw_only=True):
    """How the price follows an index."""

    index: Text
    publisher: Text | None = None
    base: Text | None = None
    fixed_share: Share | None = None
    review: Rhythm
    floor: Share | None = None
    cap: Share | None = None
    notice: Period
    effective: Literal["next invoice", "day of the review"] = "next invoice"
    substitute: Text | None = None
    no_index: Literal["price stays", "dispute"] = "price stays"


class Uplift(Struct, frozen=True, kw_only=True):
    """By how much the fees may rise at a renewal, and when it is announced."""

    at_most: Share
    notice: Period


class RoyaltyStep(Struct, frozen=True, kw_only=True):
    """A royalty that holds up to a sum of the base."""

    up_to: Money | None = None
    rate: Share


class Instalment(Struct, frozen=True, kw_only=True):
    """A part of a guarantee on its day."""

    amount: Money
    due: Moment


class MinimumGuarantee(Struct, frozen=True, kw_only=True):
    """What is paid whatever is sold."""

    amount: Money
    recoupable: bool = True
    crossed: bool = False
    instalments: dict[Identifier, Instalment] = {}


class Royalty(Struct, frozen=True, kw_only=True):
    """A share of what is earned: of which base, in which steps, stated when."""

    payer: PartyId
    rate: Share | None = None
    base: Text
    deductions: tuple[Text, ...] = ()
    per: Text | None = None
    steps: tuple[RoyaltyStep, ...] = ()
    each: Each
    within: Period
    conversion: (
        Annotated[Text, Meta(description="rate for other currencies")] | None
    ) = None
    guarantee: MinimumGuarantee | None = None


class Commitment(Struct, frozen=True, kw_only=True):
    """The least and the most that a party buys, and what follows a shortfall."""

    by: PartyId
    minimum: Measure | None = None
    maximum: Measure | None = None
    each: Each
    prorated: bool = True
    shortfall: Literal[
        "pay the difference",
        "shipped and invoiced",
        "exclusivity ends",
        "may terminate",
    ]
    within: Period | None = None


class Orders(Struct, frozen=True, kw_only=True):
    """How orders are placed, answered, changed and cancelled."""

    answer_within: Period
    silence: Silence
    cancel_until: Period | None = None
    reschedule_until: Period | None = None
    lead_time: Period | None = None
    minimum: Measure | None = None


class Forecast(Struct, frozen=True, kw_only=True):
    """What the buyer expects to order, and how much of it binds."""

    by: PartyId
    each: Each
    ahead: Period
    covers: Period
    binding: Literal["no", "first period"] = "no"
    up_to: Share | None = None


class Delivery(Struct, frozen=True, kw_only=True):
    """Where goods are handed over, and when risk and title pass."""

    term: Literal[
        "EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF"
    ]
    incoterms: Literal["2020", "2010"] | None = None
    place: Text
    risk: Literal["as the term says", "on delivery"] = "as the term says"
    title: Literal["on delivery", "on payment"] = "on delivery"
    packing: Text | None = None


class Inspection(Struct, frozen=True, kw_only=True):
    """How long the buyer has to say that goods are not as agreed."""

    within: Period
    latent: Period | None = None
    silence: Silence = "accepted"


class Tooling(Struct, frozen=True, kw_only=True):
    """Moulds and tools made for these goods: whose they are, and who pays for them."""

    what: Text
    owner: PartyId
    cost: PartyId
    insured_by: PartyId | None = None
    returned_within: Period | None = None


class Consigned(Struct, frozen=True, kw_only=True):
    """Material that the buyer hands over for the goods and that stays its own."""

    what: Text
    counted: Each
    loss_up_to: Share | None = None


class Range(Struct, frozen=True, kw_only=True):
    """What becomes of new products, and how one is taken from the range."""

    new: Literal["included", "on offer", "not included"]
    withdrawal: Period


class LastBuy(Struct, frozen=True, kw_only=True):
    """How much can still be ordered when the goods are made no more."""

    order_within: Period
    deliver_within: Period
    at: Text | None = None
    up_to: Quantity | None = None


class Goods(Struct, frozen=True, kw_only=True):
    """What is sold, to which specification, and how it changes hands."""

    what: Text
    specification: Text | None = None
    changes: Period | None = None
    delivery: Delivery | None = None
    inspect: Inspection | None = None
    allocation: Literal["pro rata", "this contract first"] | None = None
    safety_stock: Quantity | None = None
    range: Range | None = None
    tooling: Tooling | None = None
    consigned: Consigned | None = None
    cisg: Literal["excluded", "applies"] | None = None


class PriceProtection(Struct, frozen=True, kw_only=True):
    """A credit for stock when the list price falls."""

    shipped_within: Period
    claim_within: Period


class StockRotation(Struct, frozen=True, kw_only=True):
    """How much unsold stock may go back, and when."""

    each: Each
    window: Period
    at_most: Share
    age: Period


class Returns(Struct, frozen=True, kw_only=True):
    """How rejected or unsold goods come back."""

    authorised_within: Period
    freight: PartyId
    credit_within: Period | None = None


class Expenses(Struct, frozen=True, kw_only=True):
    """Which expenses are paid back, up to what, on which proof."""

    limit: Rate | None = None
    approval_over: Money | None = None
    receipts: bool = True
    claimed_within: Period | None = None


class PaymentTerms(Struct, frozen=True, kw_only=True):
    """How invoices are sent, paid and disputed."""

    invoice: Annotated[Text, Meta(description="when one is sent: on shipment")]
    due: Period
    due_from: Literal["receipt of the invoice", "date of the invoice"] = (
        "receipt of the invoice"
    )
    method: Text | None = None
    dispute_within: Period | None = None
    set_off: bool | None = None
    credit_limit: Money | None = None
    hold_after: Period | None = None
    conversion: (
        Annotated[Text, Meta(description="rate for other currencies")] | None
    ) = None


class Taxes(Struct, frozen=True, kw_only=True):
    """Whether the price holds taxes, and who bears what is withheld."""

    price: Literal["exclusive", "inclusive"]
    withholding: Literal["grossed up", "deducted"] | None = None


class Guarantee(Struct, frozen=True, kw_only=True):
    """A person outside the contract who answers for a party."""

    by: Text
    for_: PartyId = field(name="for")
    covers: Text
    limit: Money | None = None
    until: Moment | None = None


class Bond(Struct, frozen=True, kw_only=True):
    """A security that a party provides, for how much and until when."""

    title: Text
    by: PartyId
    surety: Text | None = None
    amount: Money | Share
    due: Moment | None = None
    until: Moment


class MostFavoured(Struct, frozen=True, kw_only=True):
    """A promise that no comparable customer pays less."""

    by: PartyId
    over: Text
    checked: Each | None = None


class FirstRefusal(Struct, frozen=True, kw_only=True):
    """A right to take an offer before others do."""

    by: PartyId
    over: Text
    answer_within: Period
