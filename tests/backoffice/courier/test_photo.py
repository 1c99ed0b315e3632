"""The courier's own photo: who puts it in, who sees it, and that nobody does a moment longer."""

import io
import logging
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kiosk.backoffice.courier.drawn import NAME, portrait
from kiosk.backoffice.courier.models import Courier
from kiosk.backoffice.courier.proof import PHOTO_BYTES
from kiosk.backoffice.logs import DiscreetFormatter
from kiosk.backoffice.orders import deliveries
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.roles import Role
from kiosk.backoffice.staff.couriers import CourierForm
from kiosk.contract import EventKind
from kiosk.shop.delivery import DeliveryStatus
from tests.backoffice.backoffice_data import Window
from tests.backoffice.courier.rider import Phone, fix, make_courier, ready, words
from tests.backoffice.staff.browser import Colleague

pytestmark = pytest.mark.usefixtures("database")


def jpeg(colour: tuple[int, int, int] = (90, 120, 60)) -> bytes:
    """A tall photograph that lies on its side, with a place and a phone's name in it."""
    image, out = Image.new("RGB", (1600, 1200), colour), io.BytesIO()
    exif = image.getexif()
    exif[0x0112], exif[0x0110] = 6, "Phone Of Canary"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 36.0)
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def sent(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("me.jpg", content, "image/jpeg")


def put_in(phone: Phone, content: bytes | None = None) -> None:
    assert phone.post("portrait", photo=sent(content or jpeg())).status_code == 302


def url(window: Window, order: Order) -> str:
    """Where the window, as the buyer's phone, is told that the photo is."""
    view = window.get(f"deliveries/{order.token}").json()
    courier = Client(SERVER_NAME="localhost").get(f"/api/v1/orders/{order.token}").json()
    assert courier["delivery"]["courier"] == view["courier"]
    return str(view["courier"]["photo_url"])


def door(path: str) -> Any:
    """Asked by anybody."""
    return Client(SERVER_NAME="localhost").get(path)


class Ride:
    """Inès has a photo and is on her way."""

    def __init__(self, window: Window, courier: Courier) -> None:
        self.window, self.phone = window, Phone(courier)
        put_in(self.phone)
        self.order = ready(window, courier)
        assert url(window, self.order) == ""  # not before
        self.phone.press("start")
        self.url = url(window, self.order)

    @property
    def shown(self) -> bool:
        return bool(door(self.url).status_code == 200)


@pytest.fixture
def ride(window: Window, ines: Courier) -> Ride:
    return Ride(window, ines)


def test_a_photo_is_ours_small_square_and_tells_nothing_else(ines: Courier) -> None:
    phone = Phone(ines)
    assert phone.get("portrait").status_code == 404
    put_in(phone)
    ines.refresh_from_db()
    kept = bytes(ines.portrait or b"")
    image = Image.open(io.BytesIO(kept))
    assert image.size == (256, 256) and image.format == "JPEG" and not image.getexif()
    assert b"Canary" not in kept and len(kept) < 40_000
    own = phone.get("portrait")
    assert own.content == kept and own["Cache-Control"] == "no-store"
    assert "/c/portrait?" in phone.get().content.decode()
    phone.post("portrait", what="remove")
    assert Courier.objects.get().portrait is None
    assert "/c/portrait?" not in phone.get().content.decode()


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a no picture", jpeg()[:900], b"\xff\xd8" + bytes(PHOTO_BYTES)],
    ids=["none", "no picture", "cut off", "too large"],
)
def test_what_is_no_picture_changes_nothing(ines: Courier, content: bytes) -> None:
    phone = Phone(ines)
    put_in(phone)
    before = Courier.objects.get().portrait
    answer = phone.post("portrait", photo=sent(content))
    assert answer.status_code == 422 and "ne s’ouvre pas" in words(answer)
    assert Courier.objects.get().portrait == before


def test_nobody_else_puts_one_in_or_sees_it_by_the_page(ines: Courier) -> None:
    put_in(Phone(ines))
    stranger = Phone(ines, signed_in=False)
    assert stranger.get("portrait").status_code == 401
    assert stranger.post("portrait", what="remove").status_code == 401
    colleague = Phone(make_courier("Noor Haddad"))
    assert colleague.get("portrait").status_code == 404
    boss = Colleague("boss")
    form = boss.form(f"courier/courier/{ines.pk}/change/")
    assert "portrait" not in form
    boss.send(f"courier/courier/{ines.pk}/change/", {**form, "portrait": "x", "_continue": "1"})
    kept = Courier.objects.get(pk=ines.pk).portrait
    assert kept is not None and bytes(kept)[:2] == b"\xff\xd8"


def test_from_pick_up_to_the_door_and_not_a_moment_longer(ride: Ride) -> None:
    kept = Courier.objects.get().portrait
    seen = door(ride.url)
    assert seen.status_code == 200 and seen.content == bytes(kept or b"")
    assert (seen["Content-Type"], seen["Cache-Control"]) == ("image/jpeg", "no-store")
    ride.phone.sends(fix(1))  # her name stands beside the map
    page = door(f"/o/{ride.order.token}")
    assert f'<img src="{ride.url}" alt="Photo de Inès D."' in page.content.decode()
    assert "img-src 'self'" in page["Content-Security-Policy"]
    ride.phone.press("arrive")
    assert ride.shown
    ride.phone.press("code", code=ride.order.pickup_code)
    assert not ride.shown and url(ride.window, ride.order) == ""
    gone = door(ride.url)
    assert gone.status_code == 404 and gone["Cache-Control"] == "no-store"
    assert "courier-photos" not in door(f"/o/{ride.order.token}").content.decode()


def test_not_on_the_way_back(ride: Ride) -> None:
    ride.phone.press("fail", reason="nobody_there")
    assert not ride.shown


def test_a_pause_hides_it_and_who_follows_is_told(ride: Ride) -> None:
    before = told()
    ride.phone.press("pause")
    assert not ride.shown and url(ride.window, ride.order) == "" and told() > before
    before = told()
    ride.phone.press("resume")
    assert ride.shown and told() > before


def test_who_leaves_without_being_seen_is_not_seen(window: Window, ines: Courier) -> None:
    phone = Phone(ines)
    put_in(phone)
    order = ready(window, ines)
    phone.press("start-without")
    assert url(window, order) == ""
    phone.press("resume")
    assert door(url(window, order)).status_code == 200


def test_put_in_and_taken_away_on_the_way(window: Window, ines: Courier) -> None:
    phone, order = Phone(ines), ready(window, ines)
    phone.press("start")
    assert url(window, order) == ""
    assert "courier-photos" not in door(f"/o/{order.token}").content.decode()
    before = told()
    put_in(phone)
    first = url(window, order)
    assert door(first).status_code == 200 and told() > before
    put_in(phone, jpeg((200, 30, 30)))
    assert door(first).status_code == 404  # another photo has another address
    second, before = url(window, order), told()
    phone.post("portrait", what="remove")
    assert door(second).status_code == 404 and url(window, order) == "" and told() > before


def test_whoever_takes_over_is_somebody_else(ride: Ride) -> None:
    noor = make_courier("Noor Haddad")
    phone = Phone(noor)
    put_in(phone, jpeg((200, 30, 30)))
    path = f"orders/order/{ride.order.pk}/courier/"
    Colleague("boss").send(path, {"courier": noor.pk})
    assert not ride.shown and url(ride.window, ride.order) == ""  # nobody has asked Noor yet
    phone.press("start")
    hers = url(ride.window, ride.order)
    assert door(hers).status_code == 200 and not ride.shown
    Colleague("chef").send(path, {"courier": ride.phone.courier.pk})
    ride.phone.press("start")
    assert not ride.shown and door(hers).status_code == 404


def test_an_address_that_was_changed_opens_nothing(ride: Ride) -> None:
    named, _, signature = ride.url.rpartition(":")
    for other in (
        f"{named}:{signature[:-1]}{'A' if signature[-1] != 'A' else 'B'}",
        f"{named[:-1]}{'0' if named[-1] != '0' else '1'}:{signature}",
        named,
        "/api/v1/courier-photos/x:y",
        "/api/v1/courier-photos/²",
    ):
        assert door(other).status_code == 404, other
    assert ride.shown


def test_staff_see_that_there_is_one_and_remove_it(ride: Ride) -> None:
    desk = Colleague("desk", owner=False, role=Role.COURIER_DESK, language="en")
    team = Colleague("team", owner=False, role=Role.TEAM, language="en")
    path = f"courier/courier/{ride.phone.courier.pk}/"
    assert "The courier has put one in" in desk.page(f"{path}change/")
    assert "Remove the photo" not in team.page(f"{path}change/")
    assert "courier-photos" not in desk.get(f"{path}change/").content.decode()
    assert team.send(f"{path}way-in/", {"what": "no_photo"}).status_code == 403
    assert ride.shown
    before = told()
    assert desk.send(f"{path}way-in/", {"what": "no_photo"}).status_code == 302
    assert not ride.shown and told() > before
    assert "Only the courier can put one in" in desk.page(f"{path}change/")


def test_who_saves_the_staffs_page_brings_no_photo_back(
    ride: Ride, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = CourierForm.clean_phone

    def meanwhile(form: CourierForm) -> str:
        ride.phone.post("portrait", what="remove")
        return checked(form)

    monkeypatch.setattr(CourierForm, "clean_phone", meanwhile)
    Colleague("boss").save(f"courier/courier/{ride.phone.courier.pk}/change/", name="Inès Durand")
    assert Courier.objects.get().portrait is None
    assert Courier.objects.get().name == "Inès Durand"


def test_it_goes_with_who_is_shut_out_or_deleted(ride: Ride) -> None:
    boss, courier = Colleague("boss"), ride.phone.courier
    boss.save(f"courier/courier/{courier.pk}/change/", active="")
    assert not ride.shown
    assert Courier.objects.get().portrait is None
    Courier.objects.update(active=True)
    phone = Phone(courier)
    put_in(phone)
    phone.press("resume")
    again, before = url(ride.window, ride.order), told()
    assert door(again).status_code == 200
    boss.send(f"courier/courier/{courier.pk}/delete/", {"post": "yes"})
    assert not Courier.objects.exists() and told() > before
    assert door(again).status_code == 404


def test_a_delivery_services_courier_has_none(window: Window, ines: Courier) -> None:
    put_in(Phone(ines))
    order = ready(window)
    delivery = deliveries.assign_courier(Delivery.objects.get(), "Inès D.", "car")
    deliveries.advance_delivery(delivery, DeliveryStatus.PICKED_UP)
    assert url(window, order) == ""


def test_the_demonstrations_courier_is_drawn(window: Window) -> None:
    order = ready(window)
    Delivery.objects.update(simulated=True, courier_name=NAME)
    assert url(window, order) == ""
    delivery = deliveries.advance_delivery(Delivery.objects.get(), DeliveryStatus.PICKED_UP)
    seen = door(url(window, order))
    assert seen.content == portrait()
    assert Image.open(io.BytesIO(seen.content)).size == (256, 256)
    deliveries.assign_courier(delivery, "Somebody E.")
    assert url(window, order) == ""


def test_its_address_is_in_no_log(ride: Ride) -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "failed: %s", (ride.url,), None)
    said = DiscreetFormatter("%(message)s").format(record)
    assert "/courier-photos/…" in said and not re.search(r"[A-Za-z0-9_-]{20,}", said)


def test_positions_need_no_photo_and_go_on(ride: Ride) -> None:
    assert ride.phone.sends(fix(1)).status_code == 200
    assert url(ride.window, ride.order) == ride.url  # the same for the whole ride


def told() -> int:
    return StreamEvent.objects.filter(kind=EventKind.DELIVERY).count()
