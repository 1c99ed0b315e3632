"""A stream ends within a second of its reason, whatever the server's clock says."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import requests
from backoffice_data import CONTRACT, ask, courier_body, make_product, make_shop, send_order
from conftest import Server

from kiosk.backoffice.orders.deliveries import advance_delivery
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.orders.views import order_version
from kiosk.backoffice.platform.devices import add_device, revoke_device, token_for
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.order import OrderStatus
from tests.faults.bench.window import faketime
from tests.promptly import in_time

pytestmark = pytest.mark.usefixtures("database")

# What is promised, and what a busy machine of ours may add to it.
WITHIN_S, SLACK_S = 1.0, 2.0


@pytest.fixture(params=["running", "frozen"])
def clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the wall clock of servers goes that start from now on."""
    if request.param == "frozen":
        for name, value in faketime("2026-06-02 10:30:00").items():
            monkeypatch.setenv(name, value)
    return str(request.param)


class Stream:
    """An open stream: the data of what came, until the server ends it."""

    def __init__(self, url: str, path: str, token: str = "") -> None:
        headers = {**CONTRACT, "Authorization": f"Bearer {token}"}
        self._answer = requests.get(
            f"{url}/api/v1/{path}", headers=headers, stream=True, timeout=(5, 30)
        )
        assert self._answer.status_code == 200
        self._lines = self._answer.iter_lines(chunk_size=1)
        while not next(self._lines).startswith(b"data: "):
            pass

    def rest(self) -> list[bytes]:
        """What still comes before the end."""
        return [line for line in self._lines if line.startswith(b"data: ")]


def on_its_way(url: str, token: str) -> Delivery:
    placed = send_order(url, token, courier_body(), str(uuid4())).json()
    order = Order.objects.get(token=placed["token"])
    for step in (OrderStatus.PREPARING, OrderStatus.READY, OrderStatus.HANDED_OVER):
        order = advance_order(order, step)
    return Delivery.objects.get(order=order)


def ended(stream: Stream, deed: Callable[[], object]) -> tuple[float, list[bytes]]:
    """How long after a deed the stream ended, and what came before its end."""
    with ThreadPoolExecutor(1) as pool:
        rest = pool.submit(stream.rest)
        deed()
        start = time.monotonic()
        found = rest.result(60)
    return time.monotonic() - start, found


def test_of_a_delivered_order_a_revoked_and_a_renewed_token(
    clock: str, serve: Callable[..., Server]
) -> None:
    make_shop()
    make_product()
    url = serve().url

    def delivered() -> float:
        delivery = on_its_way(url, add_device(str(uuid4()))[1])
        path = f"orders/{delivery.order.token}/events"
        buyers = Stream(url, path)
        took, told = ended(buyers, lambda: advance_delivery(delivery, DeliveryStatus.DELIVERED))
        assert any(b'"delivery"' in line for line in told)
        assert any(b'"order"' in line for line in told)
        # Neither a browser nor a poll need come again.
        for door in (path, f"{path}/poll?wait=20"):
            again = ask(url, door, "")
            assert (again.status_code, again.content) == (204, b"")
        return took

    def revoked() -> float:
        device, token = add_device(str(uuid4()))
        took, _ = ended(Stream(url, "events", token), lambda: revoke_device(device))
        assert ask(url, "events", token).status_code == 401
        return took

    def renewed() -> float:
        device, token = add_device(str(uuid4()))
        took, _ = ended(Stream(url, "events", token), lambda: token_for(device.name))
        assert ask(url, "events", token).status_code == 401
        return took

    for takes in (delivered, revoked, renewed):
        in_time(takes, WITHIN_S + SLACK_S)


def test_a_buyer_may_poll_where_streams_do_not_come_through(server: Server) -> None:
    make_shop()
    make_product()
    delivery = on_its_way(server.url, add_device("w")[1])
    path = f"orders/{delivery.order.token}/events/poll"
    first = ask(server.url, path, "").json()
    assert first["reset"]
    advance_delivery(delivery, DeliveryStatus.ENROUTE_TO_DROPOFF)
    after, versions = first["last_id"], [0]
    while versions[-1] < order_version(Order.objects.get()):
        told = ask(server.url, f"{path}?after={after}&wait=20", "").json()
        assert told["events"] and not told["reset"]
        assert {event["kind"] for event in told["events"]} <= {"order", "delivery"}
        after = told["last_id"]
        versions += [event["version"] for event in told["events"]]
    assert ask(server.url, path.replace(delivery.order.token, "x" * 32), "").status_code == 404
