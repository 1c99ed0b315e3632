"""Erasing a buyer who asked for it: at once where the order has ended, otherwise then."""

from django.utils import timezone

from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.retention import forget_orders
from kiosk.backoffice.platform.writing import writing
from kiosk.backoffice.privacy.models import DigitsTry, ErasureRequest
from kiosk.backoffice.privacy.purge import leave_no_trace
from kiosk.shop.order import OrderStatus

_ENDED = [status.value for status in OrderStatus if status.final]


def ask_erasure(order: Order) -> bool:
    """Note the buyer's wish, and forget them now where the order has ended: then True."""
    with writing():
        ErasureRequest.objects.get_or_create(order=order)
        return bool(_erase(order.pk))


def open_erasure(order: Order) -> ErasureRequest | None:
    """The wish that waits for the end of this order."""
    return ErasureRequest.objects.filter(order=order, done_at=None).first()


def finish_erasures() -> int:
    """Forget who asked for it and whose order has ended since; how many that were.

    What is wiped leaves the files here and not while the buyer waits: the journal may be busy.
    """
    due = ErasureRequest.objects.filter(done_at=None, order__status__in=_ENDED)
    done = sum(_erase(key) for key in list(due.values_list("order_id", flat=True)))
    wiped = list(
        ErasureRequest.objects.filter(done_at__isnull=False, traceless=False).values_list(
            "pk", flat=True
        )
    )
    if wiped and leave_no_trace():
        ErasureRequest.objects.filter(pk__in=wiped).update(traceless=True)
    return done


def _erase(order_id: int) -> int:
    with writing():
        ended = Order.objects.filter(pk=order_id, status__in=_ENDED)
        if not ended.exists():
            return 0
        forget_orders(ended)
        DigitsTry.objects.filter(order=order_id).delete()
        ErasureRequest.objects.filter(order=order_id).update(done_at=timezone.now())
    return 1
