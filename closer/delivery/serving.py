"""A feed on the loopback: one file, at one address that nobody can guess."""

import hashlib
import hmac
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Feed(ThreadingHTTPServer):
    """A server that knows its one file and its one address."""

    def __init__(self, file: Path, secret: str, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.file = file
        self.path = f"/{secret}/{file.name}".encode()

    def read(self) -> bytes:
        """Return the feed; nothing where it cannot be read or has no entry.

        An empty feed would wipe the calendars that subscribe to it.
        """
        try:
            data = self.file.read_bytes()
        except OSError:
            return b""
        return data if b"BEGIN:VEVENT" in data else b""


class _Handler(BaseHTTPRequestHandler):
    """Answers for one address and for no other."""

    server_version, sys_version = "closer", ""
    server: _Feed

    def do_GET(self) -> None:
        """Give the file, or say that it is the one that was seen before."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Say which version there is."""
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        asked = self.path.partition("?")[0].encode()
        if not hmac.compare_digest(asked, self.server.path):
            self._end(404)
            return
        data = self.server.read()
        if not data:
            self._end(503)
            return
        etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        if etag in self.headers.get("If-None-Match", ""):
            self._end(304, etag)
        else:
            self._end(200, etag, data, body=body)

    def _end(
        self, code: int, etag: str = "", data: bytes = b"", *, body: bool = True
    ) -> None:
        self.send_response(code)
        if etag:
            self.send_header("ETag", etag)
            self.send_header("Cache-Control", "private, no-cache")
        if data:
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body:
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Write no log: the address is a secret."""


def server(file: Path, secret: str, port: int) -> ThreadingHTTPServer:
    """Return a server for a calendar file; call `serve_forever` on it."""
    return _Feed(file, secret, port)
