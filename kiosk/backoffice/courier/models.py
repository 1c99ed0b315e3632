"""Tables of couriers, of what they carry, and of where they were while they did."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from kiosk.backoffice.orders.models import VEHICLES, Delivery
from kiosk.backoffice.vocabulary import LANGUAGES


class Courier(models.Model):
    """One of the shop's own people who carry orders. `language` is their page's.

    `relay_phone` is forwarded to them by the shop's telephone provider: buyers may call it.
    `home` is a circle within which nobody sees them, sealed (see home.py), "" without one.
    `portrait` is a JPEG of ours of the photo that they put in themselves (see portrait.py).
    """

    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20)
    relay_phone = models.CharField(max_length=20, blank=True)
    vehicle = models.CharField(max_length=12, choices=VEHICLES, default="bike")
    language = models.CharField(
        max_length=2, choices=[(code, code) for code in LANGUAGES], default="fr"
    )
    active = models.BooleanField(default=True)
    home = models.TextField(blank=True, editable=False)
    portrait = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """ "Inès D.": what buyers and windows read."""
        first, _, rest = self.name.strip().partition(" ")
        initial = rest.strip()[:1].upper()
        return f"{first} {initial}." if initial else first


class Pass(models.Model):
    """What lets a courier or their phone's app in; only its SHA-256 is kept.

    A link is good once and makes a session; a source is the address that another app sends to.
    """

    class Kind(models.TextChoices):
        LINK = "link"
        SESSION = "session"
        SOURCE = "source"

    courier = models.ForeignKey(Courier, on_delete=models.CASCADE, related_name="passes")
    kind = models.CharField(max_length=8, choices=Kind)
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Errand(models.Model):
    """A delivery in the hands of one courier; whoever takes over gets an errand of their own.

    `consented_at` is since when the courier agrees to be seen, None while they do not; after a
    pause it is when that ended. Of the way there stay `distance_m` and `riding_s` once its fixes
    are gone.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="errands")
    courier = models.ForeignKey(
        Courier, on_delete=models.SET_NULL, null=True, related_name="errands"
    )
    assigned_at = models.DateTimeField(default=timezone.now)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, db_index=True)
    newest_fix_at = models.DateTimeField(null=True)
    distance_m = models.FloatField(default=0)
    riding_s = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery"],
                condition=models.Q(ended_at=None),
                name="one_courier_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"errand {self.pk}"

    @property
    def shares(self) -> bool:
        """Whether positions are taken now."""
        return bool(self.consented_at) and not self.paused_at and not self.ended_at


class Fix(models.Model):
    """Where a courier was. Degrees (WGS 84), metres, metres per second, percent.

    `fix_time` is by our clock: the phone's own is corrected. `seq` is the source's own count.
    """

    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="fixes")
    source = models.CharField(max_length=10)
    seq = models.BigIntegerField()
    fix_time = models.DateTimeField()
    received_at = models.DateTimeField(db_index=True)
    lat = models.FloatField()
    lon = models.FloatField()
    accuracy_m = models.FloatField()
    speed_mps = models.FloatField(null=True)
    heading_deg = models.FloatField(null=True)
    battery = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["errand", "source", "seq"], name="a_fix_once")
        ]

    def __str__(self) -> str:
        return f"fix {self.pk}"


class Proof(models.Model):
    """How a delivery was handed over. `photo` is a JPEG of ours, None for a code or once gone."""

    class Kind(models.TextChoices):
        CODE = "code"
        PHOTO = "photo"

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="proof")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    photo = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"proof {self.pk}"


class CodeTry(models.Model):
    """A code at the door that was wrong."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"code try {self.pk}"


class PositionLook(models.Model):
    """That a courier's position was looked at: by whom, of which delivery, from when to when.

    `who` is what staff sign in with, "" for the buyer's link and for a window.
    """

    class Kind(models.TextChoices):
        BUYER = "buyer"
        WINDOW = "window"
        STAFF = "staff"

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="looks")
    kind = models.CharField(max_length=8, choices=Kind)
    who = models.CharField(max_length=150, blank=True)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["first_at"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "kind", "who"], name="a_looker_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
