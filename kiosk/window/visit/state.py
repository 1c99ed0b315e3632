"""One visitor's visit, as immutable state. It knows no Kivy, no network and no clock."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kiosk.contract import FollowedOrder, OrderReceipt, PositionFix, Quote
from kiosk.shop.address import StreetFound
from kiosk.shop.basket import Basket
from kiosk.shop.catalogue import Picture
from kiosk.shop.contact import MAX_ADDRESS_LINE, MAX_NAME, MAX_NOTE, FieldProblem
from kiosk.shop.promise import Fulfilment, Promise
from kiosk.window.visit.aloud import Aloud
from kiosk.window.visit.comfort import Comfort
from kiosk.window.visit.finding import Finding
from kiosk.window.visit.looking import Looking
from kiosk.window.visit.lookup import Lookup


class Screen(StrEnum):
    """Where the visitor stands. Every screen is a folder of the stage under the same name."""

    PREPARING = "preparing"
    ATTRACT = "attract"
    DARK = "dark"
    BROWSE = "browse"
    FIND = "find"
    PRODUCT = "product"
    QUICK = "quick"
    LOOKBOOK = "lookbook"
    BASKET = "basket"
    FULFILMENT = "fulfilment"
    DETAILS = "details"
    ELSEWHERE = "elsewhere"
    THANKS = "thanks"
    LOOKUP = "lookup"
    TRACKING = "tracking"


@dataclass(frozen=True, slots=True)
class Draft:
    """What the visitor types. Personal: gone with the visit, kept in no log and no repr."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    line1: str = field(default="", repr=False)
    line2: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    city: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Completion:
    """Streets for what stands in the address line. Personal, like the line itself.

    `asked` is the text that they were looked up for; `street` the one that was chosen, while
    its number is still asked for.
    """

    asked: str = field(default="", repr=False)
    found: tuple[StreetFound, ...] = field(default=(), repr=False)
    street: StreetFound | None = field(default=None, repr=False)


# The most characters a field takes: what the wire takes, so that nothing typed is cut later.
LIMITS = {
    "name": MAX_NAME,
    "phone": 20,
    "email": 254,
    "line1": MAX_ADDRESS_LINE,
    "line2": MAX_ADDRESS_LINE,
    "postcode": 12,
    "city": 80,
    "note": MAX_NOTE,
}


class Notice(StrEnum):
    """A short word on top of a screen; the views turn it into a sentence."""

    ADDED = "added"
    STOCK = "stock"
    QUANTITY = "quantity"
    LINES = "lines"
    GONE = "gone"
    CHANGED = "changed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Placed:
    """The order of this visit: kept on the box, and answered by the back office or not yet.

    `pieces` are the photographs of what was ordered. One that was looked up has a `ticket` and an
    `order`, and no `intent_id`.
    """

    intent_id: UUID | None
    fulfilment: Fulfilment
    promise: Promise | None = None
    receipt: OrderReceipt | None = None
    parked: bool = False
    order: FollowedOrder | None = None
    pieces: tuple[Picture, ...] = ()
    ticket: str = field(default="", repr=False)

    @property
    def token(self) -> str:
        """What it is followed by; "" while it is not."""
        return self.receipt.token if self.receipt else self.ticket


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything the glass shows depends on this and on the World, and on nothing else.

    `back` is the way back, oldest first, with each screen at most once. `busy` names the one
    effect that a button waits for ("placing"). `fix` is the courier's latest position, made at
    `fix_at` (monotonic seconds).
    `refused`: the order was not accepted, nothing of it is kept. `warned_at` is set while the
    idle warning shows (aware, the box's clock).
    """

    screen: Screen = Screen.PREPARING
    language: str = ""
    back: tuple[Screen, ...] = ()
    category_id: str | None = None
    finding: Finding = field(default_factory=Finding)
    product_id: str | None = None
    variant_id: str | None = None
    picture: int = 0
    basket: Basket = field(default_factory=Basket)
    fulfilment: Fulfilment | None = None
    quote: Quote | None = None
    draft: Draft = field(default_factory=Draft)
    completion: Completion = field(default_factory=Completion)
    focus: str = ""
    problems: tuple[FieldProblem, ...] = ()
    busy: str = ""
    placed: Placed | None = None
    refused: bool = False
    fix: PositionFix | None = None
    fix_at: float = 0.0
    notice: Notice | None = None
    notice_count: int = 0
    warned_at: datetime | None = None
    aloud: Aloud = field(default_factory=Aloud)
    looking: Looking = field(default_factory=Looking)
    lookup: Lookup = field(default_factory=Lookup)
    comfort: Comfort = field(default_factory=Comfort)

    def to(self, screen: Screen) -> "Visit":
        """Go on to `screen`, with a way back to here."""
        if screen is self.screen:
            return self
        way = tuple(s for s in self.back if s not in (screen, self.screen))
        return replace(self, screen=screen, back=(*way, self.screen), notice=None)

    def said(self, notice: Notice) -> "Visit":
        return replace(self, notice=notice, notice_count=self.notice_count + 1)


def new_visit(language: str, *, ready: bool) -> Visit:
    """A visit that knows nobody: in front of the posters, or of an empty window."""
    return Visit(screen=Screen.ATTRACT if ready else Screen.PREPARING, language=language)
