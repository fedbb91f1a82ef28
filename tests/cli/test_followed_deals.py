"""Calendars out of the register: feed, invitations and schedule by a reference."""

import json
from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
from click.testing import Result

Run = Callable[..., Result]
SAMPLES = Path(__file__).parents[2] / "samples"
GARAGE, STUDIO = "HOM-2026-014", "BCW-2026-007"
TODAY = ("--today", "2026-11-01")


@pytest.fixture
def signed(deal: Path, run: Run, register: str) -> Path:
    """The garage and the studio sample, both signed, in each kind of register."""
    del register
    run("sign", deal, "--on", "2026-07-31", *TODAY)
    studio = SAMPLES / "studio-services" / "agreed.yaml"
    run("sign", studio, "--on", "2026-09-20", "--despite", "haste", *TODAY)
    return deal


def summaries(file: Path) -> list[tuple[str, str]]:
    """Return title and first day of each entry of a calendar file."""
    found = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    return [(str(e["SUMMARY"]), str(e.decoded("DTSTART"))[:10]) for e in found]


def test_a_feed_of_the_register_holds_every_signed_deal_as_it_was_recorded(
    signed: Path, run: Run
) -> None:
    for what, on in (("garage", "2026-10-02"), ("garage.accepted", "2026-10-09")):
        run("record", GARAGE, what, "--on", on, *TODAY)
    out = signed.with_name("deals.ics")
    run("feed", "-o", out)
    titles = [title for title, _ in summaries(out)]
    assert any("Website Care" in title for title in titles)
    assert "Client pays Garage: USD 21,825.00" in titles, "due since it was recorded"


def test_a_feed_of_one_reference_or_one_party_holds_no_other_deal(
    signed: Path, run: Run
) -> None:
    one, other = signed.with_name("one.ics"), signed.with_name("other.ics")
    run("feed", GARAGE, "-o", one)
    run("feed", "-o", other, "--party", "provider")
    assert not [title for title, _ in summaries(one) if "Website Care" in title]
    assert not [title for title, _ in summaries(other) if "Garage" in title]


def test_a_feed_of_an_empty_register_is_refused(run: Run, tmp_path: Path) -> None:
    said = run("feed", "-o", tmp_path / "deals.ics", code=1).stderr
    assert "would empty every calendar" in said


def test_every_time_something_happened_is_in_the_calendar_by_itself(
    signed: Path, run: Run
) -> None:
    for on in ("2026-10-26", "2026-10-28"):
        run("record", GARAGE, "weather", "--on", on, *TODAY)
    out = signed.with_name("deals.ics")
    run("feed", GARAGE, "-o", out)
    notices = [
        day for title, day in summaries(out) if title.endswith("notice: Weather")
    ]
    assert notices == ["2026-10-28", "2026-10-30"]


def test_an_invitation_goes_out_for_a_deal_of_the_register(
    signed: Path, run: Run
) -> None:
    del signed
    run("record", GARAGE, "force_majeure", "--on", "2026-10-28", *TODAY)
    run("invite", GARAGE, "--from", "you@yours.example", "-o", "mails")
    assert any("Force" in p.read_text("utf-8") for p in Path("mails").iterdir())


def test_a_deal_that_was_ended_keeps_only_what_had_begun_or_comes_after(
    signed: Path, run: Run
) -> None:
    del signed
    run("record", GARAGE, "garage", "--on", "2026-09-30", *TODAY)
    run("record", GARAGE, "terminated", "--on", "2026-10-03", *TODAY)
    told = json.loads(run("schedule", GARAGE, "--json").stdout)
    later = {
        e["term"]
        for e in told
        if not e["rrule"] and (e["date"] or e["expected"] or "") > "2026-10-03"
    }
    assert "deliverables.garage.accept" in later, "it was handed over before the end"
    assert "price.payments.garage" in later, "and is paid once it is accepted"
    assert not {t for t in later if t.startswith("milestones.")}
    assert "price.payments.final" not in later


@pytest.fixture
def supply(run: Run, register: str) -> str:
    """The bottle sample, signed: orders, deliveries and invoices again and again."""
    del register
    agreed = SAMPLES / "bottle-supply" / "agreed.yaml"
    run("sign", agreed, "--on", "2026-10-01", "--despite", "haste", *TODAY)
    return "TWK-2026-004"


def test_every_order_delivery_and_invoice_can_be_recorded_and_has_its_days(
    supply: str, run: Run
) -> None:
    for on in ("2026-10-19", "2026-10-26"):
        told = run("record", supply, "orders.placed", "--on", on, *TODAY).stdout
        assert "Answer to the order, or it counts as accepted" in told
    told = run(
        "record", supply, "payment.invoiced", "--on", "2026-10-26", *TODAY
    ).stdout
    assert "2026-11-10 open: Last day to dispute the invoice" in told
    told = run("record", supply, "goods.delivered", "--on", "2026-10-26", *TODAY).stdout
    assert "Goods are inspected" in told
    told = run("record", supply, "orders", "--on", "2026-10-21", *TODAY).stdout
    assert "done in time (by 2026-10-26)" in told
    open_ = [r for r in _due(run) if r["term"] == "orders"]
    assert len(open_) == 1, "the second order is not answered yet"


def test_a_breach_is_recorded_with_the_day_on_which_claims_may_be_barred(
    supply: str, run: Run
) -> None:
    told = run("record", supply, "breach", "--on", "2026-10-26", *TODAY).stdout
    assert "2030-10-26 open: A claim for what happened" in told, "goods: four years"


def test_the_coming_day_of_a_delivery_needs_no_force_and_another_coming_day_does(
    supply: str, run: Run
) -> None:
    run("record", supply, "orders.delivery", "--on", "2027-03-01", *TODAY)
    said = run("record", supply, "orders.placed", "--on", "2027-03-01", *TODAY, code=2)
    assert "lies after today" in said.stderr


def test_what_is_met_accepted_or_given_notice_of_is_never_taken_for_a_duty_done(
    signed: Path, run: Run
) -> None:
    del signed
    for what in ("milestones.garage", "deliverables.garage.accept"):
        run("record", GARAGE, what, "--on", "2026-10-09", *TODAY)
    for on in ("2026-10-12", "2026-10-26"):
        run("record", GARAGE, "termination.breach", "--on", on, *TODAY)
    kinds = [entry["kind"] for entry in json.loads(run("log", GARAGE, "--json").stdout)]
    assert kinds == ["signed", *["recorded"] * 4]


def test_a_claim_that_was_notified_can_come_again(supply: str, run: Run) -> None:
    said = [run("record", supply, "indemnities.product", *TODAY).stdout for _ in "123"]
    assert "Last safe day to tell" in said[0]
    assert "done in time" in said[1]
    assert "Last safe day to tell" in said[2]


def _due(run: Run) -> list[dict[str, str]]:
    told = run("due", *TODAY, "--json", "--within", "400d", code=1).stdout
    return list(json.loads(told))
