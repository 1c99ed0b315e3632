"""The link against the back office itself: what both sides understand by the contract."""

import json
import re
import signal
import subprocess
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import requests
import zxingcpp
from conftest import eventually
from replica_data import summary

from kiosk.contract import (
    CodeShown,
    ContactGiven,
    EventKind,
    FollowedOrder,
    LookupAsked,
    MoneyClaim,
    OrderLine,
    OrderRequest,
    QuoteRequest,
)
from kiosk.contract.showing import secret_of
from kiosk.shop.promise import Fulfilment
from kiosk.shop.selection import EVERYTHING
from kiosk.window.link import (
    BackOfficeClient,
    CatalogueChanged,
    Offline,
    OrderAnswered,
    OrderChanged,
    OrderGone,
    PictureReady,
    Refused,
    Unauthorised,
)

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """{"url", "device_token", …} of a running demonstration; it ends with the tests."""
    if not (ROOT / "catalog" / "products.csv").exists():
        pytest.skip("needs the demonstration's catalogue")
    data = tmp_path_factory.mktemp("office")
    told = subprocess.Popen(
        [
            *(sys.executable, "-m", "kiosk", "backoffice", "run", "--demo", "--port", "0"),
            *("--data", data, "--catalogue", ROOT / "catalog"),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    ready = told.stdout.readline()
    if not ready:
        pytest.fail("the back office did not start")
    yield json.loads(ready) | {"data": str(data)}
    told.send_signal(signal.SIGTERM)
    told.wait(30)


@pytest.fixture
def office():
    """No double here."""


@pytest.fixture
def real_link(real, new_link):
    def make(**settings):
        return new_link(base_url=real["url"], token=real["device_token"], **settings)

    return make


def order_of(product, seen=None):
    variant = next(v for v in product.variants if v.available)
    price = variant.price
    seen = seen or price.minor
    return OrderRequest(
        intent_id=uuid.uuid4(),
        placed_at=datetime.now(UTC),
        language="fr",
        lines=[
            OrderLine(
                variant_id=variant.id,
                quantity=1,
                seen_unit=MoneyClaim(minor=seen, currency=price.currency),
            )
        ],
        fulfilment=Fulfilment.COLLECT,
        contact=ContactGiven(name="Canari Jaune", phone="+33199001234"),
        seen_total=MoneyClaim(minor=seen, currency=price.currency),
    )


def test_a_window_fetches_the_shop_orders_and_follows(real_link, news):
    link = real_link()
    news.until(CatalogueChanged)
    profile = link.catalogue.profile()
    assert profile.demo
    shelves = link.catalogue.categories()
    assert sum(shelf.count for shelf in shelves) == link.catalogue.count() > 0
    card = next(c for c in link.catalogue.page(EVERYTHING, None, 50).rows if c.available)
    product = link.catalogue.product(card.product_id)
    asked = order_of(product)
    quote = link.quote(QuoteRequest(lines=asked.lines, fulfilment=asked.fulfilment))
    assert quote.total.minor == asked.seen_total.minor
    link.place(asked, summary())
    (answered,) = news.until(OrderAnswered)
    assert (answered.intent_id, answered.receipt.total) == (asked.intent_id, quote.total)
    link.follow(answered.receipt.token)
    (changed,) = news.until(OrderChanged)
    assert changed.view.number == answered.receipt.number
    assert link.catalogue.note("event_id")


def test_an_order_is_found_again_by_its_number_and_code(real_link, news):
    link = real_link()
    news.until(CatalogueChanged)
    product = link.catalogue.product(link.catalogue.page(EVERYTHING, None, 1).rows[0].product_id)
    link.place(order_of(product), summary())
    receipt = news.until(OrderAnswered)[-1].receipt
    wrong = f"{(int(receipt.pickup_code) + 1) % 10_000:04}"
    with pytest.raises(Refused) as refused:
        link.look_up(LookupAsked(number=receipt.number, code=wrong))
    assert refused.value.problem.status == 404
    found = link.look_up(LookupAsked(number=receipt.number.lower(), code=receipt.pickup_code))
    assert found.order.number == receipt.number
    link.follow_ticket(found.ticket)
    changed = news.until(OrderChanged)[-1]
    assert (changed.token, changed.view.number) == (found.ticket, receipt.number)
    assert type(changed.view) is FollowedOrder
    link.follow_ticket("another-window-s")
    assert news.until(OrderGone) == [OrderGone("another-window-s")]


def test_an_order_is_found_again_by_a_code_that_its_phone_shows(real_link, news):
    link = real_link(reads_codes=True)
    news.until(CatalogueChanged)
    product = link.catalogue.product(link.catalogue.page(EVERYTHING, None, 1).rows[0].product_id)
    link.place(order_of(product), summary())
    receipt = news.until(OrderAnswered)[-1].receipt

    def offered():
        page = requests.get(receipt.page_url, timeout=30).text
        return f"/o/{receipt.token}/show" in page

    eventually(offered)  # once the window has said that it has a camera
    page = requests.post(f"{receipt.page_url}/show", timeout=30)
    secret = secret_of(read_off(page.text))
    found = link.look_up(CodeShown(secret=secret))
    assert found.order.number == receipt.number
    with pytest.raises(Refused) as photographed:
        link.look_up(CodeShown(secret=secret))
    assert photographed.value.problem.status == 404
    link.follow_ticket(found.ticket)
    assert news.until(OrderChanged)[-1].token == found.ticket


def read_off(page):
    """What a reader makes of the code on a page."""
    at = re.findall(r"M(\d+) (\d+)h1v1h-1z", page)
    drawn = np.full((33, 33), 255, np.uint8)
    for x, y in at:
        drawn[int(y), int(x)] = 0
    (code,) = zxingcpp.read_barcodes(drawn.repeat(5, 0).repeat(5, 1))
    return code.text


def test_pictures_come_and_are_what_they_say(real_link, news):
    link = real_link()
    news.until(PictureReady)
    for ready in news.of(PictureReady):
        assert link.picture(ready.sha256).read_bytes()


def test_the_same_key_gives_the_same_receipt_and_another_body_is_refused(real, real_link, news):
    link = real_link()
    news.until(CatalogueChanged)
    product = link.catalogue.product(link.catalogue.page(EVERYTHING, None, 1).rows[0].product_id)
    client = BackOfficeClient(real["url"], real["device_token"])
    asked = order_of(product)
    first = client.place_order(asked, "key-for-ever")
    assert client.place_order(asked, "key-for-ever") == first
    assert client.order(first.token).number == first.number
    with pytest.raises(Refused) as refused:
        client.place_order(order_of(product, seen=1), "key-for-ever")
    assert (refused.value.problem.code, refused.value.final) == ("key_reused", True)
    with pytest.raises(Refused):
        client.picture("0" * 64)
    client.close()


def test_an_unknown_window_is_told_to_enrol(real):
    client = BackOfficeClient(real["url"], "wrong")
    assert client.hello().epoch
    with pytest.raises(Unauthorised):
        client.profile()
    client.close()


def test_the_stream_and_the_poll_tell_the_same(real):
    client = BackOfficeClient(real["url"], real["device_token"])
    batch = client.poll("", 0.1)
    assert batch.reset
    assert not client.poll(batch.last_id, 0.1).reset
    with client.events("") as chunks:
        got = b""
        while EventKind.RESET not in got.decode():
            got += next(chunks)
    client.close()


def test_the_second_sync_asks_for_nothing_twice(real_link, news):
    link = real_link()
    news.until(CatalogueChanged)
    cursor = link.catalogue.cursor
    eventually(lambda: link.catalogue.note("event_id"))
    assert link.catalogue.cursor == cursor
    assert link.catalogue.epoch == link.catalogue.note("server_epoch")


def device(real, *deed):
    command = [sys.executable, "-m", "kiosk", "backoffice", "device", *deed, "--data", real["data"]]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_a_window_let_in_anew_sends_what_it_kept_while_it_was_shut_out(real, new_link, news):
    told = {"base_url": real["url"], "token": device(real, "add", "rue des arts").strip()}
    link = new_link(**told)
    news.until(CatalogueChanged)
    card = next(c for c in link.catalogue.page(EVERYTHING, None, 50).rows if c.available)
    asked = order_of(link.catalogue.product(card.product_id))
    device(real, "revoke", "rue des arts")
    kept = link.place(asked, summary())
    news.until(Offline)
    assert link.outbox.waiting() == [kept]
    link.stop()
    told["token"] = device(real, "add", "rue des arts, anew").strip()
    again = new_link(**told)
    (answered,) = news.until(OrderAnswered)
    assert answered.intent_id == asked.intent_id
    assert answered.receipt.status == "accepted"
    assert again.outbox.waiting_count() == 0
