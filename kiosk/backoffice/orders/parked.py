"""Orders that a window holds because this back office does not take them: staff must see them.

What was sent is kept as it came, so that the buyer can be called whatever is wrong with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from kiosk.backoffice.orders.models import Order, ParkedOrder
from kiosk.backoffice.orders.opening import Buyer, buyer_of
from kiosk.backoffice.platform.models import Device
from kiosk.contract import OrderRequest
from kiosk.contract import ParkedOrder as Told


@dataclass(frozen=True, slots=True)
class ShownParked:
    """`buyer` is None where nothing of it can be read."""

    row: ParkedOrder
    asked: OrderRequest | None
    buyer: Buyer | None


def keep_parked(told: Iterable[Told], device: Device) -> None:
    """Keep what a window told, once for each intent; what staff dealt with stays as it is."""
    for order in told:
        said = {
            "device": device,
            "kept_at": order.kept_at,
            "problem": f"{order.status} {order.code}".strip(),
            "attempts": order.attempts,
            "body": order.order,
        }
        row, new = ParkedOrder.objects.get_or_create(intent_id=order.intent_id, defaults=said)
        if not new:
            # Asked again in the same statement: somebody may be settling it right now.
            ParkedOrder.objects.filter(pk=row.pk, resolved_at=None).update(**said)


def open_parked() -> list[ParkedOrder]:
    """Those that nobody has dealt with and that have not arrived meanwhile, oldest first."""
    arrived = Order.objects.filter(intent_id__in=ParkedOrder.objects.values("intent_id"))
    rows = ParkedOrder.objects.filter(resolved_at=None).select_related("device")
    return list(rows.exclude(intent_id__in=arrived.values("intent_id")))


def read_parked(row: ParkedOrder) -> ShownParked:
    """What can be read of one, buyer included: who looks at it is to be noted."""
    try:
        asked = OrderRequest.model_validate_json(row.body)
    except ValidationError:
        return ShownParked(row, None, None)
    return ShownParked(row, asked, buyer_of(asked))
