"""What happens if: each contingency the parties agreed, as one row of terms."""

from typing import Literal

from msgspec import Struct, field

from closer.terms.kinds import Identifier, Pays, Text
from closer.terms.kinds import Party as PartyId
from closer.terms.rhythms import Rhythm
from closer.terms.values import Moment, Money, Period, Rate, Share

Relief = Literal["day for day", "time", "time and cost", "none"]
Counts = Literal["calendar days", "working days"]
NoticeFrom = Literal["began", "aware", "aware or should be aware"]
LateNotice = Literal["no effect", "relief from notice only", "relief lost"]


class LongStop(Struct, frozen=True, kw_only=True):
    """After how many days of it who may end the contract.

    `in_any_days`: days in total count only within any span of so many days.
    """

    days: int
    kind: Literal["consecutive", "in total"] = "consecutive"
    in_any_days: int | None = None
    by: PartyId
    notice: Period | None = None
    pays: Pays | None = None


class ForceMajeure(Struct, frozen=True, kw_only=True):
    """Events outside the parties' control."""

    standard: Literal["prevented", "prevented or delayed"] = "prevented or delayed"
    causes: tuple[Text, ...]
    notice: Period | None = None
    notice_from: NoticeFrom = "aware or should be aware"
    late_notice: LateNotice = "relief from notice only"
    relief: Relief
    counts: Counts = "calendar days"
    critical_only: bool = True
    restart: Period | None = None
    updates: Period | None = None
    ended_notice: Period | None = None
    excludes: tuple[Text, ...] = ()
    end_after: LongStop | None = None


class Weather(Struct, frozen=True, kw_only=True):
    """Weather worse than normal, by a station's record."""

    threshold: Text
    measured_at: Text | None = None
    beyond: Text | None = None
    record: Text | None = None
    relief: Relief
    counts: Counts = "calendar days"
    notice: Period
    notice_from: NoticeFrom = "began"
    late_notice: LateNotice = "relief from notice only"


class OwnerDelay(Struct, frozen=True, kw_only=True):
    """Delay for which the party that receives the work answers."""

    notice: Period
    relief: Relief
    counts: Counts = "calendar days"
    notice_from: NoticeFrom = "aware or should be aware"
    late_notice: LateNotice = "relief from notice only"


class SiteConditions(Struct, frozen=True, kw_only=True):
    """Conditions of the site that nobody knew of."""

    notice: Period
    inspect_within: Period | None = None
    hazardous: Literal["stop and client pays", "performer removes"] | None = None
    not_after: Literal["final payment"] | None = None
    relief: Relief
    counts: Counts = "calendar days"
    notice_from: NoticeFrom = "aware or should be aware"
    late_notice: LateNotice = "relief from notice only"


class CostOverrun(Struct, frozen=True, kw_only=True):
    """When cost nears the price, and what then needs approval."""

    target: Money | None = None
    notice_at: Share
    notice_again_at: Share | None = None
    tolerance: Share
    beyond: Text
    shared: Share | None = None
    stop: Literal["until approval", "no"] | None = None


class ScopeChange(Struct, frozen=True, kw_only=True):
    """How a change of the work is quoted and approved."""

    order: Literal["both", "recipient alone"] = "both"
    quote_within: Period
    approve_within: Period
    claim_within: Period | None = None
    until_agreed: Text | None = None
    ceiling: Share | None = None


class LateCompletion(Struct, frozen=True, kw_only=True):
    """Damages for delay of the milestones named."""

    for_: tuple[Identifier, ...] = field(name="for")
    damages: Rate
    grace: Period | None = None
    after_grace: Text | None = None
    cap: Money | Share | None = None
    sole_remedy: Literal["for delay", "no"] = "no"
    at_cap: Text | None = None
    part_day: Literal["counts", "does not count"] | None = None
    deducted: Literal["from the next payment", "invoiced"] | None = None
    early_use: Literal["reduces in proportion", "no effect"] | None = None
    stops_at: Literal["completion", "termination"] | None = None
    basis: Text | None = None


class Hardship(Struct, frozen=True, kw_only=True):
    """Performance that has become far dearer than anybody expected."""

    when: Text
    notice: Period
    talk_within: Period
    by: PartyId = "either"
    otherwise: Literal["may terminate", "tribunal adapts", "stays"] = field(name="else")


class ChangeInLaw(Struct, frozen=True, kw_only=True):
    """A law that was not known at signing and makes the work dearer or slower."""

    known_at: Literal["signing", "effective day"] = "signing"
    cost: PartyId | Literal["shared"]
    notice: Period
    notice_from: NoticeFrom = "aware or should be aware"
    late_notice: LateNotice = "relief from notice only"
    relief: Relief
    counts: Counts = "calendar days"
    end_if: Text | None = None


class KeyPerson(Struct, frozen=True, kw_only=True):
    """Somebody on whom the deal rests leaves."""

    who: tuple[Identifier, ...]
    notice: Period
    approval: Literal["not unreasonably withheld", "free choice", "not needed"]
    handover: Literal["at own cost", "charged"] = "at own cost"
    otherwise: Literal["may terminate", "stays"] = field(name="else", default="stays")


class SupplyShortage(Struct, frozen=True, kw_only=True):
    """Not enough goods for everybody."""

    notice: Period
    notice_from: NoticeFrom = "aware or should be aware"
    late_notice: LateNotice = "relief from notice only"
    relief: Relief
    counts: Counts = "calendar days"
    allocation: Literal["pro rata", "this contract first"] = "pro rata"
    substitute: Literal["with approval", "no"] = "no"
    cover: Literal["buyer may cover", "seller pays the difference"] | None = None
    end_after: LongStop | None = None


class Suspension(Struct, frozen=True, kw_only=True):
    """A party stops for a while, because the other does not do its part."""

    by: PartyId
    if_: Text = field(name="if")
    notice: Period
    costs: PartyId | None = None
    relief: Relief = "day for day"
    counts: Counts = "calendar days"
    restart: Period | None = None
    end_after: LongStop | None = None


class DataLoss(Struct, frozen=True, kw_only=True):
    """Data of the other side is lost, spoilt or seen by strangers."""

    owner: PartyId
    backup: Rhythm
    rpo: Period
    rto: Period
    notice: Period
    notice_from: NoticeFrom = "aware"
    restores: PartyId
    cap: Money | None = None


class Insolvency(Struct, frozen=True, kw_only=True):
    """A party can no longer pay its debts."""

    by: PartyId = "either"
    means: tuple[Text, ...]
    effect: Literal["may terminate", "may suspend", "may ask for security"]
    notice: Period | None = None


class EarlyTermination(Struct, frozen=True, kw_only=True):
    """One party leaves early and pays for it."""

    by: PartyId
    notice: Period
    not_before: Moment | None = None
    fee: Money | Share
    wind_down: Period | None = None
    account_within: Period | None = None


class Contingencies(Struct, frozen=True, kw_only=True):
    """The contingencies that this deal provides for; one that is absent has no rule."""

    force_majeure: ForceMajeure | None = None
    weather: Weather | None = None
    owner_delay: OwnerDelay | None = None
    site_conditions: SiteConditions | None = None
    cost_overrun: CostOverrun | None = None
    scope_change: ScopeChange | None = None
    late_completion: LateCompletion | None = None
    hardship: Hardship | None = None
    change_in_law: ChangeInLaw | None = None
    key_person: KeyPerson | None = None
    supply_shortage: SupplyShortage | None = None
    suspension: Suspension | None = None
    data_loss: DataLoss | None = None
    insolvency: Insolvency | None = None
    early_termination: EarlyTermination | None = None
