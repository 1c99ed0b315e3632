"""Tables of the shop's profile, of its devices, and of the event stream."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from kiosk.backoffice.platform.writing import writing
from kiosk.shop.links import MAX_WEBSITE


class Announced(models.Model):
    """Saved together with the news of it: both are on the disk, or neither."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with writing():
            super().save(*args, **kwargs)


class Shop(Announced):
    """The shop, one row (id 1). Texts are JSON objects {language: text}.

    `weekly` is seven lists of "10:00-13:00", Monday first. `special_days` is a list of
    {"date": "2025-12-24", "intervals": ["10:00-16:00"], "reason": {…}}; no interval: closed.
    `dark_weekly` and `dark_special` are the same for the dark hours, over midnight too
    ("23:00-07:00") and without a reason. Fees are minor units of `currency`.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    shop_id = models.CharField(
        max_length=64, help_text="Letters, digits and dashes; it should not change."
    )
    name = models.CharField(max_length=80)
    tagline: Any = models.JSONField(default=dict, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    country = models.CharField(max_length=2, help_text="Two letters: FR, PT, CZ…")
    languages: Any = models.JSONField(default=list, help_text='For example ["fr", "en"].')
    window_languages: Any = models.JSONField(
        default=list, blank=True, help_text="What the window offers, in order; empty: all."
    )
    default_language = models.CharField(max_length=2, default="fr")
    line1 = models.CharField(max_length=120)
    postcode = models.CharField(max_length=12)
    city = models.CharField(max_length=80)
    lat = models.FloatField()
    lon = models.FloatField()
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    website = models.CharField(
        max_length=MAX_WEBSITE,
        blank=True,
        help_text="https://…: where people order when a window cannot.",
    )
    timezone = models.CharField(max_length=64, default="Europe/Paris")
    weekly: Any = models.JSONField(default=list)
    special_days: Any = models.JSONField(default=list, blank=True)
    public_holidays = models.BooleanField(
        default=True, help_text="A special day wins over a holiday of the same date."
    )
    collect_enabled = models.BooleanField(default=True)
    collect_prepare_minutes = models.PositiveSmallIntegerField(default=30)
    courier_enabled = models.BooleanField(default=True)
    courier_prepare_minutes = models.PositiveSmallIntegerField(default=30)
    courier_ride_minutes = models.PositiveSmallIntegerField(default=25)
    courier_fee_minor = models.PositiveIntegerField(null=True, blank=True)
    courier_free_from_minor = models.PositiveIntegerField(null=True, blank=True)
    courier_radius_m = models.PositiveIntegerField(null=True, blank=True)
    postcodes: Any = models.JSONField(
        default=list, blank=True, help_text="The courier's area; empty: no limit."
    )
    orders_when_closed = models.BooleanField(
        default=True, help_text="Otherwise the window only shows, outside the opening hours."
    )
    dark_weekly: Any = models.JSONField(default=list, blank=True)
    dark_special: Any = models.JSONField(default=list, blank=True)
    dark_around_opening = models.PositiveSmallIntegerField(
        default=0,
        help_text="Never dark while the shop is open, nor for so many minutes before and after.",
    )
    map_sha256 = models.CharField(max_length=64, blank=True)
    map_invented = models.BooleanField(default=False)
    demo = models.BooleanField(
        default=False, help_text="The courier is simulated, and every page says so."
    )
    version = models.PositiveBigIntegerField(default=0, editable=False)
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name_plural = "shop"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError in words unless windows can read this profile."""
        from kiosk.backoffice.platform.shop import check_shop

        problems = check_shop(self)
        if problems:
            raise ValidationError(problems)


class Hero(Announced):
    """A poster of the attract loop. `product_id` is what a touch on it opens.

    One that is `planned_only` is shown by the windows of the plan that name it, and never else.
    """

    class When(models.TextChoices):
        DAY = "day", "by day"
        NIGHT = "night", "by night"
        ANY = "any", "always"

    picture = models.ForeignKey("catalogue.Picture", on_delete=models.PROTECT, related_name="+")
    when = models.CharField(max_length=5, choices=When, default=When.ANY)
    line: Any = models.JSONField(default=dict, blank=True)
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.SET_NULL, null=True, blank=True, related_name="heroes"
    )
    position = models.PositiveSmallIntegerField(default=0)
    planned_only = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "heroes"

    def __str__(self) -> str:
        return next((t for t in self.line.values() if t), str(self.picture))


class PlannedWindow(Announced):
    """A collection, a drop or a theme by date and hour; see kiosk.shop.schedule for the rules.

    `key` is its id in the shop.toml that brought it, "" for one that staff made. `weekdays` are
    0 (Monday) to 6, `dayparts` "18:00-02:00"; empty: always. `drop_at` makes it a drop.
    """

    key = models.CharField(max_length=64, blank=True, editable=False)
    title: Any = models.JSONField(default=dict, blank=True)
    line: Any = models.JSONField(default=dict, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    weekdays: Any = models.JSONField(default=list, blank=True)
    dayparts: Any = models.JSONField(default=list, blank=True)
    heroes = models.ManyToManyField(Hero, blank=True, related_name="windows")
    products = models.ManyToManyField("catalogue.Product", blank=True, related_name="windows")
    drop_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Makes it a drop: announced with a countdown, and not sold before.",
    )
    theme = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return next((t for t in self.title.values() if t), self.theme or f"{self.pk}")

    def clean(self) -> None:
        """Raises ValidationError in words unless windows can read this plan."""
        from kiosk.backoffice.platform.plan import check_window

        problems = check_window(self)
        if problems:
            raise ValidationError(problems)


class Device(models.Model):
    """A window that may ask. Only the SHA-256 of its token is kept."""

    name = models.CharField(max_length=80, unique=True)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_seen = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WindowInstance(models.Model):
    """One memory of a box, by the name that it gave itself: a copied or older one takes a new name.

    `verify_key` (Ed25519, base64) is what it signs orders with. `last_number` is the highest of
    its orders here. The rest is what the box said last: see kiosk.contract.WindowHere.
    """

    id = models.UUIDField(primary_key=True)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="instances")
    verify_key = models.CharField(max_length=44, blank=True)
    last_number = models.BigIntegerField(default=0)
    first_heard = models.DateTimeField(auto_now_add=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    waiting = models.PositiveIntegerField(default=0)
    oldest_waiting = models.DateTimeField(null=True, blank=True)
    parked_count = models.PositiveIntegerField(default=0)
    free_bytes = models.BigIntegerField(default=0)
    takes_orders = models.BooleanField(default=True)
    reads_codes = models.BooleanField(default=False)
    software = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-heard_at"]

    def __str__(self) -> str:
        return f"{self.device} {str(self.id)[:8]}"


class StreamEvent(models.Model):
    """One hint on the event stream; `seq` survives restarts. `device` None: for every window.

    `ref` is the order's token for orders, deliveries and positions; `payload` a position's fix.
    """

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=64, blank=True, db_index=True)
    version = models.PositiveBigIntegerField(default=0)
    device = models.ForeignKey(
        Device, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    payload: Any = models.JSONField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Setting(models.Model):
    """A named value of the back office itself, such as its epoch."""

    key = models.CharField(primary_key=True, max_length=64)
    value: Any = models.JSONField()

    def __str__(self) -> str:
        return self.key
