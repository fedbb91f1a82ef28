"""A reading that came back is written into the terms only if it prints back."""

from pathlib import Path

import pytest
from deals import GARAGE, STUDIO, Drafting, reading

from closer.drafting.taking import taken
from closer.drafting.trace import traced
from closer.library.loading import Library
from closer.terms.differences import differences
from closer.terms.paths import value_at

SAMPLES = [
    pytest.param(path, marks=() if path in (GARAGE, STUDIO) else pytest.mark.slow)
    for path in sorted(GARAGE.parents[1].glob("*/agreed.yaml"))
]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
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
    assert tried > 40


LISTS = [
    ("contingencies.force_majeure.causes", "hurricane, flood or war", 3),
    ("contingencies.force_majeure.causes", "war", 1),
    ("contingencies.late_completion.for", "“Backyard complete” and “Handover”", 2),
    ("liability.outside_cap", "payment of the price, fines and costs", 3),
]


@pytest.mark.parametrize(("path", "text", "items"), LISTS)
def test_a_list_is_taken_as_a_list(
    path: str, text: str, items: int, library: Library
) -> None:
    after = taken(reading(GARAGE), path, text, library)
    assert after is not None
    value = value_at(after.terms, path)
    assert isinstance(value, tuple)
    assert len(value) == items


def test_an_item_that_was_there_is_not_taken_apart(library: Library) -> None:
    sample = GARAGE.parents[1] / "optics-confidentiality" / "agreed.yaml"
    agreed, path = reading(sample), "confidentiality.covers"
    text = "drawings, source code, prices and costs and the names of customers"
    after = taken(agreed, path, text, library)
    assert after is not None
    assert value_at(after.terms, path) == (
        *("drawings", "source code", "prices and costs", "the names of customers"),
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("price.total", "EUR 48,500.00"),
        ("price.total", "USD 48.500,00"),
        ("price.total", "2 years"),
        ("currency", "EUR"),
        ("milestones.garage.due", "10/9/2026"),
        ("milestones.garage.due", "February 30, 2027"),
        ("milestones.garage.due", "USD 5.00"),
        ("milestones.garage.due", "9.10.2026"),
        ("milestones.garage.due", "Saturday, October 9, 2026"),
        ("milestones.garage.due", "9 October 26"),
        ("milestones.garage.due", "31 September 2026"),
        ("price.total", "$49,50"),
        ("price.total", "€49,500.00"),
        ("price.total", "C$49,500.00"),
        ("warranty.lasts", "two (3) years"),
        ("warranty.lasts", "24 (twelve) months"),
        ("milestones.backyard.exposed_to", "Hardship"),
        ("milestones.garage.due", "5 Business Days after October 9, 2150"),
        ("warranty.lasts", "730"),
        ("warranty.lasts", "-1 year"),
        ("dispute_resolution.steps.arbitration.arbitrators", "2"),
        ("contingencies.force_majeure.causes", ""),
        ("contingencies.force_majeure.causes.0", "typhoon"),
        ("parties.client.name", "{{ 7*7 }}"),
        ("parties.client.name", "Whitfield\u202eLLC"),
        ("nothing.here", "x"),
        ("price.total.amount", "USD 1.00"),
    ],
)
def test_a_reading_of_another_kind_or_another_place_is_refused(
    path: str, text: str, library: Library
) -> None:
    assert taken(reading(GARAGE), path, text, library) is None


@pytest.mark.parametrize(
    "text",
    ["Evil: {a: b} #x", "yes", "1.0", "- x", "\"quoted\" 'name'", "Müller & Söhne"],
)
def test_a_name_that_looks_like_yaml_is_only_a_name(
    text: str, library: Library
) -> None:
    agreed = reading(GARAGE)
    after = taken(agreed, "parties.client.name", text, library)
    assert after is not None
    assert [change.path for change in differences(agreed, after)] == [
        "parties.client.name"
    ]
    assert after.terms.parties["client"].name == text  # type: ignore[index]


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
        ("milestones.backyard.exposed_to", "Force majeure", "[force_majeure]"),
        (
            "milestones.backyard.exposed_to",
            "Bad weather, hidden conditions of the site and delay caused by the Client",
            "[weather, site_conditions, owner_delay]",
        ),
        ("milestones.garage.due", "Oct. 9, 2026", "2026-10-09"),
        ("milestones.garage.due", "Friday, 9 October 2026", "2026-10-09"),
        ("milestones.garage.due", "the 9th day of October, 2026", "2026-10-09"),
        ("milestones.garage.due", "October 9th, 2026", "2026-10-09"),
        ("price.total", "$49,500", "USD 49500.00"),
        ("price.total", "US$ 49,500.00", "USD 49500.00"),
        ("price.total", "49,500 USD", "USD 49500.00"),
        ("price.late_interest", "1.50 percent per month", "1.5% per month"),
        ("warranty.lasts", "two (2) years", "2 years"),
        ("warranty.lasts", "twenty-four months", "24 months"),
        ("contingencies.force_majeure.notice", "7 (seven) days", "7 days"),
        (
            "price.payments.garage.due",
            'fifteen Business Days after the Due Date of the Milestone "Handover"',
            "15 business days after handover.due",
        ),
    ],
)
def test_a_reading_is_taken_in_the_form_of_the_file(
    path: str, text: str, written: str | None, library: Library
) -> None:
    agreed = reading(GARAGE)
    after = taken(agreed, path, text, library)
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


@pytest.mark.parametrize(
    ("text", "written"), [("6:30 PM", "18:30"), ("12:00 noon", "12:00")]
)
def test_a_time_of_day_is_taken_as_the_language_writes_it(
    text: str, written: str, library: Library
) -> None:
    after = taken(reading(GARAGE), "time.cut_off", text, library)
    assert after is not None
    assert f"{value_at(after.terms, 'time.cut_off'):%H:%M}" == written
