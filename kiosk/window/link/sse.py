"""Server-sent events out of bytes, with a limit on everything."""

from dataclasses import dataclass, field

MAX_LINE = 64 * 1024
MAX_EVENT = 128 * 1024


class Overlong(Exception):
    """A line or an event beyond the limits: the stream must be dropped."""


@dataclass(frozen=True, slots=True)
class RawEvent:
    id: str
    name: str
    data: str


@dataclass(slots=True)
class EventParser:
    """Feed it what arrives. `lines` counts whole lines, comments too: the signs of life."""

    lines: int = 0
    _rest: bytes = b""
    _id: str = ""
    _name: str = ""
    _data: list[str] = field(default_factory=list)
    _size: int = 0

    def feed(self, chunk: bytes) -> list[RawEvent]:
        """The events that `chunk` completes. Raises Overlong."""
        found = []
        *whole, self._rest = (self._rest + chunk).split(b"\n")
        if max((len(line) for line in (*whole, self._rest)), default=0) > MAX_LINE:
            raise Overlong(f"a line of more than {MAX_LINE} bytes")
        for line in whole:
            self.lines += 1
            event = self._line(line.rstrip(b"\r").decode("utf-8", "replace"))
            if event:
                found.append(event)
        return found

    def _line(self, line: str) -> RawEvent | None:
        if not line:
            event = RawEvent(self._id, self._name, "\n".join(self._data)) if self._data else None
            self._name, self._data, self._size = "", [], 0
            return event
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        self._size += len(line)
        if self._size > MAX_EVENT:
            raise Overlong(f"an event of more than {MAX_EVENT} characters")
        match name:
            case "data":
                self._data.append(value)
            case "id" if "\0" not in value:
                self._id = value
            case "event":
                self._name = value
        return None
