"""Fills a new back office: a shop, 5,000 products of two variants each, and its windows.

    KIOSK_DATABASE_URL=… python -m benchmarks.orders.fill DATA WINDOWS

Prints the windows' tokens as a JSON list. A process of its own, as any other command is.
"""

import json
import sys
from pathlib import Path

PRODUCTS = 5_000
VARIANTS = 2  # of each product
STOCK = 1_000_000
CURRENCY = "EUR"


def variant_id(number: int) -> str:
    """The id of variant `number`, counted through all products."""
    return f"piece-{number // VARIANTS}-{number % VARIANTS}"


def price_of(number: int) -> int:
    """What it costs, in cents."""
    return 900 + 37 * (number % 200)


def fill(data: Path, windows: int) -> list[str]:
    from kiosk.backoffice.setup import prepare

    prepare(data)
    from kiosk.backoffice.catalogue.models import Category, Product, Variant
    from kiosk.backoffice.platform.devices import add_device
    from kiosk.backoffice.platform.models import Shop

    Shop(
        shop_id="load", name="Lucarne", currency=CURRENCY, country="FR", languages=["fr"],
        line1="14, rue de la Lucarne", postcode="75000", city="Paris", lat=48.86, lon=2.34,
        weekly=[["00:00-24:00"]] * 7, public_holidays=True, courier_fee_minor=590,
    ).save()  # fmt: skip
    shelf = Category.objects.create(id="all", title={"fr": "Tout"})
    products = [
        Product(id=f"piece-{n}", handle=f"piece-{n}", category=shelf, title={"fr": f"Pièce {n}"})
        for n in range(PRODUCTS)
    ]
    Product.objects.bulk_create(products, batch_size=500)
    Variant.objects.bulk_create(
        [
            Variant(
                id=variant_id(n), product=products[n // VARIANTS], sku=variant_id(n),
                price_minor=price_of(n), currency=CURRENCY, stock=STOCK,
            )
            for n in range(PRODUCTS * VARIANTS)
        ],
        batch_size=500,
    )  # fmt: skip
    return [add_device(f"window-{n}")[1] for n in range(windows)]


if __name__ == "__main__":
    json.dump(fill(Path(sys.argv[1]), int(sys.argv[2])), sys.stdout)
