"""A courier with a phone, through Django's whole stack without a socket."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from django.test import Client

from kiosk.backoffice.courier import passes
from kiosk.backoffice.courier.errands import assign
from kiosk.backoffice.courier.models import Courier, Errand
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.shop.order import OrderStatus
from tests.backoffice.backoffice_data import CONTRACT, Window, courier_body

SHOP = (48.86, 2.34)


def make_courier(name: str = "Inès Duval", **more: Any) -> Courier:
    return Courier.objects.create(name=name, phone="+33199001515", **more)


def ready(window: Window, courier: Courier | None = None) -> Order:
    """A packed order by courier, given to `courier`."""
    order = Order.objects.get(number=window.order(courier_body()).json()["number"])
    for step in (OrderStatus.PREPARING, OrderStatus.READY):
        order = advance_order(order, step)
    if courier:
        assign(order, courier)
    return order


def fix(seq: int, at: datetime | None = None, **more: Any) -> dict[str, Any]:
    """One that a phone measured, at the shop unless told otherwise."""
    at = at or datetime.now(UTC)
    place = {"lat": SHOP[0], "lon": SHOP[1], "accuracy_m": 6.0}
    return {"seq": seq, "fix_time": at.isoformat(), **place, **more}


class Phone:
    """Signed in as `courier` by a link, unless `signed_in` is False."""

    def __init__(self, courier: Courier, *, signed_in: bool = True) -> None:
        self.courier = courier
        self._client = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
        if signed_in:
            link, _until = passes.new_link(courier)
            assert self.post(f"enter/{link}").status_code == 302

    def get(self, path: str = "") -> Any:
        return self._client.get(f"/c/{path}")

    def post(self, path: str, **data: Any) -> Any:
        return self._client.post(f"/c/{path}", data)

    def page(self) -> str:
        answer = self.get()
        assert answer.status_code == 200, answer.status_code
        return words(answer)

    @property
    def errand(self) -> Errand:
        return Errand.objects.filter(courier=self.courier).latest("pk")

    def press(self, what: str, **data: Any) -> Any:
        """A button of the latest errand."""
        return self.post(f"{self.errand.pk}/{what}", **data)

    def sends(self, *fixes: dict[str, Any], clock: timedelta = timedelta(), **headers: str) -> Any:
        """A batch; `clock` is how much the phone's is ahead."""
        body = {"sent_at": (datetime.now(UTC) + clock).isoformat(), "fixes": list(fixes)}
        return self._client.post(
            "/api/v1/courier/positions",
            json.dumps(body),
            content_type="application/json",
            headers={**CONTRACT, **headers},
        )


def words(answer: Any) -> str:
    html = answer.content.decode()
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10_000:04}"
