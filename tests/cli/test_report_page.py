"""The page of `closer report`, opened in a real browser."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browser import Page, chromium
from click.testing import Result

Run = Callable[..., Result]
REF = "HOM-2026-014"
TODAY = ("--today", "2026-11-01")
ROOT = Path(__file__).parents[2]
READERS = Path(os.environ.get("CLOSER_READERS", ROOT / ".readers"))
MARKUP = "</title><script>window.hit = 1</script><img src=x onerror='window.hit = 2'>"
LONG = "W" * 90

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One browser for all tests of this page."""
    with chromium(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def page(deal: Path, run: Run) -> Path:
    """A report of two deals with everything that a page can show."""
    run("sign", deal, "--on", "2026-07-31", *TODAY)
    studio = ROOT / "samples/studio-services/agreed.yaml"
    run("sign", studio, "--on", "2026-09-20", "--despite", "it must begin", *TODAY)
    run("record", REF, "price.payments.deposit", "--on", "2026-08-03", *TODAY)
    run("record", REF, "garage", "--on", "2026-10-02", *TODAY)
    for value, on in (("99", "2026-08-05"), ("97", "2026-09-05"), ("90", "2026-10-05")):
        run("measure", REF, "on_time", value, "--on", on, *TODAY)
    run("measure", "BCW-2026-007", "uptime", "98.9", *TODAY)
    run("raise", REF, f"{MARKUP} {LONG}", "--about", MARKUP, *TODAY)
    run("escalate", REF, "1", *TODAY)
    run("report", "-o", "deals.html", *TODAY)
    return Path("deals.html")


def test_on_a_phone_nothing_must_be_scrolled_sideways(
    page: Path, browser: Page
) -> None:
    for width in (320, 375, 768, 1200):
        browser.open(page, width)
        assert browser.run("innerWidth") == width
        assert browser.run("document.documentElement.scrollWidth") <= width
        wide = (
            "[...document.querySelectorAll('body *')].filter(e => !e.closest('svg') &&"
            " !e.classList.contains('skip') &&"
            " e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML)"
        )
        assert browser.run(wide) == []


def test_markup_in_a_value_is_data(page: Path, browser: Page) -> None:
    browser.said.clear()
    browser.open(page, 1200)
    assert browser.run("typeof window.hit") == "undefined"
    assert browser.run("document.scripts.length + document.images.length") == 0
    assert MARKUP in browser.run("document.body.textContent")
    assert browser.said == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_that_shuts_anybody_out(
    colours: str, page: Path, browser: Page
) -> None:
    axe = READERS / "node_modules/axe-core/axe.min.js"
    if not axe.exists():
        if os.environ.get("CI"):
            pytest.fail("axe-core is not there: make readers")
        pytest.skip("axe-core is not there: make readers")
    browser.dark(wanted=colours == "dark")
    browser.open(page, 1200)
    browser.run("document.querySelectorAll('details').forEach(e => e.open = true)")
    browser.run(axe.read_text(encoding="utf-8"))
    found = browser.run("axe.run().then(r => JSON.stringify(r))")
    result = json.loads(found)
    browser.dark(wanted=False)
    faults = [(v["id"], v["nodes"][0]["html"]) for v in result["violations"]]
    assert faults == []
    assert len(result["passes"]) > 15


def test_it_is_read_with_the_keyboard_alone(page: Path, browser: Page) -> None:
    browser.open(page, 1200)
    browser.press("Tab")
    assert browser.run("document.activeElement.textContent") == "Skip to the deals"
    assert browser.run("document.activeElement.getBoundingClientRect().left") >= 0
    browser.press("Enter")
    assert browser.run("location.hash") == "#deals"
    browser.press("Tab")
    assert browser.run("document.activeElement.hash") == "#deal-1"
    reached = set()
    for _ in range(12):
        reached.add(browser.run("document.activeElement.tagName"))
        browser.press("Tab")
    assert "SUMMARY" in reached


def test_it_prints_on_upright_sheets_with_every_reading(
    page: Path, browser: Page, tmp_path: Path
) -> None:
    browser.open(page, 1200)
    (tmp_path / "page.pdf").write_bytes(browser.printed())
    text = _asked("pdftotext", "-layout", "page.pdf", "-")
    assert "Where the deals stand" in text
    assert "Garage and Backyard Remodel Agreement" in text
    assert "Skip to the deals" not in text
    told = _asked("pdfinfo", "page.pdf")
    assert "(A4)" in told
    sheets = int(told.partition("Pages:")[2].split()[0])
    assert 3 <= sheets <= 8


def _asked(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class _Parts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_it_needs_nothing_from_anywhere_and_says_what_is_what(page: Path) -> None:
    parts = _Parts()
    parts.feed(page.read_text(encoding="utf-8"))
    outside = ("src", "srcset", "data", "action", "background", "poster")
    assert [t for t, a in parts.tags for name in outside if name in a] == []
    links = [a["href"] for _, a in parts.tags if "href" in a]
    assert all(link and link.startswith("#") for link in links)
    assert [a for t, a in parts.tags if t == "th" and "scope" not in a] == []
    pictures = [a for t, a in parts.tags if t == "svg" and a.get("role") == "img"]
    assert len(pictures) >= 3
    assert all(a.get("aria-label") for a in pictures)


def test_the_same_register_on_the_same_day_is_the_same_page(
    page: Path, run: Run
) -> None:
    run("report", "-o", "again.html", *TODAY)
    assert Path("again.html").read_bytes() == page.read_bytes()
