import csv
from io import StringIO

from msgspec.structs import replace
from scheduling import GARAGE, planned, sample, terms

from closer.formats.listing import as_csv, as_markdown


def test_a_sheet_has_one_line_for_each_entry_and_the_accents_of_its_titles() -> None:
    found = planned(sample(GARAGE, ("title: Garage complete", "title: Garage ready é")))
    data = as_csv(found)
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))

    assert data.startswith(b"\xef\xbb\xbf")
    assert len(rows) == len(found.entries)
    [garage] = [row for row in rows if row["title"].endswith("Garage ready é")]
    assert garage["date"] == "2026-10-02"
    assert garage["reminders"] == "14 3"


def test_a_spreadsheet_is_given_no_formula() -> None:
    found = planned(sample(GARAGE))
    trap = replace(found.entries[0], title="=HYPERLINK(1)", provision="@SUM(A1)")
    sheet = as_csv(replace(found, entries=(trap,))).decode("utf-8-sig")
    [row] = csv.DictReader(StringIO(sheet))

    assert row["title"] == "'=HYPERLINK(1)"
    assert row["provision"] == "'@SUM(A1)"


def test_an_empty_schedule_is_an_empty_sheet() -> None:
    assert as_csv(planned(terms(""))).decode("utf-8-sig").strip() == ""


def test_a_bar_in_a_title_does_not_break_the_table() -> None:
    deal = sample(GARAGE, ("title: Garage complete", "title: 'A | B <i> [x](y)'"))
    text = as_markdown(planned(deal)).decode()
    [line] = [x for x in text.splitlines() if x.startswith("| 2026-10-02 | contr")]

    assert line.replace("\\|", "").count("|") == 5
    assert "\\<i\\>" in line
    assert "\\[x\\]" in line


def test_the_text_says_what_is_expected_and_what_is_strict() -> None:
    text = as_markdown(planned(sample(GARAGE))).decode()
    assert "2026-11-02 (expected)" in text
    assert "2026-10-03 to 2026-10-19 (expected)" in text
