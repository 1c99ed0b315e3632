"""Orders: asked by a window, priced and decided by the back office."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field, StrictInt, model_validator

from kiosk.contract.delivery import DeliveryView
from kiosk.contract.messages import Answer, Request
from kiosk.contract.strict import ContractOne, Moment, Name
from kiosk.shop.basket import MAX_LINES, MAX_QUANTITY
from kiosk.shop.contact import MAX_ADDRESS_LINE, MAX_NAME, MAX_NOTE
from kiosk.shop.money import MAX_MINOR, Money
from kiosk.shop.order import OrderStatus, ReviewReason
from kiosk.shop.promise import Fulfilment, Promise

MAX_NUMBER = 2**53 - 1
MAX_TYPED_NUMBER = 16  # characters of an order's number as somebody types it
# A Personal with every field at its longest, in the widest letters, sealed and in base64.
MAX_BOX = 8192
_BASE64 = r"^[A-Za-z0-9+/]+={0,2}$"

Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]


def _known_reasons(given: object) -> object:
    if isinstance(given, list):
        known = {reason.value for reason in ReviewReason}
        return [reason for reason in given if reason in known]
    return given


# A newer back office may have reasons that an older window has no words for: it leaves them out,
# rather than take the whole answer for garbled and ask for ever.
Reasons = Annotated[list[ReviewReason], BeforeValidator(_known_reasons)]


class MoneyClaim(Request):
    """What the visitor saw on the glass, in minor units: compared, never believed."""

    minor: Annotated[StrictInt, Field(ge=0, le=MAX_MINOR)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class OrderLine(Request):
    variant_id: Id
    quantity: Annotated[StrictInt, Field(ge=1, le=MAX_QUANTITY)]
    seen_unit: MoneyClaim


class ContactGiven(Request):
    """Normalised by the glass (E.164 phone), checked again by the back office. Personal: in no
    repr, and so in no log.
    """

    name: Annotated[str, Field(repr=False, min_length=1, max_length=MAX_NAME)]
    phone: Annotated[str, Field(repr=False, min_length=5, max_length=20, pattern=r"^\+[0-9]+$")]
    email: Annotated[str, Field(repr=False, max_length=254)] = ""


class AddressGiven(Request):
    """Personal, as the contact is."""

    line1: Annotated[str, Field(repr=False, min_length=1, max_length=MAX_ADDRESS_LINE)]
    line2: Annotated[str, Field(repr=False, max_length=MAX_ADDRESS_LINE)] = ""
    postcode: Annotated[str, Field(repr=False, min_length=2, max_length=12)]
    city: Annotated[str, Field(repr=False, min_length=1, max_length=80)]
    note: Annotated[str, Field(repr=False, max_length=MAX_NOTE)] = ""


class Personal(Request):
    """Who ordered, and where to: what is sealed. It names its order, so that no box can be put
    into another one.
    """

    intent_id: Name
    contact: ContactGiven
    address: AddressGiven | None = None


class Sealed(Request):
    """A Personal that only the shop's private key opens: see kiosk.contract.sealing.

    `key` is the id of the public key that it was sealed to, `box` is base64.
    """

    key: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    box: Annotated[str, Field(repr=False, min_length=80, max_length=MAX_BOX, pattern=_BASE64)]


class QuoteRequest(Request):
    """What would this basket cost and when would it arrive, now?"""

    lines: Annotated[list[OrderLine], Field(min_length=1, max_length=MAX_LINES)]
    fulfilment: Fulfilment
    postcode: Annotated[str, Field(repr=False, max_length=12)] = ""


class QuoteLine(Answer):
    variant_id: str
    quantity: int
    unit: Money
    available: int | None = None  # pieces that can be had; None where stock is not counted


class Quote(Answer):
    """`reasons` is empty when an order placed now would be accepted at `total`."""

    lines: list[QuoteLine]
    subtotal: Money
    fee: Money
    total: Money
    promise: Promise | None = None
    reasons: Reasons = Field(default_factory=list)


class OrderRequest(Request):
    """An order that the glass has already committed and thanked for.

    `intent_id` names what the visitor meant, for ever; the idempotency key travels in the
    `Idempotency-Key` header. `placed_at` is the box's clock. There is no price field: what
    the visitor saw is in `seen_*`, and a difference becomes a reason for review.

    Who ordered is in `sealed`; in clear, in `contact` and `address`, from whoever keeps nothing
    on a disk. `instance_id` and `number` count the orders of one box: see WindowHere.
    """

    contract: ContractOne = 1
    intent_id: Name
    placed_at: Moment
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    lines: Annotated[list[OrderLine], Field(min_length=1, max_length=MAX_LINES)]
    fulfilment: Fulfilment
    contact: ContactGiven | None = None
    address: AddressGiven | None = None
    sealed: Sealed | None = None
    instance_id: Name | None = None
    number: Annotated[StrictInt, Field(ge=1, le=MAX_NUMBER)] | None = None
    seen_total: MoneyClaim
    seen_done_by: Moment | None = None

    @model_validator(mode="after")
    def _consistent(self) -> "OrderRequest":
        if (self.contact is None) == (self.sealed is None):
            raise ValueError("either a contact, or a sealed one")
        if self.sealed is not None and self.address is not None:
            raise ValueError("an address is sealed with its contact")
        clear = self.contact is not None
        if clear and self.fulfilment is Fulfilment.COURIER and self.address is None:
            raise ValueError("a courier needs an address")
        if self.placed_at.tzinfo is None:
            raise ValueError("placed_at needs its time zone")
        ids = [line.variant_id for line in self.lines]
        if len(ids) != len(set(ids)):
            raise ValueError("each variant may stand on one line only")
        return self


class OrderReceipt(Answer):
    """The back office's one answer to one idempotency key; a retry gets the same.

    `token` is the capability to follow this order (≥ 128 bit); `page_url` is the buyer's page.
    """

    intent_id: UUID
    number: str
    status: OrderStatus
    reasons: Reasons = Field(default_factory=list)
    pickup_code: str
    token: str
    page_url: str
    total: Money
    promise: Promise | None = None


class OrderViewLine(Answer):
    title: dict[str, str]
    variant: dict[str, str] = Field(default_factory=dict)
    quantity: int
    unit: Money


class FollowedOrder(Answer):
    """How far an order is, and nothing of what was bought. `version` rises with every change."""

    number: str
    version: int
    status: OrderStatus
    status_at: datetime
    reasons: Reasons = Field(default_factory=list)
    fulfilment: Fulfilment
    promise: Promise | None = None
    delivery: DeliveryView | None = None
    demo: bool = False


class OrderView(FollowedOrder):
    """An order as its buyer may see it: no personal data."""

    pickup_code: str
    page_url: str
    lines: list[OrderViewLine]
    subtotal: Money
    fee: Money
    total: Money


class LookupAsked(Request):
    """What somebody in front of a window knows of their order: its number, in whatever spelling,
    and the four digits of its code. Both in no repr, and so in no log.
    """

    number: Annotated[str, Field(repr=False, min_length=2, max_length=MAX_TYPED_NUMBER)]
    code: Annotated[str, Field(repr=False, pattern=r"^[0-9]{4}$")]


class LookupFound(Answer):
    """`ticket` lets the window that asked follow this order for some minutes, and no other one."""

    ticket: str = Field(repr=False)
    order: FollowedOrder
