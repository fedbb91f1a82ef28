"""A reading that came back is written into the terms only if it prints back."""

from pathlib import Path

import pytest
from deals import GARAGE, STUDIO, Drafting, reading

from closer.drafting.taking import taken
from closer.drafting.trace import traced
from closer.library.loading import Library
from closer.terms.differences import differences


@pytest.mark.parametrize("sample", [GARAGE, STUDIO], ids=["construction", "services"])
def test_what_every_value_prints_is_read_as_that_value_again(
    sample: Path, drafted: Drafting, library: Library
) -> None:
    agreed = reading(sample)
    rows = traced(agreed, drafted(agreed), library.phrases["references"])
    tried = 0
    for row in rows:
        if row.how != "stands" or row.path[-1].isdigit() or row.path == "reference":
            continue
        after = taken(agreed, row.path, row.phrase, library)
        assert after is not None, row
        assert differences(agreed, after) == [], row
        tried += 1
    assert tried > 80


@pytest.mark.parametrize(
    ("path", "text", "written"),
    [
        ("price.total", "USD 49,500.00", "USD 49500.00"),
        ("milestones.garage.due", "October 9, 2026", "2026-10-09"),
        ("milestones.garage.due", "9 October 2026", "2026-10-09"),
        ("contingencies.force_majeure.notice", "10 Business Days", "10 business days"),
        (
            "milestones.backyard.due",
            "6 weeks after the Due Date of the Milestone “Garage complete”",
            "6 weeks after garage",
        ),
        ("price.late_interest", "2% per month", "2% per month"),
        ("milestones.garage.owner", "Each Party", "both"),
        ("milestones.garage.delivers", "“Backyard”", "backyard"),
        ("parties.client.address", "1 Elm Street: rear, Tampa", None),
        ("price.payments.deposit.amount", "15%", "15%"),
    ],
)
def test_a_reading_is_taken_in_the_form_of_the_file(
    path: str, text: str, written: str | None, library: Library
) -> None:
    agreed = reading(GARAGE)
    after = taken(agreed, path, text, library)
    if text == "9 October 2026":
        assert after is None, "this contract prints its dates the American way"
        return
    assert after is not None
    (change,) = differences(agreed, after)
    assert change.path == path
    assert change.after == (written or text)
    before, now = agreed.source.text.splitlines(), after.source.text.splitlines()
    assert sum(a != b for a, b in zip(before, now, strict=True)) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("price.total", "a fair price"),
        ("price.total", "USD 49,50"),
        ("milestones.garage.due", "when it is ready"),
        ("milestones.garage.owner", "the Bank"),
        ("contingencies.force_majeure.notice", "soon"),
        ("price.late_interest", ""),
    ],
)
def test_what_is_no_value_of_that_kind_is_refused(
    path: str, text: str, library: Library
) -> None:
    assert taken(reading(GARAGE), path, text, library) is None
