import json
from datetime import date

import pytest
from scheduling import GARAGE, STUDIO, entry, planned, sample, shapes

from closer.followup.narrowing import between, for_party, redacted
from closer.formats.table import as_json

WORDS = shapes().words


def test_one_party_keeps_its_own_days_and_watches_the_others() -> None:
    found = for_party(planned(sample(GARAGE)), "client", "To watch")
    own = entry(found, "price.payments.deposit")
    theirs = entry(found, "milestones.permits")

    assert (own.stake, own.category) == ("money", "Payment")
    assert own.reminders
    assert (theirs.stake, theirs.category) == ("watch", "To watch")
    assert theirs.reminders == ()


def test_what_both_owe_is_in_each_partys_file_unchanged() -> None:
    whole = planned(sample(GARAGE))
    for party in ("client", "contractor"):
        mine = for_party(whole, party, "To watch")
        assert entry(mine, "duration", "end") == entry(whole, "duration", "end")


def test_only_what_falls_on_the_days_asked_for_is_left() -> None:
    found = between(planned(sample(GARAGE)), date(2026, 10, 2), date(2026, 10, 2))
    terms = {each.term for each in found.entries}

    assert "milestones.garage" in terms
    assert "obligations.diary" in terms, "a Friday of the weekly diary"
    assert "follow_up.check_ins" not in terms, "a Monday"
    assert "milestones.backyard" not in terms


def test_a_window_that_is_open_on_a_day_falls_on_it() -> None:
    found = between(planned(sample(GARAGE)), date(2026, 10, 10), date(2026, 10, 10))
    assert "deliverables.garage.accept" in {each.term for each in found.entries}


def test_without_days_nothing_is_left_out() -> None:
    whole = planned(sample(GARAGE))
    assert between(whole, None, None) == whole


@pytest.mark.parametrize("path", [GARAGE, STUDIO])
def test_a_shared_calendar_shows_no_sum_and_no_name(path: object) -> None:
    deal = sample(path)  # type: ignore[arg-type]
    found = redacted(planned(deal), [deal], WORDS["redacted"])
    shown = json.dumps(as_json(found), ensure_ascii=False).casefold()

    assert len(found.entries) == len(planned(deal).entries)
    assert deal.currency is not None
    assert f"{deal.currency} ".casefold() not in shown
    for party in deal.parties.values():
        people = (party.signatory and party.signatory.name, party.notices.email)
        for name in (party.name, party.address, *people):
            assert not name or name.casefold() not in shown


def test_a_name_in_a_title_gives_way_to_a_role_and_a_sum_to_a_word() -> None:
    deal = sample(
        GARAGE,
        ("title: Garage complete", "title: 'Whitfield ceramics garage for $1,200.50'"),
        ("title: Backyard complete", "title: Yard for Dana at EUR 3.000 or 500 USD"),
    )
    found = redacted(planned(deal), [deal], WORDS["redacted"])

    garage = entry(found, "milestones.garage", "milestone").title
    assert garage == "Due from Contractor: Client garage for the agreed sum"
    yard = entry(found, "milestones.backyard", "milestone").title
    said = "Yard for a representative at the agreed sum or the agreed sum"
    assert yard == f"Due from Contractor: {said}"
