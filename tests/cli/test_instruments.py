"""What a change is made by: chosen by what its file holds, or forced and held to it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from closer.formats import files
from closer.formats.lint import visible

Run = Callable[..., Result]
GARAGE = Path(__file__).parents[2] / "samples" / "garage-remodel"
HURRICANE = "change-1-hurricane.yaml"
LATER = """
amends: HOM-2026-014
effective: {day}
changes:
  warranty.lasts: {years} years
"""


def _text(name: str) -> str:
    parts = files.unpacked(Path(name).read_bytes())
    return visible(parts["word/document.xml"].decode()).replace("\u00a0", " ")


def _made(folder: str = "o") -> set[str]:
    return {path.name for path in Path(folder).iterdir()}


def _written(name: str, text: str, head: str = "") -> Path:
    path = Path(name)
    lines = "amends: HOM-2026-014\neffective: 2026-10-05\n" + head + text
    path.write_text(lines, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("file", "made"),
    [
        (HURRICANE, "amendment-1.docx"),
        ("order-sink.yaml", "change-order-1.docx"),
        ("signatory.yaml", "signatory-notice-1.docx"),
        ("notice-hurricane.yaml", "extension-notice-2026-10-02.docx"),
        ("waiver-late-handover.yaml", "waiver-2026-12-16.docx"),
    ],
)
def test_the_instrument_follows_from_what_the_change_holds(
    file: str, made: str, deal: Path, run: Run
) -> None:
    run("amend", deal, GARAGE / file, "-o", "o")
    documents = {name for name in _made() if name.endswith(".docx")}
    assert documents - {"redline-1.docx", "conformed-1.docx"} == {made}


def test_a_letter_of_one_party_bears_its_signature_alone(deal: Path, run: Run) -> None:
    run("amend", deal, GARAGE / "waiver-late-handover.yaml", "-o", "o")
    told = _text("o/waiver-2026-12-16.docx")
    assert told.count("Signature") == 1
    assert "is no continuing waiver" in told
    assert _made() == {"waiver-2026-12-16.docx"}


def test_a_notice_claims_the_days_that_the_contract_gives(deal: Path, run: Run) -> None:
    run("amend", deal, GARAGE / "notice-hurricane.yaml", "-o", "o")
    told = _text("o/extension-notice-2026-10-02.docx")
    assert "8 days count as lost under section 7.3" in told
    assert "moves from October 30, 2026 to November 7, 2026" in told


def test_a_notice_of_what_still_lasts_states_no_number(deal: Path, run: Run) -> None:
    text = (GARAGE / "notice-hurricane.yaml").read_text(encoding="utf-8")
    Path("n.yaml").write_text(
        text.replace("  last_day_lost: 2026-10-01\n", ""), encoding="utf-8"
    )
    run("amend", deal, "n.yaml", "-o", "o")
    told = _text("o/extension-notice-2026-10-02.docx")
    assert "still lasts" in told
    assert "cannot be stated yet" in told
    assert "Annex 1" not in told


def test_a_notice_may_propose_more_than_the_contract_gives(
    deal: Path, run: Run
) -> None:
    text = (GARAGE / "notice-hurricane.yaml").read_text(encoding="utf-8")
    text += "changes:\n  milestones.backyard.due: later by 2 weeks\n"
    Path("n.yaml").write_text(text, encoding="utf-8")
    run("amend", deal, "n.yaml", "--as", "extension-notice", "-o", "o")
    told = _text("o/extension-notice-2026-10-02.docx")
    assert "moves by 14 days in all, which is 6 days more" in told
    assert "only once each Party has signed an amendment" in told


def test_a_change_order_names_its_clause_and_what_it_does_to_price_and_time(
    deal: Path, run: Run
) -> None:
    run("amend", deal, GARAGE / "order-sink.yaml", "-o", "o")
    told = _text("o/change-order-1.docx")
    assert "under section 2.3 (Changes to the Work) of the Agreement" in told
    assert "from USD 48,500.00 to USD 50,150.00 (+ USD 1,650.00)" in told
    assert "“Garage complete” moves from October 2, 2026 to October 9, 2026" in told
    assert told.count("Signature") >= 2


def _order(name: str, day: str, total: int, payment: int) -> Path:
    """Return a change order to a total, paid by a payment of its own."""
    path = Path(f"{name}.yaml")
    path.write_text(
        f"amends: HOM-2026-014\neffective: {day}\nchanges:\n"
        f"  deliverables.garage.description: A workshop with {name}.\n"
        f"  price.total: USD {total}\n"
        f"  price.payments.{name}: {{amount: USD {payment}, due: effective, "
        "payer: client}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def ceiling(deal: Path) -> Path:
    """The sample with a ceiling on all changes together: 10%, or USD 4,850.00."""
    text = deal.read_text(encoding="utf-8")
    text = text.replace("scope_change: {", "scope_change: {ceiling: 10%, ")
    deal.write_text(text, encoding="utf-8")
    return deal


def test_all_changes_of_the_work_together_are_held_against_their_ceiling(
    ceiling: Path, run: Run
) -> None:
    chain = [
        _order("sink", "2026-08-24", 51_500, 3_000),
        _order("door", "2026-09-07", 53_350, 1_850),
        _order("lamp", "2026-09-14", 53_351, 1),
    ]
    assert "AM08" not in run("amend", ceiling, *chain[:2], "-o", "o").stderr
    told = run("amend", ceiling, *chain, "-o", "p").stderr
    assert "lamp.yaml:5:16: AM08 With this one, changes of the work come to" in told
    assert "USD 4,851.00 in all; the ceiling is USD 4,850.00, 10% of the" in told
    assert "change-order-3.docx" in _made("p"), "both may sign it all the same"
    run("amend", ceiling, *chain[:2], "-o", "o", "--force")
    assert "AM08" in run("amend", "o/terms-2.yaml", chain[2], "-o", "q").stderr


def test_what_is_left_out_counts_like_what_is_added(ceiling: Path, run: Run) -> None:
    less = _order("sink", "2026-08-24", 51_500, 3_000)
    back = Path("back.yaml")
    back.write_text(
        "amends: HOM-2026-014\neffective: 2026-09-14\nchanges:\n"
        "  deliverables.garage.description: A workshop, dry.\n"
        "  price.total: USD 48,500.00\n  price.payments.sink: removed\n",
        encoding="utf-8",
    )
    told = run("amend", ceiling, less, back, "-o", "o").stderr
    assert "come to USD 6,000.00 (USD 0.00 net) in all; the ceiling is" in told


def test_a_change_of_days_alone_meets_no_ceiling(ceiling: Path, run: Run) -> None:
    over = _order("sink", "2026-08-24", 58_500, 10_000)
    later = _written("l.yaml", "changes:\n  milestones.garage.due: later by 1 week\n")
    assert "AM08" in run("amend", ceiling, over, "-o", "o").stderr
    assert "AM08" not in run("amend", ceiling, over, later, "-o", "p").stderr


def test_a_change_that_the_recipient_may_order_alone_is_signed_by_it_alone(
    deal: Path, run: Run
) -> None:
    text = deal.read_text(encoding="utf-8")
    text = text.replace("scope_change: {", "scope_change: {order: recipient alone, ")
    deal.write_text(text, encoding="utf-8")
    line = "changes:\n  deliverables.backyard.description: New paver patio.\n"
    run("amend", deal, _written("c.yaml", line), "-o", "o")
    told = _text("o/change-order-1.docx")
    assert "Dana Whitfield" in told
    assert "Luis Ortega" not in told
    assert "settled under section 2.3" in told


def test_each_kind_of_instrument_counts_for_itself(deal: Path, run: Run) -> None:
    chain = [GARAGE / "order-sink.yaml", Path("a.yaml"), Path("b.yaml")]
    chain[1].write_text(LATER.format(day="2026-10-05", years=2), encoding="utf-8")
    chain[2].write_text(LATER.format(day="2026-11-02", years=3), encoding="utf-8")
    run("amend", deal, *chain[:2], "-o", "o")
    told = _text("o/amendment-2.docx")
    assert "First Amendment to Garage" in told
    assert "changed by Change Order No. 1, effective August 24, 2026" in told
    run("amend", deal, *chain, "-o", "p")
    assert "changed by the First Amendment, effective" in _text("p/amendment-3.docx")
    listed = Path("o/terms-2.yaml").read_text(encoding="utf-8")
    assert listed.count("instrument: change-order") == 1


def test_a_change_may_ask_for_a_number_in_its_title_and_those_after_it_follow(
    deal: Path, run: Run
) -> None:
    chain = [Path(f"{name}.yaml") for name in "abc"]
    for n, path in enumerate(chain):
        text = LATER.format(day=f"2026-1{n}-05", years=n + 2)
        path.write_text(text, encoding="utf-8")
    chain[1].write_text(chain[1].read_text() + "title: numbered\n", encoding="utf-8")
    run("amend", deal, *chain[:2], "-o", "o")
    told = _text("o/amendment-2.docx")
    assert "Amendment No. 2 to Garage" in told
    assert "was changed by the First Amendment, effective October 5, 2026" in told
    run("amend", "o/terms-2.yaml", chain[2], "-o", "p")
    told = _text("p/amendment-3.docx")
    assert "This Amendment No. 3 (this “Amendment”) is made between" in told
    assert "changed by Amendment No. 2, effective November 5, 2026" in told
    head = files.unpacked(Path("p/conformed-3.docx").read_bytes())["word/header1.xml"]
    assert b"through Amendment No. 3, effective December 5, 2026" in head


def test_a_title_may_return_to_words(deal: Path, run: Run) -> None:
    chain = [Path("a.yaml"), Path("b.yaml")]
    for n, title in enumerate(("numbered", "ordinal")):
        text = LATER.format(day=f"2026-1{n}-05", years=n + 2) + f"title: {title}\n"
        chain[n].write_text(text, encoding="utf-8")
    run("amend", deal, *chain, "-o", "o")
    told = _text("o/amendment-2.docx")
    assert "Second Amendment to Garage" in told
    assert "was changed by Amendment No. 1, effective" in told


def test_a_title_that_is_no_way_of_counting_is_refused(deal: Path, run: Run) -> None:
    change = _written("x.yaml", "changes:\n  warranty.lasts: 2 years\n", "title: 7\n")
    told = run("amend", deal, change, "-o", "o", code=1).stderr
    assert "ordinal" in told
    assert "numbered" in told


def test_a_restated_contract_says_what_it_restates_and_where_its_numbers_stood(
    deal: Path, run: Run
) -> None:
    later = GARAGE / "order-sink-later.yaml"
    files_ = (deal, HURRICANE, later, "--as", "restatement")
    run("amend", *files_, "-o", "o")
    told = _text("o/restated-2.docx")
    assert "changed by the First Amendment, effective October 5, 2026" in told
    assert "Annex R" in told
    assert "Number before" in told
    assert told.count("[Intentionally omitted]") == 1  # in the table of numbers
    assert "conformed-2.docx" not in _made()


def test_a_restated_contract_knows_a_party_by_its_old_name(
    deal: Path, run: Run
) -> None:
    renamed = _written("x.yaml", "changes:\n  parties.client.name: Bay LLC\n")
    run("amend", deal, renamed, "--as", "restatement", "-o", "o")
    told = _text("o/restated-1.docx")
    assert "names Whitfield Ceramics LLC is now called Bay LLC." in told
    assert "A waiver that a Party gave before stays in effect" in told


def test_a_letter_says_what_changed_the_contract_before(deal: Path, run: Run) -> None:
    text = (GARAGE / "waiver-late-handover.yaml").read_text(encoding="utf-8")
    waiver = Path("waiver.yaml")
    waiver.write_text(text.replace(" of 71be2f1b", ""), encoding="utf-8")
    later = _written("x.yaml", "changes:\n  warranty.lasts: 2 years\n")
    run("amend", deal, later, waiver, "-o", "o")
    told = _text("o/waiver-2026-12-16.docx")
    assert "was changed by the First Amendment, effective October 5, 2026." in told
    run("amend", deal, waiver, "-o", "p")
    assert "was changed" not in _text("p/waiver-2026-12-16.docx")


def test_a_notice_of_who_signs_has_changed_nothing(deal: Path, run: Run) -> None:
    signs = GARAGE / "signatory.yaml"
    later = _written("x.yaml", "changes:\n  warranty.lasts: 2 years\n")
    run("amend", deal, signs, later, "-o", "o")
    told = _text("o/amendment-2.docx")
    assert "First Amendment to" in told
    assert "was changed by" not in told
    run("conform", deal, signs, "-o", "copy.docx")
    head = files.unpacked(Path("copy.docx").read_bytes())["word/header1.xml"].decode()
    assert "before any amendment" in head


def test_what_follows_a_restatement_quotes_its_numbers(deal: Path, run: Run) -> None:
    gone = _written(
        "gone.yaml",
        "changes:\n  contingencies.weather: removed\n"
        "  milestones.backyard.exposed_to: [force_majeure]\n",
    )
    text = gone.read_text(encoding="utf-8")
    gone.write_text(text + "instrument: restatement\n", encoding="utf-8")
    late = "contingencies.late_completion.damages: USD 200 per calendar day"
    day = "amends: HOM-2026-014\neffective: 2026-11-02\n"
    Path("late.yaml").write_text(f"{day}changes:\n  {late}\n", encoding="utf-8")
    run("amend", deal, gone, "late.yaml", "-o", "o")
    told = _text("o/amendment-2.docx")
    assert "section 7.9" in told
    assert "changed by the Amended and Restated Agreement, effective" in told


def test_a_restatement_is_offered_after_three_amendments(deal: Path, run: Run) -> None:
    chain = []
    for number in range(1, 4):
        path = Path(f"c{number}.yaml")
        day = f"2026-1{number - 1}-05"
        path.write_text(LATER.format(day=day, years=number + 1), encoding="utf-8")
        chain.append(path)
    assert "--as restatement" not in run("amend", deal, *chain[:2], "-o", "o").stderr
    assert "--as restatement" in run("amend", deal, *chain, "-o", "p").stderr


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (
            "waiver",
            (
                "waives: {by: client, right: warranty.lasts, what: a year}\n"
                "changes:\n  price.total: 50150\n"
            ),
            "A waiver letter cannot change `price.total`",
        ),
        ("waiver", "changes:\n  warranty.lasts: 2 years\n", "there is no `waives`"),
        (
            "change-order",
            "changes:\n  dispute_resolution.governing_law: Georgia\n",
            "the change clause speaks of the work",
        ),
        (
            "extension-notice",
            "changes:\n  milestones.backyard.due: later by 1 week\n",
            "there is no `circumstance`",
        ),
        (
            "extension-notice",
            (
                "circumstance: {under: contingencies.cost_overrun, what: Steel, "
                "began: 2026-09-24, "
                "notice: {given: 2026-09-25, by: contractor, how: email}}\n"
            ),
            "gives no time",
        ),
        (
            "extension-notice",
            (
                "circumstance: {under: contingencies.weather, what: Rain, "
                "began: 2026-09-24}\n"
            ),
            "One party gives a notice",
        ),
        (
            "restatement",
            (
                "changes:\n  governance.progress_reviews: "
                "{to: every week, until: 2026-11-30}\n"
            ),
            "no longer has the earlier text",
        ),
        (
            "signatory-notice",
            "changes:\n  warranty.lasts: 2 years\n",
            "cannot change `warranty.lasts`",
        ),
        (
            "signatory-notice",
            "changes:\n  parties.client.signatory: removed\n",
            "cannot change `parties.client.signatory`",
        ),
        (
            "signatory-notice",
            (
                "changes:\n  parties.client.signatory.name: A\n"
                "  parties.contractor.signatory.name: B\n"
            ),
            "here are several parties",
        ),
        (
            "amendment",
            "waives: {by: client, right: warranty.lasts, what: a year}\n",
            "`changes` is empty",
        ),
        (
            "amendment",
            (
                "waives: {by: client, right: warranty.lasts, what: a year}\n"
                "changes:\n  warranty.lasts: 2 years\n"
            ),
            "in one file",
        ),
    ],
)
def test_an_instrument_that_cannot_do_it_is_refused_with_the_reason(
    kind: str, text: str, said: str, deal: Path, run: Run
) -> None:
    change = _written("x.yaml", text)
    told = run("amend", deal, change, "--as", kind, "-o", "o", code=1).stderr
    assert "AM06" in told
    assert said in told
    assert not Path("o").exists()


def test_a_change_order_needs_a_change_clause(deal: Path, run: Run) -> None:
    text = deal.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "scope_change:" not in line]
    deal.write_text("\n".join(lines) + "\n", encoding="utf-8")
    line = "changes:\n  deliverables.backyard.description: New paver patio.\n"
    change = _written("c.yaml", line)
    told = run("amend", deal, change, "--as", "change-order", "-o", "o", code=1).stderr
    assert "no clause for changes of the work" in told
    run("amend", deal, change, "-o", "o")
    assert "amendment-1.docx" in _made()


def test_a_restatement_waits_until_a_temporary_change_is_over(
    deal: Path, run: Run
) -> None:
    later = _written("l.yaml", "changes:\n  warranty.lasts: 2 years\n")
    files_ = (deal, HURRICANE, later, "--as", "restatement", "-o", "o")
    told = run("amend", *files_, code=1).stderr
    assert "still runs, to 2026-11-30" in told


@pytest.mark.parametrize(
    ("waives", "code"),
    [
        ("{by: nobody, right: warranty.lasts, what: a year}", "N01"),
        ("{by: client, right: warranty.length, what: a year}", "F32"),
    ],
)
def test_a_waiver_names_a_party_and_a_right_that_there_are(
    waives: str, code: str, deal: Path, run: Run
) -> None:
    change = _written("w.yaml", f"waives: {waives}\n")
    assert code in run("amend", deal, change, "-o", "o", code=1).stderr


def test_a_letter_changes_no_calendar_and_is_no_amendment(deal: Path, run: Run) -> None:
    notice = GARAGE / "notice-hurricane.yaml"
    told = run("schedule", deal, notice, code=1).stderr
    assert "changes no term" in told
    run("amend", deal, notice, HURRICANE, "-o", "o")
    assert "First Amendment" in _text("o/amendment-1.docx")


def test_what_the_contract_wants_named_is_named_or_missing(
    deal: Path, run: Run
) -> None:
    text = deal.read_text(encoding="utf-8")
    rule = "amendment: {must_name: [the purchase order], consents: [the bank]}\n"
    deal.write_text(text + rule, encoding="utf-8")
    line = "changes:\n  warranty.lasts: 2 years\n"
    without = _written("x.yaml", line)
    assert "AM07" in run("amend", deal, without, "-o", "o", code=1).stderr
    named = _written("y.yaml", line, "names: {the purchase order: PO-7}\n")
    run("amend", deal, named, "-o", "o")
    told = _text("o/amendment-1.docx")
    assert "the purchase order: PO-7" in told
    assert "the bank" in told


def test_a_change_for_other_deals_is_refused(deal: Path, run: Run) -> None:
    where = "where: {parties.client.name: Somebody Else}\n"
    change = _written("x.yaml", "changes:\n  warranty.lasts: 2 years\n", where)
    told = run("amend", deal, change, "-o", "o", code=1).stderr
    assert "F41" in told
    assert "Whitfield Ceramics LLC" in told
