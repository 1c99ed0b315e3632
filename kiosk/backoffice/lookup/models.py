"""The table that wrong tries are counted by."""

from django.db import models
from django.utils import timezone


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
