"""A back office with couriers on their way: each has signed in, agreed and started.

    KIOSK_DATABASE_URL=… python -m benchmarks.live.riding_office DATA COURIERS

Prints the orders' tokens and the keys of the couriers' sessions as JSON, then runs the back office
(which prints its own line).
"""

import json
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.live.couriers import EVERY_S, ROUTE, START, STEP


def riding(couriers: int) -> dict[str, list[str]]:
    """So many orders on their way: tokens, and keys of who carries them."""
    from kiosk.backoffice.catalogue.models import Category, Product, Variant
    from kiosk.backoffice.courier import errands, passes
    from kiosk.backoffice.courier.models import Courier
    from kiosk.backoffice.orders import deliveries
    from kiosk.backoffice.orders.models import Order
    from kiosk.backoffice.orders.services import advance_order, place_order
    from kiosk.backoffice.platform.models import Shop
    from kiosk.contract import OrderRequest
    from kiosk.shop.geo import Point
    from kiosk.shop.order import OrderStatus

    Shop(
        shop_id="live", name="Lucarne", currency="EUR", country="FR", languages=["fr"],
        line1="14, rue de la Lucarne", postcode="75000", city="Paris", lat=48.86, lon=2.34,
        weekly=[["00:00-24:00"]] * 7, public_holidays=False, courier_fee_minor=0,
    ).save()  # fmt: skip
    category = Category.objects.create(id="c", title={"fr": "Grès"})
    product = Product.objects.create(id="p", handle="p", category=category, title={"fr": "Bol"})
    Variant.objects.create(id="v", product=product, sku="v", price_minor=900, currency="EUR")
    way = [Point(START[0] + n * STEP, START[1] + n * STEP) for n in range(ROUTE)]
    tokens, keys = [], []
    for number in range(couriers):
        placed = place_order(
            OrderRequest.model_validate(_order(number)), f"key-of-ride-{number}", None, ""
        )
        order = Order.objects.get(pk=placed.order.pk)
        for step in (OrderStatus.PREPARING, OrderStatus.READY):
            order = advance_order(order, step)
        courier = Courier.objects.create(name=f"Inès {number}", phone=f"+3319901{number:04d}")
        errand = errands.start(errands.assign(order, courier), consent=True)
        deliveries.set_route(errand.delivery, way, [n * EVERY_S for n in range(ROUTE)])
        tokens.append(order.token)
        keys.append(passes.redeem(passes.new_link(courier)[0]) or "")
    return {"tokens": tokens, "keys": keys}


def _order(number: int) -> dict[str, object]:
    money = {"minor": 900, "currency": "EUR"}
    return {
        "intent_id": str(uuid.uuid4()), "placed_at": datetime.now(UTC).isoformat(),
        "language": "fr", "fulfilment": "courier", "seen_total": money,
        "lines": [{"variant_id": "v", "quantity": 1, "seen_unit": money}],
        "contact": {"name": "Ride", "phone": f"+3319900{number:04d}"},
        "address": {"line1": "3, rue du Pont", "postcode": "75000", "city": "Paris"},
    }  # fmt: skip


def main() -> None:
    data, couriers = Path(sys.argv[1]), int(sys.argv[2])
    from kiosk.backoffice.setup import prepare

    prepare(data)
    print(json.dumps(riding(couriers)), flush=True)
    from kiosk.backoffice.serve import Options, serve

    serve(Options(data=data, port=0, with_parent=True))


if __name__ == "__main__":
    main()
