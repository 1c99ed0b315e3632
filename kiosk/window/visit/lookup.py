"""Looking for an order by its number and code, or by a code that a phone shows: what is typed,
seen, asked and answered.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.contract import CodeShown, LookupAsked, LookupFound
from kiosk.window.visit.scan import Scan


class LookupProblem(StrEnum):
    """Why there is no order to show."""

    UNKNOWN = "unknown"  # no order has this number and this code
    LATER = "later"  # too many wrong tries
    AWAY = "away"  # the back office does not answer
    OVER = "over"  # it was shown, and is not any more
    STALE = "stale"  # no order has the code that was held up: it is over, or was taken


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the visitor typed. Personal: gone with the visit, kept in no log and no repr.

    `asked` while the answer is on its way; to `shown`, where it was not typed.
    """

    number: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    asked: bool = False
    problem: LookupProblem | None = None
    shown: CodeShown | None = field(default=None, repr=False)
    scan: Scan = field(default_factory=Scan)


@dataclass(frozen=True, slots=True)
class OpenLookup:
    """ "Where is my order?" """


@dataclass(frozen=True, slots=True)
class LookUp:
    """Ask for the order whose number and code were typed."""


@dataclass(frozen=True, slots=True)
class LookupAnswered:
    """`found` is None where there is a `problem`. `heard_at`: monotonic seconds."""

    asked: LookupAsked | CodeShown
    found: LookupFound | None = None
    problem: LookupProblem | None = None
    heard_at: float = 0.0


@dataclass(frozen=True, slots=True)
class OrderGone:
    """The back office no longer shows the order that was found by that ticket."""

    ticket: str = field(repr=False)
