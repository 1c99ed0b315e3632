"""The demonstration's courier: rides real streets of an invented quarter, and says so.

Started by `kiosk demo` and by nothing else. Everything that it reports is marked as simulated.
It keeps no state of its own: what comes next follows from where an order and its delivery stand
and for how long, so that a restart in the middle of a ride rides on.
"""

import logging
import math
import random
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from kiosk.backoffice.courier.drawn import NAME as COURIER
from kiosk.backoffice.orders import deliveries, services
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.ride import Ride
from kiosk.backoffice.routing import NoRouteError, Route, Router
from kiosk.contract.mapfile import UNIT_M, MapFile
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point, distance_m
from kiosk.shop.order import OrderStatus, TransitionError
from kiosk.shop.promise import Fulfilment

log = logging.getLogger(__name__)

FIX_EVERY_S = 1.0  # of this clock, whatever the pace
GPS_SIGMA_M = 4.0
_TICK_S = 0.2

# Seconds of life, before the pace: how long each step lasts.
_BEFORE_PREPARING = 18.0
_PREPARING = 240.0
_AT_COUNTER = 30.0
_LOADING = 24.0
_AT_DOOR = 60.0
# Shares of the preparation after which the courier takes the order, rides to the shop, arrives.
_WHILE_PREPARING = (
    (0.20, DeliveryStatus.CONFIRMED),
    (0.35, DeliveryStatus.ENROUTE_TO_PICKUP),
    (0.85, DeliveryStatus.ARRIVED_AT_PICKUP),
)
_EXAMPLE_DOORS_M = (420.0, 820.0)  # how far from the shop an address off the map is led
_OPEN = (
    OrderStatus.ACCEPTED,
    OrderStatus.PREPARING,
    OrderStatus.READY,
    OrderStatus.HANDED_OVER,
)


@dataclass(slots=True)
class _Errand:
    """What a delivery's ride looks like: worked out once, the same after a restart."""

    ride: Ride
    dropoff: Point
    rng: random.Random
    drift: tuple[float, float] = (0.0, 0.0)
    last_fix: float = -math.inf


class DemoCourier:
    """A thread that moves the demonstration's orders. `pace` 6: six seconds of life in one."""

    def __init__(self, map_file: MapFile, pace: float = 6.0) -> None:
        if not pace > 0:
            raise ValueError("the courier's pace is a number above 0")
        self._map = map_file
        self._router = Router(map_file)
        self._pace = pace
        self._errands: dict[int, _Errand] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="demo courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def tick(self, now: datetime) -> None:
        """Do whatever is due at `now`. The thread calls this five times a second."""
        orders = Order.objects.filter(demo=True, status__in=[s.value for s in _OPEN])
        for order in orders.select_related("delivery"):
            try:
                self._move(order, now)
            except TransitionError as error:
                # Staff were faster. The next look finds the order where they left it.
                log.info("the simulated courier stands back: %s", error)

    def _run(self) -> None:
        while not self._ended.wait(_TICK_S):
            try:
                self.tick(timezone.now())
            except DatabaseError as error:
                log.warning("the simulated courier waits for the database: %s", error)
                self._ended.wait(1.0)
            except Exception:
                log.exception("the simulated courier stumbled")
                self._ended.wait(5.0)
            finally:
                close_old_connections()

    def _move(self, order: Order, now: datetime) -> None:
        age = (now - order.status_at).total_seconds() * self._pace
        if order.state is OrderStatus.ACCEPTED:
            if age >= _BEFORE_PREPARING:
                services.advance_order(order, OrderStatus.PREPARING)
        elif order.fulfilment == Fulfilment.COLLECT:
            if order.state is OrderStatus.PREPARING and age >= _PREPARING:
                services.advance_order(order, OrderStatus.READY)
        elif order.state is OrderStatus.PREPARING:
            self._prepare(order, age, now)
        else:
            self._deliver(order, age, now)

    def _prepare(self, order: Order, age: float, now: datetime) -> None:
        delivery = self._delivery(order, now)
        for share, step in _WHILE_PREPARING:  # one after the other, also where several are due
            if age >= share * _PREPARING and _before(delivery.state, step):
                delivery = deliveries.advance_delivery(delivery, step)
        if age >= _PREPARING:
            services.advance_order(order, OrderStatus.READY)

    def _deliver(self, order: Order, age: float, now: datetime) -> None:
        delivery = self._delivery(order, now)
        state = delivery.state
        since = (now - delivery.status_at).total_seconds() * self._pace
        errand = self._errand(delivery)
        if state.position_public:
            self._report(delivery, errand, since, now)
        if order.state is OrderStatus.READY:
            if age >= _AT_COUNTER:
                delivery = deliveries.advance_delivery(delivery, DeliveryStatus.PICKED_UP)
                self._promise(delivery, _LOADING + errand.ride.duration_s, now)
        elif state is DeliveryStatus.PICKED_UP:
            if since >= _LOADING:
                delivery = deliveries.advance_delivery(delivery, DeliveryStatus.ENROUTE_TO_DROPOFF)
                self._promise(delivery, errand.ride.duration_s, now)
        elif state is DeliveryStatus.ENROUTE_TO_DROPOFF:
            if since >= errand.ride.duration_s:
                deliveries.advance_delivery(delivery, DeliveryStatus.ARRIVED_AT_DROPOFF)
        elif state is DeliveryStatus.ARRIVED_AT_DROPOFF and since >= _AT_DOOR:
            deliveries.advance_delivery(delivery, DeliveryStatus.DELIVERED)
            self._errands.pop(delivery.pk, None)

    def _delivery(self, order: Order, now: datetime) -> Delivery:
        """The order's delivery, with a courier, a route and an arrival time."""
        delivery = getattr(order, "delivery", None) or deliveries.create_delivery(order, COURIER)
        if not delivery.courier_name:
            delivery = deliveries.assign_courier(delivery, COURIER)
        if not delivery.route:
            dropoff, route = self._way(delivery)
            delivery = deliveries.set_route(delivery, route.points, route.seconds, dropoff)
            left = _PREPARING + _AT_COUNTER + _LOADING + self._errand(delivery).ride.duration_s
            delivery = self._promise(delivery, left, now)
        return delivery

    def _promise(self, delivery: Delivery, left: float, now: datetime) -> Delivery:
        return deliveries.set_eta(delivery, now + timedelta(seconds=left / self._pace))

    def _errand(self, delivery: Delivery) -> _Errand:
        found = self._errands.get(delivery.pk)
        if found is None:
            dropoff, route = self._way(delivery)
            rng = _rng(delivery.order, "ride")
            ride = Ride(route.points, route.crossings, rng)
            found = self._errands[delivery.pk] = _Errand(ride, dropoff, rng)
        return found

    def _way(self, delivery: Delivery) -> tuple[Point, Route]:
        """Where to, and how. An address that the map does not know gets an example door."""
        shop = Point(delivery.pickup_lat, delivery.pickup_lon)
        order = delivery.order
        asked = self._router.geocode(order.line1, order.postcode)
        if asked is not None and distance_m(shop, asked) > 60:
            try:
                return asked, self._router.route(shop, asked)
            except NoRouteError:
                log.info("the simulated courier finds no way to the address: an example instead")
        rng = _rng(order, "door")
        doors = self._map.addresses
        near, far = _EXAMPLE_DOORS_M
        for _ in range(2_000):
            k = rng.randrange(len(doors.x))
            door = self._map.projection.to_point(doors.x[k] * UNIT_M, doors.y[k] * UNIT_M)
            if near <= distance_m(shop, door) <= far:
                try:
                    return door, self._router.route(shop, door)
                except NoRouteError:
                    continue
        raise NoRouteError("the shop does not lie on the demonstration's map")

    def _report(self, delivery: Delivery, errand: _Errand, since: float, now: datetime) -> None:
        if now.timestamp() - errand.last_fix < FIX_EVERY_S:
            return
        errand.last_fix = now.timestamp()
        ridden = {
            DeliveryStatus.PICKED_UP: 0.0,
            DeliveryStatus.ENROUTE_TO_DROPOFF: since,
        }.get(delivery.state, errand.ride.duration_s)
        moment = errand.ride.at(ridden)
        ex, ey = (0.8 * e + errand.rng.gauss(0, GPS_SIGMA_M * 0.6) for e in errand.drift)
        errand.drift = (ex, ey)
        deliveries.report_position(
            delivery,
            seq=delivery.position_seq + 1,
            fix_time=now,
            where=_shifted(moment.at, ex, ey),
            accuracy_m=round(errand.rng.uniform(4.0, 8.0), 1),
            speed_mps=round(moment.speed_mps, 2),
            heading_deg=round(moment.heading_deg, 1),
        )


def _rng(order: Order, what: str) -> random.Random:
    """The same numbers for one order after every restart."""
    seed = sha256(f"{order.token}/{what}".encode()).digest()
    return random.Random(seed)  # noqa: S311 - a simulation


def _before(state: DeliveryStatus, other: DeliveryStatus) -> bool:
    order = list(DeliveryStatus)
    return not state.final and order.index(state) < order.index(other)


def _shifted(at: Point, east_m: float, north_m: float) -> Point:
    k = math.degrees(1 / 6_371_008.8)
    return Point(at.lat + north_m * k, at.lon + east_m * k / math.cos(math.radians(at.lat)))
