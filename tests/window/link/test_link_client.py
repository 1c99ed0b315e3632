"""The client: every outage has its name, and no answer is believed unchecked."""

import threading
import time

import pytest
from conftest import FAST
from replica_data import order, picture_bytes, product, sha

from kiosk.contract import QuoteRequest
from kiosk.window.link import Away, BackOfficeClient, Incompatible, LinkError, Refused, Unauthorised
from kiosk.window.link import client as client_module
from tests.promptly import in_time


def test_what_is_asked_comes_back_as_messages(office, client):
    office.products = [product(1)]
    data = picture_bytes(1)
    office.pictures[sha(data)] = data
    assert client.hello().epoch == "e1"
    answer = client.profile()
    assert (answer.profile, answer.etag) == (office.profile, '"1"')
    assert client.profile('"1"') is None
    page = client.changes("", 10)
    assert (page.upserts, page.reset, page.more) == ([product(1)], True, False)
    assert client.picture(sha(data)) == data
    asked = order()
    assert client.place_order(asked, "k1").intent_id == asked.intent_id
    assert client.place_order(asked, "k1") == client.place_order(asked, "k1")
    quote = client.quote(QuoteRequest(lines=asked.lines, fulfilment=asked.fulfilment))
    assert quote.total.minor == 0


@pytest.mark.parametrize(
    "fault",
    ["reset before", "reset", "truncate", "truncate json", "garble", "500", "503", "hang"],
)
def test_an_outage_is_away_and_the_next_question_is_answered(office, hurried, fault):
    def takes():
        office.fault("/hello", fault)
        return seconds_until_away(hurried)

    in_time(takes, 1.5)
    assert hurried.hello().epoch == "e1"


def test_a_refused_connection_is_away_at_once(office, client):
    office.stop()
    in_time(lambda: seconds_until_away(client), 0.5)


def seconds_until_away(client):
    began = time.monotonic()
    with pytest.raises(Away):
        client.hello()
    return time.monotonic() - began


@pytest.mark.parametrize("fault", ["redirect", "portal"])
def test_what_stands_in_between_is_away_and_not_followed(office, client, fault):
    office.fault("/hello", fault)
    with pytest.raises(Away):
        client.hello()


def test_refusals_have_their_reasons(office, client):
    office.fault("/orders", "422")
    with pytest.raises(Refused) as refused:
        client.place_order(order(), "k")
    assert (refused.value.problem.code, refused.value.final) == ("invalid", True)
    office.fault("/orders", "429")
    with pytest.raises(Refused) as refused:
        client.place_order(order(), "k")
    assert not refused.value.final
    office.fault("/hello", "401")
    with pytest.raises(Unauthorised, match="enrol"):
        client.hello()


def test_a_couriers_photo_is_asked_for_at_the_back_office_alone(office, client, monkeypatch):
    office.photos["1:0:ab:c-d_e"] = b"a small JPEG"
    path = "/api/v1/courier-photos/1:0:ab:c-d_e"
    assert client.courier_photo(path) == b"a small JPEG"
    with pytest.raises(Refused):
        client.courier_photo(path.replace("ab", "cd"))
    asked = sum(office.asked.values())
    for elsewhere in (
        "",
        "https://elsewhere.example" + path,
        "//elsewhere.example" + path,
        "@elsewhere.example" + path,
        path + "/../../profile",
        path + "?size=9",
        "/api/v1/profile",
    ):
        with pytest.raises(Incompatible):
            client.courier_photo(elsewhere)
    assert sum(office.asked.values()) == asked
    office.fault("/courier-photos", "redirect")
    with pytest.raises(Away):
        client.courier_photo(path)
    monkeypatch.setattr(client_module, "MAX_PHOTO", 4)
    with pytest.raises(Incompatible, match="more than"):
        client.courier_photo(path)


def test_another_contract_is_incompatible(office, client):
    office.contract = "2"
    with pytest.raises(Incompatible, match="update the older"):
        client.profile()


def test_an_answer_of_another_shape_is_incompatible_and_quotes_nothing(office, client):
    office.profile = type("P", (), {"model_dump_json": lambda _: '{"version": "canary"}'})()
    with pytest.raises(Incompatible, match="ShopProfile") as wrong:
        client.profile()
    assert "canary" not in str(wrong.value)


def test_more_than_the_limit_is_not_read(office, client, monkeypatch):
    monkeypatch.setattr(client_module, "MAX_PICTURE", 1000)
    office.pictures["a" * 64] = b"x" * 200_000
    with pytest.raises(Incompatible, match="more than 1000 bytes"):
        client.picture("a" * 64)


@pytest.mark.parametrize("url", ["http://shop.example", "ftp://shop.example", "shop.example"])
def test_only_https_leaves_this_machine(url):
    with pytest.raises(ValueError, match="https"):
        BackOfficeClient(url, "secret")


def test_close_frees_a_thread_that_waits_for_an_answer(office):
    client = BackOfficeClient(office.url, "secret", type(FAST)(read_s=120.0))
    office.hang_s = 120.0
    office.fault("/hello", "hang")
    ended = []

    def ask():
        try:
            client.hello()
        except LinkError as error:
            ended.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.2)
    client.close()
    thread.join(30)  # and not the two minutes for which it would wait
    assert ended
    with pytest.raises(Away):
        client.hello()


def test_the_token_is_not_in_what_is_printed(tmp_path):
    from kiosk.window.link import LinkSettings

    assert "secret" not in repr(LinkSettings("https://shop.example", "secret", tmp_path))
