"""What a visit asks the world to do. The stage runs them off the UI thread."""

from dataclasses import dataclass, field

from kiosk.contract import CodeShown, LookupAsked, OrderRequest, QuoteRequest
from kiosk.shop.selection import Selection


@dataclass(frozen=True, slots=True)
class LoadProduct:
    """Answered by ProductLoaded or ProductGone."""

    product_id: str


@dataclass(frozen=True, slots=True)
class PrepareProduct:
    """Have at hand what it takes to show a piece; of none where "". Answered by nothing."""

    product_id: str


@dataclass(frozen=True, slots=True)
class LoadPieces:
    """Answered by PiecesLoaded."""

    product_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadRelated:
    """What may stand beside a piece. Answered by RelatedLoaded, or not at all where it is gone."""

    product_id: str


@dataclass(frozen=True, slots=True)
class CompleteAddress:
    """Look for streets where the couriers ride. Answered by AddressesFound."""

    text: str = field(repr=False)
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookFor:
    """Answered by Looked, unless something else is looked for meanwhile."""

    selection: Selection


@dataclass(frozen=True, slots=True)
class LookAhead:
    """Have the answer ready, should it be asked for. Answered by nothing."""

    selection: Selection


@dataclass(frozen=True, slots=True)
class AskQuote:
    """Answered by QuoteArrived, or not at all while the back office is away."""

    request: QuoteRequest


@dataclass(frozen=True, slots=True)
class LookForRoom:
    """See whether an order could be kept. Answered by TakesOrders where that has changed."""


@dataclass(frozen=True, slots=True)
class KeepOrder:
    """Commit the order on the box. Answered by OrderKept or OrderNotKept."""

    request: OrderRequest = field(repr=False)


@dataclass(frozen=True, slots=True)
class Follow:
    """Follow this order's token: OrderChanged and PositionChanged come until Unfollow."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookUpOrder:
    """Ask the back office for an order. Answered by LookupAnswered."""

    asked: LookupAsked | CodeShown


@dataclass(frozen=True, slots=True)
class OpenCamera:
    """Look through the window's camera until CloseCamera: Saw and CodeRead come."""


@dataclass(frozen=True, slots=True)
class CloseCamera:
    """Look no more, at once."""


@dataclass(frozen=True, slots=True)
class FollowTicket:
    """Follow the order that was looked up: OrderChanged comes, or OrderGone, until Unfollow."""

    ticket: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unfollow:
    pass


@dataclass(frozen=True, slots=True)
class Forget:
    """The visit is over: clear fields, undo, clipboard, scroll positions, QR textures."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A text to be said and the language it is written in (ISO 639-1)."""

    text: str = field(repr=False)
    language: str


@dataclass(frozen=True, slots=True)
class Say:
    """Say these, one after the other. Answered by SpeechOver(count)."""

    said: tuple[Saying, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop talking, at once."""


Effect = (
    LoadProduct
    | PrepareProduct
    | LoadPieces
    | LoadRelated
    | LookFor
    | LookAhead
    | CompleteAddress
    | AskQuote
    | LookForRoom
    | KeepOrder
    | Follow
    | LookUpOrder
    | OpenCamera
    | CloseCamera
    | FollowTicket
    | Unfollow
    | Forget
    | Say
    | Hush
)
