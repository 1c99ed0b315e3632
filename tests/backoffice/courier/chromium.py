"""A real browser of a phone's size: headless Chromium, spoken to by its DevTools protocol."""

import base64
import itertools
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
WIDTH, HEIGHT = 390, 844  # CSS px of a common phone
_NO_WAY = """(async () => {
    for (let tries = 0; tries < 4; tries += 1) {
        const method = tries % 2 ? 'OPTIONS' : 'HEAD';
        if (await fetch(location.href, {method}).then(() => true, () => false)) return false;
    }
    return true;
})()"""
_WITHIN = 60.0  # seconds that a condition is waited for: a page looks for news every 15


class Chromium:
    """One page. Its profile lies in a folder of its own and goes with it."""

    def __init__(self, language: str = "fr") -> None:
        # Its children write on for a moment after it was ended.
        self._profile = tempfile.TemporaryDirectory(
            prefix="kiosk-chromium-", ignore_cleanup_errors=True
        )
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()

        def give_pipes() -> None:
            # DevTools reads from 3 and writes to 4. Moved away first: one may be 3 or 4 already.
            read, write = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self._process = subprocess.Popen(
            [
                *(CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu"),
                *("--remote-debugging-pipe", "--no-first-run", "--disable-extensions"),
                *("--disable-dev-shm-usage", "--hide-scrollbars", "--no-proxy-server"),
                *(f"--lang={language}", f"--user-data-dir={self._profile.name}", "about:blank"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=give_pipes,
            pass_fds=(3, 4),
            start_new_session=True,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._in, self._out = os.fdopen(ours_in, "rb"), os.fdopen(ours_out, "wb")
        self._ids = itertools.count(1)
        self._session, self._heard = "", b""
        self.events: deque[dict[str, Any]] = deque(maxlen=10_000)
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Network"):
            self.ask(f"{domain}.enable")
        self.size(WIDTH, HEIGHT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._in.close()
        self._out.close()
        self._profile.cleanup()

    def ask(self, method: str, **parameters: Any) -> Any:
        """A command of the protocol, and what it answers."""
        number = next(self._ids)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session and not method.startswith(("Target.", "Browser.")):
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        while True:
            told = json.loads(self._message())
            if told.get("id") == number:
                assert "error" not in told, (method, told["error"])
                return told["result"]
            self.events.append(told)

    def size(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": True}
        self.ask("Emulation.setDeviceMetricsOverride", **metrics)

    def is_at(self, origin: str, lat: float, lon: float, accuracy: float = 6.0) -> None:
        """The phone stands there, and gives pages of `origin` its position."""
        self.ask("Browser.grantPermissions", origin=origin, permissions=["geolocation"])
        self.ask("Emulation.setGeolocationOverride", latitude=lat, longitude=lon, accuracy=accuracy)

    def network(self, on: bool) -> None:
        self.ask(
            "Network.emulateNetworkConditions",
            offline=not on,
            latency=0,
            downloadThroughput=-1,
            uploadThroughput=-1,
        )
        if not on:  # it answers before it holds for what is asked next, on every connection
            self.until(_NO_WAY)

    def open(self, url: str) -> None:
        self.ask("Page.navigate", url=url)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def run(self, script: str) -> Any:
        """The value of an expression on the page."""
        told = self.ask(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def until(self, script: str) -> Any:
        """Wait until an expression holds, and give its value."""
        end = time.monotonic() + _WITHIN
        while True:
            try:
                value = self.run(script)
            except AssertionError:
                value = None  # between two pages
            if value:
                return value
            assert time.monotonic() < end, (script, self.run("document.body.innerText"))
            time.sleep(0.05)

    def press(self, text: str) -> None:
        """The button that says so."""
        found = (
            "[...document.querySelectorAll('button, summary')]"
            f".find((b) => b.textContent.trim() === {json.dumps(text)})"
        )
        self.until(f"!!{found}")
        self.run(f"{found}.click()")

    def picture(self, path: Path, *, whole: bool = True) -> None:
        shot = self.ask("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(shot["data"]))

    def _message(self) -> bytes:
        while b"\0" not in self._heard:
            more = self._in.read1(1 << 20)
            assert more, "the browser has gone"
            self._heard += more
        message, _, self._heard = self._heard.partition(b"\0")
        return message
