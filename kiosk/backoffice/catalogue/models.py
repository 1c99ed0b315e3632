"""Tables of the catalogue.

Texts are JSON objects {language: text}. Ids are strings that never change and are never used
twice; money is integer minor units.
"""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from kiosk.backoffice.platform.models import Announced
from kiosk.shop.money import MAX_MINOR
from kiosk.shop.reviews import MAX_AUTHOR, MOST_STARS

ID_LENGTH = 64
_id_valid = RegexValidator(
    r"^[A-Za-z0-9_.:-]+\Z", "Use letters, digits and _ . : - only, for example scarves."
)
_price_valid = (MinValueValidator(0), MaxValueValidator(MAX_MINOR))


def new_id() -> str:
    """A fresh id: 32 hexadecimal digits."""
    return uuid.uuid4().hex


class Category(Announced):
    """A shelf."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, validators=[_id_valid])
    title: Any = models.JSONField(default=dict)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return next((t for t in self.title.values() if t), self.id)


class Picture(Announced):
    """One photograph. `renditions` is a list of {sha256, width, height, bytes}, smallest first.

    `sha256` is that of the original's bytes, None until they have been seen.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        READY = "ready"
        FAILED = "failed"

    sha256 = models.CharField(max_length=64, unique=True, null=True, blank=True)
    source = models.CharField(
        max_length=2000, blank=True, db_index=True, help_text="Where it came from: a path or URL."
    )
    state = models.CharField(max_length=8, choices=State, default=State.PENDING, db_index=True)
    problem = models.CharField(max_length=300, blank=True)
    renditions: Any = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.source.rsplit("/", 1)[-1] or (self.sha256 or "picture")[:12]


class Product(Announced):
    """A product. `version` is the number of its latest change in the feed, and only rises.

    `options` is a JSON list in the shape of kiosk.shop.catalogue.Option:
    [{"id", "title": {…}, "values": [{"id", "title": {…}, "swatch"}]}].
    `handle` is the name that the source file gives it.
    """

    id = models.CharField(
        primary_key=True,
        max_length=ID_LENGTH,
        default=new_id,
        editable=False,
        validators=[_id_valid],
    )
    handle = models.CharField(max_length=255, unique=True)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="products"
    )
    position = models.IntegerField(default=0)
    hidden = models.BooleanField(default=False, help_text="Not shown on any window.")
    title: Any = models.JSONField(default=dict)
    pitch: Any = models.JSONField(default=dict, blank=True)
    story: Any = models.JSONField(default=dict, blank=True)
    maker = models.CharField(max_length=120, blank=True)
    maker_town = models.CharField(max_length=120, blank=True)
    maker_km = models.PositiveIntegerField(null=True, blank=True)
    material: Any = models.JSONField(default=dict, blank=True)
    care: Any = models.JSONField(default=dict, blank=True)
    meaning: Any = models.JSONField(default=dict, blank=True)
    meaning_proof: Any = models.JSONField(default=dict, blank=True)
    weight_g = models.PositiveIntegerField(null=True, blank=True)
    options: Any = models.JSONField(default=list, blank=True)
    version = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords(excluded_fields=["version", "updated_at"])

    class Meta:
        ordering = ["position", "handle"]

    def __str__(self) -> str:
        return next((t for t in self.title.values() if t), self.handle)

    def clean(self) -> None:
        """Raises ValidationError on texts or options that windows could not read."""
        from kiosk.backoffice.catalogue.wire import check_product

        problems = check_product(self)
        if problems:
            raise ValidationError(problems)


class ProductPicture(Announced):
    """A picture's place on a product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField(default=0)
    alt: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.picture)


class Variant(Announced):
    """What is bought. `stock` is pieces at hand, None where it is not counted.

    `options` maps option id → value id. `picture` shows this very variant.
    """

    id = models.CharField(
        primary_key=True,
        max_length=ID_LENGTH,
        default=new_id,
        editable=False,
        validators=[_id_valid],
    )
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    position = models.PositiveIntegerField(default=0)
    sku = models.CharField("SKU", max_length=100, unique=True)
    gtin = models.CharField("GTIN", max_length=14, blank=True)
    price_minor = models.BigIntegerField(validators=_price_valid)
    currency = models.CharField(max_length=3)
    compare_at_minor = models.BigIntegerField(null=True, blank=True, validators=_price_valid)
    stock = models.PositiveIntegerField(null=True, blank=True)
    options: Any = models.JSONField(default=dict, blank=True)
    picture = models.ForeignKey(
        ProductPicture, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price_minor__gte=0, price_minor__lte=MAX_MINOR),
                name="variant_price_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.sku


class Review(Announced):
    """What a buyer wrote. Only what staff let stand is shown; nothing tells who wrote it.

    `text` is {language: text} as written, `bought_here` that the shop saw the purchase.
    """

    class State(models.TextChoices):
        PENDING = "pending", "to read"
        PUBLISHED = "published", "shown"
        REFUSED = "refused", "refused"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="reviews")
    author = models.CharField(max_length=MAX_AUTHOR)
    stars = models.PositiveSmallIntegerField(
        validators=(MinValueValidator(1), MaxValueValidator(MOST_STARS))
    )
    text: Any = models.JSONField(default=dict, blank=True)
    on = models.DateField()
    bought_here = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.PENDING, db_index=True)

    class Meta:
        ordering = ["-on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stars__gte=1, stars__lte=MOST_STARS), name="review_has_stars"
            )
        ]

    def __str__(self) -> str:
        return f"{self.author} · {self.stars}/{MOST_STARS}"


class RelatedPiece(Announced):
    """A piece that the shop itself puts beside another one."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="beside")
    other = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "other"], name="related_piece_once")
        ]

    def __str__(self) -> str:
        return str(self.other)


class Lookbook(Announced):
    """Pieces that the shop shows together: a cover, a title, two or three sentences."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    title: Any = models.JSONField(default=dict)
    text: Any = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return next((t for t in self.title.values() if t), f"lookbook {self.pk}")


class LookbookPiece(Announced):
    """A piece's place in a lookbook."""

    lookbook = models.ForeignKey(Lookbook, on_delete=models.CASCADE, related_name="pieces")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="lookbook_places")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["lookbook", "product"], name="lookbook_piece_once")
        ]

    def __str__(self) -> str:
        return str(self.product)


class QuickPiece(Announced):
    """One of the pieces for people in a hurry, by the shop's choice."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="quick")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.product)


class CatalogueChange(models.Model):
    """The feed: the latest change of each product, in order of `seq`.

    One row a product: a new change takes the old one's place at the feed's end. `deleted` says
    that windows must drop the product (deleted, hidden, or nothing left to buy). The row
    outlives the product.
    """

    seq = models.BigAutoField(primary_key=True)
    product_id = models.CharField(max_length=ID_LENGTH, unique=True)
    deleted = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.product_id}"
