"""What can happen in a visit: touches, answers, time. Plain data."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kiosk.contract import FollowedOrder, OrderReceipt, PositionFix, Quote
from kiosk.shop.address import StreetFound
from kiosk.shop.catalogue import Product
from kiosk.shop.promise import Fulfilment
from kiosk.shop.selection import Sort
from kiosk.window.visit.finding import Answer, Filter
from kiosk.window.visit.lookup import LookUp, LookupAnswered, OpenLookup, OrderGone
from kiosk.window.visit.scan import ScanAction

# ---- touches ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wake:
    """The first touch on the posters; `product_id` when it lands on a piece."""

    product_id: str = ""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    language: str


@dataclass(frozen=True, slots=True)
class SetComfort:
    """One wish of the visitor: a field of Comfort and its value; any other pair does nothing.

    Nor does "spoken" where the box has no voice.
    """

    name: str
    value: bool | int


@dataclass(frozen=True, slots=True)
class OpenCategory:
    """None shows everything."""

    category_id: str | None


@dataclass(frozen=True, slots=True)
class OpenProduct:
    product_id: str


@dataclass(frozen=True, slots=True)
class PrepareProduct:
    """A finger lies on a piece, or ("") on none any more. Changes nothing."""

    product_id: str


@dataclass(frozen=True, slots=True)
class ChooseVariant:
    variant_id: str


@dataclass(frozen=True, slots=True)
class ShowPicture:
    index: int


@dataclass(frozen=True, slots=True)
class OpenQuick:
    """ "I have 20 seconds": three pieces, to the phone in one scan."""


@dataclass(frozen=True, slots=True)
class OpenLookbook:
    """ "" opens the first one."""

    lookbook_id: str = ""


@dataclass(frozen=True, slots=True)
class AddToBasket:
    """Add one piece of the chosen variant of the product on the screen."""


@dataclass(frozen=True, slots=True)
class OpenBasket:
    pass


@dataclass(frozen=True, slots=True)
class SetQuantity:
    variant_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Checkout:
    pass


@dataclass(frozen=True, slots=True)
class ChooseFulfilment:
    fulfilment: Fulfilment


@dataclass(frozen=True, slots=True)
class GoToDetails:
    pass


@dataclass(frozen=True, slots=True)
class FocusField:
    """The keyboard writes into `name` now; "" puts the keyboard away."""

    name: str


@dataclass(frozen=True, slots=True)
class EditField:
    """A field's whole new text. Personal."""

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChooseAddress:
    """The street at `index` of those that are offered."""

    index: int


@dataclass(frozen=True, slots=True)
class ChooseNumber:
    """The number in the street that was chosen."""

    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    pass


@dataclass(frozen=True, slots=True)
class FollowOrder:
    pass


@dataclass(frozen=True, slots=True)
class Back:
    pass


@dataclass(frozen=True, slots=True)
class StartAgain:
    """Forget everything and go back to the posters."""


@dataclass(frozen=True, slots=True)
class StayHere:
    """ "I am still here": ends the idle warning."""


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """Read the piece on the screen aloud; while it is being read, stop."""


# ---- finding ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """The keyboard, to look for words."""


@dataclass(frozen=True, slots=True)
class OpenFilters:
    pass


@dataclass(frozen=True, slots=True)
class ShowFound:
    """Put the keyboard or the filters away and show what was found."""


@dataclass(frozen=True, slots=True)
class SearchFor:
    """The whole text that is looked for."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookAhead:
    """A finger lies on a key: what will be looked for if it is lifted there. Changes nothing."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToggleFilter:
    filter: Filter


@dataclass(frozen=True, slots=True)
class DropFilters:
    pass


@dataclass(frozen=True, slots=True)
class SortBy:
    sort: Sort


# ---- answers and time ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShopReady:
    """A catalogue and a profile are on the box."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the box found, for what was asked then."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class ProductLoaded:
    product: Product


@dataclass(frozen=True, slots=True)
class PiecesLoaded:
    """Whole pieces of a lookbook."""

    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class RelatedLoaded:
    """What may stand beside `product_id`, best first."""

    product_id: str
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class ProductGone:
    product_id: str


@dataclass(frozen=True, slots=True)
class AddressesFound:
    """Streets for `text`, most likely first. Personal."""

    text: str = field(repr=False)
    found: tuple[StreetFound, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class QuoteArrived:
    quote: Quote


@dataclass(frozen=True, slots=True)
class TakesOrders:
    """Whether the box could keep an order from now on."""

    able: bool


@dataclass(frozen=True, slots=True)
class OrderKept:
    """Committed on the box: now, and only now, the glass may say thank you."""

    intent_id: UUID


@dataclass(frozen=True, slots=True)
class OrderNotKept:
    """The box could not make the order durable: it is not accepted, and we say so."""

    intent_id: UUID


@dataclass(frozen=True, slots=True)
class OrderAnswered:
    receipt: OrderReceipt


@dataclass(frozen=True, slots=True)
class OrderParked:
    intent_id: UUID


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """`heard_at` is when the link had it, monotonic seconds."""

    token: str
    order: FollowedOrder
    heard_at: float = 0.0


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """`made_at` is when the courier was there, monotonic seconds."""

    token: str
    fix: PositionFix
    made_at: float = 0.0


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The clock went on: hours, drops and dark hours may have begun or ended."""


@dataclass(frozen=True, slots=True)
class IdleWarning:
    at: datetime


@dataclass(frozen=True, slots=True)
class IdleOver:
    pass


@dataclass(frozen=True, slots=True)
class NoticeOver:
    """The notice numbered `count` has been read."""

    count: int


@dataclass(frozen=True, slots=True)
class SpeechOver:
    """The reading numbered `count` has come to its end."""

    count: int


Action = (
    Wake
    | SetLanguage
    | SetComfort
    | OpenCategory
    | OpenProduct
    | PrepareProduct
    | OpenSearch
    | OpenFilters
    | ShowFound
    | SearchFor
    | LookAhead
    | ToggleFilter
    | DropFilters
    | SortBy
    | Looked
    | ChooseVariant
    | ShowPicture
    | OpenQuick
    | OpenLookbook
    | AddToBasket
    | OpenBasket
    | SetQuantity
    | Checkout
    | ChooseFulfilment
    | GoToDetails
    | FocusField
    | EditField
    | ChooseAddress
    | ChooseNumber
    | PlaceOrder
    | FollowOrder
    | Back
    | StartAgain
    | StayHere
    | ShopReady
    | ProductLoaded
    | PiecesLoaded
    | RelatedLoaded
    | ProductGone
    | AddressesFound
    | QuoteArrived
    | TakesOrders
    | OrderKept
    | OrderNotKept
    | OrderAnswered
    | OrderParked
    | OrderChanged
    | PositionChanged
    | OpenLookup
    | LookUp
    | LookupAnswered
    | OrderGone
    | ScanAction
    | TimePassed
    | IdleWarning
    | IdleOver
    | NoticeOver
    | ReadAloud
    | SpeechOver
)
