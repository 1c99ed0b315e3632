"""The one place from which every saved change of the catalogue finds its way to the feed."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from kiosk.backoffice.catalogue.models import (
    Category,
    Lookbook,
    LookbookPiece,
    Picture,
    Product,
    ProductPicture,
    QuickPiece,
    RelatedPiece,
    Review,
    Variant,
)
from kiosk.backoffice.catalogue.services import publish_product, record_changes
from kiosk.backoffice.platform.models import Hero, Shop
from kiosk.backoffice.platform.shop import bump_profile, shop_currency
from kiosk.backoffice.platform.writing import hold_order

_Part = Variant | ProductPicture | Review | RelatedPiece
_PARTS = (Variant, ProductPicture, Review, RelatedPiece)


def connect() -> None:
    """Connect the receivers, once. Bulk writes send no signals: see services.record_changes."""
    for signal in (post_save, post_delete):
        signal.connect(_product_changed, Product, dispatch_uid="feed-product")
        signal.connect(_part_changed, Variant, dispatch_uid="feed-variant")
        signal.connect(_part_changed, ProductPicture, dispatch_uid="feed-product-picture")
        signal.connect(_part_changed, Review, dispatch_uid="feed-review")
        signal.connect(_part_changed, RelatedPiece, dispatch_uid="feed-related")
        for told in (Category, Lookbook, LookbookPiece, QuickPiece):
            signal.connect(_profile_changed, told, dispatch_uid=f"profile-{told.__name__}")
    for model in (*_PARTS, Product, Category, Lookbook, LookbookPiece, QuickPiece):
        pre_delete.connect(_wait_for_others, model, dispatch_uid=f"feed-wait-{model.__name__}")
    pre_delete.connect(_product_goes, Product, dispatch_uid="profile-product")
    post_save.connect(_picture_changed, Picture, dispatch_uid="feed-picture")
    pre_save.connect(_currency_changed, Shop, dispatch_uid="feed-currency")


def _wait_for_others(**_: Any) -> None:
    hold_order()


def _product_goes(instance: Product, **_: Any) -> None:
    """A poster that opened it opens nothing any more, a plan that showed it shows it no more."""
    if instance.heroes.exists() or instance.windows.exists():
        bump_profile()


def _product_changed(instance: Product, **_: Any) -> None:
    publish_product(instance.id)


def _part_changed(instance: _Part, **_: Any) -> None:
    publish_product(instance.product_id)


def _profile_changed(**_: Any) -> None:
    bump_profile()


def _picture_changed(instance: Picture, created: bool, **_: Any) -> None:
    if created:
        return
    record_changes(instance.uses.values_list("product_id", flat=True))
    posters = Hero.objects.filter(picture=instance)
    if posters.exists() or Lookbook.objects.filter(picture=instance).exists():
        bump_profile()


def _currency_changed(instance: Shop, **_: Any) -> None:
    """What can be sold depends on the shop's currency: windows look at everything again."""
    if instance.currency != shop_currency():
        record_changes(Product.objects.values_list("id", flat=True))
