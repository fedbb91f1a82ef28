"""`closer due --mail`, `--ics`, `--smtp`: a digest as a file, and by a real server."""

import email
import email.policy
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from deals_to_send import TERMS, needed
from servers import free_port, smtp

from closer.formats.merging import read

Run = Callable[..., Result]
TODAY = ("--today", "2026-10-20")
PEOPLE = ("--from", "deals@mine.example", "--to", "dana@mine.example")


@pytest.fixture
def signed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The garage sample in a register; nothing of it was done."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLOSER_REGISTER", str(tmp_path / "register.sqlite"))
    run("sign", TERMS, "--on", "2026-07-31", *TODAY)
    return tmp_path


def test_the_digest_is_a_mail_to_read_as_text_or_as_a_page(
    signed: Path, run: Run
) -> None:
    run("due", "--mail", "due.eml", *PEOPLE, *TODAY, code=1)
    raw = (signed / "due.eml").read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["To"] == "dana@mine.example"
    assert "overdue" in message["Subject"]
    assert "2026-10-20" in message["Subject"]
    text = message.get_body(("plain",))
    marked = message.get_body(("html",))
    assert text is not None
    assert marked is not None
    for part in (text.get_content(), marked.get_content()):
        assert "Client pays Deposit: USD 4,850.00" in part
        assert "78 days late" in part
        assert "HOM-2026-014" in part
        assert "2026-11-10" in part
    assert text.get_content().index("Money") < text.get_content().index("Duties")
    assert max(map(len, raw.splitlines())) <= 998


def test_the_same_rows_on_the_same_day_are_the_same_mail(
    signed: Path, run: Run
) -> None:
    for name in ("one.eml", "two.eml"):
        run("due", "--mail", name, *PEOPLE, *TODAY, code=1)
    assert (signed / "one.eml").read_bytes() == (signed / "two.eml").read_bytes()
    run("due", "--mail", "later.eml", *PEOPLE, "--today", "2026-10-21", code=1)
    assert (signed / "later.eml").read_bytes() != (signed / "one.eml").read_bytes()


def test_the_calendar_of_what_is_due_keeps_the_identity_of_each_entry(
    signed: Path, run: Run
) -> None:
    run("due", "--ics", "due.ics", "--within", "60d", *TODAY, code=1)
    run("schedule", TERMS, "--signed", "2026-07-31", "-o", "all.ics")
    listed = read((signed / "due.ics").read_bytes()).walk("VEVENT")
    every = {
        str(e["UID"]): e for e in read((signed / "all.ics").read_bytes()).walk("VEVENT")
    }
    shared = [event for event in listed if str(event["UID"]) in every]
    assert len({str(e["UID"]) for e in listed}) == len(listed)
    assert len(shared) > 10
    for event in shared:
        assert event["DTSTAMP"].dt == every[str(event["UID"])]["DTSTAMP"].dt
        assert event["SEQUENCE"] == every[str(event["UID"])]["SEQUENCE"]
    assert any("(HOM-2026-014)" in str(event["SUMMARY"]) for event in listed)


def test_where_nothing_is_due_the_digest_says_so(signed: Path, run: Run) -> None:
    run("due", "--mail", "due.eml", *PEOPLE, "--kind", "nothing", *TODAY)
    raw = (signed / "due.eml").read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert "Nothing is due until 2026-11-19." in message["Subject"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        pytest.param(("--mail", "due.eml"), "--from ADDRESS and --to", id="nobody"),
        pytest.param(("--mail", "due.txt", *PEOPLE), "due.eml", id="no_mail"),
        pytest.param(("--ics", "due.txt"), "due.ics", id="no_calendar"),
        pytest.param(
            ("--mail", "d.eml", "--from", "me", "--to", "x@y.example"),
            "write one address",
            id="no_address",
        ),
        pytest.param(("--smtp", "host:x", *PEOPLE), "mail.example:587", id="no_server"),
    ],
)
def test_what_cannot_be_written_or_sent_is_said(
    options: tuple[str, ...], says: str, signed: Path, run: Run
) -> None:
    assert says in run("due", *options, *TODAY, code=2).stderr
    assert not [*signed.glob("*.eml"), *signed.glob("*.ics")]


class _Box:
    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.refuses = False

    async def handle_DATA(  # noqa: N802
        self, _server: object, _session: object, envelope: object
    ) -> str:
        if self.refuses:
            return "554 not today"
        self.got.append(envelope.content)  # type: ignore[attr-defined]
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[_Box, str]]:
    """A real SMTP server on the loopback, and its address."""
    needed("aiosmtpd")
    box = _Box()
    with smtp(box) as address:
        yield box, address


def test_a_real_server_gets_the_very_mail_that_the_file_holds(
    signed: Path, run: Run, box: tuple[_Box, str]
) -> None:
    got, address = box
    run("due", "--smtp", address, "--mail", "due.eml", *PEOPLE, *TODAY, code=1)
    [raw] = got.got
    assert raw.replace(b"\r\n", b"\n").strip() == (
        (signed / "due.eml").read_bytes().replace(b"\r\n", b"\n").strip()
    )


def test_a_server_that_refuses_or_is_not_there_is_said_with_code_5(
    signed: Path, run: Run, box: tuple[_Box, str]
) -> None:
    del signed
    got, address = box
    got.refuses = True
    told = run("due", "--smtp", address, *PEOPLE, *TODAY, code=5).stderr
    assert "not today" in told
    nowhere = f"127.0.0.1:{free_port()}"
    told = run("due", "--smtp", nowhere, *PEOPLE, *TODAY, code=5).stderr
    assert "cannot be reached" in told


def test_due_wakes_nothing_heavy_unless_a_mail_or_calendar_is_asked_for(
    signed: Path,
) -> None:
    script = (
        "import sys; from closer.cli import closer\n"
        f"sys.argv = ['closer', 'due', '--today', '2026-07-28', '--register', "
        f"{str(signed / 'register.sqlite')!r}]\n"
        "try: closer()\n"
        "except SystemExit: pass\n"
        "print('MODULES', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "Client pays Deposit" in done.stdout
    woken = set(done.stdout.partition("MODULES")[2].split())
    heavy = {
        *("icalendar", "email", "smtplib", "jinja2", "holidays", "lxml", "docxtpl"),
        *("docx", "babel", "psycopg", "sqlalchemy", "yaml", "dateutil", "zoneinfo"),
        *("closer.drafting", "closer.library", "closer.formats.ical", "asyncio"),
        *("closer.terms.reading", "closer.formats.digest", "closer.cli.sending"),
    }
    assert woken & heavy == set()
