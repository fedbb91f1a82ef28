"""Text to typed terms: every kind of value, every fault with its place and way out."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from closer.terms.model import Confirmation
from closer.terms.reading import Agreed, read_terms
from closer.terms.values import Anchor, Money, Offset, Period, Rest, Share

ROOT = Path(__file__).parents[2]
ProblemsIn = Callable[[str], list[str]]


def test_values_get_their_types(agreed: Agreed) -> None:
    """
    milestones:
      garage: {title: Garage, owner: contractor, due: 2 weeks after effective}
    price:
      total: 48500
      payments:
        deposit: {amount: 10%, due: effective, payer: client}
        final: {amount: rest, due: garage.met, payer: client}
    """
    garage = agreed.terms.milestones["garage"]
    assert garage.due == Offset(Period(((2, "week"),)), "after", Anchor("effective"))
    price = agreed.terms.price
    assert price is not None
    assert price.total == Money("USD", Decimal("48500.00"))
    assert price.payments["deposit"].amount == Share(Decimal(10))
    assert price.payments["final"].amount == Rest()
    assert price.payments["final"].due == Anchor("garage", "met")


def test_yaml_guesses_nothing(agreed: Agreed) -> None:
    """
    time: {holidays: [NO]}
    parties:
      client: {name: 012, kind: null, address: 1.10}
      contractor: {name: yes, kind: ~, address: 2026-01-01}
    """
    client, contractor = agreed.terms.parties.values()
    assert (client.name, client.kind, client.address) == ("012", "null", "1.10")
    assert (contractor.name, contractor.kind) == ("yes", "~")
    assert agreed.terms.time is not None
    assert agreed.terms.time.holidays == ("NO",)


def test_keys_that_python_reserves_are_written_as_people_say_them(
    agreed: Agreed,
) -> None:
    """
    warranty: {lasts: 1 year, from: 2026-12-01}
    liability: {cap: 1000, for: client}
    termination:
      breach: {by: either, if: a material breach is not cured, cure: 14 days}
    """
    terms = agreed.terms
    assert terms.warranty is not None
    assert terms.warranty.from_ == date(2026, 12, 1)
    assert terms.liability is not None
    assert terms.liability.for_ == "client"
    assert terms.termination["breach"].if_ == "a material breach is not cured"


def test_steps_keep_their_order(agreed: Agreed) -> None:
    """
    dispute_resolution:
      governing_law: Florida
      steps:
        mediation: {provider: AAA, within: 45 days}
        negotiation: {between: the leads, within: 10 days}
        court: {courts: Florida}
    """
    resolution = agreed.terms.dispute_resolution
    assert resolution is not None
    assert resolution.steps is not None
    assert resolution.steps.order == ("mediation", "negotiation", "court")


def test_alternatives_are_read_as_what_was_written(agreed: Agreed) -> None:
    """
    time:
      holidays: weekends only
      cut_off: 16:30
      deemed_receipt: {hand: on delivery, courier: 3 business days}
    duration: {renewal: {for: 1 year, times: 3, notice: 60 days}}
    dispute_resolution:
      governing_law: Florida
      steps: {arbitration: {institution: AAA, expedited: no}}
    contingencies:
      late_completion: {for: [garage], damages: USD 150 per day, cap: 5%}
    """
    terms = agreed.terms
    assert terms.time is not None
    assert terms.time.holidays == "weekends only"
    assert terms.time.deemed_receipt.hand == "on delivery"
    assert terms.time.deemed_receipt.courier == Period(((3, "business day"),))
    assert terms.duration is not None
    assert terms.duration.renewal is not None
    assert terms.duration.renewal.times == 3
    assert terms.dispute_resolution is not None
    assert terms.dispute_resolution.steps is not None
    assert terms.dispute_resolution.steps.arbitration is not None
    assert terms.dispute_resolution.steps.arbitration.expedited is False
    assert terms.contingencies is not None
    assert terms.contingencies.late_completion is not None
    assert terms.contingencies.late_completion.cap == Share(Decimal(5))
    assert agreed.canonical["time"]["cut_off"] == "16:30"  # type: ignore[index]


def test_confirmations_name_the_digest(agreed: Agreed) -> None:
    """
    closing:
      confirmed: {client: 2026-07-28, contractor: 2026-07-29 of 3f9a2c1b}
    """
    closing = agreed.terms.closing
    assert closing is not None
    assert closing.confirmed == {
        "client": Confirmation(date(2026, 7, 28)),
        "contractor": Confirmation(date(2026, 7, 29), "3f9a2c1b"),
    }


def test_the_canonical_form_has_file_order_and_no_defaults(agreed: Agreed) -> None:
    """
    insurance: {cover: [{limit: "1,000", kind: liability}], owner: client}
    dispute_resolution: {urgent_relief: yes, governing_law: Florida}
    time: {cut_off: "17:00", holidays: [US], clear_days: no}
    """
    canonical = agreed.canonical
    assert canonical["insurance"] == {
        "cover": [{"limit": "USD 1000.00", "kind": "liability"}],
        "owner": "client",
    }
    assert list(canonical["dispute_resolution"].items()) == [  # type: ignore[attr-defined]
        ("urgent_relief", "yes"),
        ("governing_law", "Florida"),
    ]
    assert canonical["time"] == {
        "cut_off": "17:00",
        "holidays": ["US"],
        "clear_days": "no",
    }


FAULTS = [
    ("wurranty: {lasts: 1 year}", ["F03 wurranty"]),
    ("warranty: {lasts: 1 year}", ["F04 warranty.from"]),
    ("warranty: {lasts: 1 year, from: }", ["F16 warranty.from"]),
    ('warranty: {lasts: " ", from: signing}', ["F16 warranty.lasts"]),
    ("warranty:", ["F16 warranty"]),
    ("warranty: a year", ["F05 warranty"]),
    ("warranty: [a, b]", ["F05 warranty"]),
    ("title: {a: b}", ["F05 title"]),
    ("title: [a]", ["F05 title"]),
    ("background: {a: b}", ["F05 background"]),
    ("background: [a, {b: c}]", ["F05 background.1"]),
    ("milestones: none", ["F05 milestones"]),
    ("warranty: {lasts: 1, from: 3/8/26}", ["F07 warranty.from", "F09 warranty.lasts"]),
    ("time: {roll: forward}", ["F06 time.roll"]),
    ("time: {clear_days: true}", ["F06 time.clear_days"]),
    ("time: {holidays: [USA]}", ["F12 time.holidays.0"]),
    ("time: {cut_off: 5pm}", ["F12 time.cut_off"]),
    ("language: english", ["F12 language"]),
    ("timezone: New York", ["F12 timezone"]),
    ("currency: Dollars", ["F08 currency"]),
    ("time: {roll: [a]}", ["F05 time.roll"]),
    (
        "contingencies: {owner_delay: {notice: 5 days}}",
        ["F04 contingencies.owner_delay.relief"],
    ),
    (
        "closing: {confirmed: {client: 2026-07-28 or so}}",
        ["F12 closing.confirmed.client"],
    ),
    (
        "dispute_resolution: {governing_law: X, urgent_relief: soon}",
        ["F06 dispute_resolution.urgent_relief"],
    ),
    ("price: {total: EUR 5}", ["F08 price.total"]),
    ("price: {late_interest: 1%}", ["F08 price.late_interest"]),
    ("contract: Construction", ["F14 contract"]),
    ("special_terms: {Pets: {heading: a, text: b}}", ["F14 special_terms.Pets"]),
    ("special_terms: {all: {heading: a, text: b}}", ["F14 special_terms.all"]),
    ("follow_up: {check_ins: weekly}", ["F11 follow_up.check_ins"]),
    ("follow_up: {future: in spring}", ["F10 follow_up.future"]),
    ("closing: {confirmed: {client: yes}}", ["F12 closing.confirmed.client"]),
    (
        "duration: {renewal: {for: 1 year, times: ever, notice: 1 day}}",
        ["F12 duration.renewal.times"],
    ),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [pytest.param(*fault, id=fault[0]) for fault in FAULTS],
)
def test_each_fault_has_its_code_and_path(
    text: str, found: list[str], problems_in: ProblemsIn
) -> None:
    assert sorted(problems_in(text)) == sorted(found)


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        "title: A\ncontract: construction\neffective: 3/8/26\nprize: 5\ntime: {a: b}\n"
    )
    _, problems = read_terms(text, "agreed.yaml")
    assert [(p.code, p.path, p.where.line) for p in problems] == [
        ("F04", "reference", 1),
        ("F04", "parties", 1),
        ("F07", "effective", 3),
        ("F03", "prize", 4),
        ("F03", "time.a", 5),
    ]


def test_an_unknown_currency_is_told_once_and_not_for_each_sum(
    problems_in: ProblemsIn,
) -> None:
    assert problems_in("currency: DOL\nprice: {total: 5}") == ["F08 currency"]


def test_a_deal_without_currency_needs_the_code_in_every_sum() -> None:
    text = "contract: a\ntitle: b\nreference: c\neffective: signing\n"
    text += "parties: {a: {name: a, kind: b, address: c}}\nprice: {total: 5}\n"
    assert [p.code for p in read_terms(text, "x")[1]] == ["F08"]
    assert read_terms(text.replace("total: 5", "total: USD 5"), "x")[1] == []


def test_a_problem_says_where_what_why_and_the_way_out() -> None:
    file = ROOT / "samples/broken/f03-misspelled-key.yaml"
    _, (problem,) = read_terms(file.read_text(encoding="utf-8"), "agreed.yaml")
    assert str(problem) == (
        "agreed.yaml:28:1: F03 `milestone` is no key of the file. A term that no "
        "clause states would be lost. Did you mean `milestones`?"
    )


def test_an_unreadable_alternative_lists_the_choices_too() -> None:
    text = "time: {deemed_receipt: {hand: at once}}\n"
    problems = [p for p in read_terms(text, "x")[1] if p.code == "F09"]
    assert problems[0].remedy.endswith("Or write `on delivery`, `when sent`.")


def test_the_sample_is_read_in_milliseconds(sample: Agreed) -> None:
    text = sample.source.text
    times = []
    for _ in range(5):
        started = time.perf_counter()
        read_terms(text, "agreed.yaml")
        times.append(time.perf_counter() - started)
    assert min(times) < 0.015


def test_reading_terms_loads_no_library_of_dates_documents_or_calendars() -> None:
    script = (
        "import sys; from closer.terms import reading, changes; "
        "heavy = {'dateutil', 'babel', 'holidays', 'icalendar', 'docxtpl', 'lxml'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = [sys.executable, "-c", script]
    answer = subprocess.run(
        run, capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert answer.strip() == "[]"


@pytest.mark.parametrize("key", ["reference", "title", "contract"])
def test_an_empty_name_of_the_deal_is_told_at_its_key(key: str) -> None:
    sample = ROOT / "samples" / "garage-remodel" / "agreed.yaml"
    lines = sample.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith(f"{key}:"))
    lines[number] = f'{key}: ""'
    agreed, problems = read_terms("\n".join(lines), "agreed.yaml")
    assert agreed is None
    assert [(p.code, p.path, p.where.line) for p in problems] == [
        ("F16", key, number + 1)
    ]
