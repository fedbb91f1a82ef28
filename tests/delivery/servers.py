"""Real servers on the loopback, started by a test and ended with it."""

import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

USER, PASSWORD = "me", "a secret of nobody"


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    """Start a server, wait until it listens, and end it."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
        try:
            _wait(process, port, log)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@contextmanager
def radicale(
    folder: Path, certificate: tuple[Path, Path] | None = None
) -> Iterator[str]:
    """Run Radicale with one user; yield the address of a calendar that is not there.

    With a certificate and its key, encrypted.
    """
    port = free_port()
    encrypted = ""
    if certificate:
        file, key = certificate
        encrypted = f"ssl = True\ncertificate = {file}\nkey = {key}\n"
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    config = folder / "config"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n{encrypted}"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\n"
        "htpasswd_encryption = plain\ndelay = 0\n"
        f"[storage]\nfilesystem_folder = {folder / 'store'}\n[web]\ntype = none\n"
    )
    command = [sys.executable, "-m", "radicale", "--config", str(config)]
    with running(command, port, folder / "log"):
        scheme = "https" if certificate else "http"
        yield f"{scheme}://127.0.0.1:{port}/{USER}/deals/"


@contextmanager
def xandikos(folder: Path) -> Iterator[str]:
    """Run Xandikos, which asks for no password; yield the address of a calendar."""
    port = free_port()
    program = Path(sys.executable).with_name("xandikos")
    command = [
        *(str(program), "serve", "-d", str(folder / "store"), "--defaults"),
        *("--no-detect-systemd", "--current-user-principal", f"/{USER}/"),
        *("-l", "127.0.0.1", "-p", str(port), "--state-dir", str(folder / "state")),
    ]
    with running(command, port, folder / "log"):
        yield f"http://127.0.0.1:{port}/{USER}/calendars/deals/"


@contextmanager
def smtp(handler: object, host: str = "127.0.0.1", **settings: object) -> Iterator[str]:
    """Run an SMTP server whose messages a handler gets; yield its address."""
    from aiosmtpd.controller import Controller  # noqa: PLC0415

    controller = Controller(handler, hostname=host, port=free_port(), **settings)
    controller.start()
    try:
        yield f"{host}:{controller.port}"
    finally:
        controller.stop()


Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def answering(answer: Answer) -> Iterator[str]:
    """Serve one answer to every request: the failures that no real server plays."""

    def read_and_answer(request: BaseHTTPRequestHandler) -> None:
        _body(request)
        answer(request)

    with _serving(read_and_answer) as address:
        yield f"{address}/me/deals/"


@contextmanager
def between(url: str, spoil: Callable[[str, int], int | None]) -> Iterator[str]:
    """Stand between closer and a real server; `spoil` may answer a request itself.

    It is asked with the method and the number of that method so far; 0 hangs up.
    """
    parts = urlsplit(url)
    counts: Counter[str] = Counter()

    def spoil_or_pass(request: BaseHTTPRequestHandler) -> None:
        body = _body(request)
        counts[request.command] += 1
        code = spoil(request.command, counts[request.command])
        if code == 0:
            request.close_connection = True
            request.connection.close()
        elif code is None:
            _pass_on(request, body, parts.hostname or "", parts.port)
        else:
            request.send_response(code)
            request.send_header("Content-Length", "0")
            request.end_headers()

    with _serving(spoil_or_pass) as address:
        yield f"{address}{parts.path}"


def _body(request: BaseHTTPRequestHandler) -> bytes:
    return request.rfile.read(int(request.headers.get("Content-Length", 0)))


def _pass_on(
    request: BaseHTTPRequestHandler, body: bytes, host: str, port: int | None
) -> None:
    there = HTTPConnection(host, port)
    there.request(request.command, request.path, body, dict(request.headers))
    got = there.getresponse()
    data = got.read()
    there.close()
    request.send_response(got.status)
    for name, value in got.getheaders():
        if name.lower() not in ("content-length", "transfer-encoding"):
            request.send_header(name, value)
    request.send_header("Content-Length", str(len(data)))
    request.end_headers()
    request.wfile.write(data)


@contextmanager
def _serving(answer: Answer) -> Iterator[str]:
    """Answer every request by one function; yield the address of the server."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            answer(self)

        do_GET = do_PUT = do_REPORT = _any  # noqa: N815
        do_PROPFIND = do_DELETE = do_MKCALENDAR = _any  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
