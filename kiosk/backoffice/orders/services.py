"""What can happen to an order: one function a use case."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone

from kiosk.backoffice.catalogue.wire import label_of, title_of
from kiosk.backoffice.limits.counting import FloodError, mark, too_many
from kiosk.backoffice.mail.outgoing import tell_buyer
from kiosk.backoffice.orders import deliveries
from kiosk.backoffice.orders.models import Order, OrderEvent, OrderLine
from kiosk.backoffice.orders.numbers import order_number, pickup_code
from kiosk.backoffice.orders.opening import Buyer, buyer_of
from kiosk.backoffice.orders.pricing import Priced, PricedLine, price, promise_at
from kiosk.backoffice.orders.stock import SoldOutError, give_back, take_stock, take_what_is_there
from kiosk.backoffice.orders.views import announce_order, receipt
from kiosk.backoffice.platform.devices import new_token
from kiosk.backoffice.platform.events import emit
from kiosk.backoffice.platform.instances import vouched
from kiosk.backoffice.platform.models import Device, Shop
from kiosk.backoffice.platform.plan import not_sold_yet
from kiosk.backoffice.platform.shop import NoShopError, the_shop
from kiosk.backoffice.platform.writing import writing
from kiosk.contract import EventKind, OrderRequest
from kiosk.shop.contact import MAX_ADDRESS_LINE, MAX_NAME, MAX_NOTE
from kiosk.shop.delivery import CancelReason
from kiosk.shop.order import OrderStatus, ReviewReason, TransitionError, advance
from kiosk.shop.promise import Fulfilment, Promise
from kiosk.shop.text import clean

# A box's clock is believed this far, so that glass and back office promise the same minute.
_CLOCK_BEHIND = timedelta(minutes=10)
_CLOCK_AHEAD = timedelta(minutes=2)
_NAME_ATTEMPTS = 8


class NotYetError(TransitionError):
    """A piece of the order is not sold before its drop: nobody can accept it until then."""


class KeyReusedError(Exception):
    """The same idempotency key came with another body."""


@dataclass(frozen=True, slots=True)
class Placed:
    """`created` is False where the order was here already."""

    order: Order
    created: bool


def place_order(
    asked: OrderRequest,
    key: str,
    device: Device | None,
    base_url: str,
    verify_key: str = "",
) -> Placed:
    """Store an order exactly once, priced here; what cannot be accepted waits for staff.

    The visitor was thanked already: an order is never turned away. The same key gives the same
    order, and so does the same intent under another key. `base_url` is where phones reach this
    back office, `verify_key` whose signature the order bears. Raises KeyReusedError,
    NoShopError before there is a shop, and FloodError for the box to offer it again later.
    """
    came = _Came(asked, buyer_of(asked), key, device, verify_key)
    for attempt in range(_NAME_ATTEMPTS):
        # Nearly every order is new: it is looked for only once the database says that it is not.
        refused: Exception
        try:
            return Placed(_store(came, base_url, attempt), created=True)
        except (IntegrityError, FloodError, NoShopError) as error:
            refused = error
        known = _known(came)
        if known:
            return Placed(known, created=False)
        if not isinstance(refused, IntegrityError):
            raise refused
    raise RuntimeError("no free order number was found")


def resolve_review(order: Order, accept: bool, actor: User | None = None, note: str = "") -> Order:
    """Staff's word on an order that needs review.

    Raises TransitionError if it does not, NotYetError to accept what is not sold yet.
    """
    with writing():
        order = _locked(order)
        to = OrderStatus.ACCEPTED if accept else OrderStatus.REFUSED
        advance(order.state, to)
        if accept:
            if not_sold_yet(order.lines.values_list("product_id_then", flat=True)):
                raise NotYetError(order.number)
            take_what_is_there(order.lines.all())
            _promise(order, promise_at(the_shop(), Fulfilment(order.fulfilment), timezone.now()))
        return _moved(order, to, actor, note)


def advance_order(
    order: Order,
    to: OrderStatus,
    actor: User | None = None,
    note: str = "",
    reason: CancelReason | None = None,
) -> Order:
    """Move an order on, and its delivery with it. Raises TransitionError.

    `reason` is what its buyer is told of a delivery that is cancelled, `note` what staff read.
    An order that needs review is accepted or refused by `resolve_review`.
    """
    if order.state is OrderStatus.NEEDS_REVIEW and to in (
        OrderStatus.ACCEPTED,
        OrderStatus.REFUSED,
    ):
        return resolve_review(order, to is OrderStatus.ACCEPTED, actor, note)
    with writing():
        order = _locked(order)
        advance(order.state, to)
        if to is OrderStatus.HANDED_OVER and order.fulfilment == Fulfilment.COLLECT:
            raise TransitionError("its buyer collects this order: no courier takes it")
        if to is OrderStatus.CANCELLED:
            give_back(order)
        order = _moved(order, to, actor, note)
        deliveries.follow_order(order, to, reason)
        return order


@dataclass(frozen=True, slots=True)
class _Came:
    """An order as it arrived."""

    asked: OrderRequest
    buyer: Buyer
    key: str
    device: Device | None
    verify_key: str

    def doubts(self, signed: bool) -> list[ReviewReason]:
        """What is wrong with who sent it and who ordered."""
        found = []
        if self.buyer.sealed is not None:
            found.append(ReviewReason.UNREADABLE)
        # What was sealed lay on a disk meanwhile: the box that put it there must vouch for it.
        if self.asked.sealed is not None and not signed:
            found.append(ReviewReason.UNSIGNED)
        return found

    @property
    def meaning(self) -> str:
        """SHA-256 of what was ordered and by whom: sealed anew, an order means the same."""
        told = self.asked
        if self.buyer.contact is not None:
            told = told.model_copy(
                update={
                    "contact": self.buyer.contact,
                    "address": self.buyer.address,
                    **dict.fromkeys(("sealed", "instance_id", "number")),
                }
            )
        return _sha256(told)


def _sha256(told: OrderRequest) -> str:
    # Without what is left at its default: a later version's new field changes no old order.
    return hashlib.sha256(told.model_dump_json(exclude_defaults=True).encode()).hexdigest()


def _known(came: _Came) -> Order | None:
    same = Q(idempotency_key=came.key) | Q(intent_id=came.asked.intent_id)
    found = list(Order.objects.filter(same).order_by())
    by_key = next((order for order in found if order.idempotency_key == came.key), None)
    if by_key is None:
        return next(iter(found), None)
    # One that nobody could read was kept by its box; one whose buyer is forgotten by nothing.
    if by_key.body_sha256 not in ("", came.meaning, _sha256(came.asked)):
        raise KeyReusedError
    return by_key


def _store(came: _Came, base_url: str, attempt: int) -> Order:
    asked = came.asked
    with writing():
        shop = the_shop()
        now = timezone.now()
        at = _believed(asked.placed_at, now)
        priced = price(
            shop, asked.lines, asked.fulfilment, came.buyer.postcode, at, asked.seen_total
        )
        order = _row(came, priced, shop)
        order.status_at = now
        # Names are drawn anew, and longer, should one be taken.
        order.number = order_number(shop.name, 4 if attempt < 3 else 6)
        order.page_url = f"{base_url}/o/{order.token}"
        if too_many(order, now):
            order.reasons = [*order.reasons, ReviewReason.TOO_MANY.value]
        lines = _lines(order, priced)
        if not order.reasons:
            try:
                take_stock(lines)
            except SoldOutError:
                order.reasons = [ReviewReason.SOLD_OUT.value]
        order.status = OrderStatus.NEEDS_REVIEW if order.reasons else OrderStatus.ACCEPTED
        order.receipt = receipt(order).model_dump(mode="json")
        # Written once, when all is known: whoever waits for this transaction waits less.
        order.save(force_insert=True)
        mark(order, now)
        OrderLine.objects.bulk_create(lines)
        OrderEvent.objects.create(order=order, status=order.status, at=now)
        tell_buyer(order, new=True)
        emit(EventKind.ORDER, ref=order.token, version=order.version, device_id=order.device_id)
        return order


def _row(came: _Came, priced: Priced, shop: Shop) -> Order:
    asked = came.asked
    signed = vouched(asked.instance_id, asked.number, came.device, came.verify_key)
    reasons = [*came.doubts(signed), *priced.reasons]
    if ReviewReason.UNREADABLE in reasons:
        # Of an address that nobody can read it is not known where it is.
        reasons = [reason for reason in reasons if reason is not ReviewReason.OUT_OF_AREA]
    order = Order(
        intent_id=asked.intent_id,
        idempotency_key=came.key,
        body_sha256=came.meaning,
        token=new_token(),
        pickup_code=pickup_code(),
        reasons=[reason.value for reason in reasons],
        fulfilment=asked.fulfilment.value,
        language=asked.language,
        placed_at=_keepable(asked.placed_at) or timezone.now(),
        currency=shop.currency,
        subtotal_minor=priced.subtotal.minor,
        fee_minor=priced.fee.minor,
        total_minor=priced.total.minor,
        seen_total_minor=asked.seen_total.minor,
        seen_done_by=_keepable(asked.seen_done_by),
        device=came.device,
        instance_id=asked.instance_id if signed else None,
        demo=shop.demo,
    )
    name_buyer(order, came.buyer)
    _promise(order, priced.promise)
    return order


def name_buyer(order: Order, buyer: Buyer) -> None:
    """Write who ordered into the row, cleaned; what nobody could read stays sealed."""
    order.sealed = buyer.sealed.model_dump() if buyer.sealed else None
    if buyer.contact:
        order.name = clean(buyer.contact.name, MAX_NAME)
        order.phone = buyer.contact.phone
        order.email = clean(buyer.contact.email, 254)
    address = buyer.address
    if address:
        order.line1 = clean(address.line1, MAX_ADDRESS_LINE)
        order.line2 = clean(address.line2, MAX_ADDRESS_LINE)
        order.postcode = clean(address.postcode, 12)
        order.city = clean(address.city, 80)
        order.note = clean(address.note, MAX_NOTE)


def _lines(order: Order, priced: Priced) -> list[OrderLine]:
    return [_line(order, position, line) for position, line in enumerate(priced.lines)]


def _line(order: Order, position: int, line: PricedLine) -> OrderLine:
    variant = line.variant
    return OrderLine(
        order=order,
        position=position,
        variant=variant,
        asked_variant_id=line.asked.variant_id,
        product_id_then=variant.product_id if variant else "",
        sku=variant.sku if variant else "",
        title=title_of(variant.product) if variant else {},
        variant_label=label_of(variant) if variant else {},
        quantity=line.asked.quantity,
        unit_minor=line.unit.minor,
        seen_unit_minor=line.asked.seen_unit.minor,
    )


def _promise(order: Order, promised: Promise | None) -> None:
    order.promise_from = promised.prepared_from if promised else None
    order.promise_done_by = promised.done_by if promised else None
    order.promise_until = promised.until if promised else None


def _keepable(at: datetime | None) -> datetime | None:
    """A clock may be years wrong; a year that no database keeps costs the time, not the order."""
    if at is None or at.tzinfo is None or not 1970 <= at.year < 2200:
        return None
    return at


def _believed(placed_at: datetime, now: datetime) -> datetime:
    return placed_at if now - _CLOCK_BEHIND <= placed_at <= now + _CLOCK_AHEAD else now


def _locked(order: Order) -> Order:
    return Order.objects.select_for_update().get(pk=order.pk)


def _moved(order: Order, to: OrderStatus, actor: User | None, note: str) -> Order:
    order.status = to.value
    order.status_at = timezone.now()
    order.version += 1
    order.save()
    OrderEvent.objects.create(
        order=order, status=to.value, at=order.status_at, actor=actor, note=clean(note, 300)
    )
    tell_buyer(order)
    announce_order(order)
    return order
