"""After the order: thank you, and the ride to the door. Nothing here may lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk.contract import DeliveryView, OrderView, PositionFix
from kiosk.shop import formats
from kiosk.shop.catalogue import Picture
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus, ReviewReason
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit.state import Placed, Visit
from kiosk.window.visit.views.common import (
    Chrome,
    chrome,
    code_to,
    notice,
    promise_words,
    shop_place,
)
from kiosk.window.visit.words import N_, Words, words
from kiosk.window.visit.world import World

Known = Literal["waiting", "accepted", "review", "ended"]
Ended = Literal["", "well", "badly"]


@dataclass(frozen=True, slots=True)
class ThanksView:
    """`known` is what is known: kept here only, accepted by the shop, under review, or ended.

    `state` says it in a few words. `number` is the shop's order number, or while waiting a
    reference made on the box, with what it is good for as `number_hint`. `qr` is the buyer's
    page, "" until the shop has answered; `qr_host` is printed beside the code. `phone` is the
    shop's, where there may be something to ask.
    """

    chrome: Chrome
    known: Known
    state: str
    title: str
    pieces: tuple[Picture, ...]
    message: str
    number_label: str
    number: str
    number_hint: str
    code_label: str
    code: str
    qr: str
    qr_host: str
    qr_label: str
    phone_label: str
    phone: str
    follow: str
    done: str
    notice: str


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    time: str
    state: Literal["done", "now", "todo"]


@dataclass(frozen=True, slots=True)
class TrackingView:
    """`shop`, `door` and `route` are places on the map; `fix` the courier's last position.

    `simulated` is a label that must be shown wherever the courier is; "" for a real one.
    `map_sha256` addresses the quarter's map, "" where there is none. `ended` is how it ended.
    """

    chrome: Chrome
    number: str
    title: str
    message: str
    steps: tuple[Step, ...]
    eta: str
    eta_label: str
    has_map: bool
    map_sha256: str
    shop: Point
    door: Point | None
    route: tuple[Point, ...]
    route_s: tuple[float, ...]
    fix: PositionFix | None
    courier: str
    simulated: str
    map_note: str
    code_label: str
    code: str
    qr: str
    qr_host: str
    qr_label: str
    finished: bool
    ended: Ended
    done: str


def thanks(visit: Visit, world: World) -> ThanksView:
    w, placed = words(visit.language), _placed(visit)
    receipt = placed.receipt
    qr, host = code_to(receipt.page_url if receipt else "", world)
    truth = truth_of(placed, world, visit.language)
    known = truth.known
    phone = "" if known == "accepted" else world.shop.phone
    collect = placed.fulfilment is Fulfilment.COLLECT
    return ThanksView(
        chrome=chrome(visit, world),
        known=known,
        state=truth.state,
        title=truth.title,
        pieces=placed.pieces,
        message=truth.message,
        number_label=w("Order number") if receipt else w("Your reference"),
        number=receipt.number if receipt else _reference(placed),
        number_hint="" if receipt else w("Note it: the shop finds your order by it."),
        code_label=w("Code to collect") if collect else w("Code for the courier"),
        code=receipt.pickup_code if receipt else "",
        qr=qr,
        qr_host=host,
        qr_label=w("Take it with you: scan with your phone."),
        phone_label=w("Questions? Call the shop") if phone else "",
        phone=phone,
        follow=w("Follow my order") if receipt and known == "accepted" else "",
        done=w("Finish"),
        notice=notice(visit, world),
    )


def _placed(visit: Visit) -> Placed:
    if visit.placed is None:
        raise RuntimeError("this screen needs an order")
    return visit.placed


def _reference(placed: Placed) -> str:
    """What the box can say before the shop has given a number: six signs of the intent."""
    return placed.intent_id.hex[:6].upper()


def _status(placed: Placed) -> OrderStatus:
    if placed.order:
        return placed.order.status
    return placed.receipt.status if placed.receipt else OrderStatus.RECEIVED


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of an order, and nothing more."""

    known: Known
    state: str
    title: str
    message: str


def truth_of(placed: Placed, world: World, language: str) -> Truth:
    """What the box and the back office know of an order, in words."""
    w = words(language)
    answer = placed.order or placed.receipt
    thanks, sorry = w("Thank you."), w("We are sorry.")
    match _status(placed):
        case OrderStatus.RECEIVED:
            return Truth("waiting", w("Not confirmed yet"), thanks, _waiting_words(placed, w))
        case OrderStatus.NEEDS_REVIEW:
            reasons = answer.reasons if answer else []
            return Truth("review", w("The shop checks it"), thanks, _review_words(reasons, w))
        case OrderStatus.REFUSED:
            return Truth("ended", w("Order not accepted"), sorry, _refused_words(w))
        case OrderStatus.CANCELLED:
            return Truth("ended", w("Order cancelled"), sorry, _cancelled_words(w))
        case OrderStatus.COMPLETED:
            done = w("Delivered") if placed.fulfilment is Fulfilment.COURIER else w("Collected")
            return Truth("accepted", done, thanks, w("Thank you, and see you soon."))
    promised = answer.promise if answer else None
    message = promise_words(promised, world, language)
    return Truth("accepted", w("Order accepted"), thanks, message)


def _waiting_words(placed: Placed, w: Words) -> str:
    if placed.receipt:
        return w("The shop has your order and will confirm it by phone or message.")
    if placed.parked:
        return w(
            "Your order is kept safely. The shop must look at it first, "
            "and will tell you by phone or message."
        )
    return w(
        "Your order is kept safely here and goes to the shop by itself. "
        "The shop will confirm it by phone or message."
    )


def _refused_words(w: Words) -> str:
    return w("The shop could not accept this order: nothing is charged.")


def _cancelled_words(w: Words) -> str:
    return w("This order was cancelled: nothing is charged.")


def _review_words(reasons: Sequence[ReviewReason], w: Words) -> str:
    if ReviewReason.UNREADABLE in reasons:
        # The shop cannot call: saying that it will would be a lie.
        return w("The shop has your order, but cannot read whose it is: please call the shop.")
    if ReviewReason.PRICE_CHANGED in reasons:
        why = w("A price changed meanwhile.")
    elif ReviewReason.SOLD_OUT in reasons or ReviewReason.PRODUCT_GONE in reasons:
        why = w("A piece was sold meanwhile.")
    elif ReviewReason.NOT_YET in reasons:
        why = w("A piece is not on sale yet.")
    elif ReviewReason.OUT_OF_AREA in reasons:
        why = w("The address is beyond our couriers’ reach.")
    elif ReviewReason.NO_PROMISE in reasons:
        why = w("The time must be checked.")
    else:
        why = w("The shop must look at it first.")
    return why + " " + w("The shop has your order and asks you first, by phone or message.")


# ---- tracking ----------------------------------------------------------------------------------

_COURIER_STEPS = (
    (N_("Order accepted"), None),
    (N_("In preparation"), None),
    (N_("With the courier"), DeliveryStatus.PICKED_UP),
    (N_("On the way"), DeliveryStatus.ENROUTE_TO_DROPOFF),
    (N_("At the door"), DeliveryStatus.ARRIVED_AT_DROPOFF),
    (N_("Delivered"), DeliveryStatus.DELIVERED),
)
_RANK = {status: i for i, status in enumerate(DeliveryStatus)}


def tracking(visit: Visit, world: World) -> TrackingView:
    w, placed, language = words(visit.language), _placed(visit), visit.language
    order, receipt = placed.order, placed.receipt
    qr, host = code_to(receipt.page_url if receipt else "", world)
    delivery = order.delivery if order else None
    title, message = _headline(placed, world, language)
    courier = placed.fulfilment is Fulfilment.COURIER
    public = bool(delivery and delivery.status.position_public)
    ended = _ended(placed)
    eta = delivery.eta if delivery and not delivery.status.final else None
    return TrackingView(
        chrome=chrome(visit, world),
        number=receipt.number if receipt else _reference(placed),
        title=title,
        message=message,
        steps=_steps(order, courier, world, w, language),
        eta=formats.clock(eta.astimezone(world.shop.hours.zone), language) if eta else "",
        eta_label=w("Arrives about") if eta else "",
        has_map=courier and ended != "badly",
        map_sha256=world.shop.map_sha256,
        shop=world.shop.address.location,
        door=delivery.dropoff if delivery else None,
        route=tuple(delivery.route) if delivery else (),
        route_s=tuple(delivery.route_s) if delivery else (),
        fix=_newest(visit.fix, delivery) if public else None,
        courier=delivery.courier.display_name if delivery and delivery.courier else "",
        simulated=_simulated(delivery, world, w),
        map_note=w("Imaginary quarter") if world.shop.map_invented else "© OpenStreetMap",
        code_label=w("Code for the courier") if courier else w("Code to collect"),
        code=receipt.pickup_code if receipt else "",
        qr=qr,
        qr_host=host,
        qr_label=w("Follow on your phone"),
        finished=_status(placed).final,
        ended=ended,
        done=w("Finish"),
    )


def _ended(placed: Placed) -> Ended:
    status = _status(placed)
    if not status.final:
        return ""
    return "well" if status is OrderStatus.COMPLETED else "badly"


def _newest(fix: PositionFix | None, delivery: DeliveryView | None) -> PositionFix | None:
    fetched = delivery.position if delivery else None
    if fix is None or fetched is None:
        return fix or fetched
    return max(fix, fetched, key=lambda f: f.seq)


def _simulated(delivery: DeliveryView | None, world: World, w: Words) -> str:
    if (delivery and delivery.simulated) or world.shop.demo:
        return w("Demonstration: simulated courier and ride, time runs faster")
    return ""


def _headline(placed: Placed, world: World, language: str) -> tuple[str, str]:
    """The title and one sentence: only what the back office has said."""
    w = words(language)
    order = placed.order
    if order is None:
        return w("Your order"), w("Asking the shop…")
    if order.status is OrderStatus.REFUSED:
        return w("Order not accepted"), _refused_words(w)
    if order.status is OrderStatus.CANCELLED:
        return w("Order cancelled"), _cancelled_words(w)
    delivery = order.delivery
    name = delivery.courier.display_name if delivery and delivery.courier else w("The courier")
    match delivery.status if delivery else None:
        case DeliveryStatus.DELIVERED:
            at = formats.clock(order.status_at.astimezone(world.shop.hours.zone), language)
            return w("Delivered"), w("Handed over at {time}.", time=at)
        case DeliveryStatus.ARRIVED_AT_DROPOFF:
            return w("{name} is at the door", name=name), w("Have the code ready.")
        case DeliveryStatus.ENROUTE_TO_DROPOFF | DeliveryStatus.PICKED_UP:
            return w("{name} is on the way", name=name), w("Follow the ride on the map.")
        case DeliveryStatus.ENROUTE_TO_PICKUP | DeliveryStatus.ARRIVED_AT_PICKUP:
            return w("{name} is coming to the shop", name=name), w("Your pieces are packed.")
        case DeliveryStatus.CANCELLED | DeliveryStatus.RETURNING | DeliveryStatus.RETURNED:
            return w("The ride was stopped"), w("The shop will tell you by phone or message.")
    return _before_the_ride(order, world, language)


def _before_the_ride(order: OrderView, world: World, language: str) -> tuple[str, str]:
    w = words(language)
    # Once the ride has its time, that is the word: two times on one screen contradict each other.
    planned = bool(order.delivery and order.delivery.eta)
    promised = "" if planned else promise_words(order.promise, world, language)
    match order.status:
        case OrderStatus.PREPARING:
            return w("In preparation"), promised
        case OrderStatus.READY if order.fulfilment is Fulfilment.COLLECT:
            return w("Ready for you"), shop_place(world)
        case OrderStatus.READY | OrderStatus.HANDED_OVER:
            return w("Packed"), promised
        case OrderStatus.COMPLETED:
            done = w("Delivered") if order.fulfilment is Fulfilment.COURIER else w("Collected")
            return done, w("Thank you, and see you soon.")
        case OrderStatus.NEEDS_REVIEW:
            return w("The shop checks it"), _review_words(order.reasons, w)
        case OrderStatus.RECEIVED:
            message = w("The shop has your order and will confirm it by phone or message.")
            return w("Not confirmed yet"), message
    return w("Order accepted"), promised


_ORDER_RANK = {
    OrderStatus.ACCEPTED: 0,
    OrderStatus.PREPARING: 1,
    OrderStatus.READY: 1,
    OrderStatus.HANDED_OVER: 2,
    OrderStatus.COMPLETED: 5,
}


def _steps(
    order: OrderView | None, courier: bool, world: World, w: Words, language: str
) -> tuple[Step, ...]:
    if order is None or order.status not in _ORDER_RANK:
        return ()
    if not courier:
        labels = [w("Order accepted"), w("In preparation"), w("Ready for you"), w("Collected")]
        reached = {
            OrderStatus.ACCEPTED: 0,
            OrderStatus.PREPARING: 1,
            OrderStatus.READY: 2,
            OrderStatus.HANDED_OVER: 3,
            OrderStatus.COMPLETED: 3,
        }[order.status]
        times = ["" for _ in labels]
        times[reached] = _clock(order.status_at, world, language)
    else:
        labels = [w(label) for label, _ in _COURIER_STEPS]
        reached = _reached(order)
        times = [_step_time(order, status, world, language) for _, status in _COURIER_STEPS]
    last = len(labels) - 1
    return tuple(
        Step(
            label,
            time if i <= reached else "",
            "done" if i < reached or reached == last else ("now" if i == reached else "todo"),
        )
        for i, (label, time) in enumerate(zip(labels, times, strict=True))
    )


def _reached(order: OrderView) -> int:
    reached = _ORDER_RANK[order.status]
    if order.delivery:
        rank = _RANK[order.delivery.status]
        for i, (_, status) in enumerate(_COURIER_STEPS):
            if status is not None and _RANK[status] <= rank <= _RANK[DeliveryStatus.DELIVERED]:
                reached = max(reached, i)
    return reached


def _step_time(order: OrderView, status: DeliveryStatus | None, world: World, language: str) -> str:
    if status is None or order.delivery is None:
        return ""
    at = next((s.at for s in order.delivery.steps if s.status is status), None)
    return _clock(at, world, language) if at else ""


def _clock(at: datetime, world: World, language: str) -> str:
    return formats.clock(at.astimezone(world.shop.hours.zone), language)
