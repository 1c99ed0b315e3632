"""Tables of couriers' cameras. A key is kept hashed, and no longer than it is good for."""

from django.db import models


class Camera(models.Model):
    """A delivery's camera. `channel` names its stream and lets nobody in by itself.

    `key_sha256` is "" while the courier has it off. `publisher` is the media server's name of
    who sends now, "" while nobody does; `live_at` is when the first picture came. Three have to
    agree before a window shows the picture: the shop, `buyer_allows`, `courier_allows`.
    """

    delivery = models.OneToOneField(
        "orders.Delivery", on_delete=models.CASCADE, related_name="camera"
    )
    channel = models.CharField(max_length=32, unique=True)
    key_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    publisher = models.CharField(max_length=64, blank=True)
    live_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    buyer_allows = models.BooleanField(default=False)
    courier_allows = models.BooleanField(default=False)

    class Meta:
        verbose_name = "camera"

    def __str__(self) -> str:
        return f"camera of {self.delivery_id}"


class StreamToDrop(models.Model):
    """A stream that lost its right to be sent while it was: the media server is told."""

    channel = models.CharField(max_length=32)
    publisher = models.CharField(max_length=64)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["since"]

    def __str__(self) -> str:
        return f"stream to drop since {self.since}"
