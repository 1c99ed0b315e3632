"""The tables of wrong tries, and of the codes that phones show to windows."""

from django.db import models
from django.utils import timezone

from kiosk.backoffice.orders.models import Order


class LookupTry(models.Model):
    """A wrong try: of a window, or for a number.

    `subject` is a keyed hash (HMAC-SHA-256): without the back office's own secret it tells nobody.
    """

    subject = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="lookup_try_of_subject")]

    def __str__(self) -> str:
        return f"lookup try {self.pk}"


class Showing(models.Model):
    """The one code of an order that a window takes now; the next one takes its place.

    `subject` is a keyed hash of its secret, None once it was taken. `made` counts the codes since
    `since`.
    """

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=64, unique=True, null=True)
    until = models.DateTimeField()
    made = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"showing {self.pk}"
