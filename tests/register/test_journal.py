"""The chain: whatever is altered, inserted or removed is found where it was done."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from closer.register.journal import Entry, broken, entered

AT = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)


def _journal(count: int) -> list[Entry]:
    journal: list[Entry] = []
    for number in range(count):
        entry = entered(
            journal,
            "HOM-1",
            "done",
            on=date(2026, 8, 1 + number),
            at=AT,
            who="dana",
            data={"path": f"obligations.{number}"},
        )
        journal.append(entry)
    return journal


def test_a_chain_as_it_was_written_is_whole() -> None:
    journal = _journal(5)
    assert broken(journal) is None
    assert broken(journal, journal[-1].digest[:12]) is None


@given(st.integers(0, 5), st.sampled_from(["who", "on", "data", "kind"]))
def test_an_altered_entry_is_named(place: int, field: str) -> None:
    journal = _journal(6)
    other = {
        "who": "luis",
        "on": date(2027, 1, 1),
        "data": {"path": "x"},
        "kind": "raised",
    }
    journal[place] = replace(journal[place], **{field: other[field]})
    assert broken(journal) == f"entry {place + 1} of HOM-1 was altered"


@given(st.integers(0, 4))
def test_a_removed_entry_is_missed(place: int) -> None:
    journal = _journal(6)
    del journal[place]
    said = f"entry {place + 1} of HOM-1 is missing; the next is {place + 2}"
    assert broken(journal) == said


def test_an_inserted_entry_does_not_follow() -> None:
    journal = _journal(4)
    stranger = replace(_journal(2)[1], digest="f" * 64)
    forged = entered(
        [stranger], "HOM-1", "raised", on=date(2026, 8, 2), at=AT, who="x", data={}
    )
    journal.insert(2, replace(forged, number=3))
    assert broken(journal) == "entry 3 of HOM-1 does not follow the one before it"


def test_removal_at_the_end_is_seen_by_the_head_alone() -> None:
    journal = _journal(4)
    head = journal[-1].digest
    assert broken(journal[:-1]) is None
    assert "no entry of this journal" in (broken(journal[:-1], head) or "")
    assert "entries after it" in (broken(journal, journal[1].digest) or "")


def test_each_entry_holds_the_digest_of_the_one_before() -> None:
    journal = _journal(3)
    assert [e.before for e in journal[1:]] == [e.digest for e in journal[:-1]]
