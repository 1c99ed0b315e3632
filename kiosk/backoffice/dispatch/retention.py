"""Forgetting what delivery services told of people."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from kiosk.backoffice.dispatch.models import OPEN, Handover, HeardMessage

_NOBODY = {"courier_phone": "", "tracking_url": "", "proof": None}


def forget_couriers(before: datetime) -> int:
    """Wipe phones, links and proofs of what ended before, and the messages' names; how many."""
    HeardMessage.objects.filter(heard_at__lt=before).delete()
    ended = Handover.objects.exclude(state__in=OPEN).filter(ended_at__lt=before)
    return _wipe(ended)


def forget_ways_to(order_ids: Collection[int]) -> None:
    """Wipe the same of these orders: links and photographs that lead to their buyers' doors."""
    _wipe(Handover.objects.filter(order__in=order_ids))


def _wipe(handovers: QuerySet[Handover]) -> int:
    told = ~Q(courier_phone="") | ~Q(tracking_url="") | Q(proof__isnull=False)
    return handovers.filter(told).update(**_NOBODY)
