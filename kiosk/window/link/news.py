"""What the link tells the window. Each is posted from some worker thread."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kiosk.contract import FollowedOrder, OrderReceipt, Passing, PositionFix, Problem


@dataclass(frozen=True, slots=True)
class Online:
    """The back office answers."""


@dataclass(frozen=True, slots=True)
class Offline:
    """The back office does not answer. `reason` is for staff, not for passers-by."""

    reason: str


@dataclass(frozen=True, slots=True)
class CatalogueChanged:
    """`version` is the replica's."""

    version: int


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    version: int


@dataclass(frozen=True, slots=True)
class PictureReady:
    sha256: str


@dataclass(frozen=True, slots=True)
class MapReady:
    sha256: str


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """Picture files at hand of all that the catalogue names."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TakesOrders:
    """Whether an order could be kept on the box from now on; `able` until told otherwise."""

    able: bool


@dataclass(frozen=True, slots=True)
class OrderAnswered:
    """The back office has the order; posted once for each answer that is new."""

    intent_id: UUID
    receipt: OrderReceipt


@dataclass(frozen=True, slots=True)
class OrderParked:
    """The back office can never take the order as it is: staff must look at it."""

    intent_id: UUID
    problem: Problem


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """The followed order as it was at `heard_at`, monotonic seconds of this box."""

    token: str
    view: FollowedOrder
    heard_at: float = 0.0


@dataclass(frozen=True, slots=True)
class OrderGone:
    """The back office no longer shows the order that was looked up with this ticket."""

    ticket: str


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """The courier of the followed order; `fix.seq` only rises while `fix.rider` is the same.

    `made_at` is when the courier was there, in monotonic seconds of this box.
    """

    token: str
    fix: PositionFix
    made_at: float = 0.0


@dataclass(frozen=True, slots=True)
class PassingChanged:
    """What passers-by may be told of rides from now on, until told otherwise."""

    rides: tuple[Passing, ...]


LinkEvent = (
    Online
    | Offline
    | CatalogueChanged
    | ProfileChanged
    | PictureReady
    | MapReady
    | SyncProgress
    | TakesOrders
    | OrderAnswered
    | OrderParked
    | OrderChanged
    | OrderGone
    | PositionChanged
    | PassingChanged
)
Post = Callable[[LinkEvent], None]
