"""Rows of the catalogue as the contract's dataclasses."""

import logging
from typing import Any

from django.db.models import QuerySet

from kiosk.backoffice.catalogue.models import Picture, Product, Review, Variant
from kiosk.shop import catalogue as shop
from kiosk.shop.money import Money
from kiosk.shop.reviews import LISTED_REVIEWS, rating_of
from kiosk.shop.reviews import Review as ShownReview
from kiosk.shop.text import pick

TEXTS = ("title", "pitch", "story", "material", "care", "meaning", "meaning_proof")

log = logging.getLogger("kiosk.catalogue")


def with_everything(products: QuerySet[Product]) -> QuerySet[Product]:
    """`products` with all that `product_on_wire` reads, in few queries for any number."""
    return products.prefetch_related("variants", "pictures__picture", "reviews", "beside")


def product_on_wire(product: Product, currency: str) -> shop.Product | None:
    """A product as windows know it; None where nothing of it can be sold in `currency`."""
    try:
        return _product(product, currency)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        # One product with broken JSON must not keep all others from every window.
        log.error("product %s cannot be shown: %s", product.id, error)
        return None


def picture_on_wire(picture: Picture, alt: dict[str, str] | None = None) -> shop.Picture | None:
    """A picture, None until it is ready."""
    if picture.state != Picture.State.READY or not picture.renditions:
        return None
    return shop.Picture(tuple(shop.Rendition(**r) for r in picture.renditions), alt or {})


def options_on_wire(options: list[dict[str, Any]]) -> tuple[shop.Option, ...]:
    """Raises KeyError, TypeError or AttributeError on JSON of another shape."""
    return tuple(
        shop.Option(
            str(option["id"]),
            _texts(option["title"]),
            tuple(
                shop.OptionValue(str(v["id"]), _texts(v["title"]), str(v.get("swatch", "")))
                for v in option["values"]
            ),
        )
        for option in options
    )


def title_of(product: Product) -> dict[str, str]:
    """A product's title; {} where it cannot be read."""
    try:
        return _texts(product.title)
    except AttributeError:
        return {}


def label_of(variant: Variant) -> dict[str, str]:
    """{language: "Céladon · 38"} in every language that its options are written in.

    {} where they cannot be read: an order is kept all the same.
    """
    try:
        chosen = [
            value.title
            for option in options_on_wire(variant.product.options)
            for value in option.values
            if value.id == variant.options.get(option.id)
        ]
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
    languages = sorted({language for title in chosen for language in title})
    return {code: " · ".join(pick(title, code, code) for title in chosen) for code in languages}


def check_product(product: Product) -> dict[str, str]:
    """What windows could not read, by field, in words; empty when all is well."""
    problems = {}
    for name in TEXTS:
        texts = getattr(product, name)
        if not isinstance(texts, dict) or not all(isinstance(t, str) for t in texts.values()):
            problems[name] = 'Write one text a language: {"fr": "…", "en": "…"}.'
    try:
        options = options_on_wire(product.options)
    except (ValueError, TypeError, KeyError, AttributeError):
        problems["options"] = (
            'Write [{"id": …, "title": {…}, "values": [{"id": …, "title": {…}}]}].'
        )
    else:
        if len({option.id for option in options}) != len(options):
            problems["options"] = "Two options have the same id."
    return problems


def _product(product: Product, currency: str) -> shop.Product | None:
    pictures, places = _pictures(product)
    variants = tuple(
        _variant(variant, places)
        for variant in product.variants.all()
        if variant.currency == currency
    )
    if not variants:
        return None
    reviews = [r for r in product.reviews.all() if r.state == Review.State.PUBLISHED]
    return shop.Product(
        id=product.id,
        handle=product.handle,
        version=product.version,
        category_id=product.category_id or "",
        title=_texts(product.title),
        variants=variants,
        position=product.position,
        pitch=_texts(product.pitch),
        story=_texts(product.story),
        maker=product.maker,
        maker_town=product.maker_town,
        maker_km=product.maker_km,
        material=_texts(product.material),
        care=_texts(product.care),
        meaning=_texts(product.meaning),
        meaning_proof=_texts(product.meaning_proof),
        weight_g=product.weight_g,
        options=options_on_wire(product.options),
        pictures=pictures,
        reviews=tuple(review_on_wire(review) for review in reviews[:LISTED_REVIEWS]),
        rating=rating_of(review.stars for review in reviews),
        related=tuple(place.other_id for place in product.beside.all()),
    )


def review_on_wire(review: Review) -> ShownReview:
    """A review as passers-by read it."""
    return ShownReview(
        id=review.id,
        author=review.author,
        stars=review.stars,
        on=review.on,
        text=_texts(review.text),
        bought_here=review.bought_here,
    )


def _pictures(product: Product) -> tuple[tuple[shop.Picture, ...], dict[int, int]]:
    """The pictures that are ready, and each one's index by ProductPicture id."""
    ready: list[shop.Picture] = []
    places: dict[int, int] = {}
    for use in product.pictures.all():
        picture = picture_on_wire(use.picture, _texts(use.alt))
        if picture is not None:
            places[use.pk] = len(ready)
            ready.append(picture)
    return tuple(ready), places


def _variant(variant: Variant, places: dict[int, int]) -> shop.Variant:
    compare_at = variant.compare_at_minor
    return shop.Variant(
        id=variant.id,
        sku=variant.sku,
        price=Money(variant.price_minor, variant.currency),
        options={str(k): str(v) for k, v in variant.options.items()},
        gtin=variant.gtin,
        compare_at=None if compare_at is None else Money(compare_at, variant.currency),
        stock=variant.stock,
        picture=places.get(variant.picture_id) if variant.picture_id else None,
    )


def _texts(texts: dict[str, Any]) -> dict[str, str]:
    return {str(language): str(text) for language, text in texts.items() if text}
