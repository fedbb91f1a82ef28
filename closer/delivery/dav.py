"""The few requests of CalDAV that publishing needs, each failure as a sentence."""

import base64
import http.client
import ssl
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from closer.delivery import encryption

_DAV, _CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_QUERY = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    b"<prop><getetag/><C:calendar-data/></prop>"
    b'<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/>'
    b"</C:comp-filter></C:filter></C:calendar-query>"
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Unreachable(Exception):
    """The server cannot be used now; the message says why and what to do."""


class Item(NamedTuple):
    """One thing in a collection: where it is, which version, and its text."""

    url: str
    etag: str
    data: bytes


class Login(NamedTuple):
    """Who asks; never printed."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "Login(…)"


class _NoRedirects(HTTPRedirectHandler):
    """A password is for the server that was named, and for no other."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nothing."""


class Collection:
    """A calendar on a CalDAV server."""

    def __init__(self, url: str, login: Login | None, timeout: float = 30) -> None:
        self.url = url.rstrip("/") + "/"
        self._login = login
        self._timeout = timeout
        self._opener: OpenerDirector = build_opener(_NoRedirects())

    def items(self) -> list[Item]:
        """Return everything in the collection, or raise Unreachable."""
        code, _, body = self._ask("REPORT", self.url, _QUERY, {"Depth": "1"})
        if code != 207:
            raise Unreachable(said(code, self.url))
        try:
            return list(_items(self.url, body))
        except ET.ParseError:
            raise Unreachable(
                f"{self.url} broke off in the middle of its answer. Nothing was "
                "changed. Run the command again."
            ) from None

    def create(self) -> None:
        """Make the collection."""
        code, _, _ = self._ask("MKCALENDAR", self.url)
        if code not in (200, 201):
            raise Unreachable(said(code, self.url))

    def exists(self) -> bool:
        """Tell whether the collection is there."""
        body = b'<propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
        code, _, answer = self._ask("PROPFIND", self.url, body, {"Depth": "0"})
        if code in (404, 409):
            return False
        if code != 207:
            raise Unreachable(said(code, self.url))
        try:
            found = _read(answer)
        except ET.ParseError:
            raise Unreachable(f"{self.url} gives no CalDAV answer.") from None
        statuses = [each.text or "" for each in found.iter(f"{_DAV}status")]
        return not any(
            " 404" in (response.findtext(f"{_DAV}status") or "")
            for response in found.iter(f"{_DAV}response")
        ) and bool(statuses)

    def put(self, url: str, data: bytes, etag: str | None) -> int:
        """Write one entry if it is still what it was; return the answer's code."""
        match = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        headers = {"Content-Type": "text/calendar; charset=utf-8", **match}
        return self._ask("PUT", url, data, headers)[0]

    def delete(self, url: str, etag: str) -> int:
        """Delete one entry if it is still what it was; return the answer's code."""
        return self._ask("DELETE", url, None, {"If-Match": etag})[0]

    def _ask(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        headers = dict(headers or {})
        if body and "Content-Type" not in headers:
            headers["Content-Type"] = "application/xml; charset=utf-8"
        if self._login:
            pair = f"{self._login.user}:{self._login.password}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        request = Request(url, data=body, method=method, headers=headers)  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except HTTPError as error:
            with error:
                return error.code, dict(error.headers), b""
        except (http.client.HTTPException, ConnectionResetError, BrokenPipeError):
            raise Unreachable(
                f"{self.url} broke off in the middle of its answer. What was written "
                "before stands; run the command again and it completes the rest."
            ) from None
        except TimeoutError:
            raise Unreachable(self._slow()) from None
        except URLError as error:
            raise Unreachable(self._down(error.reason)) from None
        except OSError as error:
            raise Unreachable(self._down(error)) from None

    def _slow(self) -> str:
        return (
            f"{self.url} did not answer within {self._timeout:g} seconds. What was "
            "written before stands; run the command again and it completes the rest."
        )

    def _down(self, reason: object) -> str:
        if isinstance(reason, TimeoutError):
            return self._slow()
        if isinstance(reason, ssl.SSLError):
            return encryption.failed(self.url, reason)
        said_by = getattr(reason, "strerror", None) or reason
        return f"{self.url} cannot be reached: {said_by}. Is the server running?"


def unsafe(url: str, *, login: bool) -> str | None:
    """Say why a URL must not be used, or None."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f"{url} is no address of a calendar. Write it like https://host/path/."
    if parts.username or parts.password:
        return (
            "The address holds a user or a password, which others can read in the "
            "list of running programs. Put them into CLOSER_CALDAV_USER and "
            "CLOSER_CALDAV_PASSWORD, or into the keyring."
        )
    if login and parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        return (
            f"{url} is not encrypted: the password could be read on the way. "
            "Use the https:// address."
        )
    return None


def said(code: int, url: str) -> str:
    """Return what an answer means for the person who published."""
    known = {
        401: "does not know this user and password. Set CLOSER_CALDAV_USER and "
        "CLOSER_CALDAV_PASSWORD, or store them in the keyring.",
        403: "does not let this user write here. Ask for the right to, or choose a "
        "calendar of your own.",
        404: "is not there. Check the address, or add --create to make the calendar.",
        405: "is no calendar: name the collection itself, not the server.",
        409: "cannot be made: the folder above it is not there, or an entry with this "
        "identity stands elsewhere.",
        412: "was changed by somebody else at this moment. Run the command again.",
        507: "has no room left. Make some and run the command again: it completes "
        "the rest.",
    }
    if 300 <= code < 400:
        return f"{url} has moved. Ask for its new address and name that one."
    return f"{url} {known.get(code, f'answered {code}. Run the command again later.')}"


def _read(body: bytes) -> ET.Element:
    """Read an answer; one that brings definitions of its own is none."""
    if b"<!DOCTYPE" in body:
        raise ET.ParseError
    return ET.fromstring(body)  # noqa: S314 - no definitions, so no entities


def _items(base: str, body: bytes) -> Iterator[Item]:
    for response in _read(body).iter(f"{_DAV}response"):
        status = response.findtext(f"{_DAV}status") or ""
        if " 404" in status:
            raise Unreachable(said(404, base))
        data = response.find(f".//{_CAL}calendar-data")
        etag = response.findtext(f".//{_DAV}getetag")
        href = response.findtext(f"{_DAV}href")
        if data is not None and data.text and href and etag:
            yield Item(urljoin(base, href), etag, data.text.encode())
