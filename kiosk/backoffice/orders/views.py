"""Orders and deliveries as buyers and windows may see them: no personal data."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kiosk.backoffice.camera.showing import Viewer, camera_view
from kiosk.backoffice.courier.face import photo_url
from kiosk.backoffice.courier.models import Proof
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.platform.events import emit
from kiosk.contract import (
    CourierCard,
    DeliveryStep,
    DeliveryView,
    EventKind,
    FollowedOrder,
    OrderReceipt,
    OrderView,
    OrderViewLine,
    PositionFix,
    ProofView,
)
from kiosk.shop.delivery import CancelReason, DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.money import Money
from kiosk.shop.order import OrderStatus, ReviewReason
from kiosk.shop.promise import Fulfilment, Promise

ETA_STANDS = timedelta(minutes=2)  # after it has passed; a courier that is seen gets a new one


def order_version(order: Order) -> int:
    """Rises with every change of the order and of its delivery."""
    delivery = delivery_of(order)
    return order.version + (delivery.version if delivery else 0)


def delivery_of(order: Order) -> Delivery | None:
    return Delivery.objects.filter(order=order).first()


def order_view(order: Order, viewer: Viewer = Viewer.BUYER) -> OrderView:
    """The order as whoever holds its link may see it, or as a window may."""
    return OrderView(
        **_followed(order, viewer),
        pickup_code=order.pickup_code,
        page_url=order.page_url,
        lines=[
            OrderViewLine(
                title=line.title,
                variant=line.variant_label,
                quantity=line.quantity,
                unit=Money(line.unit_minor, order.currency),
            )
            for line in order.lines.all()
        ],
        subtotal=Money(order.subtotal_minor, order.currency),
        fee=Money(order.fee_minor, order.currency),
        total=order.total,
    )


def followed_view(order: Order) -> FollowedOrder:
    """How far the order is, for a window that shows it to somebody who knows its code."""
    return FollowedOrder(**_followed(order, Viewer.WINDOW))


def _followed(order: Order, viewer: Viewer) -> dict[str, Any]:
    delivery = delivery_of(order)
    return {
        "number": order.number,
        "version": order.version + (delivery.version if delivery else 0),
        "status": order.state,
        "status_at": order.status_at,
        "reasons": [ReviewReason(reason) for reason in order.reasons],
        "fulfilment": Fulfilment(order.fulfilment),
        "promise": order_promise(order),
        "delivery": delivery_view(delivery, viewer) if delivery else None,
        "demo": order.demo,
    }


def delivery_view(delivery: Delivery, viewer: Viewer = Viewer.BUYER) -> DeliveryView:
    dropoff = None
    if delivery.dropoff_lat is not None and delivery.dropoff_lon is not None:
        dropoff = Point(delivery.dropoff_lat, delivery.dropoff_lon)
    shown = delivery.state.position_public and delivery.position
    return DeliveryView(
        version=delivery.version,
        status=delivery.state,
        status_at=delivery.status_at,
        imminent=delivery.imminent,
        pickup=Point(delivery.pickup_lat, delivery.pickup_lon),
        dropoff=dropoff,
        route=[Point(lat, lon) for lat, lon in delivery.route],
        route_s=delivery.route_s,
        eta=_standing_eta(delivery),
        courier=_card(delivery, viewer),
        rider=delivery.rider,
        position=PositionFix.model_validate(delivery.position).told(timezone.now())
        if shown
        else None,
        steps=[
            DeliveryStep(status=DeliveryStatus(step.status), at=step.at)
            for step in delivery.events.all()
        ],
        simulated=delivery.simulated,
        camera=camera_view(delivery, viewer),
        proof=_proof(delivery),
        cancel_reason=CancelReason(delivery.cancel_reason) if delivery.cancel_reason else None,
    )


def _card(delivery: Delivery, viewer: Viewer) -> CourierCard | None:
    if not delivery.courier_name:
        return None
    # A window stands in the street: whoever passes would read the number.
    may_call = viewer is Viewer.BUYER and delivery.state.position_public
    return CourierCard.model_validate(
        {
            "display_name": delivery.courier_name,
            "vehicle": delivery.courier_vehicle,
            "photo_url": photo_url(delivery),
            "relay_phone": delivery.relay_phone if may_call else "",
        }
    )


def _standing_eta(delivery: Delivery) -> datetime | None:
    """The published time; none once it has passed and nobody knows where the courier is."""
    eta: datetime | None = delivery.eta
    overdue = eta is not None and timezone.now() - eta > ETA_STANDS
    return None if overdue and not delivery.state.final else eta


def _proof(delivery: Delivery) -> ProofView | None:
    if delivery.state is not DeliveryStatus.DELIVERED:
        return None
    found = Proof.objects.filter(delivery=delivery).values("kind", "at").first()
    return ProofView.model_validate(found) if found else None


def receipt(order: Order) -> OrderReceipt:
    return OrderReceipt(
        intent_id=order.intent_id,
        number=order.number,
        status=OrderStatus(order.status),
        reasons=[ReviewReason(reason) for reason in order.reasons],
        pickup_code=order.pickup_code,
        token=order.token,
        page_url=order.page_url,
        total=order.total,
        promise=order_promise(order),
    )


def order_promise(order: Order) -> Promise | None:
    start: datetime | None = order.promise_from
    done: datetime | None = order.promise_done_by
    if start is None or done is None:
        return None
    return Promise(Fulfilment(order.fulfilment), start, done, order.promise_until)


def announce_order(order: Order) -> None:
    emit(
        EventKind.ORDER,
        ref=order.token,
        version=order_version(order),
        device_id=order.device_id,
    )


def announce_delivery(delivery: Delivery) -> None:
    order = delivery.order
    emit(
        EventKind.DELIVERY,
        ref=order.token,
        version=order.version + delivery.version,
        device_id=order.device_id,
    )
