"""What a party may do, use and know: exclusivity, licences, services, data, exit."""

from typing import Literal

from msgspec import Struct, field

from closer.terms.commerce import LastBuy
from closer.terms.kinds import Allowed, Text
from closer.terms.kinds import Party as PartyId
from closer.terms.rhythms import Rhythm
from closer.terms.values import Charge, Moment, Period, Quantity


class Exclusivity(Struct, frozen=True, kw_only=True):
    """Who may sell or use beside the party named, and how that right is lost."""

    kind: Literal["exclusive", "sole", "non-exclusive"]
    of: PartyId
    for_: Text = field(name="for")
    except_: tuple[Text, ...] = field(name="except", default=())
    lost_if: Text | None = None
    tested: Rhythm | None = None
    then: Literal["non-exclusive", "may terminate"] = "non-exclusive"


class Territory(Struct, frozen=True, kw_only=True):
    """Where it holds, and what is cut out."""

    in_: tuple[Text, ...] | Literal["worldwide"] = field(name="in")
    except_: tuple[Text, ...] = field(name="except", default=())


class Channels(Struct, frozen=True, kw_only=True):
    """By which ways sales are made, and which stay with the other side."""

    allowed: tuple[Text, ...]
    reserved: tuple[Text, ...] = ()
    online: Literal["yes", "no", "own site only"] | None = None


class Grant(Struct, frozen=True, kw_only=True):
    """One grant of a licence: what, for which acts, where and how long."""

    what: Text
    by: PartyId
    acts: tuple[Text, ...]
    exclusive: Literal["exclusive", "sole", "non-exclusive"] = "non-exclusive"
    territory: tuple[Text, ...] | Literal["worldwide"] = "worldwide"
    field_: Text | None = field(name="field", default=None)
    lasts: Literal["the term", "perpetual"] | Period = "the term"
    sublicense: Allowed = "no"
    transfer: Allowed = "no"
    copies: int | None = None
    passed_on: Text | None = None


class Marks(Struct, frozen=True, kw_only=True):
    """Names and signs that the other side may use, and how."""

    owner: PartyId
    marks: tuple[Text, ...]
    use: Text
    guidelines: Text | None = None
    legend: Text | None = None
    registered_by: PartyId | None = None
    domain_names: PartyId | None = None


class Item(Struct, frozen=True, kw_only=True):
    """One thing of several with a term of its own."""

    title: Text
    class_: Text | None = field(name="class", default=None)
    from_: Moment | None = field(name="from", default=None)
    until: Moment | None = None


class Approval(Struct, frozen=True, kw_only=True):
    """What needs a yes, whose, by when, and what silence means."""

    of: Text
    by: PartyId
    within: Period
    silence: Literal["approved", "refused"]
    rounds: int | None = None


class Rounds(Struct, frozen=True, kw_only=True):
    """How often a deliverable may fail, how soon it is mended, and what then."""

    rounds: int
    fix: Period
    outside: Moment | None = None
    else_: Literal["terminate and refund", "terminate", "price reduced"] = field(
        name="else"
    )


class Escrow(Struct, frozen=True, kw_only=True):
    """Something kept by a third person, and when it is released."""

    of: Text
    by: PartyId
    agent: Text | None = None
    open: Moment
    updates: Text | None = None
    verify: bool = False
    cost: PartyId | None = None
    release: tuple[Text, ...]


class Enforcement(Struct, frozen=True, kw_only=True):
    """Who acts against infringers, who pays, and who keeps what is won."""

    by: PartyId
    notice: Period
    cost: PartyId
    keeps: PartyId
    then_other: Period | None = None


class Severity(Struct, frozen=True, kw_only=True):
    """How bad a fault is, and how fast it is answered."""

    title: Text
    means: Text
    respond: Period
    restore: Period | None = None


class Support(Struct, frozen=True, kw_only=True):
    """Who helps whom, at which level, and when."""

    by: PartyId
    hours: Text
    contact: Text | None = None
    level_1: PartyId | None = None
    level_2: PartyId | None = None
    level_3: PartyId | None = None


class Training(Struct, frozen=True, kw_only=True):
    """Who teaches what, for how long, and at whose cost."""

    by: PartyId
    what: Text
    lasts: Period
    due: Moment | None = None
    cost: PartyId | None = None


class ServiceChanges(Struct, frozen=True, kw_only=True):
    """How the provider may change the service, and end a part of it."""

    notice: Period
    end_of_feature: Period | None = None


class Maintenance(Struct, frozen=True, kw_only=True):
    """When the service may be down by plan."""

    window: Rhythm | None = None
    notice: Period


class Subscription(Struct, frozen=True, kw_only=True):
    """The service a customer takes: plan, quantity, who may use it and for what."""

    service: Text
    plan: Text | None = None
    quantity: Quantity | None = None
    users: Text | None = None
    affiliates: bool = False
    over_limit: Text | None = None
    acceptable_use: tuple[Text, ...] = ()
    maintenance: Maintenance | None = None
    changes: ServiceChanges | None = None
    beta: Literal["as they are"] | None = None


class Subprocessors(Struct, frozen=True, kw_only=True):
    """Who else handles personal data, and how a new one is refused."""

    notice: Period
    objection: Period
    named: tuple[Text, ...] = ()


class DataProtection(Struct, frozen=True, kw_only=True):
    """Who handles whose personal data, for what, how safely and how long."""

    controller: PartyId
    processor: PartyId
    data: tuple[Text, ...]
    subjects: tuple[Text, ...]
    purpose: Text
    laws: tuple[Text, ...] = ()
    security: tuple[Text, ...] = ()
    incident_notice: Period
    subprocessors: Subprocessors | None = None
    transfers: Text | None = None
    model_training: bool = False
    deletion: Period | None = None


class Exit(Struct, frozen=True, kw_only=True):
    """What happens in the days after the end."""

    by: PartyId
    transition: Period | None = None
    transition_pay: Charge | Literal["included"] | None = None
    data_export: Period | None = None
    deletion: Period | None = None
    certificate: bool = False
    return_: Period | None = field(name="return", default=None)
    keep: tuple[Text, ...] = ()
    orders: Literal["performed", "cancelled"] | None = None
    sell_off: Period | None = None
    buy_back: Text | None = None
    end_users_keep: bool = False
    final_statement: Period | None = None
    last_buy: LastBuy | None = None
    customer_list: Literal["handed over", "kept"] | None = None
    goodwill: Literal["no payment"] | None = None
