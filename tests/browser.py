"""A real browser for tests: Chromium without a window, spoken to over a pipe.

The protocol of its own developer tools, in the standard library: a page is opened at a
width, asked what it measures, pressed keys at, and printed.
"""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars"),
    *("--remote-debugging-pipe", "--enable-automation"),
)


class Page:
    """One open page."""

    def __init__(self, to: int, back: int) -> None:
        self._to = to
        self._back = os.fdopen(back, "rb")
        self._number = 0
        self._session = ""
        self.said: list[str] = []
        """What the page itself complained of: errors and warnings."""

    def start(self) -> None:
        """Open an empty page."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        found = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = found["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def close(self) -> None:
        """Let go of the browser's answers."""
        self._back.close()

    def ask(self, method: str, **params: object) -> Any:
        """Send one command and return its answer."""
        self._number += 1
        message: dict[str, object] = {
            "id": self._number,
            "method": method,
            "params": params,
        }
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            got = self._next()
            if got.get("id") == self._number:
                assert "error" not in got, got["error"]
                return got["result"]

    def _next(self) -> dict[str, Any]:
        raw = bytearray()
        while (sign := self._back.read(1)) != b"\0":
            assert sign, "the browser has gone"
            raw += sign
        got: dict[str, Any] = json.loads(raw)
        if got.get("method") == "Log.entryAdded":
            self.said.append(got["params"]["entry"]["text"])
        if got.get("method") == "Runtime.exceptionThrown":
            self.said.append(json.dumps(got["params"]["exceptionDetails"]))
        return got

    def open(self, file: Path, width: int, height: int = 900) -> None:
        """Open a file at a width, as a phone or a desk would show it."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        self.ask("Page.navigate", url=file.resolve().as_uri())
        while self.run("document.readyState") != "complete":
            pass

    def dark(self, *, wanted: bool) -> None:
        """Ask for dark colours, or for light ones."""
        value = "dark" if wanted else "light"
        features = [{"name": "prefers-color-scheme", "value": value}]
        self.ask("Emulation.setEmulatedMedia", features=features)

    def run(self, script: str) -> Any:
        """Run a line in the page and return its value."""
        done = self.ask(
            "Runtime.evaluate",
            expression=script,
            returnByValue=True,
            awaitPromise=True,
        )
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key."""
        code = {"Tab": 9, "Enter": 13}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.ask(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                **text,
            )

    def picture(self) -> bytes:
        """Return the whole page as a PNG."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "scale": 1} | {k: size[k] for k in ("width", "height")}
        got = self.ask("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(got["data"])

    def printed(self) -> bytes:
        """Return the page as it prints, as a PDF."""
        got = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(got["data"])


@contextmanager
def chromium(folder: Path) -> Iterator[Page]:
    """Start a browser with an empty profile of its own, and end it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        reason = "Chromium is not installed (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    in_read, in_write = os.pipe()
    out_read, out_write = os.pipe()
    profile = f"--user-data-dir={folder / 'profile'}"
    line = 'exec "$0" "$@" 3<&{} 4>&{}'.format(in_read, out_write)  # noqa: UP032
    process = subprocess.Popen(
        ["/bin/bash", "-c", line, program, *_FLAGS, profile],
        pass_fds=(in_read, out_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(in_read)
    os.close(out_write)
    page = Page(in_write, out_read)
    try:
        page.start()
        yield page
    finally:
        process.terminate()
        process.wait(timeout=20)
        os.close(in_write)
        page.close()
