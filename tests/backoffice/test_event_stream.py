"""The event stream: ids survive restarts, nobody hears another's news, nothing holds the end."""

import json
import queue
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import requests
from backoffice_data import CONTRACT, Window, ask, make_product, make_shop, order_body, send_order
from conftest import Server
from django.contrib.auth.models import User

from kiosk.backoffice.access.team import give_role
from kiosk.backoffice.catalogue.models import Product
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import advance_order, place_order
from kiosk.backoffice.platform.devices import add_device, revoke_device
from kiosk.backoffice.platform.epoch import HighWater, epoch, new_epoch
from kiosk.backoffice.platform.events import emit, emit_now
from kiosk.backoffice.platform.models import Device, StreamEvent
from kiosk.backoffice.platform.signin import make_signin_link
from kiosk.backoffice.roles import Role
from kiosk.contract import EventKind, OrderRequest
from kiosk.shop.order import OrderStatus
from tests.promptly import in_time

pytestmark = pytest.mark.usefixtures("database")


class Listener:
    """An open stream; `next()` gives the next event."""

    def __init__(self, url: str, path: str = "events", **headers: str) -> None:
        answer = requests.get(
            f"{url}/api/v1/{path}", headers={**CONTRACT, **headers}, stream=True, timeout=(5, 30)
        )
        assert answer.status_code == 200, answer.text
        self._answer = answer
        self._events: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            for line in self._answer.iter_lines(chunk_size=1):
                if line.startswith(b"data: "):
                    self._events.put(json.loads(line[6:]))
        except (requests.RequestException, AttributeError, ValueError):
            pass
        self._events.put(None)

    def next(self, seconds: float = 30) -> dict[str, Any] | None:
        return self._events.get(timeout=seconds)

    def starts_afresh(self) -> bool:
        """The first event says: fetch everything."""
        return self.hears("reset")

    def hears(self, kind: str) -> bool:
        """Whether the next event is of that kind."""
        event = self.next()
        return event is not None and event["kind"] == kind

    def kinds(self, seconds: float = 0.8) -> list[str]:
        """Everything that comes until it is quiet for so long."""
        found = []
        try:
            while True:
                event = self.next(seconds)
                if event is None:
                    return [*found, "end"]
                found.append(event["kind"])
        except queue.Empty:
            return found


@pytest.fixture
def token() -> str:
    make_shop()
    make_product()
    return add_device("w")[1]


def listen(url: str, token: str, last_id: str = "") -> Listener:
    """Its reader ends with the server."""
    headers = {"Authorization": f"Bearer {token}"}
    return Listener(url, **headers, **({"Last-Event-ID": last_id} if last_id else {}))


def test_news_comes_at_once_also_from_other_processes(
    token: str,
    server: Server,
) -> None:
    listener = listen(server.url, token)
    first = listener.next()
    assert first and first["kind"] == "reset"
    Product.objects.get().save()
    event = listener.next()
    assert event and event["kind"] == "catalogue" and event["version"] > 0

    def takes() -> float:
        start = time.monotonic()
        receipt = send_order(server.url, token, order_body(), str(uuid4())).json()
        kinds = [listener.next(), listener.next()]
        took = time.monotonic() - start
        assert {k["kind"] for k in kinds if k} == {"catalogue", "order"}
        assert receipt["token"] in {k["ref"] for k in kinds if k}
        return took

    in_time(takes, 0.9)


def test_a_stream_resumes_across_a_restart_of_the_server(
    token: str,
    serve: Callable[..., Server],
) -> None:
    first = serve()
    listener = listen(first.url, token)
    last = listener.next()
    assert last
    first.stop()
    assert listener.next() is None
    Product.objects.get().save()
    send = serve()
    resumed = listen(send.url, token, last["id"])
    event = resumed.next()
    assert event and event["kind"] == "catalogue"
    assert event["id"].rpartition("-")[0] == last["id"].rpartition("-")[0]
    assert resumed.kinds() == []
    assert listen(send.url, token, event["id"]).kinds() == []


@pytest.mark.parametrize("last_id", ["x", "000000000000-1", "-", "1" * 60])
def test_an_unknown_id_says_fetch_everything(token: str, server: Server, last_id: str) -> None:
    assert listen(server.url, token, last_id).starts_afresh()


def test_an_id_that_was_trimmed_says_fetch_everything(
    token: str,
    serve: Callable[..., Server],
) -> None:
    from kiosk.backoffice.platform.models import StreamEvent

    for _ in range(5):
        emit(EventKind.PROFILE)
    StreamEvent.objects.filter(seq__lte=4).delete()
    server = serve()
    assert listen(server.url, token, f"{epoch()}-1").starts_afresh()
    known = listen(server.url, token, f"{epoch()}-4").next()
    assert known and known["kind"] == "profile"


def test_many_changes_of_one_thing_are_one_hint(
    token: str,
    server: Server,
) -> None:
    last = f"{epoch()}-0"
    for _ in range(20):
        Product.objects.get().save()
    kinds = listen(server.url, token, last).kinds(1.5)
    assert kinds.count("catalogue") <= 2


def test_a_window_hears_only_its_own_orders(
    token: str,
    server: Server,
) -> None:
    other = listen(server.url, add_device("other")[1])
    assert other.starts_afresh()
    send_order(server.url, token, order_body(), "key-of-this-order")
    assert other.hears("catalogue")
    assert other.kinds(1.5) == []


def test_a_buyer_hears_one_order_by_its_token(token: str, server: Server) -> None:
    mine = send_order(server.url, token, order_body(), "key-of-this-order").json()
    listener = Listener(server.url, f"orders/{mine['token']}/events")
    assert listener.starts_afresh()
    send_order(server.url, token, order_body(), "key-of-another")
    advance_order(Order.objects.get(number=mine["number"]), OrderStatus.PREPARING)
    heard = [listener.next()]
    while heard[-1] and heard[-1]["version"] < 2:
        heard.append(listener.next())
    assert {(e["kind"], e["ref"]) for e in heard if e} == {("order", mine["token"])}
    assert listener.kinds(1.2) == []


def test_a_new_epoch_is_told_on_open_streams(
    token: str,
    server: Server,
) -> None:
    listener = listen(server.url, token)
    listener.next()
    fresh = new_epoch()
    event = listener.next()
    assert event and event["kind"] == "reset" and event["id"].startswith(fresh)


def test_a_revoked_window_is_cut_off(
    token: str,
    server: Server,
) -> None:
    listener = listen(server.url, token)
    listener.next()
    revoke_device(Device.objects.get(name="w"))
    assert listener.next() is None
    assert ask(server.url, "events", token).status_code == 401


def test_a_revoked_window_hears_nothing_by_long_poll_either(token: str, server: Server) -> None:
    last = ask(server.url, "events/poll", token).json()["last_id"]
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(ask, server.url, f"events/poll?after={last}&wait=20", token)
        time.sleep(0.3)
        revoke_device(Device.objects.get(name="w"))
        emit(EventKind.PROFILE)
        answer = waiting.result()
    assert answer.status_code == 401 and "PROFILE" not in answer.text


def test_whom_staff_revoke_is_cut_off_within_a_second(token: str, server: Server) -> None:
    session = requests.Session()
    user = User.objects.create_user("ines")
    give_role(user, Role.MANAGER)
    session.get(server.url + make_signin_link(user), timeout=10)
    page = f"{server.url}/staff/platform/device/"
    csrf = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', session.get(page).text)
    assert csrf
    form = {"action": "revoke", "index": "0", "csrfmiddlewaretoken": csrf[1]}

    def takes() -> float:
        device, secret = add_device(str(uuid4()))
        listener = listen(server.url, secret)
        assert listener.starts_afresh()
        session.post(page, form | {"_selected_action": device.pk}, allow_redirects=False)
        start = time.monotonic()
        assert listener.next() is None
        return time.monotonic() - start

    in_time(takes, 1)


def test_an_order_from_no_window_is_news_to_no_window(token: str, server: Server) -> None:
    listener = listen(server.url, token)
    assert listener.starts_afresh()
    place_order(OrderRequest.model_validate(order_body()), "from-no-window", None, "")
    assert listener.hears("catalogue")
    assert listener.kinds(1.5) == []


@pytest.mark.parametrize("path", ["events", "events/poll", "orders/unknown/events"])
def test_streams_refuse_like_all_other_doors(server: Server, path: str) -> None:
    answer = ask(server.url, path, "wrong")
    assert answer.status_code in (401, 404)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Kiosk-Contract"] == "1"
    headers = {"Kiosk-Contract": "7"}
    assert ask(server.url, path, "wrong", headers=headers).json()["code"] == "unknown_contract"


def test_the_long_poll_waits_and_answers_at_once(token: str, server: Server) -> None:
    first = ask(server.url, "events/poll", token).json()
    assert first["reset"] and first["events"] == []
    path = f"events/poll?after={first['last_id']}&wait="

    def waits() -> float:
        start = time.monotonic()
        assert ask(server.url, path + "0.3", token).json()["events"] == []
        took = time.monotonic() - start
        assert took > 0.25
        return took

    in_time(waits, 1.5)

    def takes() -> float:
        last = ask(server.url, "events/poll", token).json()["last_id"]
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(ask, server.url, f"events/poll?after={last}&wait=20", token)
            time.sleep(0.2)
            send_order(server.url, token, order_body(), str(uuid4()))
            start = time.monotonic()
            batch = waiting.result().json()
            took = time.monotonic() - start
        assert not batch["reset"] and batch["events"]
        assert batch["last_id"] == batch["events"][-1]["id"]
        return took

    in_time(takes, 1)


def test_open_streams_do_not_hold_the_end(
    token: str,
    server: Server,
) -> None:
    listeners = [listen(server.url, token) for _ in range(20)]
    with ThreadPoolExecutor(1) as pool:
        last = ask(server.url, "events/poll", token).json()["last_id"]
        pool.submit(ask, server.url, f"events/poll?after={last}&wait=20", token)
        time.sleep(0.3)
        start = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - start < 10  # DRAIN_S at most, and not the poll's twenty seconds
    assert all("end" in x.kinds(30) for x in listeners)


def test_an_older_database_begins_a_new_epoch(database: Any) -> None:
    Window()
    high_water = HighWater(database)
    (database / "high-water.json").unlink(missing_ok=True)
    for _ in range(3):
        last = emit_now(EventKind.PROFILE)
    assert not high_water.check()
    before = epoch()
    assert not high_water.check()
    StreamEvent.objects.filter(seq=last).delete()
    assert high_water.check() and epoch() != before
    assert not high_water.check()
