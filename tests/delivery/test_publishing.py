"""`closer publish` against two real servers: what it promises, and every failure."""

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import Result
from deals_to_send import CHANGE, TERMS
from servers import PASSWORD, USER, answering, between, free_port

from closer.delivery.dav import Collection, Item, Login, unsafe
from closer.formats.merging import read

Run = Callable[..., Result]
pytestmark = pytest.mark.slow
OWN = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//me//EN\r
BEGIN:VEVENT\r
UID:dentist@example.org\r
DTSTAMP:20260101T000000Z\r
DTSTART;VALUE=DATE:20260901\r
SUMMARY:Dentist\r
END:VEVENT\r
END:VCALENDAR\r
"""


def opened(url: str) -> Collection:
    """Look into a calendar as another program would."""
    return Collection(url, Login(USER, PASSWORD))


def live(url: str) -> set[tuple[str, str, str]]:
    """Return UID, day and status of everything in a calendar."""
    found = set()
    for item in opened(url).items():
        for event in read(item.data).walk("VEVENT"):
            status = str(event.get("STATUS", "CONFIRMED"))
            found.add((str(event["UID"]), f"{event['DTSTART'].dt}", status))
    return found


def the(url: str, title: str) -> Item:
    return next(i for i in opened(url).items() if title.encode() in _flat(i.data))


def _flat(data: bytes) -> bytes:
    return data.replace(b"\r\n ", b"").replace(b"\n ", b"")


def test_what_is_published_is_what_the_file_says(
    collection: str, run: Run, tmp_path: Path
) -> None:
    first = run("publish", TERMS, "--to", collection, "--create")
    file = tmp_path / "all.ics"
    run("schedule", TERMS, "-o", file)
    wanted = {
        (str(e["UID"]), f"{e['DTSTART'].dt}", str(e["STATUS"]))
        for e in read(file.read_bytes()).walk("VEVENT")
    }

    assert live(collection) == wanted
    assert f"{len(wanted)} created, 0 changed" in first.stdout
    assert f"[{len(wanted)}/{len(wanted)}] create" in first.stderr


def test_a_second_run_changes_nothing(collection: str, run: Run) -> None:
    run("publish", TERMS, "--to", collection, "--create")
    before = {(i.url, i.etag) for i in opened(collection).items()}
    again = run("publish", TERMS, "--to", collection)

    assert "0 created, 0 changed, 0 deleted, 0 kept" in again.stdout
    assert {(i.url, i.etag) for i in opened(collection).items()} == before


def test_a_change_moves_what_moved_and_cancels_what_was_dropped(
    collection: str, run: Run, tmp_path: Path
) -> None:
    run("publish", TERMS, "--to", collection, "--create")
    before = {i.url: i.etag for i in opened(collection).items()}
    planned = run("publish", TERMS, CHANGE, "--to", collection, "--dry-run")
    assert {i.url: i.etag for i in opened(collection).items()} == before
    run("publish", TERMS, CHANGE, "--to", collection)
    after = {i.url: i.etag for i in opened(collection).items()}
    changed = [url for url in before if after[url] != before[url]]

    assert planned.stdout.startswith("Would be: ")
    assert f" {len(changed)} changed" in planned.stdout
    assert 0 < len(changed) < len(before), "what did not move was not written"
    file = tmp_path / "all.ics"
    run("schedule", TERMS, CHANGE, "-o", file)
    wanted = {
        (str(e["UID"]), f"{e['DTSTART'].dt}")
        for e in read(file.read_bytes()).walk("VEVENT")
        if e["STATUS"] != "CANCELLED"
    }
    there = {each[:2] for each in live(collection) if each[2] != "CANCELLED"}
    assert there == wanted


def test_what_is_not_asked_any_more_is_deleted(collection: str, run: Run) -> None:
    run("publish", TERMS, "--to", collection, "--create")
    done = ("--happened", "handover=2026-11-06", "--happened", "garage=2026-10-02")
    told = run("publish", TERMS, "--to", collection, *done).stdout

    assert ", 0 deleted" not in told
    titles = b"".join(_flat(i.data) for i in opened(collection).items())
    assert "Has it happened? “Handover”".encode() not in titles


def test_an_entry_of_somebody_else_is_never_touched(collection: str, run: Run) -> None:
    run("publish", TERMS, "--to", collection, "--create")
    assert opened(collection).put(f"{collection}own.ics", OWN, None) in (201, 204)
    own = the(collection, "Dentist")
    run("publish", TERMS, CHANGE, "--to", collection, "--force")

    assert the(collection, "Dentist") == own


def test_an_entry_that_a_person_moved_is_kept_and_named(
    collection: str, run: Run
) -> None:
    run("publish", TERMS, "--to", collection, "--create")
    item = the(collection, "Due from Contractor: Backyard")
    moved = item.data.replace(b"20261030", b"20261104").replace(
        b"20261031", b"20261105"
    )
    assert opened(collection).put(item.url, moved, item.etag) in (200, 201, 204)
    told = run("publish", TERMS, CHANGE, "--to", collection)

    assert "keep, moved by a person:" in told.stderr
    assert " 1 kept" in told.stdout
    assert b"20261104" in the(collection, "Due from Contractor: Backyard").data
    run("publish", TERMS, CHANGE, "--to", collection, "--force")
    assert b"20261113" in the(collection, "Due from Contractor: Backyard").data


def test_what_a_person_added_stays_when_the_day_moves(
    collection: str, run: Run
) -> None:
    run("publish", TERMS, "--to", collection, "--create")
    item = the(collection, "Due from Contractor: Backyard")
    noted = item.data.replace(b"SUMMARY:", b"COMMENT:call first\r\nSUMMARY:", 1)
    assert opened(collection).put(item.url, noted, item.etag) in (200, 201, 204)
    run("publish", TERMS, CHANGE, "--to", collection)
    after = the(collection, "Due from Contractor: Backyard").data

    assert b"COMMENT:call first" in after
    assert b"20261113" in after


def test_two_deals_share_a_calendar(collection: str, run: Run) -> None:
    studio = TERMS.parents[1] / "studio-services" / "agreed.yaml"
    run("publish", TERMS, "--to", collection, "--create")
    garage = live(collection)
    run("publish", studio, "--to", collection)
    assert garage < live(collection)
    assert "0 deleted" in run("publish", TERMS, "--to", collection).stdout


def test_a_calendar_that_is_not_there_is_said(collection: str, run: Run) -> None:
    said = run("publish", TERMS, "--to", collection, code=5).stderr
    assert "--create" in said


@pytest.mark.parametrize("spoiled", [507, 403, 401, 0])
def test_a_failure_in_the_middle_is_said_and_a_second_run_completes(
    spoiled: int, collection: str, run: Run
) -> None:
    opened(collection).create()

    def spoil(method: str, number: int) -> int | None:
        return spoiled if method == "PUT" and number > 5 else None

    with between(collection, spoil) as url:
        said = run("publish", TERMS, "--to", url, code=5).stderr
    assert "Traceback" not in said
    assert len(live(collection)) == 5
    told = run("publish", TERMS, "--to", collection).stdout
    assert "5 unchanged" in told
    assert "0 created" in run("publish", TERMS, "--to", collection).stdout


def test_one_entry_that_is_refused_does_not_stop_the_others(
    collection: str, run: Run
) -> None:
    opened(collection).create()

    def spoil(method: str, number: int) -> int | None:
        return 412 if method == "PUT" and number == 3 else None

    with between(collection, spoil) as url:
        result = run("publish", TERMS, "--to", url, code=1)
    assert "changed by somebody else" in result.stderr
    assert "1 not done" in result.stderr
    assert "1 created" in run("publish", TERMS, "--to", collection).stdout


def _code(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def _half(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(207)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"<multistatus xmlns='DAV:'><response>")


def _cut(handler: BaseHTTPRequestHandler) -> None:
    text = b"<multistatus xmlns='DAV:'><response>"
    handler.send_response(207)
    handler.send_header("Content-Length", str(len(text)))
    handler.end_headers()
    handler.wfile.write(text)


def _asleep(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(0.6)
    handler.close_connection = True


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(_code(401), "does not know this user", id="unknown_user"),
        pytest.param(_code(403), "does not let this user write", id="forbidden"),
        pytest.param(_code(507), "no room left", id="full"),
        pytest.param(_code(500), "answered 500", id="broken"),
        pytest.param(_code(302, Location="http://x/"), "has moved", id="moved"),
        pytest.param(_half, "broke off", id="half_an_answer"),
        pytest.param(_cut, "broke off", id="answer_cut_short"),
        pytest.param(_asleep, "did not answer within", id="asleep"),
    ],
)
def test_every_failure_at_the_start_is_one_sentence(
    answer: Callable[[BaseHTTPRequestHandler], None], said: str, run: Run
) -> None:
    with answering(answer) as url:
        result = run("publish", TERMS, "--to", url, "--timeout", "0.3", code=5)
    last = result.stderr.splitlines()[-1]
    assert said in last
    assert result.stdout == ""


def test_a_server_that_is_down_is_said(run: Run) -> None:
    url = f"http://127.0.0.1:{free_port()}/me/"
    said = run("publish", TERMS, "--to", url, code=5).stderr
    assert "cannot be reached" in said


def test_a_wrong_password_is_said_and_not_shown(
    collection: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "calendars" in collection:
        pytest.skip("Xandikos asks for no password")
    monkeypatch.setenv("CLOSER_CALDAV_PASSWORD", "wrong-one")
    result = run("publish", TERMS, "--to", collection, code=5)
    assert "does not know this user and password" in result.stderr
    assert "wrong-one" not in result.stderr + result.stdout


def test_a_password_is_taken_from_the_keyring(
    collection: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = pytest.importorskip("keyring")
    asked = []

    def stored(service: str, user: str | None) -> object:
        asked.append((service, user))
        return keyring.credentials.SimpleCredential(USER, PASSWORD)

    monkeypatch.delenv("CLOSER_CALDAV_PASSWORD")
    monkeypatch.setattr(keyring, "get_credential", stored)
    run("publish", TERMS, "--to", collection, "--create")
    assert asked == [("127.0.0.1", USER)]


@pytest.mark.parametrize(
    "url",
    [
        "https://me:secret@dav.example/",
        "ftp://dav.example/",
        "dav.example/me",
        "http://dav.example/me/",
    ],
)
def test_an_address_that_would_give_a_password_away_is_refused(
    url: str, run: Run
) -> None:
    assert unsafe(url, login=True)
    assert "secret" not in run("publish", TERMS, "--to", url, code=2).stderr


def test_an_encrypted_address_and_the_loopback_are_safe() -> None:
    assert unsafe("https://dav.example/me/", login=True) is None
    assert unsafe("http://127.0.0.1:5232/me/", login=True) is None
    assert unsafe("http://dav.example/me/", login=False) is None
