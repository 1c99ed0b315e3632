"""A delivery on its way, in a back office that runs: something for a camera to film."""

import json
import os
import subprocess
import sys
import threading
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.live.camera_rig import Ports


class RideToFilm:
    """A shop, an order and its ride; the camera is opened and the order handed over in its data."""

    def __init__(self, data: Path, ports: Ports) -> None:
        self.data, self.url = data, ""
        os.environ.update(ports.environment(), KIOSK_DATA=str(data), KIOSK_DATABASE_URL="")
        os.environ["DJANGO_SETTINGS_MODULE"] = "kiosk.backoffice.settings"

    def __enter__(self) -> "RideToFilm":
        from kiosk.backoffice.setup import prepare

        prepare(self.data)
        self._delivery = _on_the_way()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "backoffice", "run", "--with-parent", "--port=0",
             f"--data={self.data}"],
            stdout=subprocess.PIPE, stderr=(self.data / "log").open("wb"), text=True,
        )  # fmt: skip
        assert self._process.stdout is not None  # noqa: S101
        self.url = json.loads(self._process.stdout.readline())["url"]
        self._over = threading.Event()
        threading.Thread(target=self._ride, daemon=True).start()
        return self

    def _ride(self) -> None:
        """Where nobody knows how far the door is, no camera may run."""
        while not self._over.wait(5.0):
            _report(self._delivery.pk)

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._process.terminate()
        self._process.wait()

    def open_camera(self) -> str:
        from kiosk.backoffice.camera.services import open_camera

        return open_camera(self._delivery).url

    def _view(self) -> Any:
        from kiosk.backoffice.camera.showing import Viewer, camera_view

        self._delivery.refresh_from_db()
        return camera_view(self._delivery, Viewer.BUYER)

    def is_live(self) -> bool:
        return bool(self._view().state == "live")

    def watch_url(self) -> str:
        return str(self._view().urls[0].url)

    def deliver(self) -> None:
        self._over.set()
        from kiosk.backoffice.orders.deliveries import advance_delivery
        from kiosk.shop.delivery import DeliveryStatus

        advance_delivery(self._delivery, DeliveryStatus.DELIVERED)


def _report(delivery_id: int) -> None:
    from django.utils import timezone

    from kiosk.backoffice.orders.deliveries import report_position
    from kiosk.backoffice.orders.models import Delivery
    from kiosk.shop.geo import Point

    delivery = Delivery.objects.get(pk=delivery_id)
    report_position(
        delivery, delivery.position_seq + 1, timezone.now(), Point(48.865, 2.34), accuracy_m=8.0
    )


def _on_the_way() -> Any:
    from kiosk.backoffice.orders.deliveries import advance_delivery, create_delivery, set_route
    from kiosk.backoffice.orders.models import Order
    from kiosk.backoffice.platform.models import Shop
    from kiosk.shop.delivery import DeliveryStatus
    from kiosk.shop.geo import Point

    shop, door = Point(48.86, 2.34), Point(48.87, 2.34)
    Shop.objects.create(
        shop_id="lucarne", name="Lucarne", tagline={}, currency="EUR", country="FR",
        languages=["fr"], line1="14, rue de la Lucarne", postcode="75000", city="Paris",
        lat=shop.lat, lon=shop.lon, weekly=[["00:00-24:00"]] * 7, public_holidays=False,
    )  # fmt: skip
    order = Order.objects.create(
        number="BENCH-1", idempotency_key=uuid.uuid4().hex, body_sha256="", token=uuid.uuid4().hex,
        pickup_code="0000", status="handed_over", fulfilment="courier", language="fr",
        placed_at=datetime.now(UTC), name="-", phone="-", currency="EUR", subtotal_minor=0,
        total_minor=0, seen_total_minor=0,
    )  # fmt: skip
    delivery = set_route(create_delivery(order), [shop, door], [0.0, 300.0], door)
    delivery = advance_delivery(delivery, DeliveryStatus.ENROUTE_TO_DROPOFF)
    _report(delivery.pk)
    return delivery
