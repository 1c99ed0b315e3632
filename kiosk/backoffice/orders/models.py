"""Tables of orders and deliveries. Histories are append-only."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from kiosk.shop.delivery import CancelReason, DeliveryStatus
from kiosk.shop.money import Money
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment

ORDER_STATUSES = [(s.value, s.value.replace("_", " ")) for s in OrderStatus]
DELIVERY_STATUSES = [(s.value, s.value.replace("_", " ")) for s in DeliveryStatus]
CANCEL_REASONS = [(r.value, r.value.replace("_", " ")) for r in CancelReason]
FULFILMENTS = [(f.value, f.value) for f in Fulfilment]
VEHICLES = [(v, v.replace("_", " ")) for v in ("bike", "cargo_bike", "foot", "scooter", "car")]


class Order(models.Model):
    """One order, as the back office priced it. Amounts are minor units of `currency`.

    `intent_id` names what the visitor meant and is unique for ever; so is the idempotency key
    with the SHA-256 of its body. `token` is the capability to follow the order; `receipt` the
    one answer that every retry gets. `reasons` stays after a review, to tell why there was one.
    `sealed` is who ordered (a kiosk.contract.Sealed) while no key here opens it. A buyer who is
    forgotten takes `body_sha256` along.
    """

    id: int
    number = models.CharField(max_length=12, unique=True, editable=False)
    intent_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    idempotency_key = models.CharField(max_length=128, unique=True, editable=False)
    body_sha256 = models.CharField(max_length=64, editable=False)
    token = models.CharField(max_length=64, unique=True, editable=False)
    pickup_code = models.CharField(max_length=4)
    page_url = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=16, choices=ORDER_STATUSES, db_index=True)
    status_at = models.DateTimeField(default=timezone.now)
    reasons: Any = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    fulfilment = models.CharField(max_length=8, choices=FULFILMENTS)
    language = models.CharField(max_length=2)
    placed_at = models.DateTimeField(help_text="By the window's clock.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=20)
    email = models.CharField(max_length=254, blank=True)
    line1 = models.CharField(max_length=120, blank=True)
    line2 = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=3)
    subtotal_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField()
    seen_total_minor = models.BigIntegerField()
    seen_done_by = models.DateTimeField(null=True, blank=True)
    promise_from = models.DateTimeField(null=True, blank=True)
    promise_done_by = models.DateTimeField(null=True, blank=True)
    promise_until = models.DateTimeField(null=True, blank=True)
    receipt: Any = models.JSONField(default=dict, editable=False)
    sealed: Any = models.JSONField(null=True, blank=True, editable=False)
    instance = models.ForeignKey(
        "platform.WindowInstance",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="orders",
    )
    device = models.ForeignKey(
        "platform.Device", on_delete=models.SET_NULL, null=True, blank=True, related_name="orders"
    )
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> OrderStatus:
        return OrderStatus(self.status)

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)


class ParkedOrder(models.Model):
    """An order that a window holds because this back office answered that it cannot be taken.

    `body` is what was sent, as it came. `problem` is the answer: status and code.
    """

    intent_id = models.UUIDField(primary_key=True)
    device = models.ForeignKey(
        "platform.Device", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kept_at = models.DateTimeField(help_text="By the window's clock.")
    told_at = models.DateTimeField(auto_now_add=True)
    problem = models.CharField(max_length=60)
    attempts = models.PositiveIntegerField(default=0)
    body = models.TextField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["kept_at"]

    def __str__(self) -> str:
        return self.intent_id.hex[:6].upper()


class OrderLine(models.Model):
    """A line as it was sold: it keeps its words and price when the catalogue moves on.

    `asked_variant_id` is what the window named, also when no such variant exists any more.
    `stock_taken` counts the pieces that left the stock for it.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    variant = models.ForeignKey(
        "catalogue.Variant", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_variant_id = models.CharField(max_length=64)
    product_id_then = models.CharField(max_length=64, blank=True)
    sku = models.CharField(max_length=100, blank=True)
    title: Any = models.JSONField(default=dict)
    variant_label: Any = models.JSONField(default=dict)
    quantity = models.PositiveSmallIntegerField()
    unit_minor = models.BigIntegerField()
    seen_unit_minor = models.BigIntegerField()
    stock_taken = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku or self.asked_variant_id}"


class OrderEvent(models.Model):
    """What happened to an order. `actor` is empty where the back office itself acted."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=16, choices=ORDER_STATUSES)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.status}"


class Delivery(models.Model):
    """An order's way to its buyer. Degrees (WGS 84), metres, seconds.

    `route` is [[lat, lon], …] with `route_s`, seconds from its start. `position` is the latest
    fix in the shape of kiosk.contract.PositionFix, None once it may not be shown, and `progress`
    what is known from all of them (see progress.py). `rider` counts couriers that took over.
    `cancel_reason` is why it was stopped, "" while it was not, or where nobody has said.
    `relay_phone` is what the buyer may call during the ride, never the courier's own number.
    `passers_by`: somebody has said a word about whether they are told of it (see passing/).
    """

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="delivery")
    status = models.CharField(
        max_length=20, choices=DELIVERY_STATUSES, default=DeliveryStatus.CREATED.value
    )
    status_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)
    cancel_reason = models.CharField(max_length=16, choices=CANCEL_REASONS, blank=True)
    imminent = models.BooleanField(default=False)
    pickup_lat = models.FloatField()
    pickup_lon = models.FloatField()
    dropoff_lat = models.FloatField(null=True, blank=True)
    dropoff_lon = models.FloatField(null=True, blank=True)
    route: Any = models.JSONField(default=list, blank=True)
    route_s: Any = models.JSONField(default=list, blank=True)
    eta = models.DateTimeField(null=True, blank=True)
    courier_name = models.CharField(max_length=60, blank=True)
    courier_vehicle = models.CharField(max_length=12, choices=VEHICLES, default="bike")
    relay_phone = models.CharField(max_length=20, blank=True)
    position: Any = models.JSONField(null=True, blank=True)
    position_seq = models.BigIntegerField(default=-1, editable=False)
    progress: Any = models.JSONField(null=True, blank=True, editable=False)
    rider = models.PositiveSmallIntegerField(default=0, editable=False)
    simulated = models.BooleanField(default=False)
    passers_by = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.order_id} {self.status}"

    @property
    def state(self) -> DeliveryStatus:
        return DeliveryStatus(self.status)


class DeliveryEvent(models.Model):
    """One step of a delivery. The database refuses to change it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=20, choices=DELIVERY_STATUSES)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.status}"
