"""`closer feed`: one file to subscribe to, from the disk and from the loopback."""

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from click.testing import Result
from deals_to_send import CHANGE, ROOT, TERMS
from servers import free_port

from closer.delivery.serving import server
from closer.formats.merging import read

Run = Callable[..., Result]
STUDIO = ROOT / "samples" / "studio-services" / "agreed.yaml"


def events(path: Path) -> dict[str, tuple[str, str, int]]:
    """Return day, status and SEQUENCE of each entry of a feed."""
    found = read(path.read_bytes()).walk("VEVENT")
    days = {
        str(e["UID"]): (f"{e['DTSTART'].dt}", str(e["STATUS"]), int(e["SEQUENCE"]))
        for e in found
    }
    assert len(days) == len(found)
    return days


def test_a_feed_holds_every_deal_once_with_its_changes(
    run: Run, tmp_path: Path
) -> None:
    one, other, both = (tmp_path / f"{name}.ics" for name in ("one", "other", "both"))
    run("schedule", TERMS, CHANGE, "-o", one)
    run("schedule", STUDIO, "-o", other)
    run("feed", TERMS, CHANGE, STUDIO, "-o", both, "--name", "Ours")

    assert events(both) == events(one) | events(other)
    whole = read(both.read_bytes())
    assert str(whole["X-WR-CALNAME"]) == "Ours"
    zones = [str(zone["TZID"]) for zone in whole.walk("VTIMEZONE")]
    assert zones == ["America/New_York"]
    text = both.read_text(encoding="utf-8")
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in text
    assert "X-PUBLISHED-TTL:PT12H" in text
    assert "METHOD" not in text


def test_a_feed_written_again_is_the_same_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "deals.ics"
    run("feed", TERMS, STUDIO, "-o", out)
    before = out.read_bytes()
    run("feed", TERMS, STUDIO, "-o", out)
    assert out.read_bytes() == before


def test_what_is_dropped_stays_cancelled_for_a_while_and_then_goes(
    run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "deals.ics"
    run("feed", TERMS, STUDIO, "-o", out)
    studio = set(events(out))
    run("feed", TERMS, "-o", out, "--today", "2026-11-01")
    kept = events(out)
    gone = {uid for uid, each in kept.items() if each[1] == "CANCELLED"}

    assert set(kept) == studio
    assert gone
    assert all(kept[uid][2] == 1 for uid in gone)
    run("feed", TERMS, "-o", out, "--today", "2027-11-01")
    assert set(events(out)) == studio - gone


def test_an_empty_feed_is_never_written(run: Run, tmp_path: Path) -> None:
    deal, out = tmp_path / "agreed.yaml", tmp_path / "deals.ics"
    text = "\n".join(
        line
        for line in STUDIO.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    keep = ("contract", "title", "reference", "language", "currency", "timezone")
    head = [line for line in text.splitlines() if line.startswith(keep)]
    parties = text[text.index("parties:") : text.index("background:")]
    rest = "effective: signing\ndeliverables:\n  a: {title: A, description: B, "
    rest += "owner: provider}\nprice: {total: USD 1.00, payments: {whole: {"
    rest += "amount: 100%, due: signing, payer: client}}}\n"
    deal.write_text("\n".join([*head, rest, parties]), encoding="utf-8")
    result = run("feed", deal, "-o", out, code=1)
    assert "would empty every calendar" in result.stderr
    assert not out.exists()


def test_a_file_that_is_no_calendar_is_not_replaced(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "notes.ics"
    out.write_text("my notes")
    run("feed", TERMS, "-o", out, code=2)
    assert out.read_text() == "my notes"


@pytest.fixture
def served(run: Run, tmp_path: Path) -> Iterator[tuple[Path, str, int]]:
    """A feed on the loopback: its file, its address and its port."""
    out = tmp_path / "deals.ics"
    run("feed", TERMS, "-o", out)
    running = server(out, "no-one-guesses", 0)
    thread = Thread(target=running.serve_forever)
    thread.start()
    try:
        yield out, "/no-one-guesses/deals.ics", running.server_port
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def ask(
    port: int, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    there.request(method, path, headers={"If-None-Match": headers.get("seen", "")})
    answer = there.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    there.close()
    return found


def test_the_feed_is_served_with_its_version(served: tuple[Path, str, int]) -> None:
    out, path, port = served
    code, headers, data = ask(port, path)

    assert (code, data) == (200, out.read_bytes())
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert ask(port, path, seen=headers["ETag"])[0] == 304
    assert ask(port, path, "HEAD")[1]["Content-Length"] == str(len(data))
    out.write_bytes(data.replace(b"SUMMARY:", b"SUMMARY:New ", 1))
    assert ask(port, path, seen=headers["ETag"])[0] == 200


@pytest.mark.parametrize(
    "path", ["/", "/deals.ics", "/x/deals.ics", "/no-one-guesses/"]
)
def test_nothing_is_served_to_who_does_not_know_the_address(
    path: str, served: tuple[Path, str, int]
) -> None:
    code, _, data = ask(served[2], path)
    assert (code, data) == (404, b"")


@pytest.mark.parametrize(
    "content", [b"", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", None]
)
def test_no_empty_feed_is_served(
    content: bytes | None, served: tuple[Path, str, int]
) -> None:
    out, path, port = served
    out.unlink() if content is None else out.write_bytes(content)
    assert ask(port, path)[0] == 503


@pytest.mark.slow
def test_the_command_serves_at_the_same_secret_address_every_time(
    tmp_path: Path,
) -> None:
    addresses = set()
    for _ in range(2):
        port = free_port()
        command = [sys.executable, "-m", "closer", "feed", str(TERMS), "--serve"]
        process = subprocess.Popen(
            [*command, "-o", str(tmp_path / "deals.ics"), "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        said = re.search(r"http://\S+", process.stdout.readline())
        assert said is not None
        path = urlsplit(said[0]).path
        assert ask(port, path)[0] == 200
        addresses.add(path)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
        process.stdout.close()
    [path] = addresses
    assert len(path.split("/")[1]) >= 32
