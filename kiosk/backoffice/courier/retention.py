"""What is kept of couriers' ways and of photographs at doors, and for how long."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone

from kiosk.backoffice.courier.errands import sum_up
from kiosk.backoffice.courier.models import CodeTry, Errand, Fix, Proof
from kiosk.backoffice.orders.deliveries import WAY, hide_position
from kiosk.backoffice.orders.models import Delivery
from kiosk.backoffice.privacy.policy import kept_days
from kiosk.contract import PositionFix


def forget_fixes(before: datetime) -> int:
    """Delete the fixes that came before; of each way how far and how long it was stays."""
    old = Fix.objects.filter(received_at__lt=before)
    if not old.exists():
        return 0
    # Of one that nobody has ended the sum is not done yet.
    for errand in Errand.objects.filter(pk__in=old.values("errand"), distance_m=0):
        sum_up(errand)
    return old.delete()[0]


def forget_old_ways() -> int:
    """`forget_fixes` of what its days are over for, to the minute: so each courier was told. Where
    they were last, too, on a ride that nobody has ended.

    A clock that jumped ahead costs a drawing of a way here, and nothing that anybody needs.
    """
    before = timezone.now() - timedelta(days=kept_days()["trails"])
    for delivery in Delivery.objects.filter(position__isnull=False).defer(*WAY):
        if PositionFix.model_validate(delivery.position).received_at < before:
            hide_position(delivery)
    return forget_fixes(before)


def forget_photos(before: datetime) -> int:
    """Delete the photographs of handovers before; that there was one stays."""
    return Proof.objects.filter(at__lt=before, photo__isnull=False).update(photo=None)


def forget_handovers(order_ids: Collection[int]) -> None:
    """Delete every fix and photograph of these orders."""
    Fix.objects.filter(errand__delivery__order__in=order_ids).delete()
    CodeTry.objects.filter(delivery__order__in=order_ids).delete()
    Proof.objects.filter(delivery__order__in=order_ids).update(photo=None)
