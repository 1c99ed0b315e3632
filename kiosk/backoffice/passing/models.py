"""The table of who agreed that passers-by are told of a ride."""

from typing import Any

from django.db import models

from kiosk.backoffice.orders.models import Delivery


class PassingConsent(models.Model):
    """A delivery's; without a row nobody agreed. Both have to.

    `rider` is which of the delivery's couriers it was: who takes over has not agreed.
    `cell` is the [lat, lon] that windows were told last: the middle of a square that the courier is
    in, None while nothing is told.
    """

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="+")
    buyer_allows = models.BooleanField(default=False)
    courier_allows = models.BooleanField(default=False)
    rider = models.PositiveIntegerField(default=0)
    cell: Any = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"passing consent {self.pk}"
