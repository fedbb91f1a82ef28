import re
from pathlib import Path

import pytest
import yaml
from a_deal import a_deal

from closer.problems import WARNINGS, Problem
from closer.terms.checks import CHECKS, assumptions, check, open_points

CASES: list[dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "faults.yaml").read_text("utf-8")
)


def in_short(case: dict[str, str]) -> str:
    return f"{case['code']} at {case['path']}"


def found(*sections: str) -> set[tuple[str, str]]:
    return {(problem.code, problem.path) for problem in check(a_deal(*sections))}


def problems_of(code: str) -> list[Problem]:
    fault = next(case["fault"] for case in CASES if case["code"] == code)
    return [problem for problem in check(a_deal(fault)) if problem.code == code]


@pytest.mark.parametrize("case", CASES, ids=in_short)
def test_a_fault_is_found_at_its_place_and_the_mended_deal_has_it_no_more(
    case: dict[str, str],
) -> None:
    assert (case["code"], case["path"]) in found(case["fault"])
    assert case["code"] not in {code for code, _ in found(case["mended"])}


def test_the_small_deal_of_these_tests_has_nothing_wrong() -> None:
    assert check(a_deal()) == []


def test_every_warning_of_these_checks_has_a_fault_that_gives_it() -> None:
    of_the_library = {"C15", "K03", "K04", "K10", "R01"}
    ours = {code for code in WARNINGS if re.match(r"(A|C|CL|D|G|K|L|R|S)\d", code)}
    ours -= {"CL07"}  # of the private file: tests/library/test_explanations.py
    assert ours - of_the_library <= {case["code"] for case in CASES}


@pytest.mark.parametrize(
    ("code", "severity"),
    [("D30", "warning"), ("C06", "warning"), ("M03", "error"), ("P06", "error")],
)
def test_each_code_has_its_severity(code: str, severity: str) -> None:
    assert {problem.severity for problem in problems_of(code)} == {severity}


def test_a_circle_is_shown_once_and_whole() -> None:
    (problem,) = problems_of("D36")
    assert problem.what == "This day is counted from itself: a.due → b.due → a.due."
    assert problem.where.line > 1


@pytest.mark.parametrize("case", CASES, ids=in_short)
def test_a_problem_says_what_and_why_and_what_to_do(case: dict[str, str]) -> None:
    for problem in check(a_deal(case["fault"])):
        for words in (problem.what, problem.why, problem.remedy):
            assert words.endswith((".", "?"))
            assert "None" not in words


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    problems = check(
        a_deal(
            """
            milestones:
              garage: {title: G, owner: nobody, due: 1 day after nothing}
            price:
              total: 100
              payments: {part: {amount: 45%, due: effective, payer: client}}
            language: de-DE
            """
        )
    )
    assert [problem.code for problem in problems] == ["N01", "D37", "M03", "N06"]


SAID = """
price:
  total: 100
  payments: {once: {amount: rest, due: effective, payer: client}}
closing:
  said: {price: {term: price.total, agreed: 99, on: 2026-07-20}}
"""
AMENDED = """
amended:
  - {change: change-1.yaml, effective: 2026-10-05, before: x, change_digest: y}
"""


def test_a_closing_section_is_not_checked_in_amended_terms() -> None:
    assert "CL02" in {code for code, _ in found(SAID)}
    assert "CL02" not in {code for code, _ in found(SAID, AMENDED)}


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("price.total", "USD 1,000.00"),
        ("price.late_interest", "1 % per month"),
        ("duration.lasts", "12  months"),
        ("duration.renewal.times", "unlimited"),
        ("milestones.a.due", "2 weeks after  effective"),
        ("dispute_resolution.urgent_relief", "no"),
        ("title", "Studio Support Agreement"),
    ],
)
def test_what_was_said_may_be_written_in_another_way(term: str, said: str) -> None:
    deal = f"""
    price: {{total: 1000, late_interest: 1% per month}}
    duration: {{lasts: 12 months, renewal: {{for: 1 year, notice: 30 days}}}}
    milestones: {{a: {{title: A, owner: both, due: 2 weeks after effective}}}}
    dispute_resolution: {{governing_law: Florida}}
    closing: {{said: {{it: {{term: {term}, agreed: "{said}", on: 2026-07-20}}}}}}
    """
    assert not {code for code, _ in found(deal) if code.startswith("CL")}


def forum(law: str) -> str:
    return (
        f"dispute_resolution: {{governing_law: {law}, steps: {{court: {{courts: X}}}}}}"
    )


@pytest.mark.parametrize(
    "law",
    ["USA", "the United States", "U.S.A.", "UK", "Canada", "the laws of Australia"],
)
def test_a_country_of_many_laws_is_no_governing_law(law: str) -> None:
    assert {code for code, _ in found(forum(law))} == {"P15"}


@pytest.mark.parametrize("law", ["England and Wales", "New York", "Ontario", "Germany"])
def test_a_legal_system_is_a_governing_law(law: str) -> None:
    assert found(forum(law)) == set()


def test_open_points_are_concerns_conditions_and_confirmations() -> None:
    agreed = a_deal(
        """
        closing:
          concerns:
            rain: {by: client, about: time, on: 2026-07-22, concern: rain}
            dust: {by: client, about: time, on: 2026-07-22, concern: dust,
                   settled: 2026-07-24}
          conditions:
            licence: {title: Copy of the licence, owner: provider}
            permit: {title: Permit, owner: provider, met: 2026-07-29}
          confirmed: {client: 2026-07-29 of 0123456789}
        """
    )
    points = open_points(agreed.terms, "3f9a2c1b" * 8)
    assert [(point.kind, point.path, point.party) for point in points] == [
        ("open concern", "closing.concerns.rain", "client"),
        ("unmet condition", "closing.conditions.licence", "provider"),
        ("outdated confirmation", "closing.confirmed.client", "client"),
        ("missing confirmation", "closing.confirmed.provider", "provider"),
    ]
    assert [str(point) for point in points] == [
        "open concern: rain (client)",
        "unmet condition: Copy of the licence (provider)",
        "outdated confirmation: 0123456789 (client)",
        "missing confirmation (provider)",
    ]


def test_a_confirmation_of_these_terms_closes_the_point() -> None:
    agreed = a_deal(
        "closing: {confirmed: {client: 2026-07-29 of 3f9a2c1b, provider: 2026-07-29}}"
    )
    assert open_points(agreed.terms, "3f9a2c1b" * 8) == ()


def test_amended_terms_have_no_open_points() -> None:
    agreed = a_deal(SAID, AMENDED)
    assert open_points(agreed.terms, "3f9a2c1b" * 8) == ()


def test_a_default_is_assumed_until_the_file_says_it() -> None:
    silent = dict(assumptions(a_deal()))
    assert silent["time.roll"] == "following"
    assert silent["time.cut_off"] == "17:00"
    assert silent["time.weekend"] == "Saturday, Sunday"
    assert silent["time.email.not_alone_for"] == (
        "termination, non-renewal, default, dispute"
    )
    spoken = dict(assumptions(a_deal("time: {holidays: [US], roll: following}")))
    assert "time.roll" not in spoken
    assert "time.holidays" not in spoken


def test_what_a_bare_milestone_means_is_assumed() -> None:
    agreed = a_deal(
        """
        deliverables:
          garage: {title: G, description: D, owner: provider, accept: {within: 5 days}}
        milestones:
          garage: {title: G, owner: provider, due: 2026-10-02, delivers: garage}
        price:
          total: 100
          payments: {once: {amount: rest, due: 1 day after garage, payer: client}}
        obligations: {keys: {owner: client, what: give keys, due: garage.met}}
        follow_up: {future: 2 weeks before garage}
        """
    )
    said = dict(assumptions(agreed))
    assert said["price.payments.once.due"] == "1 day after garage.accepted"
    assert "obligations.keys.due" not in said
    assert not [path for path in said if path.startswith("follow_up")]


def test_the_contingencies_that_extend_a_milestone_are_assumed() -> None:
    agreed = a_deal(
        """
        milestones: {garage: {title: G, owner: provider, due: 2026-10-02}}
        contingencies:
          owner_delay: {notice: 5 days, relief: time}
          site_conditions: {notice: 5 days, relief: none}
          force_majeure: {causes: [flood], relief: day for day}
        """
    )
    assert dict(assumptions(agreed))["milestones.garage.exposed_to"] == (
        "force_majeure, owner_delay"
    )


def test_every_check_is_in_the_list_once() -> None:
    assert len(CHECKS) == len(set(CHECKS)) > 30
