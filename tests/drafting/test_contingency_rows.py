"""Contingencies as data: each form that a row offers is read and drafted whole."""

from datetime import date
from textwrap import dedent

import pytest
from deals import ROOT, Drafting
from msgspec.structs import replace

from closer.drafting.checks import lost_terms
from closer.followup.relief import relief
from closer.library.checks.contingencies import rows_and_wording_agree
from closer.library.loading import Library, load
from closer.problems import errors
from closer.terms.change import Circumstance, NoticeGiven
from closer.terms.checks import check
from closer.terms.contingencies import Contingencies
from closer.terms.moments import Days
from closer.terms.reading import Agreed, read_terms

WHOLE, _ = load(ROOT / "clauses", ROOT / "templates", despite_problems=True)
assert WHOLE is not None
ROWS = WHOLE.contingencies
FORMS = [
    (name, form)
    for name, row in ROWS.items()
    for form in row["variants"]  # type: ignore[attr-defined]
]
CONSTRUCTION, SUPPLY = ("client", "contractor"), ("buyer", "seller")


def a_deal(more: str, *, supply: bool = False) -> Agreed:
    first, second = SUPPLY if supply else CONSTRUCTION
    text = f"""
        contract: {"supply" if supply else "construction"}
        title: Remodel Agreement
        reference: HOM-1
        effective: 2026-08-03
        currency: USD
        time: {{holidays: [US]}}
        parties:
          {first}:
            {{name: A LLC, kind: company, address: X, notices: {{email: a@x.test}}}}
          {second}:
            {{name: B LLC, kind: company, address: X, notices: {{email: b@x.test}}}}
        milestones: {{handover: {{title: Handover, owner: {second}, due: 2026-10-02}}}}
        duration: {{starts: effective, lasts: 1 year}}
        key_people:
          lead: {{name: Ana Ruiz, title: lead, of: {second}, replace_within: 5 days}}
        """
    agreed, problems = read_terms(dedent(text) + dedent(more), "agreed.yaml")
    assert agreed is not None, [str(problem) for problem in problems]
    return agreed


def with_form(name: str, form: str) -> Agreed:
    row = ROWS[name]
    written = row["variants"][form]  # type: ignore[index]
    written = written.replace("by: provider", "by: contractor")
    written = written.replace(": provider", ": contractor")
    supply = name == "supply_shortage"
    if supply:
        written = written.replace("by: supplier", "by: seller")
    section, _, key = str(row["path"]).partition(".")
    more = {"price": f"price:\n  total: USD 100.00\n  {key}: {written}\n"}.get(
        section, f"contingencies:\n  {name}: {written}\nprice: {{total: USD 100.00}}\n"
    )
    more += "  payments: {whole: {amount: rest, due: effective, payer: client}}\n" * (
        section == "price"
    )
    return a_deal(more, supply=supply)


def test_every_contingency_of_the_terms_has_a_row_that_its_wording_keeps() -> None:
    assert WHOLE is not None
    assert set(Contingencies.__struct_fields__) < set(ROWS)
    assert list(rows_and_wording_agree(WHOLE)) == []


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_each_form_of_a_contingency_is_read_and_printed_whole(
    name: str, form: str, drafted: Drafting
) -> None:
    agreed = with_form(name, form)
    path = str(ROWS[name]["path"])
    ours = [p for p in errors(check(agreed)) if p.path.startswith(path)]
    assert ours == []
    lost = [p.path for p in lost_terms(agreed, drafted(agreed))]
    assert [each for each in lost if each.startswith(path)] == []


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_the_wording_of_a_form_has_the_days_of_its_terms(
    name: str, form: str, drafted: Drafting
) -> None:
    agreed = with_form(name, form)
    notice = str(ROWS[name]["notice"])
    draft = drafted(agreed)
    written: object = agreed.canonical
    for key in notice.split("."):
        written = written.get(key) if isinstance(written, dict) else None
    if written is not None:
        assert notice in draft.printed


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"notice": "contingencies.hardship.notise"}, "is no path of the terms"),
        ({"follow_on": ["contingencies.hardship.by"]}, ""),
        ({"notice": "contingencies.weather.notice"}, "None of its clauses states"),
        ({"clauses": ["nothing"]}, "There is no clause"),
        ({"trigger": ""}, "`trigger` is missing"),
        ({"void_in": ["Atlantis"]}, "is none of the laws"),
    ],
)
def test_a_row_that_disagrees_with_its_clauses_is_found(
    fault: dict[str, object], said: str
) -> None:
    assert WHOLE is not None
    rows = {**ROWS, "hardship": {**ROWS["hardship"], **fault}}
    found = list(rows_and_wording_agree(replace(WHOLE, contingencies=rows)))
    assert bool(found) == bool(said)
    assert all(problem.code == "L30" for problem in found)
    assert not said or any(said in problem.what for problem in found)


def test_a_contingency_without_a_row_is_found() -> None:
    assert WHOLE is not None
    rows = {name: row for name, row in ROWS.items() if name != "suspension"}
    found = list(rows_and_wording_agree(replace(WHOLE, contingencies=rows)))
    assert [problem.what for problem in found] == [
        "suspension: The contingency suspension has no row."
    ]


def test_days_that_stand_only_in_the_wording_are_found(library: Library) -> None:
    clause = library.clauses["hardship"]
    own = replace(clause, body=clause.body + "\nThe talks last 30 days.\n")
    spoilt = replace(library, clauses={**library.clauses, "hardship": own})
    found = list(rows_and_wording_agree(spoilt))
    assert [problem.code for problem in found] == ["L31"]
    assert "“30 days”" in found[0].what


@pytest.mark.parametrize(
    ("row", "given"),
    [
        ("change_in_law: {cost: shared, notice: 14 days, relief: time}", 8),
        ("supply_shortage: {notice: 5 days, relief: day for day}", 8),
        (
            "supply_shortage: {notice: 5 days, relief: time, counts: working days}",
            6,
        ),
        (
            (
                "change_in_law: {cost: shared, notice: 2 days, relief: time,"
                " late_notice: relief lost, notice_from: began}"
            ),
            0,
        ),
    ],
)
def test_relief_needs_no_code_of_its_own_for_a_contingency(
    row: str, given: int
) -> None:
    agreed = a_deal(f"contingencies: {{{row}}}\n")
    circumstance = Circumstance(
        under=f"contingencies.{row.partition(':')[0]}",
        what="A new rule",
        began=date(2026, 9, 24),
        last_day_lost=date(2026, 10, 1),
        notice=NoticeGiven(given=date(2026, 9, 29), by="contractor", how="email"),
        affects=("milestones.handover",),
    )
    answer = relief(agreed.terms, circumstance, Days(agreed.terms))
    assert answer.given == given
