"""Tables of what is kept for how long, and of the purges."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class KeepRule(models.Model):
    """A purpose's days where the owner chose others than its default."""

    purpose = models.CharField(primary_key=True, max_length=20)
    days = models.PositiveIntegerField()
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.purpose}: {self.days}"


class PurgeRun(models.Model):
    """One purge. Its row is also its claim: while it has no end, no other one begins.

    `removed` counts by purpose. `problem` says what failed, "" where nothing did.
    """

    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    by_hand = models.BooleanField(default=False)
    removed: Any = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"purge of {self.started_at:%Y-%m-%d %H:%M}"


class DigitsTry(models.Model):
    """A try to open a buyer's details with digits that were wrong."""

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"digits try {self.pk}"


class ErasureRequest(models.Model):
    """A buyer's wish to be forgotten. `done_at` is None while the order is under way.

    `traceless` once what was wiped has left the database's files as well.
    """

    order = models.OneToOneField("orders.Order", on_delete=models.CASCADE, related_name="erasure")
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, db_index=True)
    traceless = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"erasure {self.pk}"
