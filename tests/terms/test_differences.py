"""What differs between two states of the terms."""

from datetime import date

from a_change import after

from closer.terms.changes import (
    Change,
    amended,
    between,
    differences,
    terms_text,
)
from closer.terms.digest import digest
from closer.terms.reading import Agreed, read_terms


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
