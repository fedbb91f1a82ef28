"""Lines are folded as icalendar folds them, only faster."""

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from icalendar.parser import Contentline
from scheduling import GARAGE, planned, sample

from closer.formats.folding import as_file, folded
from closer.formats.ical import write

LINES = st.text(
    st.one_of(
        st.sampled_from("\\\\^,;:é漢𝒜"), st.characters(exclude_categories=["Cs", "Cc"])
    ),
    min_size=1,
    max_size=400,
)


@given(LINES)
def test_a_line_is_folded_as_icalendar_folds_it(line: str) -> None:
    line = line.replace("\x85", "").replace("\u2028", "").replace("\u2029", "")
    assert folded(line).encode() == Contentline(line).to_ical()


@given(LINES)
def test_no_line_is_longer_than_its_readers_must_take(line: str) -> None:
    pieces = folded(line).split("\r\n ")
    assert "".join(pieces) == line
    assert all(len(piece.encode()) <= 74 for piece in pieces)


def test_a_file_is_what_icalendar_would_write() -> None:
    event = Event.new(uid="a@b", summary="Ä" * 100, description="a,b\n" * 40)
    whole = Calendar.new(prodid="x", uid="y", subcomponents=[event])
    assert as_file(whole) == whole.to_ical(sorted=True)

    ours = write(planned(sample(GARAGE)))
    assert Calendar.from_ical(ours).to_ical(sorted=True) == ours
