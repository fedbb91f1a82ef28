"""What happens if: each contingency the parties agreed, as one row of terms."""

from typing import Literal

from msgspec import Struct, field

from closer.terms.kinds import Identifier, Pays, Text
from closer.terms.kinds import Party as PartyId
from closer.terms.values import Money, Period, Rate, Share

Relief = Literal["day for day", "time", "time and cost", "none"]
Counts = Literal["calendar days", "working days"]
NoticeFrom = Literal["began", "aware", "aware or should be aware"]
LateNotice = Literal["no effect", "relief from notice only", "relief lost"]


class LongStop(Struct, frozen=True, kw_only=True):
    """After how many days of it who may end the contract."""

    days: int
    kind: Literal["consecutive", "in total"] = "consecutive"
    by: PartyId
    pays: Pays | None = None


class ForceMajeure(Struct, frozen=True, kw_only=True):
    """Events outside the parties' control."""

    causes: tuple[Text, ...]
    notice: Period | None = None
    notice_from: NoticeFrom = "aware or should be aware"
    late_notice: LateNotice = "relief from notice only"
    relief: Relief
    counts: Counts = "calendar days"
    critical_only: bool = True
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
    relief: Relief
    counts: Counts = "calendar days"
    notice_from: NoticeFrom = "aware or should be aware"
    late_notice: LateNotice = "relief from notice only"


class CostOverrun(Struct, frozen=True, kw_only=True):
    """When cost nears the price, and what then needs approval."""

    notice_at: Share
    tolerance: Share
    beyond: Text


class ScopeChange(Struct, frozen=True, kw_only=True):
    """How a change of the work is quoted and approved."""

    quote_within: Period
    approve_within: Period


class LateCompletion(Struct, frozen=True, kw_only=True):
    """Damages for delay of the milestones named."""

    for_: tuple[Identifier, ...] = field(name="for")
    damages: Rate
    grace: Period | None = None
    after_grace: Text | None = None
    cap: Money | Share | None = None
    sole_remedy: Literal["for delay", "no"] = "no"
    at_cap: Text | None = None


class Contingencies(Struct, frozen=True, kw_only=True):
    """The contingencies that this deal provides for; one that is absent has no rule."""

    force_majeure: ForceMajeure | None = None
    weather: Weather | None = None
    owner_delay: OwnerDelay | None = None
    site_conditions: SiteConditions | None = None
    cost_overrun: CostOverrun | None = None
    scope_change: ScopeChange | None = None
    late_completion: LateCompletion | None = None
