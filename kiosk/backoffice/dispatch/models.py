"""Tables of what was handed over to delivery services."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class State(models.TextChoices):
    """`failed` waits for somebody to choose another way; `leaving` is being taken back."""

    ASKED = "asked", "asked"
    BOOKED = "booked", "booked"
    LEAVING = "leaving", "leaving"
    ENDED = "ended", "ended"
    FAILED = "failed", "failed"


OPEN = (State.ASKED, State.BOOKED, State.LEAVING)


class Handover(models.Model):
    """An order given to a service. `id` is the key by which the service books it once.

    `attempts` have begun; `next_try` is when the service is asked again, and until then a process
    that took it may still be asking. `problem` is a code and never a service's sentence: that may
    quote an address. `heard_at` is when the newest message of the service was written, by the
    service's clock. Phone, addresses on the web and proof go when the trail goes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="handovers")
    service = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    remote_id = models.CharField(max_length=200, blank=True)
    fee_minor = models.BigIntegerField(null=True, blank=True)
    fee_currency = models.CharField(max_length=3, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=80, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    courier_phone = models.CharField(max_length=40, blank=True)
    tracking_url = models.CharField(max_length=500, blank=True)
    proof: Any = models.JSONField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state__in=OPEN), name="one_service_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_try"], name="handover_due"),
            models.Index(fields=["service", "remote_id"], name="handover_remote"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.state}"


class HeardMessage(models.Model):
    """A message of a service that was taken: it may come again, and is not taken twice."""

    service = models.CharField(max_length=20)
    event_id = models.CharField(max_length=100)
    heard_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "event_id"], name="heard_once")]

    def __str__(self) -> str:
        return f"{self.service} {self.event_id}"
