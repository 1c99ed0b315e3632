"""Windows whose network fails in the middle hold nobody else up."""

import io
import json
import re
import socket
import time

import pytest
import requests
from backoffice_data import CONTRACT, ask, make_product, make_shop
from conftest import Server
from django.contrib.auth.models import User
from PIL import Image

from kiosk.backoffice.access.team import give_role
from kiosk.backoffice.catalogue.models import Product
from kiosk.backoffice.platform.devices import add_device
from kiosk.backoffice.platform.signin import make_signin_link
from kiosk.backoffice.roles import Role
from tests.promptly import in_time

pytestmark = pytest.mark.usefixtures("database")


def half_a_request(url: str, head: str) -> socket.socket:
    host, _, port = url.removeprefix("http://").partition(":")
    connection = socket.create_connection((host, int(port)), 5)
    connection.sendall(head.encode())
    return connection


def hello(url: str) -> float:
    """How long the shop takes to answer that it is there."""
    start = time.monotonic()
    assert requests.get(f"{url}/api/v1/hello", headers=CONTRACT, timeout=30).ok
    return time.monotonic() - start


def test_half_sent_orders_hold_no_thread(server: Server) -> None:
    token = add_device("w")[1]
    head = (
        f"POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\nKiosk-Contract: 1\r\n"
        f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        "Content-Length: 500\r\n\r\n{"
    )
    waiting = [half_a_request(server.url, head) for _ in range(30)]
    time.sleep(0.3)
    in_time(lambda: hello(server.url), 2)
    assert server.stop() == 0
    for connection in waiting:
        connection.close()


def test_half_sent_forms_hold_no_thread(server: Server) -> None:
    head = (
        "POST /staff/login/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken=" + "a" * 32 + "\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nx"
    )
    waiting = [half_a_request(server.url, head) for _ in range(30)]
    time.sleep(0.3)
    in_time(lambda: hello(server.url), 2)
    for connection in waiting:
        connection.close()


def test_only_who_is_signed_in_may_send_much(server: Server) -> None:
    make_shop()
    user = User.objects.create_user("ines")
    give_role(user, Role.MANAGER)
    session = requests.Session()
    session.get(server.url + make_signin_link(user), timeout=10)
    page = f"{server.url}/staff/catalogue/product/add/"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', session.get(page).text)
    assert token
    out = io.BytesIO()
    Image.effect_noise((900, 900), 90).save(out, "PNG")
    form = {
        "csrfmiddlewaretoken": token[1],
        "title_fr": "Bol",
        "variants-TOTAL_FORMS": "0",
        "variants-INITIAL_FORMS": "0",
        "pictures-TOTAL_FORMS": "0",
        "pictures-INITIAL_FORMS": "0",
        "beside-TOTAL_FORMS": "0",
        "beside-INITIAL_FORMS": "0",
    }
    photos = [("photos", (f"{n}.png", out.getvalue(), "image/png")) for n in range(4)]
    assert len(out.getvalue()) > 500_000
    answer = session.post(page, form, files=photos, timeout=30)
    assert answer.status_code == 200
    assert Product.objects.get().pictures.count() == 4
    session.cookies.set("sessionid", "forged")
    refused = session.post(page, form | {"title_fr": "x" * 70_000}, timeout=30, stream=True)
    assert refused.status_code == 413


def test_answers_that_nobody_reads_hold_no_thread(server: Server) -> None:
    make_shop()
    for n in range(60):
        product = make_product(f"p{n}")
        product.story = {"fr": "x" * 20_000}
        product.save()
    token = add_device("w")[1]
    head = (
        f"GET /api/v1/catalogue/changes HTTP/1.1\r\nHost: localhost\r\nKiosk-Contract: 1\r\n"
        f"Authorization: Bearer {token}\r\n\r\n"
    )
    waiting = [half_a_request(server.url, head) for _ in range(30)]
    time.sleep(2)
    assert ask(server.url, "profile", token).status_code == 200
    for connection in waiting:
        connection.close()


@pytest.mark.parametrize("chunked", [False, True])
def test_an_endless_body_is_refused_early(server: Server, chunked: bool) -> None:
    make_shop()
    token = add_device("w")[1]
    headers = {**CONTRACT, "Authorization": f"Bearer {token}", "Idempotency-Key": "12345678"}
    headers["Content-Type"] = "application/json"
    junk = json.dumps({"a": "x" * 100_000}).encode()
    body = iter([junk] * 3) if chunked else junk
    url = f"{server.url}/api/v1/orders"
    answer = requests.post(url, data=body, headers=headers, timeout=10)
    assert answer.status_code == 413 and answer.json()["code"] == "too_large"
