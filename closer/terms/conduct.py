"""How the parties behave: reports, people, restraints, signing, what outlives it."""

from datetime import date
from typing import Literal

from msgspec import Struct, field

from closer.terms.kinds import Allowed, Each, Identifier, Text
from closer.terms.kinds import Party as PartyId
from closer.terms.values import Money, Period, Share


class Event(Struct, frozen=True, kw_only=True):
    """A named thing that may happen, and who says when."""

    title: Text
    set_by: PartyId | None = None
    notice: Period | None = None
    latest: date | None = None


class Report(Struct, frozen=True, kw_only=True):
    """What one party tells the other after each period."""

    by: PartyId
    content: Text
    each: Each
    within: Period
    signed_by: Text | None = None


class Audit(Struct, frozen=True, kw_only=True):
    """Who may look into whose books, how often, and who pays."""

    by: PartyId
    of: Text
    notice: Period
    at_most: Literal["once per calendar year", "twice per calendar year"] | None = None
    books_kept: Period | None = None
    shifts_cost_at: Share | None = None
    by_whom: Literal["own staff", "independent auditor"] = "independent auditor"


class Records(Struct, frozen=True, kw_only=True):
    """Which records are kept, and how long."""

    by: PartyId
    what: Text
    kept: Period


class NonCompete(Struct, frozen=True, kw_only=True):
    """Which business a party stays out of."""

    by: PartyId
    field_: Text = field(name="field")
    in_: tuple[Text, ...] = field(name="in", default=())
    after: Period | None = None


class NonSolicit(Struct, frozen=True, kw_only=True):
    """Whose staff or customers are left alone, how long, and the fee for a hire."""

    by: PartyId
    of: Literal["employees", "customers", "employees and customers"]
    after: Period
    hire_fee: Share | None = None


class NoContact(Struct, frozen=True, kw_only=True):
    """Whom a party does not approach about the subject, and for how long."""

    by: PartyId
    with_: Text = field(name="with")
    lasts: Period


class Standstill(Struct, frozen=True, kw_only=True):
    """For how long a party does not buy into the other without being asked."""

    by: PartyId
    lasts: Period


class Restraints(Struct, frozen=True, kw_only=True):
    """What a party does not do beside and after the contract."""

    non_compete: NonCompete | None = None
    non_solicit: NonSolicit | None = None
    no_contact: NoContact | None = None
    standstill: Standstill | None = None


class NonDisparagement(Struct, frozen=True, kw_only=True):
    """Who does not speak ill of whom, and how long after the end."""

    by: PartyId
    after: Period | None = None


class Indemnity(Struct, frozen=True, kw_only=True):
    """Which claims of others a party takes off the other's hands."""

    by: PartyId
    for_: Text = field(name="for")
    excludes: tuple[Text, ...] = ()
    cap: Money | None = None
    notice: Period
    control: PartyId


class Person(Struct, frozen=True, kw_only=True):
    """Somebody on whom the deal rests."""

    name: Text
    title: Text
    of: PartyId
    replace_within: Period


class Personnel(Struct, frozen=True, kw_only=True):
    """What holds for the people who do the work."""

    rules: tuple[Text, ...] = ()
    removed_within: Period | None = None


class Subcontracting(Struct, frozen=True, kw_only=True):
    """Whether the work may be passed on."""

    allowed: Literal["no", "with consent", "yes"]
    named: tuple[Text, ...] = ()


class Assignment(Struct, frozen=True, kw_only=True):
    """Whether the contract may be passed on."""

    allowed: Allowed
    with_business: bool = False


class ChangeOfControl(Struct, frozen=True, kw_only=True):
    """What follows when somebody else takes over a party."""

    of: PartyId
    means: Text | None = None
    notice: Period
    within: Period


class Publicity(Struct, frozen=True, kw_only=True):
    """Whether a party may speak of the deal."""

    by: PartyId
    allowed: tuple[Text, ...] | Literal["with consent", "no"]


class Beneficiaries(Struct, frozen=True, kw_only=True):
    """Who besides the parties has rights."""

    third_party: Literal["none"] | tuple[Text, ...] = "none"
    affiliates: Literal["no", "may order"] = "no"


class OtherAgreement(Struct, frozen=True, kw_only=True):
    """An agreement beside this one, and how the two hang together."""

    title: Text
    dated: date | None = None
    relation: Literal["stays in force", "replaced", "read together"]
    ends_with: bool = False


class Recall(Struct, frozen=True, kw_only=True):
    """How soon a recall is told, and who pays for it."""

    notice: Period
    cost: PartyId


class Compliance(Struct, frozen=True, kw_only=True):
    """Which laws of trade and conduct a party answers for."""

    anti_bribery: bool = False
    sanctions: bool = False
    modern_slavery: bool = False
    competition: bool = False
    export: PartyId | None = None
    labels: PartyId | None = None
    recall: Recall | None = None


class Site(Struct, frozen=True, kw_only=True):
    """Where the work is done, and the rules of the place."""

    address: Text
    owner: PartyId | None = None
    hours: Text | None = None
    rules: tuple[Text, ...] = ()
    clean_up: PartyId | None = None
    hazardous: Literal["stop and client pays", "performer removes"] | None = None


class Services(Struct, frozen=True, kw_only=True):
    """What is done, to which standard, and who says how."""

    description: Text
    standard: Text | None = None
    place: Text | None = None
    availability: Text | None = None


class Consumer(Struct, frozen=True, kw_only=True):
    """What the law gives a private customer."""

    cancellation: Period
    work_before_cancellation_ends: bool = False
    statutory_notices: Literal["from the law"] = "from the law"


class Signing(Struct, frozen=True, kw_only=True):
    """The form in which the contract is made."""

    form: Literal["agreement", "deed"] = "agreement"
    electronic: bool = True
    counterparts: bool = True
    originals: int | None = None
    held_until: Literal["all have signed"] | None = None


class Annex(Struct, frozen=True, kw_only=True):
    """A document that belongs to the contract."""

    title: Text
    text: Text | None = None
    file: Text | None = None
    sha256: Text | None = None
    over: Literal["articles"] | None = None


class Amendment(Struct, frozen=True, kw_only=True):
    """How the contract itself is changed."""

    form: Literal["writing signed by both"] = "writing signed by both"
    must_name: tuple[Text, ...] = ()
    consents: tuple[Text, ...] = ()
    email_is_writing: bool = False


Survives = Literal["while secret", "limitation period", "until paid", "always"]
Survival = dict[Identifier, Period | Survives]
"""What goes on after the end, each for its own time."""
