"""What can happen to an errand: one function a use case."""

import contextlib
from datetime import datetime, timedelta
from itertools import pairwise

from django.contrib.auth.models import User
from django.utils import timezone

from kiosk.backoffice.camera.services import close_camera, take_from_courier
from kiosk.backoffice.courier.models import Courier, Errand
from kiosk.backoffice.courier.way import way_of
from kiosk.backoffice.dispatch.models import OPEN, Handover
from kiosk.backoffice.orders import deliveries
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.passing.services import allow
from kiosk.backoffice.platform.writing import writing
from kiosk.shop.arrival import FIRST_PACE
from kiosk.shop.delivery import CancelReason, DeliveryStatus
from kiosk.shop.geo import Point, distance_m
from kiosk.shop.order import OrderStatus, TransitionError

# Why a courier cannot hand over; the others are not theirs to say.
REASONS = (
    CancelReason.NOBODY_THERE,
    CancelReason.NOT_WANTED,
    CancelReason.ADDRESS,
    CancelReason.DAMAGED,
    CancelReason.COURIER,
)
GOOD_M = 60.0  # a fix less sure than that does not count for the distance
_S = DeliveryStatus
_RANK = {status: rank for rank, status in enumerate(DeliveryStatus)}
_TAKEN = (OrderStatus.READY, OrderStatus.HANDED_OVER)


class NotYoursError(Exception):
    """The errand has ended, or is a colleague's now."""


class AtServiceError(TransitionError):
    """A delivery service carries it: call its courier off first."""


def assign(order: Order, courier: Courier, by: User | None = None) -> Errand:
    """Give an order to a courier, or to another one than before: its delivery stays the same.

    Raises TransitionError where the order or its delivery has ended, AtServiceError where a
    delivery service has it.
    """
    with writing():
        if Handover.objects.filter(order=order, state__in=OPEN).exists():
            raise AtServiceError(f"a delivery service has order {order.number}")
        delivery = deliveries.create_delivery(order)
        if delivery.state.final or order.state.final:
            raise TransitionError(f"an order that is {order.status} needs no courier")
        now = timezone.now()
        before = delivery.errands.filter(ended_at=None).first()
        if before and before.courier_id == courier.pk:
            return before
        if before:
            _end(before, now)
            take_from_courier(delivery)
        errand = Errand.objects.create(
            delivery=delivery, courier=courier, assigned_by=by, assigned_at=now
        )
        deliveries.assign_courier(
            delivery, courier.display_name, courier.vehicle, courier.relay_phone
        )
        return errand


def call_off(delivery: Delivery) -> None:
    """A delivery service takes it over from the shop's own courier. Within a transaction."""
    errand = delivery.errands.filter(ended_at=None).first()
    if errand is None:
        return
    _end(errand, timezone.now())
    take_from_courier(delivery)
    deliveries.assign_courier(delivery, "")


def relay_anew(courier: Courier) -> None:
    """Another number leads to the courier, or none, as to who works here no more: what buyers are
    told now follows.
    """
    number = courier.relay_phone if courier.active else ""
    with writing():
        for errand in open_errands(courier):
            deliveries.set_relay(errand.delivery, number)


def open_errands(courier: Courier) -> list[Errand]:
    """What a courier has to do: what is under way first, then by promise."""
    found = Errand.objects.filter(courier=courier, ended_at=None)
    found = found.select_related("delivery__order", "courier")
    far = timezone.now() + timedelta(days=400)
    return sorted(
        found,
        key=lambda e: (e.started_at is None, e.delivery.order.promise_done_by or far, e.pk),
    )


def start(errand: Errand, *, consent: bool) -> Errand:
    """The parcel is in the courier's hands; with `consent` they may be seen from now on.

    Raises NotYoursError, and TransitionError while the order is not ready.
    """
    way = way_of(errand.delivery)
    with writing():
        errand = locked(errand)
        delivery = errand.delivery
        if delivery.order.state not in _TAKEN:
            raise TransitionError(f"an order that is {delivery.order.status} cannot leave")
        if errand.started_at:
            # Pressed twice, or on a page that was behind: a no counts at any time.
            return errand if consent else pause(errand)
        now = timezone.now()
        errand.started_at, errand.consented_at = now, now if consent else None
        errand.save()
        if way and not delivery.route:
            door, route = way
            deliveries.set_route(delivery, route.points, route.seconds, door)
        for step in (_S.PICKED_UP, _S.ENROUTE_TO_DROPOFF):
            delivery = _forward(delivery, step)
        if way:
            riding = FIRST_PACE * way[1].seconds[-1]
            deliveries.set_eta(delivery, now + timedelta(seconds=riding))
        _show_face(errand)
        return errand


def pause(errand: Errand) -> Errand:
    """Not to be seen until `resume`, nor what they see: the camera is switched on anew then."""
    with writing():
        errand = locked(errand)
        if errand.shares:
            errand.paused_at = timezone.now()
            errand.save()
            deliveries.hide_position(errand.delivery)
            close_camera(errand.delivery)
        return errand


def pause_all(courier: Courier) -> None:
    """Nobody is shown who cannot stop it any more: signed out, or shut out."""
    for errand in open_errands(courier):
        with contextlib.suppress(NotYoursError):  # it has ended meanwhile: nothing is shown
            pause(errand)


def resume(errand: Errand) -> Errand:
    """To be seen again, or for the first time by who started without. What an app measured
    meanwhile, and sends once it has network, was measured before this word.
    """
    with writing():
        errand = locked(errand)
        if errand.started_at and not errand.shares:
            errand.consented_at, errand.paused_at = timezone.now(), None
            errand.save()
            _show_face(errand)
        return errand


def arrive(errand: Errand) -> Errand:
    """At the buyer's door."""
    with writing():
        errand = locked(errand)
        _forward(errand.delivery, _S.ARRIVED_AT_DROPOFF)
        return errand


def fail(errand: Errand, reason: CancelReason) -> Errand:
    """It was not taken: back to the shop. The courier is not seen any more."""
    with writing():
        errand = locked(errand)
        deliveries.advance_delivery(errand.delivery, _S.RETURNING, reason)
        return errand


def bring_back(errand: Errand) -> Errand:
    """It is in the shop again; staff decide what becomes of the order."""
    with writing():
        errand = locked(errand)
        deliveries.advance_delivery(errand.delivery, _S.RETURNED)
        return errand


def tell_passers_by(errand: Errand, allowed: bool) -> None:
    """Whether windows may tell passers-by of this ride, as far as its courier is concerned."""
    with writing():
        allow(locked(errand).delivery, "courier", allowed)


def is_open_for_fixes(errand: Errand) -> bool:
    """Whether positions are taken: between the start and the door, and never without consent."""
    return errand.shares and errand.delivery.state.position_public


def follow_delivery(delivery: Delivery) -> None:
    """An errand ends with its delivery, whoever ended that; its sums are done."""
    errand = delivery.errands.filter(ended_at=None).first()
    if errand is None:
        return
    if delivery.state.final:
        _end(errand, delivery.status_at)
    elif delivery.state is _S.RETURNING:
        sum_up(errand)


def locked(errand: Errand) -> Errand:
    """The errand as it is now, its rows held. Raises NotYoursError where it has ended."""
    found = Errand.objects.select_for_update(of=("self",)).select_related(
        "delivery__order", "courier"
    )
    fresh = found.get(pk=errand.pk)
    if fresh.ended_at:
        raise NotYoursError(f"errand {errand.pk} has ended")
    return fresh


def _show_face(errand: Errand) -> None:
    """Who is seen from now on is seen with their photo at once: it needs no position."""
    if errand.shares and errand.courier and errand.courier.portrait:
        deliveries.show_anew(errand.delivery)


def _forward(delivery: Delivery, to: DeliveryStatus) -> Delivery:
    """One step on; nothing for a delivery that is there or further."""
    if _RANK[delivery.state] >= _RANK[to] or delivery.state.final:
        return delivery
    return deliveries.advance_delivery(delivery, to)


def _end(errand: Errand, at: datetime) -> None:
    errand.ended_at = at
    errand.save(update_fields=["ended_at"])
    sum_up(errand)


def sum_up(errand: Errand) -> None:
    """What is left of the way when its fixes go: how far, and how long."""
    good = errand.fixes.filter(accuracy_m__lte=GOOD_M).order_by("fix_time", "pk")
    way = [(Point(lat, lon), at) for lat, lon, at in good.values_list("lat", "lon", "fix_time")]
    if len(way) > 1 and not errand.distance_m:
        errand.distance_m = round(sum(distance_m(a, b) for (a, _), (b, _) in pairwise(way)), 1)
        errand.riding_s = round((way[-1][1] - way[0][1]).total_seconds())
        errand.save(update_fields=["distance_m", "riding_s"])
