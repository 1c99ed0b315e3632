"""What of a basket is for sale."""

import json
from collections.abc import Sequence

from kiosk.backoffice.catalogue.models import Product, Variant
from kiosk.backoffice.platform.statements import one_of

_ON_SALE = (
    "SELECT v.id, v.product_id, v.sku, v.price_minor, v.currency, v.stock, v.options,"  # noqa: S608
    " p.title AS of_title, p.options AS of_options"
    f" FROM {Variant._meta.db_table} v JOIN {Product._meta.db_table} p ON p.id = v.product_id"
    " WHERE NOT p.hidden AND v.currency = %s AND v.price_minor <= %s AND v.id "
)


def variants_on_sale(ids: Sequence[str], currency: str, dearest: int) -> dict[str, Variant]:
    """Those of the variants that are shown and sold in `currency`, for at most `dearest` (minor
    units). What else there is of them and of their products is asked for where it is read.
    """
    found = {}
    for variant in Variant.objects.raw(_ON_SALE + one_of(ids), [currency, dearest, *ids]):
        title, options = (json.loads(getattr(variant, name)) for name in ("of_title", "of_options"))
        told = (variant.product_id, title, options)
        variant.product = Product.from_db(None, ("id", "title", "options"), told)
        found[variant.id] = variant
    return found
