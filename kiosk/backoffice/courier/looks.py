"""The log of who looked at a courier's position: the courier was told that there is one."""

import threading
import time
from datetime import datetime

from django.utils import timezone

from kiosk.backoffice.courier.models import PositionLook
from kiosk.backoffice.orders.models import Delivery
from kiosk.backoffice.platform.writing import in_turn

Kind = PositionLook.Kind
# Who follows looks every few seconds; the log says until when to the minute.
AGAIN_S = 60.0
_REMEMBERED = 2_000

_lock = threading.Lock()
_noted: dict[tuple[object, ...], float] = {}


def note_look(delivery: Delivery | None, kind: PositionLook.Kind, who: str = "") -> None:
    """Write down that somebody is shown where this delivery is; nothing where it is not shown."""
    if delivery is None or not delivery.position or not delivery.state.position_public:
        return
    if not _is_due((delivery.pk, delivery.created_at, kind.value, who)):
        return
    now = timezone.now()
    with in_turn():
        look, fresh = PositionLook.objects.get_or_create(
            delivery=delivery, kind=kind, who=who, defaults={"first_at": now, "last_at": now}
        )
        if not fresh:
            PositionLook.objects.filter(pk=look.pk).update(last_at=now)


def note_follower(token: str) -> None:
    """The same of whoever follows the order of this link by its news alone."""
    note_look(Delivery.objects.filter(order__token=token).first(), Kind.BUYER)


def forget_looks(before: datetime) -> int:
    """Delete what was looked at before; how many."""
    return PositionLook.objects.filter(last_at__lt=before).delete()[0]


def _is_due(key: tuple[object, ...]) -> bool:
    now = time.monotonic()
    with _lock:
        if now - _noted.get(key, -AGAIN_S) < AGAIN_S:
            return False
        if len(_noted) >= _REMEMBERED:
            _noted.clear()
        _noted[key] = now
        return True
