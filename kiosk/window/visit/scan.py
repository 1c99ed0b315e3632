"""Looking through the window's camera for a code on somebody's phone: states, and what happens."""

from dataclasses import dataclass, field
from enum import StrEnum


class Sight(StrEnum):
    """What the camera has to say besides a code."""

    SEES = "sees"  # pictures come
    NEARLY = "nearly"  # a code that cannot be read
    DARK = "dark"  # something lies before it, or it is night in front of it
    AWAY = "away"  # it does not answer, or has stopped
    TIME = "time"  # it has looked for so long that it stops


class Hint(StrEnum):
    """What the visitor is told of it."""

    NEARLY = "nearly"
    DARK = "dark"
    OTHER = "other"  # a code of something else
    PAGE = "page"  # the code that leads to the order's page
    AWAY = "away"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Scan:
    """`on` from the touch on until the camera is closed; it `sees` once pictures come."""

    on: bool = False
    sees: bool = False
    hint: Hint | None = None


@dataclass(frozen=True, slots=True)
class OpenScan:
    """The visitor lets the camera look."""


@dataclass(frozen=True, slots=True)
class CloseScan:
    """The visitor closes it."""


@dataclass(frozen=True, slots=True)
class Saw:
    sight: Sight


@dataclass(frozen=True, slots=True)
class CodeRead:
    """What a code says, whosever it is; "" where that is no text, or too long for one of ours."""

    text: str = field(repr=False)


ScanAction = OpenScan | CloseScan | Saw | CodeRead
