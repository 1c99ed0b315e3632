"""Sealed orders: opened here, kept where they cannot be, and never turned away."""

import json
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from backoffice_data import Window, courier_body, make_product, make_shop, order_body
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from nacl.signing import SigningKey

from kiosk.backoffice.keyring import KeyRing
from kiosk.backoffice.orders.models import Order, ParkedOrder
from kiosk.backoffice.orders.parked import open_parked, read_parked
from kiosk.backoffice.orders.reopening import reopen_orders
from kiosk.backoffice.orders.retention import forget_parked
from kiosk.backoffice.platform.devices import add_device, revoke_device
from kiosk.backoffice.platform.models import Device, WindowInstance
from kiosk.contract import SIGNATURE_HEADER, Personal, SealingKey
from kiosk.contract.sealing import seal, sign

pytestmark = pytest.mark.usefixtures("database")


class Box:
    """A box that seals and signs as a window does."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.signing = SigningKey.generate()
        self.instance_id = str(uuid.uuid4())
        self.number = 0

    @property
    def shop_key(self) -> SealingKey:
        return SealingKey.model_validate(self.window.get("profile").json()["sealing_key"])

    def sealed(self, body: dict[str, Any], key: SealingKey | None = None) -> dict[str, Any]:
        body = dict(body)
        who = {name: body.pop(name) for name in ("contact", "address") if name in body}
        personal = Personal.model_validate({"intent_id": body["intent_id"], **who})
        self.number += 1
        return {
            **body,
            "sealed": seal(personal, key or self.shop_key).model_dump(),
            "instance_id": self.instance_id,
            "number": self.number,
        }

    def send(self, body: dict[str, Any], key: str | None = None, signature: str = "") -> Any:
        raw = json.dumps(body).encode()
        headers = {
            "Idempotency-Key": key or str(uuid.uuid4()),
            SIGNATURE_HEADER: signature or sign(raw, self.signing),
        }
        return self.window.post("orders", raw, **headers)


@pytest.fixture
def box() -> Box:
    make_shop()
    make_product("vase", price=4200, stock=5)
    return Box(Window())


def test_a_sealed_order_is_an_order_like_any_other(box: Box) -> None:
    answer = box.send(box.sealed(courier_body()))
    assert answer.status_code == 201 and answer.json()["status"] == "accepted", answer.content
    order = Order.objects.get()
    assert (order.name, order.phone, order.postcode) == ("Inès Canari", "+33199001234", "75001")
    assert order.sealed is None
    assert order.instance is not None and order.instance.last_number == 1


def test_sealed_anew_an_order_is_still_the_same(box: Box) -> None:
    body = courier_body()
    first = box.send(box.sealed(body), "key-of-this-order")
    again = box.send(box.sealed(body), "key-of-this-order")
    clear = box.window.order(body, "key-of-this-order")
    assert [a.status_code for a in (first, again, clear)] == [201, 200, 200]
    changed = courier_body()
    changed["intent_id"] = body["intent_id"]
    changed["contact"] = {**body["contact"], "phone": "+33199009999"}
    assert box.send(box.sealed(changed), "key-of-this-order").json()["code"] == "key_reused"
    assert Order.objects.get().phone == "+33199001234"


def test_what_no_key_opens_waits_for_staff_until_the_key_is_back(box: Box) -> None:
    ring, body = KeyRing(settings.DATA / "keys"), box.sealed(courier_body(postcode="69001"))
    copy = ring.backup("five words on a paper")
    lost = ring.current()
    assert lost is not None
    (settings.DATA / "keys" / f"{lost.id}.key").unlink()
    answer = box.send(body, "key-of-this-order")
    assert (answer.status_code, answer.json()["reasons"]) == (201, ["unreadable"])
    order = Order.objects.get()
    assert (order.name, order.phone) == ("", "") and order.sealed["key"] == lost.id
    assert reopen_orders() == 0
    assert [key.id for key in ring.restore(copy, "five words on a paper")] == [lost.id]
    assert reopen_orders() == 1
    order.refresh_from_db()
    assert (order.name, order.status, order.reasons) == (
        *("Inès Canari", "needs_review"),
        ["out_of_area"],
    )
    assert order.sealed is None
    assert box.send(body, "key-of-this-order").status_code == 200


def test_a_rotated_key_still_opens_what_is_under_way(box: Box) -> None:
    before = box.shop_key
    body = box.sealed(order_body(), before)
    fresh = KeyRing(settings.DATA / "keys").make()
    assert box.shop_key.id == fresh.id != before.id
    assert box.send(body).json()["status"] == "accepted"
    assert box.send(box.sealed(order_body())).json()["status"] == "accepted"


def test_a_box_of_another_order_is_not_believed(box: Box) -> None:
    one, other = box.sealed(order_body()), box.sealed(courier_body())
    one["sealed"] = other["sealed"]
    assert box.send(one).json()["reasons"] == ["unreadable"]


def test_a_courier_needs_an_address_in_the_box_too(box: Box) -> None:
    body = box.sealed(courier_body())
    collect = order_body()
    collect["intent_id"] = body["intent_id"]
    body["sealed"] = box.sealed(collect)["sealed"]
    assert box.send(body).json()["reasons"] == ["unreadable"]


@pytest.mark.parametrize(
    "signature", ["", "nonsense", "YWJj YWJj", "x" * 5000], ids=["none", "word", "short", "long"]
)
def test_what_nobody_vouches_for_waits_for_staff(box: Box, signature: str) -> None:
    raw = json.dumps(box.sealed(order_body())).encode()
    headers = {"Idempotency-Key": "key-of-this-order", SIGNATURE_HEADER: signature}
    answer = box.window.post("orders", raw, **headers)
    assert answer.json()["reasons"] == ["unsigned"]


def test_a_body_that_was_changed_on_the_disk_is_not_vouched_for(box: Box) -> None:
    body = box.sealed(order_body())
    signature = sign(json.dumps(body).encode(), box.signing)
    body["lines"][0]["quantity"] = 3
    body["seen_total"]["minor"] = 12600
    assert box.send(body, signature=signature).json()["reasons"] == ["unsigned"]


def test_another_key_cannot_speak_for_a_box(box: Box) -> None:
    assert box.send(box.sealed(order_body())).json()["status"] == "accepted"
    box.signing = SigningKey.generate()
    assert box.send(box.sealed(order_body())).json()["reasons"] == ["unsigned"]


def test_a_box_let_in_anew_keeps_its_name_and_its_orders(box: Box) -> None:
    held = box.sealed(order_body())
    assert box.send(box.sealed(order_body())).json()["status"] == "accepted"
    revoke_device(Device.objects.get())
    assert box.send(held).status_code == 401
    box.window = Window(add_device("the same box")[1])
    assert box.send(held).json()["status"] == "accepted"
    assert WindowInstance.objects.get().device.name == "the same box"


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.update(contact=order_body()["contact"]),
        lambda body: body.update(address=courier_body()["address"]),
        lambda body: body.pop("sealed"),
        lambda body: body["sealed"].update(box="A" * 9000),
        lambda body: body["sealed"].update(box="…"),
        lambda body: body["sealed"].update(key="../../etc/passwd"),
        lambda body: body.update(number=0),
        lambda body: body.update(number=True),
    ],
)
def test_a_body_that_is_no_order_is_refused(box: Box, change: Any) -> None:
    body = box.sealed(order_body())
    change(body)
    answer = box.send(body)
    assert answer.status_code == 422, answer.content
    assert "Canari" not in answer.content.decode()
    assert not Order.objects.exists()


def here(box: Box, **more: Any) -> dict[str, Any]:
    return {
        "instance_id": box.instance_id,
        "last_number": box.number,
        "waiting": 2,
        "free_bytes": 10**9,
        "takes_orders": True,
        **more,
    }


def test_a_box_says_how_it_is_and_hears_how_far_its_memory_went(box: Box) -> None:
    assert box.window.post("windows/here", here(box)).json() == {"last_number": 0}
    box.send(box.sealed(order_body()))
    box.number = 6
    box.send(box.sealed(order_body()))
    assert box.window.post("windows/here", here(box)).json() == {"last_number": 7}
    (instance,) = WindowInstance.objects.all()
    assert (instance.waiting, instance.takes_orders) == (2, True) and instance.heard_at


def test_a_boxs_name_is_its_own(box: Box) -> None:
    box.window.post("windows/here", here(box))
    other = Window(add_device("another")[1])
    answer = other.post("windows/here", here(box))
    assert answer.status_code == 409 and "take a new one" in answer.json()["detail"]
    revoke_device(Device.objects.get(name="window"))
    assert other.post("windows/here", here(box)).status_code == 200


def parked_by_a_window(body: dict[str, Any]) -> dict[str, Any]:
    """What a window tells of an order that it could not hand over."""
    return {
        "intent_id": body["intent_id"],
        "kept_at": body["placed_at"],
        "status": 500,
        "code": "internal",
        "attempts": 10,
        "order": json.dumps(body),
    }


def test_an_order_that_cannot_be_taken_reaches_the_staff_all_the_same(box: Box) -> None:
    body = box.sealed(courier_body())
    parked = parked_by_a_window(body)
    broken = {**parked, "intent_id": str(uuid.uuid4()), "order": "{"}
    for _ in range(2):
        answer = box.window.post("windows/here", here(box, parked=[parked, broken]))
        assert answer.status_code == 200, answer.content
    assert ParkedOrder.objects.count() == 2
    shown = {str(row.intent_id): read_parked(row) for row in open_parked()}
    buyer = shown[body["intent_id"]].buyer
    assert buyer and buyer.contact and buyer.contact.name == "Inès Canari"
    assert shown[broken["intent_id"]].buyer is None
    box.send(body)
    assert [str(row.intent_id) for row in open_parked()] == [broken["intent_id"]]


def test_what_staff_dealt_with_stays_so_however_often_a_window_tells_of_it(box: Box) -> None:
    body = box.sealed(courier_body())
    parked = parked_by_a_window(body)
    box.window.post("windows/here", here(box, parked=[parked]))
    settled = timezone.now() - timedelta(days=40)
    ParkedOrder.objects.update(resolved_at=settled)
    assert forget_parked(timezone.now() - timedelta(days=30)) == 1
    again = here(box, parked=[{**parked, "attempts": 90}])
    assert box.window.post("windows/here", again).status_code == 200
    row = ParkedOrder.objects.get()
    assert (row.body, row.attempts, row.resolved_at) == ("", 10, settled)
    assert open_parked() == []


def test_only_what_is_still_sealed_is_opened_again(box: Box) -> None:
    box.send(order_body())
    with CaptureQueriesContext(connection) as asked:
        assert reopen_orders() == 0
    assert len(asked) == 1, "an order that can be read is not looked at"


def test_keys_lie_beside_the_database_for_their_owner_only(box: Box) -> None:
    assert box.shop_key
    folder: Path = settings.DATA / "keys"
    assert folder.stat().st_mode & 0o077 == 0
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}
