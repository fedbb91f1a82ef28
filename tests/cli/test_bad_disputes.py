"""What goes wrong in disputes and contingencies: each is told, and all at once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

DEAL = """
contract: services
title: Studio Support Agreement
reference: A-1
effective: 2026-08-03
currency: USD
time: {holidays: [US]}
parties:
  client: {name: A LLC, kind: company, address: "Tampa, USA"}
  provider: {name: X LLC, kind: company, address: "Tampa, USA"}
milestones: {site: {title: Site, owner: provider, due: 2026-12-01}}
service_levels:
  up: {measure: availability, target: at least 99%, each: calendar month}
price:
  payments: {fee: {amount: 100, every: every month on day 5, payer: client}}
duration: {lasts: 1 year, renewal: {for: 2 years, notice: 30 days}}
contingencies:
  force_majeure: {causes: [war], relief: day for day, notice: 5 days,
                  excludes: [payment of money], end_after: {days: 30, by: either}}
  owner_delay: {notice: 5 days, relief: time}
  late_completion: {for: [site], damages: USD 100 per calendar day, cap: "USD 5,000.00",
                    at_cap: the client may terminate}
dispute_resolution:
  governing_law: Florida
  urgent_relief: yes
  steps:
    negotiation: {between: the leads, within: 10 days}
    mediation: {provider: JAMS, within: 30 days}
    arbitration: {institution: AAA, seat: "Tampa, Florida", arbitrators: 3,
                  language: English}
"""
FAULTS = {
    "an unknown institution": ("provider: JAMS", "provider: JAMZ", "P03", "JAMS"),
    "a defunct institution": (
        "institution: AAA",
        "institution: DIFC-LCIA",
        "P40",
        "DIAC",
    ),
    "a step without a clock": (
        "{between: the leads, within: 10 days}",
        "{between: the leads}",
        "P11",
        "Write how long it may take",
    ),
    "two final steps": (
        "    arbitration:",
        "    court: {courts: X}\n    arbitration:",
        "P02",
        "Keep one",
    ),
    "an even number of arbitrators": (
        "arbitrators: 3",
        "arbitrators: 2",
        "P07",
        "Write 1 or 3.",
    ),
    "a seat with many legal systems": (
        'seat: "Tampa, Florida"',
        "seat: United States",
        "P06",
        "Write the city",
    ),
    "a long stop shorter than the notice": (
        "notice: 5 days,\n                  excludes",
        "notice: 60 days,\n                  excludes",
        "C30",
        "Lengthen end_after",
    ),
    "damages without a cap": (', cap: "USD 5,000.00",', ",", "C03", "Add cap"),
    "a notice as long as the duration": (
        "notice: 30 days}}",
        "notice: 1 year}}",
        "D03",
        "Shorten the notice",
    ),
}


def codes(run: Run, folder: Path, text: str, code: int) -> dict[str, str]:
    terms = folder / "agreed.yaml"
    terms.write_text(text, encoding="utf-8")
    told = run("check", terms, code=code).stderr
    return {m[1]: m[2] for m in re.finditer(r": ([A-Z]+\d+) (.*)", told)}


def test_the_deal_without_a_fault_has_none(tmp_path: Path, run: Run) -> None:
    assert codes(run, tmp_path, DEAL, 0) == {}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_told_with_what_to_do(
    name: str, tmp_path: Path, run: Run
) -> None:
    good, bad, code, remedy = FAULTS[name]
    assert DEAL.count(good) == 1
    warns = code in ("P03", "C03", "D03")
    found = codes(run, tmp_path, DEAL.replace(good, bad), 0 if warns else 1)
    assert code in found
    assert remedy in found[code]


def test_no_fault_keeps_another_from_being_told(tmp_path: Path, run: Run) -> None:
    text = DEAL
    for good, bad, _, _ in FAULTS.values():
        text = text.replace(good, bad)
    found = codes(run, tmp_path, text, 1)
    assert {code for _, _, code, _ in FAULTS.values()} <= set(found)
