"""The ride to the door. Nothing here may lie."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from kiosk.contract import DeliveryView, FollowedOrder, PositionFix
from kiosk.shop import formats
from kiosk.shop.camera import CameraState
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit.camera import CameraCard, card_of
from kiosk.window.visit.state import Placed, Visit
from kiosk.window.visit.views.common import (
    Chrome,
    chrome,
    code_to,
    promise_words,
    shop_place,
)
from kiosk.window.visit.views.truth import (
    cancelled_words,
    number_of,
    placed_in,
    refused_words,
    review_words,
    status_of,
    stopped_words,
)
from kiosk.window.visit.words import N_, Words, words
from kiosk.window.visit.world import World

Ended = Literal["", "well", "badly"]


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    time: str
    state: Literal["done", "now", "todo"]


@dataclass(frozen=True, slots=True)
class TrackingView:
    """`shop`, `door` and `route` are places on the map; `fix` the courier's last position, made at
    `fix_at` (monotonic seconds). `feed` says that nothing new comes, "" while it does.

    `simulated` is a label that must be shown wherever the courier is; "" for a real one.
    `face` is where the back office has the courier's photo, "" where nobody may see one.
    `camera` is the courier's, None where there is none to be seen here.
    `map_sha256` addresses the quarter's map, "" where there is none. `ended` is how it ended.
    `north_up` and `heading_up` are what turns the map.
    `code` is the buyer's, or the order's number where it was looked up.
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
    fix_at: float
    feed: str
    courier: str
    face: str = field(repr=False)
    camera: CameraCard | None
    simulated: str
    map_note: str
    north_up: str
    heading_up: str
    code_label: str
    code: str
    qr: str
    qr_host: str
    qr_label: str
    finished: bool
    ended: Ended
    done: str


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
    w, placed, language = words(visit.language), placed_in(visit), visit.language
    order, receipt = placed.order, placed.receipt
    qr, host = code_to(receipt.page_url if receipt else "", world)
    delivery = order.delivery if order else None
    title, message = _headline(placed, world, language)
    courier = placed.fulfilment is Fulfilment.COURIER
    public = bool(delivery and delivery.status.position_public)
    ended = _ended(placed)
    # Its parcel comes back: no time, no map and no camera lead to a door any more.
    stopped = bool(delivery and delivery.status.stopped)
    rides = courier and ended != "badly" and not stopped
    eta = delivery.eta if delivery and not delivery.status.final and not stopped else None
    return TrackingView(
        chrome=chrome(visit, world),
        number=number_of(placed),
        title=title,
        message=message,
        steps=() if stopped else _steps(order, courier, world, w, language),
        eta=formats.clock(eta.astimezone(world.shop.hours.zone), language) if eta else "",
        eta_label=w("Arrives about") if eta else "",
        has_map=rides,
        map_sha256=world.shop.map_sha256,
        shop=world.shop.address.location,
        door=delivery.dropoff if delivery else None,
        route=tuple(delivery.route) if delivery else (),
        route_s=tuple(delivery.route_s) if delivery else (),
        fix=visit.fix if public else None,
        fix_at=visit.fix_at,
        feed="" if world.online or ended else w("Reconnecting…"),
        courier=delivery.courier.display_name if delivery and delivery.courier else "",
        # A window out of reach would not hear that its courier pauses.
        face=delivery.courier.photo_url
        if delivery and delivery.courier and public and world.online
        else "",
        camera=card_of(delivery) if delivery and rides and not ended else None,
        simulated=_simulated(delivery, world, w),
        map_note=w("Imaginary quarter")
        if world.shop.map_invented
        else "© OpenStreetMap contributors",
        north_up=w("Map with north up"),
        heading_up=w("Map in riding direction"),
        code_label=_code_label(placed, w),
        code="" if stopped else _code(placed),
        qr=qr,
        qr_host=host,
        qr_label=w("Follow on your phone"),
        finished=status_of(placed).final,
        ended=ended,
        done=w("Finish"),
    )


def _code(placed: Placed) -> str:
    if placed.receipt:
        return placed.receipt.pickup_code
    return number_of(placed) if placed.ticket else ""


def _code_label(placed: Placed, w: Words) -> str:
    """Whoever looked an order up knows its code: passers-by need not read it."""
    if placed.ticket:
        return w("Order number")
    return (
        w("Code for the courier")
        if placed.fulfilment is Fulfilment.COURIER
        else w("Code to collect")
    )


def _ended(placed: Placed) -> Ended:
    status = status_of(placed)
    if not status.final:
        return ""
    return "well" if status is OrderStatus.COMPLETED else "badly"


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
        return w("Order not accepted"), refused_words(w)
    if order.status is OrderStatus.CANCELLED:
        return w("Order cancelled"), cancelled_words(order, w)
    delivery = order.delivery
    if order.status is OrderStatus.COMPLETED and delivery and delivery.status.stopped:
        # It came back first: how it reached its buyer then is staff's word alone.
        return _before_the_ride(order, world, language)
    name = delivery.courier.display_name if delivery and delivery.courier else w("The courier")
    match delivery.status if delivery else None:
        case DeliveryStatus.DELIVERED:
            at = formats.clock(order.status_at.astimezone(world.shop.hours.zone), language)
            return w("Delivered"), w("Handed over at {time}.", time=at)
        case DeliveryStatus.ARRIVED_AT_DROPOFF:
            return w("{name} is at the door", name=name), w("Have the code ready.")
        case DeliveryStatus.ENROUTE_TO_DROPOFF | DeliveryStatus.PICKED_UP:
            return w("{name} is on the way", name=name), _ride_words(delivery, w)
        case DeliveryStatus.ENROUTE_TO_PICKUP | DeliveryStatus.ARRIVED_AT_PICKUP:
            return w("{name} is coming to the shop", name=name), w("Your pieces are packed.")
        case DeliveryStatus.CANCELLED | DeliveryStatus.RETURNING | DeliveryStatus.RETURNED:
            return w("The ride was stopped"), stopped_words(order, w)
    return _before_the_ride(order, world, language)


def _ride_words(delivery: DeliveryView | None, w: Words) -> str:
    camera = delivery.camera if delivery else None
    if camera is not None and camera.state is CameraState.ENDED:
        return w("Nearly there: the camera stops before the door.")
    return w("Follow the ride on the map.")


def _before_the_ride(order: FollowedOrder, world: World, language: str) -> tuple[str, str]:
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
            return w("The shop checks it"), review_words(order.reasons, w)
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
    order: FollowedOrder | None, courier: bool, world: World, w: Words, language: str
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


def _reached(order: FollowedOrder) -> int:
    reached = _ORDER_RANK[order.status]
    if order.delivery:
        rank = _RANK[order.delivery.status]
        for i, (_, status) in enumerate(_COURIER_STEPS):
            if status is not None and _RANK[status] <= rank <= _RANK[DeliveryStatus.DELIVERED]:
                reached = max(reached, i)
    return reached


def _step_time(
    order: FollowedOrder, status: DeliveryStatus | None, world: World, language: str
) -> str:
    if status is None or order.delivery is None:
        return ""
    at = next((s.at for s in order.delivery.steps if s.status is status), None)
    return _clock(at, world, language) if at else ""


def _clock(at: datetime, world: World, language: str) -> str:
    return formats.clock(at.astimezone(world.shop.hours.zone), language)
