"""The table of messages to buyers."""

from django.db import models
from django.utils import timezone


class Kind(models.TextChoices):
    """What a message tells its buyer."""

    ACCEPTED = "accepted", "accepted"
    NEEDS_REVIEW = "needs_review", "needs review"
    CONFIRMED = "confirmed", "accepted after review"
    REFUSED = "refused", "refused"
    CANCELLED = "cancelled", "cancelled"
    READY = "ready", "ready to collect"


class State(models.TextChoices):
    """`parked` is given up until staff say otherwise; `skipped` was overtaken or settled."""

    WAITING = "waiting", "waiting"
    SENT = "sent", "sent"
    SKIPPED = "skipped", "skipped"
    PARKED = "parked", "parked"


class Message(models.Model):
    """One message of one kind about one order: there is never a second one.

    Address and text are not here: both are read from the order when it is sent. `message_id` is
    what the mail is called at every try. `attempts` have begun; `next_try` is when the next one
    may, and until then a process that took it may still be sending it. `last_error` is a step and
    an SMTP code, or an error's name, and never what a server said: that may quote the address.
    """

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=16, choices=Kind)
    message_id = models.CharField(max_length=320)
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "kind"], name="one_message_of_a_kind")
        ]
        indexes = [models.Index(fields=["state", "next_try"], name="message_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
