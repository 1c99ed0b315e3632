"""What can happen to a delivery: one function a use case. Each tells the windows."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils import timezone

from kiosk.backoffice.orders.models import Delivery, DeliveryEvent, Order
from kiosk.backoffice.orders.progress import age_of, progressed, rerouted
from kiosk.backoffice.orders.views import announce_delivery
from kiosk.backoffice.platform.events import emit
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.platform.shop import the_shop
from kiosk.backoffice.platform.writing import writing
from kiosk.backoffice.rerouting import another_way
from kiosk.backoffice.routing import NoRouteError
from kiosk.backoffice.ways import router
from kiosk.contract import EventKind, PositionFix
from kiosk.shop.delivery import CancelReason, DeliveryStatus, advance
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment

log = logging.getLogger("kiosk.deliveries")

IMMINENT = timedelta(minutes=3)
MAX_ROUTE = 5_000  # points
WAY = ("route", "route_s")  # what takes long to read

# How a delivery's steps move its order, and an order's steps its delivery.
_MOVES_ORDER = {
    DeliveryStatus.PICKED_UP: OrderStatus.HANDED_OVER,
    DeliveryStatus.ENROUTE_TO_DROPOFF: OrderStatus.HANDED_OVER,
    DeliveryStatus.ARRIVED_AT_DROPOFF: OrderStatus.HANDED_OVER,
    DeliveryStatus.DELIVERED: OrderStatus.COMPLETED,
}
_MOVES_DELIVERY = {
    OrderStatus.READY: DeliveryStatus.CONFIRMED,
    OrderStatus.HANDED_OVER: DeliveryStatus.PICKED_UP,
    OrderStatus.COMPLETED: DeliveryStatus.DELIVERED,
    OrderStatus.CANCELLED: DeliveryStatus.CANCELLED,
}
_RANK = {status: rank for rank, status in enumerate(DeliveryStatus)}

# Called in the transaction of each step, or of each change and each position, after it.
_listeners: list[Callable[[Delivery], None]] = []
_watchers: list[Callable[[Delivery], None]] = []


class PositionRefusedError(Exception):
    """A courier is not followed outside pick-up and delivery."""


def on_step(listener: Callable[[Delivery], None]) -> None:
    """Call `listener` with every delivery that took a step, in the step's own transaction."""
    _listeners.append(listener)


def on_change(watcher: Callable[[Delivery], None]) -> None:
    """Call `watcher` with every delivery of which something changed, its courier's position
    included, in the change's own transaction.
    """
    _watchers.append(watcher)


def create_delivery(
    order: Order, courier_name: str = "", courier_vehicle: str = "bike"
) -> Delivery:
    """The delivery of a courier order; the one that there is already, if any.

    `courier_name` is a display name, "Inès D.".
    """
    with writing():
        known = Delivery.objects.filter(order=order).first()
        if known:
            return known
        shop = the_shop()
        delivery = Delivery.objects.create(
            order=order,
            pickup_lat=shop.lat,
            pickup_lon=shop.lon,
            courier_name=courier_name,
            courier_vehicle=courier_vehicle,
            simulated=order.demo,
            eta=order.promise_done_by,
        )
        DeliveryEvent.objects.create(delivery=delivery, status=delivery.status)
        announce_delivery(delivery)
        return delivery


def assign_courier(
    delivery: Delivery, name: str, vehicle: str = "bike", relay_phone: str = ""
) -> Delivery:
    """Name the courier, "Inès D."; another one may take over without a new delivery.

    Where the first one was is then nobody's business, and the other's phone counts anew.
    """
    with writing():
        delivery = _locked(delivery)
        if delivery.courier_name:
            delivery.rider += 1
            delivery.position_seq, delivery.imminent = -1, False
            _forget_trail(delivery)
        delivery.courier_name, delivery.courier_vehicle = name, vehicle
        delivery.relay_phone = relay_phone
        return _changed(delivery)


def set_relay(delivery: Delivery, relay_phone: str) -> Delivery:
    """Another number leads to the courier who carries it, or none does any more."""
    with writing():
        delivery = _locked(delivery)
        delivery.relay_phone = relay_phone
        return _changed(delivery)


def advance_delivery(
    delivery: Delivery, to: DeliveryStatus, reason: CancelReason | None = None
) -> Delivery:
    """Move a delivery on, and its order with it; `reason` is why it is stopped.

    Raises TransitionError.
    """
    from kiosk.backoffice.orders import services

    with writing():
        # Whoever moves both takes the order first, so that no two wait for each other.
        order = Order.objects.select_for_update().get(pk=delivery.order_id)
        delivery = _step(_locked(delivery), to, reason)
        target = _MOVES_ORDER.get(to)
        if target and target is not order.state and not order.state.final:
            services.advance_order(order, target)
        return delivery


def follow_order(order: Order, to: OrderStatus, reason: CancelReason | None = None) -> None:
    """Create or move the delivery of a courier order that became `to`.

    `reason` is why it was cancelled.
    """
    target = _MOVES_DELIVERY.get(to)
    if target is None or order.fulfilment != Fulfilment.COURIER:
        return
    delivery: Delivery | None
    if to in (OrderStatus.READY, OrderStatus.HANDED_OVER):
        delivery = create_delivery(order)
    else:
        delivery = Delivery.objects.filter(order=order).first()
    if delivery is None or delivery.state.final or _RANK[delivery.state] >= _RANK[target]:
        return
    if target is DeliveryStatus.CANCELLED and delivery.state.position_public:
        target = DeliveryStatus.RETURNING
    _step(delivery, target, reason)


def report_position(
    delivery: Delivery,
    seq: int,
    fix_time: datetime,
    where: Point,
    accuracy_m: float,
    speed_mps: float | None = None,
    heading_deg: float | None = None,
) -> PositionFix | None:
    """Keep and publish a courier's fix, and what follows from it: another arrival time, another
    way. None for a fix that is not newer than the last.

    Raises PositionRefusedError outside pick-up and delivery.
    """
    now = timezone.now()
    with writing():
        delivery = _locked(delivery, without=WAY)
        if not delivery.state.position_public:
            raise PositionRefusedError(f"a delivery that is {delivery.status} shows no courier")
        if seq <= delivery.position_seq:
            return None
        fix = PositionFix(
            seq=seq,
            fix_time=fix_time,
            received_at=now,
            lat=where.lat,
            lon=where.lon,
            accuracy_m=accuracy_m,
            speed_mps=speed_mps,
            heading_deg=heading_deg,
            rider=delivery.rider,
            age_s=age_of(delivery, fix_time, now),
        )
        payload = fix.model_dump(mode="json")
        follows = progressed(delivery, fix)
        Delivery.objects.filter(pk=delivery.pk).update(
            position=payload, position_seq=seq, progress=delivery.progress
        )
        delivery.position = payload
        _tell_watchers(delivery)
        order = delivery.order
        emit(
            EventKind.POSITION,
            ref=order.token,
            version=order.version + delivery.version,
            device_id=order.device_id,
            payload=payload,
        )
        near = follows.reckoned and not delivery.imminent and _is_near(delivery.eta, now)
        if follows.eta or near:
            set_eta(delivery, follows.eta or delivery.eta)
    if follows.last_on_way:
        _find_another_way(delivery, follows.last_on_way, where)
    return fix


def _find_another_way(delivery: Delivery, last: Point, where: Point) -> None:
    """The courier rides elsewhere than was planned: from there to the door, if the map knows."""
    if delivery.dropoff_lat is None or delivery.dropoff_lon is None:
        return
    known = router()
    if known is None:
        return
    try:
        way = another_way(known, last, where, Point(delivery.dropoff_lat, delivery.dropoff_lon))
        set_route(delivery, way.points, way.seconds)
    except (NoRouteError, ValueError) as error:
        log.info("a courier is off the route, and there is no other way: %s", error)


def hide_position(delivery: Delivery) -> Delivery:
    """The courier is not to be seen, until their next fix."""
    with writing():
        delivery = _locked(delivery)
        _forget_trail(delivery)
        return _changed(delivery)


def set_route(
    delivery: Delivery,
    points: Sequence[Point],
    seconds: Sequence[float],
    dropoff: Point | None = None,
) -> Delivery:
    """The way from pickup to dropoff with seconds from its start. Raises ValueError.

    Without `dropoff`, a delivery that has none yet ends where the route ends.
    """
    if len(points) != len(seconds) or not 2 <= len(points) <= MAX_ROUTE:
        raise ValueError(f"a route has 2 to {MAX_ROUTE} points, each with its second")
    if any(b < a for a, b in pairwise(seconds)):
        raise ValueError("a route's seconds only rise")
    with writing():
        delivery = _locked(delivery)
        delivery.route = [[p.lat, p.lon] for p in points]
        delivery.route_s = list(seconds)
        rerouted(delivery)
        end = dropoff or (points[-1] if delivery.dropoff_lat is None else None)
        if end:
            delivery.dropoff_lat, delivery.dropoff_lon = end.lat, end.lon
        return _changed(delivery)


def set_eta(delivery: Delivery, eta: datetime | None) -> Delivery:
    """The clock time at the door, already smoothed."""
    with writing():
        delivery = _locked(delivery)
        delivery.eta = eta
        near = _is_near(eta, timezone.now())
        delivery.imminent = near and delivery.state.position_public
        return _changed(delivery)


def show_anew(delivery: Delivery) -> Delivery:
    """Something beside the delivery that is shown with it has changed: tell who follows it."""
    with writing():
        return _changed(_locked(delivery))


def set_imminent(delivery: Delivery, imminent: bool) -> Delivery:
    """Whether the courier is about to ring, by somebody who knows better than the clock."""
    with writing():
        delivery = _locked(delivery)
        delivery.imminent = imminent and delivery.state.position_public
        return _changed(delivery)


def _is_near(eta: datetime | None, now: datetime) -> bool:
    return eta is not None and eta - now <= IMMINENT


def _step(delivery: Delivery, to: DeliveryStatus, reason: CancelReason | None = None) -> Delivery:
    advance(delivery.state, to)
    delivery.status = to.value
    delivery.status_at = timezone.now()
    if to.stopped and reason:
        delivery.cancel_reason = reason.value
    if to is DeliveryStatus.ARRIVED_AT_DROPOFF:
        delivery.imminent = True
    if not to.position_public:
        delivery.imminent = False
        _forget_trail(delivery)
    DeliveryEvent.objects.create(delivery=delivery, status=to.value, at=delivery.status_at)
    delivery = _changed(delivery)
    for listener in _listeners:
        listener(delivery)
    return delivery


def _forget_trail(delivery: Delivery) -> None:
    """Where the courier was is nobody's business any more."""
    delivery.position = delivery.progress = None
    StreamEvent.objects.filter(kind=EventKind.POSITION, ref=delivery.order.token).delete()


def _changed(delivery: Delivery) -> Delivery:
    delivery.version += 1
    delivery.save()
    announce_delivery(delivery)
    _tell_watchers(delivery)
    return delivery


def _tell_watchers(delivery: Delivery) -> None:
    for watcher in _watchers:
        watcher(delivery)


def _locked(delivery: Delivery, without: Sequence[str] = ()) -> Delivery:
    found = Delivery.objects.select_for_update().select_related("order").defer(*without)
    return found.get(pk=delivery.pk)
