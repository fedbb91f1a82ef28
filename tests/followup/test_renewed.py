"""A contract that was renewed goes on: its fees, its meetings, what comes after it."""

from datetime import date

from scheduling import STUDIO, entries, entry, planned, sample, terms

RENEWS = """
duration:
  lasts: 1 year
  ends_on: day before
  renewal: {for: 1 year, notice: 60 days, times: 2}
price: {payments: {fee: {amount: USD 5, payer: client, every: every month on day 15}}}
exit: {by: provider, deletion: 30 days}
"""
ENDS = [date(2027, 8, 2), date(2028, 8, 2), date(2029, 8, 2)]


def test_a_fee_goes_on_to_the_end_of_the_renewal_that_was_told() -> None:
    def last(**told: str) -> date | None:
        return entries(planned(terms(RENEWS), **told), "price.payments.fee")[-1].date

    assert last() == date(2027, 7, 15)
    assert last(renewed="2027-06-01") == date(2028, 7, 17), "the 15th is a Saturday"
    both = {"renewed": "2027-06-01", "renewed.2": "2028-06-01"}
    assert last(**both) == date(2029, 7, 16)


def test_what_comes_after_the_end_is_due_once_no_renewal_is_left_or_comes() -> None:
    def deletion(**told: str) -> tuple[date | None, str]:
        found = entry(planned(terms(RENEWS), **told), "exit.deletion")
        return found.date or found.expected, found.status

    assert deletion() == (date(2027, 9, 1), "tentative")
    assert deletion(renewed="2027-06-01") == (date(2028, 9, 1), "tentative")
    told = {"not-renewed": "2027-06-01"}
    assert deletion(**told) == (date(2027, 9, 1), "confirmed")
    both = {"renewed": "2027-06-01", "renewed.2": "2028-06-01"}
    assert deletion(**both) == (date(2029, 9, 1), "confirmed")


def test_each_end_says_what_is_known_of_the_renewal_after_it() -> None:
    def titles(**told: str) -> list[tuple[date | None, str]]:
        found = entries(planned(terms(RENEWS), **told), "duration", "end")
        return [(e.date, e.title.partition(":")[0]) for e in found]

    unless = "Term ends, renews unless notice was given"
    again = "Renewal 1 ends, renews again unless notice was given"
    assert titles() == [
        (ENDS[0], unless),
        (ENDS[1], again),
        (ENDS[2], "Last renewal"),
    ]
    assert titles(renewed="2027-06-01")[:2] == [
        (ENDS[0], "Term ends, and the contract goes on, renewed"),
        (ENDS[1], again),
    ]
    told = {"renewed": "2027-06-01", "not-renewed": "2028-06-01"}
    assert titles(**told)[1:] == [(ENDS[1], "Contract ends")]


def test_windows_are_listed_from_the_term_that_runs_on() -> None:
    told = {f"renewed.{n}" if n > 1 else "renewed": "2026-10-01" for n in range(1, 9)}
    found = planned(sample(STUDIO), horizon=1, **told)
    numbers = [e.number for e in entries(found, "duration.renewal", "notice")]
    assert numbers == [str(n) for n in range(1, 11)]


def test_no_notice_is_asked_for_once_no_renewal_comes() -> None:
    told = {"not-renewed": "2027-06-01"}
    assert not entries(planned(sample(STUDIO), **told), "duration.renewal", "notice")


def test_what_comes_after_a_contract_that_was_ended_counts_from_that_day() -> None:
    found = planned(terms(RENEWS), terminated="2027-01-10")
    assert entry(found, "duration", "end").date == date(2027, 1, 10)
    assert entry(found, "exit.deletion").date == date(2027, 2, 9)
    assert entries(found, "price.payments.fee")[-1].date == date(2026, 12, 15)
