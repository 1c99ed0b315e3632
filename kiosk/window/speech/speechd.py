"""A client of speech-dispatcher, by its line protocol SSIP over its Unix socket.

The protocol is described in speech-dispatcher's manual, "Speech Synthesis Interface Protocol":
commands and answers are lines that end in CR LF; an answer's last line has a space after its
code; codes from 700 are notifications, and all else of 300 and above is a refusal.
"""

import os
import socket
import threading
from pathlib import Path

from kiosk.window.speech.voice import LOUDEST, Utterance

_ANSWER_S = 2.0  # the longest that an answer to a command may take
_LOOK_S = 0.02
_SAID, _CANCELLED = 702, 703


class SpeechdError(OSError):
    """speech-dispatcher refused, or says something that is not SSIP."""


def socket_path() -> Path:
    """Where speech-dispatcher listens for this user, by its own rules."""
    address = os.environ.get("SPEECHD_ADDRESS", "")
    if address.startswith("unix_socket:"):
        return Path(address.removeprefix("unix_socket:"))
    runtime = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    return Path(runtime) / "speech-dispatcher" / "speechd.sock"


class SpeechdEngine:
    """Connects with the first word, and again where the server was restarted in between."""

    name = "speech-dispatcher"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._line: _Line | None = None

    def speaks(self, language: str) -> bool:
        return True  # it chooses among the voices that its modules have

    def speak(self, utterance: Utterance, volume: float, quiet: threading.Event) -> None:
        try:
            line = self._ready(utterance.language)
            line.ask(f"SET SELF VOLUME {_volume(volume)}")
            message = _say(line, utterance.text)
            while line.event(_LOOK_S, message) not in (_SAID, _CANCELLED):
                if quiet.is_set():
                    line.ask("CANCEL SELF")
                    return
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ready(self, language: str) -> "_Line":
        """The connection, set to a language; a new one where the server has been restarted."""
        command = f"SET SELF LANGUAGE {language}"
        if self._line is not None:
            try:
                self._line.ask(command)
            except OSError:
                self.close()
        if self._line is None:
            self._connect().ask(command)
        assert self._line is not None  # noqa: S101
        return self._line

    def _connect(self) -> "_Line":
        self._line = line = _Line(self._path)
        line.ask("SET SELF CLIENT_NAME kiosk:vitrine:window")
        line.ask("SET SELF NOTIFICATION END ON")
        line.ask("SET SELF NOTIFICATION CANCEL ON")
        return line


def _volume(volume: float) -> int:
    """0 to LOUDEST as SSIP's -100 to 100."""
    return round(200 * min(max(volume, 0), LOUDEST) / LOUDEST) - 100


def _say(line: "_Line", text: str) -> int:
    """Hand a text over; gives the number by which its notifications are known."""
    line.ask("SPEAK")
    rows = [row for row in text.splitlines() if row.strip()]
    # A line that begins with a dot would end the text.
    body = "\r\n".join("." + row if row.startswith(".") else row for row in rows)
    numbers = line.ask(f"{body}\r\n.")
    if not numbers or not numbers[0].isdigit():
        raise SpeechdError("no number for a message")
    return int(numbers[0])


class _Line:
    """The connection: commands with their answers, and what is told in between."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._waiting = b""
        self._events: list[tuple[int, int]] = []
        self._parts: list[str] = []
        try:
            self._socket.settimeout(_ANSWER_S)
            self._socket.connect(str(path))
        except OSError:
            self._socket.close()
            raise

    def ask(self, command: str) -> list[str]:
        """Send a command; gives its answer's data lines. Raises OSError, also a refusal."""
        self._socket.settimeout(_ANSWER_S)
        self._socket.sendall(command.encode("utf-8", "replace") + b"\r\n")
        while True:
            code, data = self._answer()
            if code < 700:
                if code >= 300:
                    raise SpeechdError(f"refused with {code}")
                return data

    def event(self, within_s: float, message: int) -> int:
        """The next notification's code on `message`; 0 where none comes `within_s`."""
        while True:
            for found in self._events:
                if found[1] == message:
                    self._events.clear()
                    return found[0]
            self._events.clear()
            self._socket.settimeout(within_s)
            try:
                self._answer()
            except TimeoutError:
                return 0

    def close(self) -> None:
        self._socket.close()

    def _answer(self) -> tuple[int, list[str]]:
        """One whole answer or notification; a notification is noted as well."""
        while True:
            row = self._row()
            if len(row) < 4 or not row[:3].isdigit():
                raise SpeechdError("an answer without a code")
            code, text = int(row[:3]), row[4:]
            if row[3] == "-":
                self._parts.append(text)
                continue
            data, self._parts = self._parts, []
            if code >= 700 and data and data[0].isdigit():
                self._events.append((code, int(data[0])))
            return code, data

    def _row(self) -> str:
        while b"\r\n" not in self._waiting:
            got = self._socket.recv(4096)
            if not got:
                raise SpeechdError("the connection was closed")
            self._waiting += got
        row, _, self._waiting = self._waiting.partition(b"\r\n")
        return row.decode("utf-8", "replace")
