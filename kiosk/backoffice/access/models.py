"""Tables of signing in, and of what was read of the buyers."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class Person(models.Model):
    """What signing in needs to know of somebody beyond Django's own row.

    `secret` is their second factor's, sealed (see sealed.py), "" without one; `new_secret` one
    that is being set up. `last_step` is the latest 30-second step whose code was used: neither
    it nor an earlier one counts again. A session of another `generation` has ended.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="access"
    )
    generation = models.PositiveIntegerField(default=0)
    secret = models.TextField(blank=True)
    new_secret = models.TextField(blank=True)
    second_factor_since = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"person {self.pk}"


class RecoveryCode(models.Model):
    """One of the codes for who lost their phone; only its keyed hash is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    hashed = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class FailedTry(models.Model):
    """A sign-in that failed. `key` is the hash of what it counts for; see throttle.py."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]

    def __str__(self) -> str:
        return f"failed try {self.pk}"


class _AppendOnly(models.QuerySet["PersonalRead"]):
    """Rows are added; only the retention deletes."""

    def update(self, **_: Any) -> int:
        raise TypeError("what was read stays as it was written")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("what was read stays until its time has come: see access.reads")


class PersonalRead(models.Model):
    """Somebody saw personal data of buyers: who, when, of which orders, on what.

    No key points at the person: the row outlives them. `who` is empty where the buyer themselves
    read, and a courier's name where one of those did. `numbers` are the orders' numbers, with a
    space before and after each.
    """

    class What(models.TextChoices):
        BOARD = "board"
        LIST = "list"
        ORDER = "order"
        EXPORT = "export"
        BUYER_READ = "buyer_read"
        BUYER_EXPORT = "buyer_export"
        BUYER_ERASURE = "buyer_erasure"
        COURIER = "courier"

    at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    person_id = models.BigIntegerField(null=True, db_index=True, editable=False)
    who = models.CharField(max_length=150, blank=True, editable=False)
    what = models.CharField(max_length=16, choices=What, editable=False)
    numbers = models.TextField(editable=False)

    objects = _AppendOnly.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("what was read stays as it was written")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("what was read stays until its time has come: see access.reads")
