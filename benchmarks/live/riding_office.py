"""A back office whose couriers ride: the real server, and a thread that reports their fixes.

    KIOSK_DATABASE_URL=… python -m benchmarks.live.riding_office DATA COURIERS

Prints the orders' tokens as a JSON list, then runs the back office (which prints its own line).
Each line of standard input is the number of a courier: a fix of theirs is reported at once, as
their phone's would be. Its `seq` is the monotonic time in microseconds at which the line was read,
so that whoever sees the fix knows how old it is.
"""

import json
import sys
import threading
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

ROUTE = 200  # points


def riding(couriers: int) -> list[str]:
    """So many orders on their way; their tokens."""
    from kiosk.backoffice.catalogue.models import Category, Product, Variant
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
    way = [Point(48.86 + n * 1e-4, 2.34 + n * 1e-4) for n in range(ROUTE)]
    tokens = []
    for number in range(couriers):
        placed = place_order(
            OrderRequest.model_validate(_order(number)), f"key-of-ride-{number}", None, ""
        )
        order = Order.objects.get(pk=placed.order.pk)
        for step in (OrderStatus.PREPARING, OrderStatus.READY, OrderStatus.HANDED_OVER):
            order = advance_order(order, step)
        deliveries.set_route(order.delivery, way, [n * 3.0 for n in range(ROUTE)])
        tokens.append(order.token)
    return tokens


def _order(number: int) -> dict[str, object]:
    money = {"minor": 900, "currency": "EUR"}
    return {
        "intent_id": str(uuid.uuid4()), "placed_at": datetime.now(UTC).isoformat(),
        "language": "fr", "fulfilment": "courier", "seen_total": money,
        "lines": [{"variant_id": "v", "quantity": 1, "seen_unit": money}],
        "contact": {"name": "Ride", "phone": f"+3319900{number:04d}"},
        "address": {"line1": "3, rue du Pont", "postcode": "75000", "city": "Paris"},
    }  # fmt: skip


def report(tokens: list[str]) -> None:
    """A fix for every line, until there are no more lines; then a word of it."""
    from kiosk.backoffice.orders.deliveries import report_position
    from kiosk.backoffice.orders.models import Delivery
    from kiosk.shop.geo import Point

    rides = [Delivery.objects.get(order__token=token) for token in tokens]
    for done, line in enumerate(sys.stdin):
        number = int(line)
        step = (done // len(rides)) % ROUTE
        where = Point(48.86 + step * 1e-4, 2.34 + step * 1e-4)
        seq = time.monotonic_ns() // 1000
        report_position(rides[number], seq, datetime.now(UTC), where, 8.0, 5.0, 45.0)
        if done % 100 == 99:
            print(json.dumps({"reported": done + 1}), flush=True)


def main() -> None:
    data, couriers = Path(sys.argv[1]), int(sys.argv[2])
    from kiosk.backoffice.setup import prepare

    prepare(data)
    tokens = riding(couriers)
    print(json.dumps(tokens), flush=True)
    from kiosk.backoffice.serve import Options, serve

    threading.Thread(target=report, args=(tokens,), daemon=True).start()
    serve(Options(data=data, port=0, with_parent=True))


if __name__ == "__main__":
    main()
