"""Messages through an SMTP server, each failure as a sentence."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage

from closer.delivery import encryption
from closer.formats.invitation import Invitation

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class NotSent(Exception):
    """No further message can be sent; the message says why and what to do."""


def send(
    messages: Sequence[Invitation],
    server: tuple[str, int],
    login: tuple[str, str] | None,
    timeout: float = 30,
) -> Iterator[tuple[Invitation, str]]:
    """Send each message and yield it with why it was refused, or nothing.

    The way is encrypted where the server can; without that no password leaves this
    machine.
    """
    host, port = server
    try:
        with _connected(host, port, timeout) as smtp:
            _ready(smtp, host, login)
            for message in messages:
                yield message, _sent(smtp, message)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_why(error, f"{host}:{port}")) from None


def _connected(host: str, port: int, timeout: float) -> smtplib.SMTP:
    if port == 465:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=timeout, context=context)
    return smtplib.SMTP(host, port, timeout=timeout)


def _ready(smtp: smtplib.SMTP, host: str, login: tuple[str, str] | None) -> None:
    smtp.ehlo_or_helo_if_needed()
    encrypted = isinstance(smtp, smtplib.SMTP_SSL)
    if not encrypted and smtp.has_extn("starttls") and host not in _LOOPBACK:
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo()
        encrypted = True
    if login is None:
        return
    if not encrypted and host not in _LOOPBACK:
        raise NotSent(
            f"{host} offers no encryption: the password could be read on the way. "
            "Name a server that does, for most port 465 or 587."
        )
    smtp.login(*login)


def _sent(smtp: smtplib.SMTP, message: Invitation) -> str:
    mail = message_from_bytes(message.data, _class=EmailMessage, policy=policy.SMTP)
    people = [each.strip() for each in str(mail["To"]).split(",")]
    try:
        refused = smtp.sendmail(str(mail["From"]), people, message.data)
    except smtplib.SMTPRecipientsRefused as error:
        refused = error.recipients
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        return f"the server refused it: {error.smtp_code} {_text(error.smtp_error)}"
    return "; ".join(
        f"{who} was refused: {code} {_text(said)}"
        for who, (code, said) in refused.items()
    )


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _why(error: Exception, server: str) -> str:
    if isinstance(error, ssl.SSLError):
        return encryption.failed(server, error)
    again = "What was sent before stands; run the command again and it sends the rest."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            f"{server} does not know this user and password. Set CLOSER_SMTP_USER and "
            "CLOSER_SMTP_PASSWORD, or store them in the keyring."
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"{server} takes no user and password. Unset CLOSER_SMTP_USER."
    if isinstance(error, TimeoutError):
        return f"{server} did not answer in time. {again}"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return f"{server} broke off. {again}"
    if isinstance(error, smtplib.SMTPException):
        return f"{server} refused: {error}. {again}"
    reason = getattr(error, "strerror", None) or error
    return f"{server} cannot be reached: {reason}. Is the server running?"
