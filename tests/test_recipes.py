"""The recipes of CONTRIBUTING.md, performed in a copy: one place for one wish."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).parents[1]
DEAL = """
contract: services
title: Kiln Care Agreement
reference: K-1
effective: 2026-08-03
currency: USD
time: {holidays: [US]}
parties:
  client: {name: A LLC, kind: company, formed_in: Florida, address: "Tampa, USA"}
  provider: {name: B LLC, kind: company, formed_in: Florida, address: "Tampa, USA"}
services: {description: care of two kilns}
deliverables: {report: {title: Report, description: A report., owner: provider}}
price: {total: 100.00, payments: {one: {amount: rest, due: effective, payer: client}}}
"""
ROW = """
[power_cut]
path = "contingencies.power_cut"
clauses = ["power-cut"]
trigger = "no power"
who = "performer"
to = "recipient"
clock = "began"
notice = "contingencies.power_cut.notice"
relief = "none"
late = "none"
ends = "none"
follow_on = ["contingencies.power_cut.lasts"]
void_in = []
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of everything that ships, in which a wish can be fulfilled."""
    for folder in ("closer", "clauses", "templates"):
        skip = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def closer(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run closer as it stands in the copy."""
    return subprocess.run(
        [sys.executable, "-m", "closer", *words],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "HOME": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )


def checked(copy: Path, more: str = "", deal: str = DEAL) -> list[dict[str, object]]:
    """Return the problems of the deal, drafted with the copy's library."""
    (copy / "agreed.yaml").write_text(deal + dedent(more), encoding="utf-8")
    found = closer(copy, "check", "agreed.yaml", "--json")
    problems: list[dict[str, object]] = json.loads(found.stdout)
    return problems


def codes(problems: list[dict[str, object]]) -> list[object]:
    return [problem["code"] for problem in problems]


def test_a_clause_is_one_new_file(copy: Path) -> None:
    (copy / "clauses" / "general" / "kiln-key.clause").write_text(
        dedent(
            """\
            +++
            heading = "Key of the kiln"
            slot = "general"
            order = 97
            when = "contract = services"
            edition = 1
            note = "Who holds the key."
            +++
            [performer] shall keep the key of the kiln.
            """
        ),
        encoding="utf-8",
    )
    assert "no fault" in closer(copy, "clauses", "check").stdout
    assert "kiln-key" in closer(copy, "clauses").stdout
    assert checked(copy) == []


def test_an_institution_is_one_entry(copy: Path) -> None:
    disputes = """
        dispute_resolution:
          governing_law: Florida
          steps:
            arbitration: {institution: KILNARB, seat: "Tampa, Florida"}
        """
    assert codes(checked(copy, disputes)) == ["P03"]
    table = copy / "clauses" / "data" / "institutions.toml"
    with table.open("a", encoding="utf-8") as file:
        file.write(
            '\n[KILNARB]\nname = "the Kiln Arbitrators"\nkind = ["arbitration"]\n'
            'rules = {general = "Kiln Rules"}\n'
        )
    assert checked(copy, disputes) == []


def test_a_contract_type_is_one_new_file(copy: Path) -> None:
    types = copy / "templates" / "contracts"
    text = (types / "services.toml").read_text(encoding="utf-8")
    lease = text.replace('title = "Services contract"', 'title = "Kiln lease"')
    assert lease != text
    (types / "kiln-lease.toml").write_text(lease, encoding="utf-8")
    deal = DEAL.replace("contract: services", "contract: kiln-lease")
    assert checked(copy, deal=deal) == []
    assert "no fault" in closer(copy, "clauses", "check").stdout


def test_a_contingency_is_a_class_a_clause_and_a_row(copy: Path) -> None:
    power = "contingencies: {power_cut: {lasts: 4 hours, notice: 2 days}}"
    (copy / "agreed.yaml").write_text(DEAL + power, encoding="utf-8")
    assert " F03 " in closer(copy, "check", "agreed.yaml").stderr
    model = copy / "closer" / "terms" / "contingencies.py"
    text = model.read_text(encoding="utf-8")
    new = (
        "class PowerCut(Struct, frozen=True, kw_only=True):\n"
        '    """No power for the kiln."""\n\n'
        "    lasts: Period\n    notice: Period\n\n\n"
    )
    text = text.replace("class Contingencies(", f"{new}class Contingencies(")
    model.write_text(f"{text}    power_cut: PowerCut | None = None\n", encoding="utf-8")
    assert "W11" in codes(checked(copy, power))
    assert "power_cut has no row" in closer(copy, "clauses", "check").stderr
    (copy / "clauses" / "contingencies" / "power-cut.clause").write_text(
        dedent(
            """\
            +++
            heading = "Power cut"
            slot = "contingencies"
            order = 98
            when = "contingencies.power_cut"
            edition = 1
            note = "How long is too long, and who is told."
            +++
            If there is no power for [contingencies.power_cut.lasts], [performer] shall
            tell [recipient] within [contingencies.power_cut.notice].
            """
        ),
        encoding="utf-8",
    )
    rows = copy / "clauses" / "data" / "contingencies.toml"
    with rows.open("a", encoding="utf-8") as file:
        file.write(ROW)
    assert "no fault" in closer(copy, "clauses", "check").stdout
    assert checked(copy, power) == []


def test_a_follow_up_is_one_new_file(copy: Path) -> None:
    (copy / "templates" / "followups" / "kiln-walk.toml").write_text(
        dedent(
            """\
            kind = "meeting"
            of = "services"
            day = "30 days after effective"
            stake = "watch"
            category = "Kiln"
            title = "Look at the kiln: [deal]"
            expected = "Expected: look at the kiln, [deal]"
            """
        ),
        encoding="utf-8",
    )
    assert checked(copy) == []
    assert "Look at the kiln" in closer(copy, "schedule", "agreed.yaml").stdout
