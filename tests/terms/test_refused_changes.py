"""What cannot be changed, and where it is shown."""

from collections.abc import Callable

import pytest
from a_change import HEAD, change, faults

from closer.terms.changes import (
    amended,
)
from closer.terms.reading import Agreed

WEATHER = "circumstance: {under: contingencies.weather, what: a, began: 2026-09-09"

REFUSED = [
    ("amends: OTHER-1\n", "", "F30 amends"),
    ("amends: HOM-2026-014 of 00000000\n", "", "F30 amends"),
    ("effective: 2026-08-01\n", "", "F38 effective"),
    ("until: 2026-01-01\n", "governance.progress_reviews: every week", "F38 until"),
    (
        "",
        "governance.progress_reviews: {to: every week, until: 2026-10-01}",
        "F38 changes.governance.progress_reviews.until",
    ),
    (
        WEATHER + ", work_resumed: 2026-09-09}\n",
        "",
        "F38 circumstance.work_resumed",
    ),
    ("circumstance: {what: a, began: 2026-09-09}\n", "", "F04 circumstance.under"),
    ("until: [\n", "", "F01 "),
    ("", "zebra: 5", "F31 changes.zebra"),
    ("", "termination.xyz: removed", "F32 termination.xyz"),
    ("", "milestone.garage.due: 2026-10-09", "F31 changes.milestone.garage.due"),
    ("", "price.totl: 5", "F31 changes.price.totl"),
    ("", "price.total.amount: 5", "F31 changes.price.total.amount"),
    ("", "milestones.garden.due: later by 1 day", "F32 milestones.garden.due"),
    ("", "milestones.garden.due: 2026-12-01", "F32 milestones.garden.due"),
    ("", "milestones.garden: removed", "F32 milestones.garden"),
    ("", "reference: X", "F33 changes.reference"),
    ("", "closing.said: removed", "F33 changes.closing.said"),
    ("", "amended: []", "F33 changes.amended"),
    (
        "",
        "milestones.garage.due: {to: 2026-12-01, until: 2026-12-31}",
        "F34 changes.milestones.garage.due",
    ),
    ("until: 2026-12-31\n", "duration.ends: end", "F34 changes.duration.ends"),
    ("", "warranty.lasts: later by 1 day", "F35 warranty.lasts"),
    ("", "milestones.garage.due: later by 5 hours", "F35 milestones.garage.due"),
    ("", "milestones.garage.due: later by 5", "F09 changes.milestones.garage.due"),
    ("", "milestones.garage.due: 2/10/26", "F07 milestones.garage.due"),
    ("", "price.total: 48500", "F36 price.total"),
    ("", "milestones.patio: {title: Patio}", "F04 milestones.patio.due"),
    ("", "milestones.Patio: {title: P, owner: a, due: end}", "F14 milestones.Patio"),
    ("", "warranty.lasts:", "F16 warranty.lasts"),
    (
        "",
        "governance.progress_reviews: {to: every week}",
        "F07 changes.governance.progress_reviews.until",
    ),
    (
        "",
        "contingencies.weather: removed for circumstances that begin after lunch time",
        "F10 changes.contingencies.weather",
    ),
    (
        "circumstance: {under: contingencies.war, what: war, began: 2026-09-01}\n",
        "",
        "F32 circumstance.under",
    ),
    (
        WEATHER + ", notice: {given: 2026-09-08, by: contractor, how: email}}\n",
        "",
        "F38 circumstance.notice.given",
    ),
    (
        WEATHER + ", last_day_lost: 2026-09-10, work_resumed: 2026-09-11}\n",
        "",
        "F39 circumstance.work_resumed",
    ),
]


@pytest.mark.parametrize(
    ("head", "changes", "found"), [pytest.param(*row, id=row[2]) for row in REFUSED]
)
def test_what_cannot_be_changed_is_refused(
    sample: Agreed, head: str, changes: str, found: str
) -> None:
    keys = {line.partition(":")[0]: line for line in HEAD.splitlines()}
    if head:
        keys[head.partition(":")[0]] = head.rstrip()
    lines = [*keys.values(), "changes:", f"  {changes or 'warranty.lasts: 2 years'}"]
    problems = faults(sample, "\n".join(lines) + "\n")
    assert found in [f"{problem.code} {problem.path}" for problem in problems]


def test_a_fault_in_a_changed_value_is_shown_in_the_change_file(
    sample: Agreed,
) -> None:
    text = f"{HEAD}changes:\n  price.payments.extra: {{amount: 5, due: 3/8/26}}\n"
    problems = faults(sample, text)
    assert [f"{p.where} {p.code}" for p in problems] == [
        "change-1.yaml:4:3 F04",
        "change-1.yaml:4:42 F07",
    ]


def test_a_fault_that_a_change_makes_elsewhere_is_shown_in_the_terms(
    agreed: Agreed,
) -> None:
    """
    reference: HOM-2026-014
    price:
      # every sum of this deal
      total: USD 5
    """
    problems = faults(agreed, f"{HEAD}changes:\n  currency: EUR\n")
    assert [str(p.where) for p in problems] == ["agreed.yaml:4:10"]


def test_places_of_amended_terms_are_those_of_the_files_people_wrote(
    sample: Agreed,
) -> None:
    one = change("milestones.garage.due: later by 1 week\nwarranty.lasts: 2 years")
    result, _ = amended(sample, one)
    assert result is not None
    place = result.source.place
    assert str(place("warranty.lasts")) == "change-1.yaml:5:19"
    assert place("price.total") == sample.source.place("price.total")


def test_changes_that_overlap_are_refused(sample: Agreed) -> None:
    text = f"{HEAD}changes:\n  milestones.garage: removed\n"
    text += "  milestones.garage.due: later by 1 week\n"
    assert [problem.code for problem in faults(sample, text)] == ["F37"]


def test_a_day_in_a_calendar_that_nobody_has_cannot_be_counted(
    agreed: Agreed,
) -> None:
    """
    reference: HOM-2026-014
    time: {holidays: [QQ]}
    milestones:
      garage: {title: Garage, owner: contractor, due: 2026-10-09}
    """
    text = f"{HEAD}changes:\n  milestones.garage.due: later by 1 business day\n"
    assert [problem.code for problem in faults(agreed, text)] == ["F35"]


def test_a_path_that_a_change_does_not_touch_has_no_place_of_its_own_in_it() -> None:
    one = change("warranty.lasts: 2 years")
    assert str(one.place("price")) == "change-1.yaml:3:1"


def test_a_value_too_deep_for_its_place_is_shown_in_the_change_file(
    sample: Agreed,
) -> None:
    deep = "[" * 18 + "]" * 18
    text = f"{HEAD}changes:\n  contingencies.force_majeure.end_after.by: {deep}\n"
    (problem,) = faults(sample, text + "  warranty.lasts: 2 years\n")
    assert problem.code == "F17"
    assert (problem.where.file, problem.where.line) == ("change-1.yaml", 4)


def test_problems_keep_the_order_of_the_file(
    sample: Agreed, problems_in: Callable[[str], list[str]]
) -> None:
    text = f"{HEAD}changes:\n  price.totl: 1\n  reference: X\n  price.tutal: 2\n"
    assert [p.where.line for p in faults(sample, text)] == [4, 5, 6]
    assert problems_in("title: Two\nprice: {totl: 1}") == ["F03 price.totl"]
