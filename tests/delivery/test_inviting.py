"""`closer invite`: files, a real SMTP server, a server that applies what it gets."""

import email
import email.policy
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from deals_to_send import CHANGE, TERMS, needed
from servers import free_port, smtp

from closer.formats.merging import read

Run = Callable[..., Result]
FROM = ("--from", "deals@mine.example")


class Mailbox:
    """What an SMTP server got; `refuse` is an address that it does not take."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.refuse = ""
        self.stop_after = 10_000

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address == self.refuse:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        if len(self.got) >= self.stop_after:
            return "421 too much for today"
        self.got.append(envelope.content)
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    """A real SMTP server on the loopback, and its address."""
    needed("aiosmtpd")
    box = Mailbox()
    with smtp(box) as address:
        yield box, address


def calendar(raw: bytes) -> tuple[Any, Any, Any]:
    """Return the message, its calendar part and the one event in it."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    part = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
    whole = read(part.get_payload(decode=True))
    [event] = whole.walk("VEVENT")
    assert part["content-type"].params["method"] == str(whole["METHOD"])
    assert part.get_content_charset() == "utf-8"
    return message, whole, event


def test_each_entry_is_one_message_whose_parts_agree(run: Run, tmp_path: Path) -> None:
    out, file = tmp_path / "mails", tmp_path / "all.ics"
    run("invite", TERMS, *FROM, "-o", out)
    run("schedule", TERMS, "-o", file)
    wanted = {str(e["UID"]) for e in read(file.read_bytes()).walk("VEVENT")}
    seen = set()
    for path in out.iterdir():
        raw = path.read_bytes()
        message, whole, event = calendar(raw)
        seen.add(str(event["UID"]))
        assert str(whole["METHOD"]) == "REQUEST"
        assert str(event["ORGANIZER"]) == "mailto:deals@mine.example"
        assert (
            "dana@whitfield.example" in raw.decode() or "notices@gulf" in raw.decode()
        )
        assert str(message["Subject"]).strip() == str(event["SUMMARY"])
        assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert seen == wanted


def test_who_owes_it_is_invited_and_a_party_can_name_another_address(
    run: Run, tmp_path: Path
) -> None:
    run(
        "invite", TERMS, *FROM, "--to", "client=books@whitfield.example", "-o", tmp_path
    )
    sent = [calendar(path.read_bytes()) for path in tmp_path.glob("*.eml")]
    deposit = next(m for m, _, e in sent if "pays Deposit" in str(e["SUMMARY"]))
    review = next(m for m, _, e in sent if "Progress review" in str(e["SUMMARY"]))

    assert str(deposit["To"]) == "books@whitfield.example"
    assert "notices@gulfcoast.example" in str(review["To"])
    assert "books@whitfield.example" in str(review["To"])


def test_the_same_revision_is_the_same_message(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run("invite", TERMS, *FROM, "-o", tmp_path / name)
    one, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("a", "b")
    )
    assert one == other


def test_after_a_change_only_what_it_touched_is_written(
    run: Run, tmp_path: Path
) -> None:
    run("invite", TERMS, *FROM, "-o", tmp_path / "all")
    run("invite", TERMS, CHANGE, *FROM, "-o", tmp_path / "new")
    sent = [calendar(p.read_bytes()) for p in (tmp_path / "new").iterdir()]
    subjects = {str(message["Subject"]).strip() for message, _, _ in sent}

    assert 0 < len(sent) < len(list((tmp_path / "all").iterdir()))
    assert "Updated: Due from Contractor: Backyard complete" in subjects
    assert not any("Building permits" in each for each in subjects)


def test_what_was_dropped_is_cancelled_by_mail(run: Run, tmp_path: Path) -> None:
    deal, old = tmp_path / "agreed.yaml", tmp_path / "old.ics"
    text = TERMS.read_text(encoding="utf-8")
    deal.write_text(text, encoding="utf-8")
    run("schedule", deal, "-o", old)
    deal.write_text(text.replace("  access: {owner", "  entry: {owner"), "utf-8")
    out = tmp_path / "mails"
    run("invite", deal, *FROM, "--changed-since", old, "-o", out)
    sent = [calendar(path.read_bytes()) for path in out.iterdir()]

    assert sorted(str(whole["METHOD"]) for _, whole, _ in sent) == ["CANCEL", "REQUEST"]
    gone = next(m for m, whole, _ in sent if str(whole["METHOD"]) == "CANCEL")
    assert str(gone["Subject"]).strip().startswith("Cancelled: ")


def test_a_server_gets_every_message_and_none_twice(
    run: Run, mailbox: tuple[Mailbox, str], tmp_path: Path
) -> None:
    box, address = mailbox
    run("invite", TERMS, *FROM, "--smtp", address, "-o", tmp_path)
    wrote = {path.read_bytes() for path in tmp_path.glob("*.eml")}

    assert {each.replace(b"\r\n", b"\n").strip() for each in box.got} == {
        each.replace(b"\r\n", b"\n").strip() for each in wrote
    }
    number = len(box.got)
    again = run("invite", TERMS, *FROM, "--smtp", address)
    assert f"0 sent, {number} sent before" in again.stdout
    assert len(box.got) == number
    run("invite", TERMS, *FROM, "--smtp", address, "--again")
    assert len(box.got) == 2 * number


def test_a_failure_in_the_middle_is_said_and_the_rest_is_sent_later(
    run: Run, mailbox: tuple[Mailbox, str]
) -> None:
    box, address = mailbox
    box.stop_after = 4
    run("invite", TERMS, *FROM, "--smtp", address, code=5)
    box.stop_after = 10_000
    told = run("invite", TERMS, *FROM, "--smtp", address).stdout

    assert "4 sent before, 0 refused" in told
    identities = [email.message_from_bytes(raw)["Message-ID"] for raw in box.got]
    assert len(identities) == len(set(identities))


def test_a_refused_address_is_named_and_the_others_get_theirs(
    run: Run, mailbox: tuple[Mailbox, str]
) -> None:
    box, address = mailbox
    box.refuse = "dana@whitfield.example"
    said = run("invite", TERMS, *FROM, "--smtp", address, code=1).stderr
    assert "dana@whitfield.example was refused: 550" in said
    assert box.got


def test_a_mail_server_that_is_down_is_said(run: Run) -> None:
    server = f"127.0.0.1:{free_port()}"
    said = run("invite", TERMS, *FROM, "--smtp", server, code=5).stderr
    assert "cannot be reached" in said


def test_a_password_that_is_not_taken_is_not_shown(
    run: Run, mailbox: tuple[Mailbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOSER_SMTP_USER", "me")
    monkeypatch.setenv("CLOSER_SMTP_PASSWORD", "hush-hush")
    result = run("invite", TERMS, *FROM, "--smtp", mailbox[1], code=5)
    assert "takes no user and password" in result.stderr
    assert "hush-hush" not in result.stderr + result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*FROM,), "-o DIR writes"),
        (("--from", "me", "-o", "x"), "write one address"),
        (("--from", "a@b.example\r\nBcc: c@d.example", "-o", "x"), "write one address"),
        ((*FROM, "-o", "x", "--to", "nobody=a@b.example"), "client, contractor"),
        ((*FROM, "--smtp", "host:port"), "write it like"),
    ],
)
def test_what_cannot_be_sent_is_said(
    arguments: tuple[str, ...], said: str, run: Run
) -> None:
    assert said in run("invite", TERMS, *arguments, code=2).stderr


def _applied(folder: Path, raw: bytes) -> dict[str, tuple[str, str]]:
    """Let a calendar server apply one message; return its entries by UID."""
    program = str(Path(sys.executable).with_name("xandikos"))
    command = [program, "import-imip", "-d", str(folder), "--principal", "/me/"]
    done = subprocess.run(
        [*command, "--autocreate"], input=raw, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    found = {}
    for path in folder.rglob("*.ics"):
        if "inbox" in path.parts:
            continue
        for event in read(path.read_bytes()).walk("VEVENT"):
            status = str(event.get("STATUS", ""))
            found[str(event["UID"])] = (f"{event['DTSTART'].dt}", status)
    return found


@pytest.mark.slow
def test_a_server_that_applies_invitations_moves_and_cancels(
    run: Run, tmp_path: Path
) -> None:
    needed("xandikos")
    deal, old = tmp_path / "agreed.yaml", tmp_path / "old.ics"
    text = TERMS.read_text(encoding="utf-8")
    deal.write_text(text, encoding="utf-8")
    run("schedule", deal, "-o", old)
    run("invite", deal, *FROM, "-o", tmp_path / "first")
    moved = text.replace("due: 4 weeks after garage", "due: 6 weeks after garage")
    deal.write_text(moved.replace("  access: {owner", "  entry: {owner"), "utf-8")
    run("invite", deal, *FROM, "--changed-since", old, "-o", tmp_path / "second")

    def named(folder: str, title: str) -> bytes:
        for path in (tmp_path / folder).iterdir():
            _, whole, event = calendar(path.read_bytes())
            new = folder == "second" and "give the Contractor" in title
            if title in str(event["SUMMARY"]) and (
                not new or str(whole["METHOD"]) == "CANCEL"
            ):
                return path.read_bytes()
        raise AssertionError(title)

    store = tmp_path / "store"
    store.mkdir()
    backyard, access = "Due from Contractor: Backyard", "give the Contractor the site"
    for title in (backyard, access):
        _applied(store, named("first", title))
    _applied(store, named("second", backyard))
    there = _applied(store, named("second", access))
    uids = [
        str(calendar(named("first", title))[2]["UID"]) for title in (backyard, access)
    ]
    assert there[uids[0]][0] == "2026-11-13"
    assert there[uids[1]][1] == "CANCELLED"
