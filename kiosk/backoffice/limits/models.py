"""The table that orders are counted by."""

from django.db import models


class OrderMark(models.Model):
    """One order of one window, phone or e-mail, for a day.

    `subject` is a keyed hash (HMAC-SHA-256): without the back office's own secret it tells nobody.
    `placed_at` is by the window's clock, `received_at` by ours.
    """

    subject = models.CharField(max_length=64)
    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="+")
    placed_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "placed_at", "received_at"], name="mark_of_subject"),
            models.Index(fields=["received_at"], name="mark_received"),
        ]

    def __str__(self) -> str:
        return f"{self.subject[:8]} {self.placed_at:%H:%M}"
