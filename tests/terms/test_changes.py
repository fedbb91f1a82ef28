"""The change file, and the terms as they stand after it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from closer.problems import Problem
from closer.terms.changes import (
    Change,
    Moved,
    Removed,
    Temporary,
    amended,
    between,
    differences,
    read_change,
    terms_text,
)
from closer.terms.days import business_days
from closer.terms.digest import digest
from closer.terms.reading import Agreed, read_terms
from closer.terms.shifting import shifted
from closer.terms.values import Anchor, Period, Unreadable, read_moment

ROOT = Path(__file__).parents[2]
HURRICANE = ROOT / "samples/garage-remodel/change-1-hurricane.yaml"
HEAD = "amends: HOM-2026-014\neffective: 2026-10-05\n"


def change(changes: str, head: str = HEAD) -> Change:
    text = f"{head}changes:\n" + "".join(f"  {line}\n" for line in changes.split("\n"))
    found, problems = read_change(text, "change-1.yaml")
    assert found is not None, problems
    return found


def after(agreed: Agreed, *changes: str, head: str = HEAD) -> Agreed:
    for one in changes:
        result, problems = amended(agreed, change(one, head))
        assert result is not None, "\n".join(map(str, problems))
        agreed = result
    return agreed


def faults(agreed: Agreed, text: str) -> list[Problem]:
    found, problems = read_change(text, "change-1.yaml")
    return amended(agreed, found)[1] if found else problems


@pytest.fixture
def hurricane() -> Change:
    found, problems = read_change(HURRICANE.read_text("utf-8"), "change-1.yaml")
    assert found is not None, problems
    return found


SHIFTS = [
    ("4 weeks after garage", "later", "2 weeks", "6 weeks after garage"),
    ("4 weeks after garage", "later", "3 days", "31 days after garage"),
    ("1 year after garage", "later", "6 months", "18 months after garage"),
    (
        "10 business days after a",
        "later",
        "5 business days",
        "15 business days after a",
    ),
    (
        "4 weeks after garage",
        "later",
        "10 business days",
        "4 weeks and 10 business days after garage",
    ),
    ("1 month after garage", "later", "2 weeks", "1 month and 2 weeks after garage"),
    ("1 week and 3 days after a", "later", "1 week", "2 weeks and 3 days after a"),
    ("1 week and 3 days after a", "earlier", "5 days", "5 days after a"),
    ("72 hours after a", "later", "24 hours", "96 hours after a"),
    ("garage", "later", "2 weeks", "2 weeks after garage"),
    ("garage.met", "earlier", "3 days", "3 days before garage.met"),
    ("4 weeks before end", "later", "1 week", "3 weeks before end"),
    ("4 weeks before end", "later", "4 weeks", "end"),
    ("4 weeks before end", "later", "6 weeks", "2 weeks after end"),
    ("4 weeks before end", "earlier", "6 days", "34 days before end"),
    ("4 weeks after garage", "earlier", "5 weeks", "1 week before garage"),
    (
        "4 weeks after garage",
        "earlier",
        "10 business days",
        "10 business days before 4 weeks after garage",
    ),
    (
        "10 business days before 4 weeks after garage",
        "later",
        "10 business days",
        "4 weeks after garage",
    ),
    (
        "the later of 2026-08-03 and signing",
        "later",
        "1 month",
        "1 month after the later of 2026-08-03 and signing",
    ),
    ("2026-10-02", "later", "2 weeks", "2026-10-16"),
    ("2026-10-02", "later", "10 business days", "2026-10-16"),
    ("2026-10-02", "later", "1 week and 1 business day", "2026-10-12"),
    ("2026-10-05", "earlier", "1 business day", "2026-10-02"),
    ("2026-11-30", "later", "3 months", "2027-02-28"),
    ("2026-03-31", "earlier", "1 month", "2026-02-28"),
]


@pytest.mark.parametrize(("was", "how", "period", "becomes"), SHIFTS)
def test_a_moved_moment_keeps_what_was_written_of_it(
    was: str, how: str, period: str, becomes: str
) -> None:
    moved = shifted(
        read_moment(was),
        Period.read(period),
        how,  # type: ignore[arg-type]
        business_days(None),
    )
    assert str(moved) == becomes
    assert read_moment(str(moved)) == moved


def test_a_date_is_not_moved_by_hours() -> None:
    with pytest.raises(Unreadable, match="hour"):
        shifted(date(2026, 1, 1), Period.read("5 hours"), "later", business_days(None))


def test_a_date_moved_by_business_days_passes_over_the_holidays_agreed(
    agreed: Agreed,
) -> None:
    """
    reference: HOM-2026-014
    time: {holidays: [US]}
    milestones:
      garage: {title: Garage, owner: contractor, due: 2026-10-09}
    """
    moved = after(agreed, "milestones.garage.due: later by 1 business day")
    assert moved.terms.milestones["garage"].due == date(2026, 10, 13)


def test_the_sample_change_says_what_it_changes(hurricane: Change) -> None:
    assert hurricane.reference == "HOM-2026-014"
    assert hurricane.effective == date(2026, 10, 5)
    assert hurricane.circumstance is not None
    assert hurricane.circumstance.notice is not None
    assert hurricane.circumstance.notice.given == date(2026, 9, 25)
    assert hurricane.changes["milestones.backyard.due"] == Moved(
        "later", Period(((2, "week"),))
    )
    assert hurricane.changes["contingencies.weather"] == Removed()
    rhythm = "every week on Tuesday at 10:00 for 30 minutes"
    assert hurricane.temporary == {
        "governance.progress_reviews": Temporary(rhythm, date(2026, 11, 30))
    }


def test_the_sample_change_is_made_in_the_text_and_nowhere_else(
    sample: Agreed, hurricane: Change
) -> None:
    result, problems = amended(sample, hurricane)
    assert result is not None, problems
    before = sample.source.text.splitlines()
    now = result.source.text.splitlines()
    closing = before.index("closing:")
    gone = [line for line in before[:closing] if line not in now]
    new = [line for line in now if line not in before]
    assert [line.split(":")[0].strip() for line in gone] == [
        "description",
        "backyard",
        "total",
        "weather",
        "progress_reviews",
    ]
    assert [line.split(":")[0].strip() for line in new] == [
        "description",
        "backyard",
        "total",
        "debris",
        "progress_reviews",
    ]
    assert result.terms.closing is None


def test_the_file_of_the_result_is_the_result(
    sample: Agreed, hurricane: Change
) -> None:
    result, _ = amended(sample, hurricane)
    assert result is not None
    again, problems = read_terms(terms_text(result), "terms-1.yaml")
    assert again is not None, problems
    assert again.terms == result.terms
    assert digest(again) == digest(result)


def test_the_result_remembers_its_change_and_the_price_as_signed(
    sample: Agreed, hurricane: Change
) -> None:
    result, _ = amended(sample, hurricane)
    assert result is not None
    (entry,) = result.terms.amended
    assert entry.change == "change-1.yaml"
    assert entry.before == digest(sample)
    assert len(entry.change_digest) == 64
    assert str(entry.original_price) == "USD 48500.00"


def test_only_the_first_change_of_the_price_writes_the_original(sample: Agreed) -> None:
    first = after(sample, "price.late_interest: 2% per month")
    assert first.terms.amended[0].original_price is None
    last = after(first, "price.total: 50000", "price.total: 60000")
    prices = [entry.original_price for entry in last.terms.amended]
    assert [str(price) for price in prices] == ["None", "USD 48500.00", "None"]
    again, problems = read_terms(terms_text(last), "terms-3.yaml")
    assert again is not None, problems
    assert again.terms.amended == last.terms.amended


def test_a_chain_in_memory_is_the_chain_through_files(sample: Agreed) -> None:
    one, two = "price.total: 50000", "milestones.garage.due: later by 1 week"
    straight = after(sample, one, two)
    again, _ = read_terms(terms_text(after(sample, one)), "terms-1.yaml")
    assert again is not None
    through = after(again, two)
    assert terms_text(through) == terms_text(straight)


def test_a_new_key_stands_last_in_its_map(sample: Agreed) -> None:
    result = after(sample, "price.payments.extra: {amount: 5, payer: client}")
    assert result.terms.price is not None
    assert list(result.terms.price.payments)[-1] == "extra"


def test_a_section_that_was_missing_is_made_with_its_key(agreed: Agreed) -> None:
    """
    reference: HOM-2026-014
    """
    result = after(agreed, "governance.progress_reviews: every week")
    assert result.source.text.endswith("governance: {progress_reviews: every week}\n")


def test_what_holds_nothing_any_more_is_left_out(agreed: Agreed) -> None:
    """
    reference: HOM-2026-014
    governance:
      progress_reviews: every week
    """
    result = after(agreed, "governance.progress_reviews: removed")
    assert "governance" not in result.source.text
    assert result.terms.governance is None


def test_a_removal_may_spare_what_began_before(sample: Agreed) -> None:
    rule = "removed for circumstances that begin after 2026-10-31"
    one = change(f"contingencies.weather: {rule}")
    assert one.changes == {"contingencies.weather": Removed(date(2026, 10, 31))}
    result, _ = amended(sample, one)
    assert result is not None
    assert result.terms.contingencies is not None
    assert result.terms.contingencies.weather is None
    at_signing = change("contingencies.weather: " + rule.replace("2026-10-31", "end"))
    assert at_signing.changes == {"contingencies.weather": Removed(Anchor("end"))}


def test_until_at_the_top_makes_every_change_temporary() -> None:
    head = f"{HEAD}until: 2026-12-31\n"
    one = change("governance.progress_reviews: every week", head)
    assert one.temporary["governance.progress_reviews"].until == date(2026, 12, 31)


def test_a_change_may_name_eight_characters_of_the_digest(sample: Agreed) -> None:
    head = f"amends: HOM-2026-014 of {digest(sample)[:8]}\neffective: 2026-10-05\n"
    assert after(sample, "warranty.lasts: 2 years", head=head).terms.warranty


def test_a_change_leaves_the_terms_it_was_made_from_alone(sample: Agreed) -> None:
    before = digest(sample)
    after(sample, "warranty.lasts: 2 years")
    assert digest(sample) == before


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


def test_lists_are_one_leaf_and_compared_in_order(sample: Agreed) -> None:
    result = after(sample, "contingencies.force_majeure.causes: [war, flood]")
    (only,) = differences(sample, result)
    assert only.path == "contingencies.force_majeure.causes"
    assert only.after == "[war, flood]"


def test_another_order_of_steps_is_a_difference(agreed: Agreed) -> None:
    """
    reference: HOM-2026-014
    dispute_resolution:
      governing_law: Florida
      steps:
        negotiation: {between: the leads, within: 10 days}
        executives: {between: the owners, within: 10 days}
    """
    steps = "dispute_resolution.steps: {executives: {between: the owners, within: "
    steps += "10 days}, negotiation: {between: the leads, within: 10 days}}"
    result = after(agreed, steps)
    (only,) = differences(agreed, result)
    assert only.before == "negotiation, executives"
    assert only.after == "executives, negotiation"
    back, problems = between(agreed, result, date(2026, 10, 5))
    assert back is not None, problems
    made, _ = amended(agreed, back)
    assert made is not None
    assert digest(made) == digest(result)


def test_two_whole_files_serve_as_well(sample: Agreed, hurricane: Change) -> None:
    wanted, _ = amended(sample, hurricane)
    assert wanted is not None
    text = terms_text(wanted)
    whole, problems = read_terms(text, "after.yaml")
    assert whole is not None, problems
    found, problems = between(sample, whole, date(2026, 10, 5))
    assert found is not None, problems
    assert str(found.place("price.total")) == str(whole.source.place("price.total"))
    result, problems = amended(sample, found)
    assert result is not None, problems
    assert differences(whole, result) == []
    assert digest(result) == digest(wanted)


def test_two_files_of_the_same_terms_make_no_change(sample: Agreed) -> None:
    found, problems = between(sample, sample, date(2026, 10, 5))
    assert found is None
    assert [problem.code for problem in problems] == ["F36"]


def test_problems_keep_the_order_of_the_file(
    sample: Agreed, problems_in: Callable[[str], list[str]]
) -> None:
    text = f"{HEAD}changes:\n  price.totl: 1\n  reference: X\n  price.tutal: 2\n"
    assert [p.where.line for p in faults(sample, text)] == [4, 5, 6]
    assert problems_in("title: Two\nprice: {totl: 1}") == ["F03 price.totl"]
