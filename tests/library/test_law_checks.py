"""What is known of laws and seats warns at the line it is about, and never forbids."""

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from closer.library.checks import deal_checks
from closer.library.loading import Library, load
from closer.problems import Problem
from closer.terms.checks import check
from closer.terms.reading import read_terms

ROOT = Path(__file__).parents[2]
DEAL = """
contract: services
title: Studio Support Agreement
reference: STU-1
effective: 2026-08-03
parties:
  client: {name: A LLC, kind: company, address: "Tampa, USA"}
  provider: {name: B LLC, kind: company, address: "Tampa, USA"}
price: {total: "USD 10.00"}
deliverables: {site: {title: Site, description: A site., owner: provider}}
"""


@pytest.fixture(scope="module")
def library() -> Library:
    library, _ = load(ROOT / "clauses", ROOT / "templates", despite_problems=True)
    assert library is not None
    return library


def problems(library: Library, more: str) -> list[Problem]:
    text = DEAL + dedent(more)
    if "LATE: " in text:
        text, _, late = text.partition("\nLATE: ")
        text = text.replace('10.00"}', f'10.00", late_interest: {late}}}')
    agreed, faults = read_terms(text, "agreed.yaml")
    assert agreed is not None, faults
    return deal_checks(agreed, library)


def codes(library: Library, more: str) -> set[tuple[str, str]]:
    return {(problem.code, problem.path) for problem in problems(library, more)}


def disputes(law: str, step: str, *more: str) -> str:
    lines = [f"  {line}" for line in more]
    return "\n".join(
        ["dispute_resolution:", f"  governing_law: {law}", *lines, f"  steps: {step}"]
    )


COURT = "{court: {courts: the courts of the place, jury: waived}}"
PAUSE = "pauses_limitation: {until: 30 days after the last step, longest: 6 months}"


@pytest.mark.parametrize(
    ("code", "path", "fault", "mended"),
    [
        (
            "P24",
            "dispute_resolution.pauses_limitation",
            disputes("New York", COURT, PAUSE),
            disputes("Delaware", COURT, PAUSE),
        ),
        (
            "P42",
            "dispute_resolution.claims_within",
            disputes("Texas", COURT, "claims_within: 18 months"),
            disputes("Texas", COURT, "claims_within: 2 years"),
        ),
        (
            "P42",
            "dispute_resolution.claims_within",
            disputes("Florida", COURT, "claims_within: 4 years"),
            disputes("Delaware", COURT, "claims_within: 1 year"),
        ),
        (
            "P25",
            "dispute_resolution.steps.court.jury",
            disputes("the State of California", COURT),
            disputes("Florida", COURT),
        ),
        (
            "P16",
            "dispute_resolution.steps.arbitration",
            disputes("New York", "{arbitration: {institution: LCIA, seat: London}}"),
            disputes(
                "New York",
                "{arbitration: {institution: LCIA, seat: London, law: England}}",
            ),
        ),
        (
            "P16",
            "dispute_resolution.steps.arbitration",
            disputes("Florida", "{arbitration: {institution: AAA, seat: Paris}}"),
            disputes("Florida", "{arbitration: {institution: AAA, seat: Tampa}}"),
        ),
        (
            "P41",
            "dispute_resolution.steps.arbitration",
            disputes(
                "England and Wales", "{arbitration: {institution: LCIA, seat: London}}"
            ),
            disputes(
                "England and Wales",
                "{arbitration: {institution: LCIA, seat: London, language: English}}",
            ),
        ),
        (
            "P26",
            "dispute_resolution.steps.arbitration.seat",
            disputes("Florida", "{arbitration: {institution: ICC, seat: Taipei}}"),
            disputes("Florida", "{arbitration: {institution: ICC, seat: Tampa}}"),
        ),
        (
            "P30",
            "dispute_resolution.small_claims",
            disputes(
                "England and Wales",
                "{arbitration: {institution: LCIA, seat: London}}",
                "small_claims: yes",
            ),
            disputes(
                "Florida",
                '{arbitration: {institution: AAA, seat: "Tampa, Florida"}}',
                "small_claims: yes",
            ),
        ),
        (
            "P30",
            "dispute_resolution.steps.court.jury",
            disputes("England", "{court: {courts: the courts of Leeds, jury: kept}}"),
            disputes("England", "{court: {courts: the courts of Leeds}}"),
        ),
        (
            "K10",
            "restraints.non_compete",
            disputes("California", "{court: {courts: the courts of Fresno}}")
            + "\nrestraints: {non_compete: {by: provider, field: ceramics}}",
            disputes("Florida", "{court: {courts: the courts of Tampa}}")
            + "\nrestraints: {non_compete: {by: provider, field: ceramics}}",
        ),
        (
            "R01",
            "duration.renewal",
            disputes("New York", "{court: {courts: the courts of Albany}}")
            + "\nduration: {lasts: 1 year, renewal: {for: 1 year, notice: 60 days}}",
            disputes("Florida", "{court: {courts: the courts of Tampa}}")
            + "\nduration: {lasts: 1 year, renewal: {for: 1 year, notice: 60 days}}",
        ),
        (
            "T01",
            "price.late_interest",
            disputes("Ontario", "{court: {courts: the courts of Toronto}}")
            + "\nLATE: 1% per month",
            disputes("Ontario", "{court: {courts: the courts of Toronto}}")
            + "\nLATE: 12% per year",
        ),
        (
            "C15",
            "contingencies.force_majeure.late_notice",
            disputes("Texas", "{court: {courts: the courts of Austin}}")
            + "\ncontingencies: {force_majeure: {causes: [flood], notice: 5 days,"
            " late_notice: relief lost, relief: time}}",
            disputes("Texas", "{court: {courts: the courts of Austin}}")
            + "\ncontingencies: {force_majeure: {causes: [flood], notice: 90 days,"
            " late_notice: relief lost, relief: time}}",
        ),
    ],
)
def test_what_is_often_not_enforced_warns_at_its_line(
    library: Library, code: str, path: str, fault: str, mended: str
) -> None:
    found = [each for each in problems(library, fault) if each.code == code]
    assert [each.path for each in found] == [path]
    assert [each.severity for each in found] == ["warning"]
    assert code not in {each for each, _ in codes(library, mended)}


def test_every_row_of_a_law_says_from_where_and_is_looked_at_again_in_time(
    library: Library,
) -> None:
    for name, law in library.laws.items():
        assert law["source"], name
        told, again = (date.fromisoformat(str(law[k])) for k in ("as_of", "review"))
        assert (again - told).days <= 731, name


def test_every_institution_says_when_it_is_fast_and_whether_it_helps_at_once(
    library: Library,
) -> None:
    serving = {
        name: entry
        for name, entry in library.institutions.items()
        if not entry.get("defunct") and {"arbitration", "ad hoc"} & set(entry["kind"])  # type: ignore[call-overload]
    }
    assert set(serving) >= {
        *("AAA", "ICDR", "JAMS", "CPR", "ICC", "LCIA", "SIAC", "HKIAC", "SCC", "WIPO"),
        *("DIAC", "UNCITRAL"),
    }
    for name, entry in serving.items():
        assert entry["expedited"], name
        assert entry["emergency"] in ("yes", "no"), name
        assert entry["requires"], name
        assert entry["edition"], name
        assert date.fromisoformat(str(entry["as_of"])), name
        assert entry["source"], name


BY_CONSTRUCTION = {
    "P01": "the clause says that disputes are decided by arbitration; no key turns it "
    "into a `may`",
    "P05": "rules are printed as in force when the arbitration is commenced",
    "P09": "no key takes the name of an arbitrator",
    "P10": "no key takes qualifications",
    "P12": "negotiation has a `within` that it cannot do without, and a forum follows",
    "P13": "one defined word, Dispute, stands in every step",
    "P20": "the jury waiver is a key of the court step, and P02 keeps courts and "
    "arbitration apart",
    "P23": "every party has an address, and notices go there",
    "P29": "there is one governing law",
}
"""Defects of dispute clauses that no terms file can state."""

CODED = {
    *("P02", "P03", "P04", "P06", "P07", "P08", "P11", "P14", "P15", "P16", "P17"),
    *("P18", "P19", "P21", "P22", "P24", "P25", "P26", "P27", "P28", "P30"),
}
"""Defects that a terms file can state; each is found, see the tests of the checks."""


def test_each_known_defect_of_a_dispute_clause_is_impossible_or_found() -> None:
    known = {f"P{number:02}" for number in range(1, 31)}
    assert known == CODED | set(BY_CONSTRUCTION)
    assert not CODED & set(BY_CONSTRUCTION)
    tested = "".join(
        (ROOT / "tests" / file).read_text("utf-8")
        for file in (
            "terms/faults.yaml",
            "library/test_deal_checks.py",
            "library/test_law_checks.py",
        )
    ).partition("BY_CONSTRUCTION =")[0]
    assert {code for code in CODED if code not in tested} == set()


@pytest.mark.parametrize(
    "line",
    [
        "arbitrator: Judge Learned",
        "qualification: a plumber with ten years of practice",
        "rules_year: 2017",
    ],
)
def test_what_would_spoil_an_arbitration_has_no_key(line: str) -> None:
    step = f"{{arbitration: {{institution: AAA, seat: Tampa, {line}}}}}"
    agreed, faults = read_terms(DEAL + disputes("Florida", step), "agreed.yaml")
    assert agreed is None
    assert [fault.code for fault in faults] == ["F03"]


def test_a_negotiation_without_an_end_is_refused() -> None:
    step = "{negotiation: {between: the leads}, court: {courts: the courts of Tampa}}"
    agreed, faults = read_terms(DEAL + disputes("Florida", step), "agreed.yaml")
    assert agreed is not None, faults
    found = [(each.code, each.path) for each in check(agreed)]
    assert ("P11", "dispute_resolution.steps.negotiation.within") in found


def test_an_arbitration_binds_and_its_rules_are_those_at_its_beginning(
    library: Library,
) -> None:
    body = library.clauses["step-arbitration"].body
    opening = body.partition("- the number")[0]
    assert " may " not in opening
    assert opening.count("in force when the arbitration is commenced") == 2
    assert "is finally decided by arbitration" in opening.replace("\n", " ")


def test_a_dispute_deal_without_a_flaw_has_no_warning(library: Library) -> None:
    more = disputes(
        "Florida",
        "{mediation: {provider: AAA, within: 30 days}, arbitration: {institution: AAA,"
        ' rules: commercial, seat: "Tampa, Florida"}}',
        "urgent_relief: {where: any court, in_aid: yes}",
    )
    agreed, _ = read_terms(DEAL + more, "agreed.yaml")
    assert agreed is not None
    assert [p for p in check(agreed) if p.code.startswith("P")] == []
    assert [p for p in deal_checks(agreed, library) if p.code.startswith("P")] == []


@pytest.mark.parametrize(
    ("law", "renewal", "codes"),
    [
        ("New York", "1 month", []),
        ("New York", "2 months", ["R01"]),
        ("Wisconsin", "1 year", []),
        ("Wisconsin", "13 months", ["R01"]),
        ("Ohio", "5 years", []),
    ],
)
def test_a_reminder_is_asked_only_for_a_renewal_that_is_long_enough(
    law: str, renewal: str, codes: list[str], library: Library
) -> None:
    text = DEAL + disputes(law, "{court: {courts: the courts of Tampa}}")
    text += (
        f"\nduration: {{lasts: 2 years, renewal: {{for: {renewal}, notice: 5 days}}}}"
    )
    agreed, faults = read_terms(text, "agreed.yaml")
    assert agreed is not None, faults
    found = [problem.code for problem in deal_checks(agreed, library)]
    assert [code for code in found if code == "R01"] == codes
