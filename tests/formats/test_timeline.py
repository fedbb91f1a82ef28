import re
from datetime import date
from xml.etree import ElementTree as ET

from msgspec.structs import replace
from scheduling import GARAGE, STUDIO, planned, sample, terms

from closer.followup.revision import revised
from closer.formats.timeline import as_html, as_svg

SVG = "{http://www.w3.org/2000/svg}"


def _rows(data: bytes) -> list[ET.Element]:
    return ET.fromstring(data).findall(f"{SVG}g")


def test_every_dated_entry_has_its_row_with_its_day_and_title() -> None:
    found = planned(sample(GARAGE))
    rows = _rows(as_svg(found))

    assert len(rows) == len([e for e in found.entries if e.day])
    garage = next(r for r in rows if "Due from Contractor: Garage" in _said(r))
    assert "2026-10-02" in _said(garage)


def _said(row: ET.Element) -> str:
    return " ".join(row.itertext())


def test_a_later_day_stands_further_to_the_right() -> None:
    places = []
    for row in _rows(as_svg(planned(sample(GARAGE)))):
        path = row.findall(f"{SVG}path")
        if path and path[-1].get("d", "").endswith("z"):
            x = re.match(r"M([\d.]+)", path[-1].get("d", ""))
            assert x is not None
            places.append(float(x[1]))
    assert places == sorted(places)
    assert places[0] < places[-1]


def test_what_is_expected_is_hollow_and_what_is_cancelled_is_struck_out() -> None:
    before = planned(sample(GARAGE))
    deal = sample(GARAGE, ("  access: {owner: client", "  entry: {owner: client"))
    after = revised(before, planned(deal), effective=date(2026, 10, 5))
    rows = _rows(as_svg(after))
    final = next(r for r in rows if "pays Final" in _said(r))
    due = next(r for r in rows if "Garage complete" in _said(r))

    assert final.findall(f"{SVG}path")[-1].get("fill") == "#fff"
    assert due.findall(f"{SVG}path")[-1].get("fill") != "#fff"
    struck = [r for r in rows if any(t.get("text-decoration") for t in r)]
    assert len(struck) == len([e for e in after.entries if e.status == "cancelled"])
    assert struck


def test_no_text_runs_into_the_axis() -> None:
    long = sample(GARAGE, ("title: Garage complete", f"title: {'W' * 300}"))
    for row in _rows(as_svg(planned(long))):
        title = row.findall(f"{SVG}text")[1].text or ""
        assert len(title) < 75


def test_signs_of_markup_in_a_title_stay_text() -> None:
    deal = sample(GARAGE, ("title: Garage complete", "title: '<script>&\"1\"'"))
    assert any("<script>&" in _said(row) for row in _rows(as_svg(planned(deal))))
    assert b"<script>" not in as_html(planned(deal))


def test_a_deal_without_days_is_drawn_all_the_same() -> None:
    assert _rows(as_svg(planned(terms("")))) == []


def test_the_page_needs_nothing_from_the_net_and_fits_one_sheet() -> None:
    page = as_html(planned(sample(STUDIO))).decode()

    assert not re.search(r"(src|href)=|url\(|@import", page)
    assert "size: A4 landscape" in page
    many = planned(sample(STUDIO))
    others = (
        replace(each, uid=f"{each.uid}{copy}", term=f"{each.term}.{copy}")
        for copy in range(4)
        for each in many.entries
    )
    assert "size: A4 portrait" in as_html(replace(many, entries=tuple(others))).decode()


def test_a_payment_that_comes_back_has_one_row_with_a_mark_for_each_time() -> None:
    found = planned(sample(STUDIO))
    fees = [r for r in _rows(as_svg(found)) if "Monthly fee" in _said(r)]

    assert len(fees) == 1
    assert len(fees[0].findall(f"{SVG}g")) == 12
    assert "Client pays Monthly fee … USD 2,400.00" in _said(fees[0])
    assert "2026-11-02 · Client pays Monthly fee (2)" in _said(fees[0])


def test_a_title_leaves_out_that_of_the_deal_which_stands_above() -> None:
    rows = _rows(as_svg(planned(sample(GARAGE))))
    titles = [row.findall(f"{SVG}text")[1].text for row in rows]
    assert "Check-in" in titles
    assert not any("Remodel Agreement" in (title or "") for title in titles)


def test_a_narrow_screen_gets_every_day_as_a_list() -> None:
    found = planned(sample(GARAGE))
    page = as_html(found).decode()
    assert page.count("<li") == len(found.entries)
    assert "max-width: 760px" in page


def test_the_same_schedule_is_the_same_drawing() -> None:
    deal = sample(STUDIO)
    assert as_svg(planned(deal)) == as_svg(planned(deal))
