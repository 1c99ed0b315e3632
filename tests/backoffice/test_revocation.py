"""A window that is shut out hears and asks nothing more, whoever shut it out, and where."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from backoffice_data import (
    CONTRACT,
    Window,
    ask,
    courier_body,
    make_product,
    make_shop,
    order_body,
)
from conftest import Server
from django.test import Client

from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.devices import add_device, revoke_device, token_for
from kiosk.backoffice.platform.models import Device
from kiosk.backoffice.platform.waking import on_news
from kiosk.backoffice.stream.hub import LOOK_EVERY
from tests.promptly import in_time

pytestmark = pytest.mark.usefixtures("database")

# What is promised, and what a busy machine of ours may add to it.
WITHIN_S, SLACK_S = 1.0, 2.0


@pytest.fixture
def token() -> str:
    make_shop()
    make_product()
    return add_device("w")[1]


def stream(url: str, token: str) -> Iterator[bytes]:
    """The lines of a window's event stream, from its first event on."""
    headers = {**CONTRACT, "Authorization": f"Bearer {token}"}
    answer = requests.get(f"{url}/api/v1/events", headers=headers, stream=True, timeout=(5, 30))
    assert answer.status_code == 200
    lines: Iterator[bytes] = answer.iter_lines(chunk_size=1)
    for line in lines:
        if line.startswith(b"data: "):
            return lines
    raise AssertionError("no event came")


def revoked_at(name: str) -> float:
    """When the row of that window said so, in seconds since the epoch."""
    moment = Device.objects.get(name=name).revoked_at
    assert moment is not None
    return moment.timestamp()


def test_a_command_elsewhere_closes_the_stream_within_a_second(
    server: Server, token: str, database: Path
) -> None:
    others = stream(server.url, token)
    command = [sys.executable, "-m", "kiosk", "backoffice", "device", "revoke"]

    def takes() -> float:
        name = str(uuid4())
        mine = add_device(name)[1]
        lines = stream(server.url, mine)
        subprocess.run([*command, name, f"--data={database}"], check=True, capture_output=True)
        for _ in lines:  # until the server ends it
            pass
        took = time.time() - revoked_at(name)
        assert ask(server.url, "events/poll", mine).status_code == 401
        return took

    in_time(takes, WITHIN_S + SLACK_S)
    assert LOOK_EVERY < WITHIN_S  # what the slack could hide
    assert ask(server.url, "events/poll", token).status_code == 200
    assert next(others) is not None  # its heartbeat, or the blank line after its event


def test_all_doors_of_a_window_close(token: str) -> None:
    window = Window(token)
    placed = window.order(order_body()).json()
    revoke_device(Device.objects.get())
    for path in ("profile", "catalogue/changes", "pictures/x", "maps/x"):
        assert window.get(path).status_code == 401, path
    assert window.post("quotes", {}).status_code == 401
    assert window.order(order_body()).status_code == 401 and Order.objects.count() == 1
    # The buyer's own link is no window's: it goes on telling them of their order.
    assert window.get(f"orders/{placed['token']}").status_code == 200


def test_a_new_token_brings_a_window_back_with_its_orders(token: str) -> None:
    """What it kept while it was shut out is taken under the key that it was kept with."""
    body, key = order_body(), "key-for-ever"
    revoke_device(Device.objects.get())
    assert Window(token).order(body, key).status_code == 401
    fresh = token_for("w")
    assert Window(token).order(body, key).status_code == 401
    assert Window(fresh).order(body, key).status_code == 201


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "orders"),
        ("get", "orders/"),
        ("get", "orders?limit=1000"),
        ("get", "deliveries"),
        ("delete", "orders/{token}"),
        ("patch", "orders/{token}"),
        ("put", "orders/{token}"),
        ("post", "orders/{token}"),
        ("post", "deliveries/{token}"),
        ("get", "orders/{number}"),
        ("get", "orders/{id}"),
        ("post", "profile"),
        ("post", "catalogue/changes"),
    ],
)
def test_a_window_cannot_list_or_change_orders(token: str, method: str, path: str) -> None:
    window = Window(token)
    placed = window.order(courier_body()).json()
    row = Order.objects.get()
    known = {"token": placed["token"], "number": placed["number"], "id": row.pk}
    ask = getattr(Client(SERVER_NAME="localhost", raise_request_exception=False), method)
    answer = ask(f"/api/v1/{path.format(**known)}", headers=window.headers)
    assert answer.status_code in (404, 405)
    told = answer.content.decode()
    assert placed["token"] not in told and "Canari" not in told
    row.refresh_from_db()
    assert row.status == placed["status"]


def test_streams_look_at_once_when_a_token_is_renewed(token: str) -> None:
    looked: list[bool] = []
    stop = on_news(lambda: looked.append(True))
    token_for("w")
    stop()
    assert looked and Window(token).get("profile").status_code == 401


@pytest.mark.parametrize("path", ["", "orders/order/", "platform/device/", "platform/shop/"])
def test_a_windows_token_opens_no_page_of_the_staff(token: str, path: str) -> None:
    answer = Client(SERVER_NAME="localhost").get(f"/staff/{path}", headers=Window(token).headers)
    assert answer.status_code == 302 and "/login/" in answer["Location"]


def test_an_order_is_read_by_its_own_link_only(token: str) -> None:
    window = Window(token)
    mine = window.order(courier_body()).json()["token"]
    view = window.get(f"orders/{mine}").json()
    assert view["lines"] and "contact" not in view and "address" not in view
    other = mine[:-1] + ("A" if mine[-1] != "A" else "B")
    for guess in (mine[:-1], other, mine + "x", "%25", "*", mine[:8] + "%25"):
        assert window.get(f"orders/{guess}").status_code == 404
