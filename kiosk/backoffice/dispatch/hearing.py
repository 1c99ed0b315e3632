"""What a service tells becomes true of the order's delivery. Each message is taken once."""

import logging
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from kiosk.backoffice.dispatch.models import OPEN, Handover, HeardMessage, State
from kiosk.backoffice.dispatch.service import Courier, Heard
from kiosk.backoffice.orders import deliveries, services
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.platform.writing import writing
from kiosk.shop.delivery import CancelReason, DeliveryStatus, allowed
from kiosk.shop.order import OrderStatus, TransitionError

log = logging.getLogger("kiosk.dispatch")

# A promise that moves by less is no news.
ETA_STEP = timedelta(seconds=50)
# Services say where a courier is, and not how surely.
ACCURACY_M = 30.0
DROPPED = "dropped"
# What must have happened to an order that a courier has taken along, whoever forgot to say so.
_BEFORE_PICKUP = (OrderStatus.PREPARING, OrderStatus.READY)


def hear(service: str, heard: Heard) -> bool:
    """Take a service's message; False for one of no errand of ours, or one taken before."""
    with writing():
        handover = _meant(service, heard)
        if handover is None:
            return False
        if heard.event_id and not _first_time(service, heard.event_id):
            return False
        take(handover, heard)
        return True


def take(handover: Handover, heard: Heard) -> None:
    """Make what was heard true, unless newer was heard already. Within a transaction."""
    if heard.unknown:
        said = heard.unknown if heard.unknown.isprintable() else "?"
        log.warning("%s has a status that is not known here: %s", handover.service, said)
    if handover.state not in OPEN or _is_older(handover, heard):
        return
    if handover.state == State.ASKED:
        handover.state = State.BOOKED
    handover.remote_id = heard.remote_id
    handover.heard_at = heard.at or handover.heard_at
    handover.tracking_url = heard.tracking_url or handover.tracking_url
    handover.proof = heard.proof or handover.proof
    if heard.courier:
        handover.courier_phone = heard.courier.phone
    _tell_delivery(handover, heard)
    handover.save()


def end(handover: Handover, state: State, problem: str = "") -> None:
    """Nothing more is asked of the service."""
    handover.state, handover.problem, handover.ended_at = state, problem, timezone.now()


def _meant(service: str, heard: Heard) -> Handover | None:
    handovers = Handover.objects.select_for_update().filter(service=service)
    found = handovers.filter(remote_id=heard.remote_id).first()
    if found is None and heard.reference:
        try:
            key = UUID(heard.reference)
        except ValueError:
            return None
        # It may come before the answer to our own question did.
        found = handovers.filter(pk=key, remote_id="").first()
    return found


def _first_time(service: str, event_id: str) -> bool:
    _, first = HeardMessage.objects.get_or_create(service=service, event_id=event_id)
    return first


def _is_older(handover: Handover, heard: Heard) -> bool:
    return bool(heard.at and handover.heard_at and heard.at < handover.heard_at)


def _tell_delivery(handover: Handover, heard: Heard) -> None:
    order = Order.objects.select_for_update().get(pk=handover.order_id)
    delivery = deliveries.create_delivery(order)
    if heard.dropped:
        _dropped(handover, delivery, _why(heard))
        return
    if delivery.state is DeliveryStatus.CANCELLED:
        return  # the worker calls the courier off
    delivery = _carried_by(delivery, heard.courier)
    if heard.status:
        delivery = _step(order, delivery, heard.status, _why(heard))
    if delivery.state.final:
        end(handover, State.ENDED)
    elif delivery.state.position_public:
        _on_the_way(delivery, heard)


def _why(heard: Heard) -> CancelReason:
    return heard.reason or CancelReason.SERVICE


def _dropped(handover: Handover, delivery: Delivery, reason: CancelReason) -> None:
    """The buyer's delivery goes on where it can: somebody else may take it."""
    asked_for = handover.state == State.LEAVING
    end(handover, State.ENDED if asked_for else State.FAILED, "" if asked_for else DROPPED)
    if delivery.state.position_public:
        deliveries.advance_delivery(delivery, DeliveryStatus.RETURNING, reason)
    elif delivery.courier_name and not delivery.state.final:
        deliveries.assign_courier(delivery, "")


def _carried_by(delivery: Delivery, courier: Courier | None) -> Delivery:
    if courier is None:
        return delivery
    name, vehicle, relay = courier.display_name, courier.vehicle, courier.relay_phone
    if (delivery.courier_name, delivery.courier_vehicle) != (name, vehicle):
        return deliveries.assign_courier(delivery, name, vehicle, relay)
    # Services change such a number now and then: nobody has taken over.
    return deliveries.set_relay(delivery, relay) if delivery.relay_phone != relay else delivery


def _step(order: Order, delivery: Delivery, to: DeliveryStatus, reason: CancelReason) -> Delivery:
    """Steps that were missed are passed over, those that come late have no effect.

    `reason` counts where the step is back to the shop.
    """
    if to is DeliveryStatus.RETURNED and to not in allowed(delivery.state):
        delivery = _step(order, delivery, DeliveryStatus.RETURNING, reason)
    if to not in allowed(delivery.state):
        return delivery
    try:
        if to.position_public or to is DeliveryStatus.DELIVERED:
            for before in _BEFORE_PICKUP:
                if order.state in (OrderStatus.ACCEPTED, OrderStatus.PREPARING):
                    order = services.advance_order(order, before)
            delivery.refresh_from_db()
        # One that comes back already was stopped by whoever said so, or did not.
        return deliveries.advance_delivery(delivery, to, None if delivery.state.stopped else reason)
    except TransitionError as error:
        log.warning("order %s: the delivery service is further than we: %s", order.number, error)
        return delivery


def _on_the_way(delivery: Delivery, heard: Heard) -> None:
    if heard.eta and (delivery.eta is None or abs(heard.eta - delivery.eta) > ETA_STEP):
        delivery = deliveries.set_eta(delivery, heard.eta)
    near = heard.imminent
    if near is not None and near != delivery.imminent:
        delivery = deliveries.set_imminent(delivery, near)
    if heard.position:
        at = heard.at or timezone.now()
        seq = int(at.timestamp() * 1000)
        deliveries.report_position(delivery, seq, at, heard.position, ACCURACY_M)
