"""Publishing and mailing over TLS, with a certificate made for the test.

It is trusted as any authority is: by the standard variable SSL_CERT_FILE. Mail goes to
127.0.0.2, since on the loopback proper nothing is encrypted.
"""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from click.testing import Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from deals_to_send import TERMS
from servers import PASSWORD, USER, answering, radicale, smtp
from test_inviting import FROM, Mailbox

from closer.delivery.dav import Collection, Login

Run = Callable[..., Result]
pytestmark = pytest.mark.slow
HOST = "127.0.0.2"


def made(folder: Path, *hosts: str) -> tuple[Path, Path]:
    """Make a certificate for some addresses; return its file and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(h)) for h in hosts])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - timedelta(1))
        .not_valid_after(now + timedelta(1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for the servers of this module."""
    return made(tmp_path_factory.mktemp("own"), "127.0.0.1", HOST)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another certificate for the same addresses, which vouches for nobody here."""
    return made(tmp_path_factory.mktemp("other"), "127.0.0.1", HOST)[0]


@pytest.fixture(scope="module")
def calendar(
    certificate: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The https address of a calendar, not yet made."""
    with radicale(tmp_path_factory.mktemp("radicale"), certificate) as url:
        yield url


@pytest.fixture
def mailbox(certificate: tuple[Path, Path]) -> Iterator[tuple[Mailbox, str]]:
    """An SMTP server that takes mail and passwords only after STARTTLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    box = Mailbox()
    with smtp(box, HOST, tls_context=context, require_starttls=True) as address:
        yield box, address


def test_a_calendar_is_published_over_tls(
    calendar: str,
    certificate: tuple[Path, Path],
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    assert calendar.startswith("https://")
    first = run("publish", TERMS, "--to", calendar, "--create")
    again = run("publish", TERMS, "--to", calendar)

    assert "0 changed, 0 deleted" in first.stdout
    assert "0 created, 0 changed, 0 deleted, 0 kept" in again.stdout
    assert Collection(calendar, Login(USER, PASSWORD)).items()


def test_a_server_with_a_strange_certificate_gets_nothing(
    calendar: str, stranger: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(stranger))
    result = run("publish", TERMS, "--to", calendar, "--create", code=5)

    assert result.stdout == ""
    [said] = [line for line in result.stderr.splitlines() if "certificate" in line]
    assert "cannot be trusted (self-signed certificate)" in said
    assert "nothing was sent" in said
    assert "SSL_CERT_FILE" in said
    assert "_ssl.c" not in result.stderr


def test_a_server_that_does_not_encrypt_gets_nothing(run: Run) -> None:
    with answering(lambda handler: handler.send_error(400)) as url:
        address = url.replace("http://", "https://")
        said = run("publish", TERMS, "--to", address, code=5).stderr
    assert "does not answer in an encrypted way" in said


def test_mail_is_sent_after_starttls(
    mailbox: tuple[Mailbox, str],
    certificate: tuple[Path, Path],
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box, server = mailbox
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    run("invite", TERMS, *FROM, "--smtp", server)
    assert len(box.got) > 10


def test_a_mail_server_with_a_strange_certificate_gets_nothing(
    mailbox: tuple[Mailbox, str],
    stranger: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box, server = mailbox
    monkeypatch.setenv("SSL_CERT_FILE", str(stranger))
    monkeypatch.setenv("CLOSER_SMTP_USER", USER)
    monkeypatch.setenv("CLOSER_SMTP_PASSWORD", PASSWORD)
    result = run("invite", TERMS, *FROM, "--smtp", server, code=5)

    assert box.got == []
    assert "0 sent." in result.stdout
    assert f"{server} has a certificate that cannot be trusted" in result.stderr
    assert "nothing was sent" in result.stderr


def test_a_mail_server_that_cannot_encrypt_gets_no_password(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Mailbox()
    monkeypatch.setenv("CLOSER_SMTP_USER", USER)
    monkeypatch.setenv("CLOSER_SMTP_PASSWORD", PASSWORD)
    with smtp(box, HOST) as address:
        result = run("invite", TERMS, *FROM, "--smtp", address, code=5)
    assert box.got == []
    assert "offers no encryption" in result.stderr
