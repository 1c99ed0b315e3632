"""At the door, and afterwards: codes, photographs, colleagues who take over, what is kept."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from kiosk.backoffice.access.models import PersonalRead
from kiosk.backoffice.courier.errands import sum_up
from kiosk.backoffice.courier.models import Courier, Errand, Fix, PositionLook, Proof
from kiosk.backoffice.courier.proof import TRIES
from kiosk.backoffice.courier.retention import forget_old_ways
from kiosk.backoffice.courier.words import WORDS
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.retention import forget_orders
from kiosk.backoffice.orders.services import advance_order
from kiosk.backoffice.platform.models import StreamEvent
from kiosk.backoffice.privacy.sweeping import SWEEPS
from kiosk.contract import EventKind
from kiosk.shop.delivery import CancelReason
from kiosk.shop.order import OrderStatus
from tests.backoffice.backoffice_data import Window
from tests.backoffice.courier.rider import SHOP, Phone, fix, make_courier, other_than, ready, words
from tests.backoffice.staff.browser import Colleague

pytestmark = pytest.mark.usefixtures("database")


def at_the_door(window: Window, courier: Courier) -> tuple[Phone, Order]:
    order, phone = ready(window, courier), Phone(courier)
    for what in ("start", "arrive"):
        phone.press(what)
    return phone, order


def jpeg(size: tuple[int, int] = (3000, 2000)) -> bytes:
    """A photograph with a place and a phone's name in it."""
    image, out = Image.new("RGB", size, (90, 120, 60)), io.BytesIO()
    exif = image.getexif()
    exif[0x0110] = "Phone Of Canary"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 36.0)
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def sent(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", content, "image/jpeg")


def test_guessing_codes_ends(window: Window, ines: Courier) -> None:
    phone, order = at_the_door(window, ines)
    wrong = other_than(order.pickup_code)
    assert "Il faut quatre chiffres" in words(phone.press("code", code="12"))
    for _ in range(TRIES - 1):
        assert "Ce n’est pas le bon code" in words(phone.press("code", code=wrong))
    assert "Trop d’essais" in words(phone.press("code", code=wrong))
    assert "Trop d’essais" in words(phone.press("code", code=order.pickup_code))
    assert Delivery.objects.get().status == "arrived_at_dropoff"
    assert phone.press("photo", photo=sent(jpeg())).status_code == 302
    assert Delivery.objects.get().status == "delivered"


def test_a_photograph_is_ours_small_and_tells_nothing_else(window: Window, ines: Courier) -> None:
    phone, order = at_the_door(window, ines)
    assert "ne s’ouvre pas" in words(phone.press("photo", photo=sent(b"GIF89a no picture")))
    assert "ne s’ouvre pas" in words(phone.press("photo"))
    assert phone.press("photo", photo=sent(jpeg())).status_code == 302
    kept = Proof.objects.get().photo
    assert kept is not None and b"Canary" not in bytes(kept)
    image = Image.open(io.BytesIO(bytes(kept)))
    assert image.size == (1280, 853) and not image.getexif()
    answer = Client(SERVER_NAME="localhost").get(f"/o/{order.token}/proof.jpg")
    assert answer.content == bytes(kept) and answer["Cache-Control"] == "no-store"
    buyer = Client(SERVER_NAME="localhost").get(f"/o/{order.token}").content.decode()
    assert "Déposée à" in buyer and f"/o/{order.token}/proof.jpg" in buyer
    assert window.get(f"deliveries/{order.token}").json()["proof"]["kind"] == "photo"
    claire = Colleague(language="en")
    assert "Left with a photograph" in claire.page(f"orders/order/{order.pk}/change/")
    assert claire.get(f"orders/order/{order.pk}/photo/").content == bytes(kept)
    SWEEPS["proofs"](timezone.now() + timedelta(seconds=1))
    assert Proof.objects.get().photo is None and Proof.objects.get().kind == "photo"
    assert Client(SERVER_NAME="localhost").get(f"/o/{order.token}/proof.jpg").status_code == 404


def test_another_courier_takes_over_the_same_delivery(window: Window, ines: Courier) -> None:
    noor = make_courier("Noor Haddad")
    order, first, second = ready(window, ines), Phone(ines), Phone(noor)
    first.press("start")
    first.sends(fix(1))
    token, delivery = order.token, Delivery.objects.get()
    claire = Colleague(language="en")
    for nobody in ("", "²", "9" * 30):
        answer = claire.send(f"orders/order/{order.pk}/courier/", {"courier": nobody})
        assert answer.status_code in (200, 302)
    claire.send(f"orders/order/{order.pk}/courier/", {"courier": noor.pk})
    same = Delivery.objects.get()
    assert (same.pk, same.courier_name, same.position) == (delivery.pk, "Noor H.", None)
    assert first.sends(fix(2)).status_code == 409
    assert "Cette livraison n’est plus à vous" in first.page()
    assert second.sends(fix(1)).status_code == 409  # nobody has asked Noor yet
    second.press("start")
    assert second.sends(fix(1)).status_code == 200
    assert window.get(f"deliveries/{token}").json()["courier"]["display_name"] == "Noor H."
    said = claire.page(f"orders/order/{order.pk}/change/")
    assert "Inès Duval ended" in said and "Noor Haddad position shared" in said


def test_a_failed_delivery_goes_back(window: Window, ines: Courier) -> None:
    phone, order = at_the_door(window, ines)
    for nothing in ({}, {"reason": ""}, {"reason": "buyer"}, {"reason": "a\x00"}):
        answer = phone.press("fail", **nothing)
        assert answer.status_code == 422 and "Choisissez d’abord" in words(answer)
    assert Delivery.objects.get().status == "arrived_at_dropoff"
    phone.press("fail", reason="nobody_there")
    said = phone.page()
    assert "À rapporter à la boutique" in said and "Personne n’ouvre" in said
    assert Delivery.objects.get().status == "returning"
    told = window.get(f"deliveries/{order.token}").json()
    assert (told["status"], told["cancel_reason"]) == ("returning", "nobody_there")
    assert "Nobody opened the door" in Colleague("lea", language="en").page(
        f"orders/order/{order.pk}/change/"
    )
    phone.press("back")
    assert window.get(f"deliveries/{order.token}").json()["cancel_reason"] == "nobody_there"
    assert "Rendue à la boutique" in phone.page()
    assert Delivery.objects.get().status == "returned" and Order.objects.get().status != "completed"


def test_staff_cancel_it_and_say_why(window: Window, ines: Courier) -> None:
    phone, order = at_the_door(window, ines)
    claire = Colleague("claire", language="en")
    assert "What the buyer is told" in claire.page(f"orders/order/{order.pk}/change/")
    step = {"to": "cancelled", "note": "rang up", "reason": "buyer"}
    claire.send(f"orders/order/{order.pk}/step/", step)
    told = window.get(f"deliveries/{order.token}").json()
    assert (told["status"], told["cancel_reason"]) == ("returning", "buyer")
    assert "Le client l’a annulée" in phone.page()


def test_staff_are_asked_for_no_reason_once_the_courier_gave_one(
    window: Window, ines: Courier
) -> None:
    phone, order = at_the_door(window, ines)
    phone.press("fail", reason="damaged")
    claire = Colleague("claire", language="en")
    page = claire.page(f"orders/order/{order.pk}/change/")
    assert "The parcel is damaged" in page and "What the buyer is told" not in page
    claire.send(f"orders/order/{order.pk}/step/", {"to": "cancelled", "reason": "buyer"})
    assert Order.objects.get().status == "cancelled"
    assert Delivery.objects.get().cancel_reason == "damaged"


def test_before_it_left_a_cancelled_order_is_nobodys_errand(window: Window, ines: Courier) -> None:
    order, phone = ready(window, ines), Phone(ines)
    advance_order(order, OrderStatus.CANCELLED, reason=CancelReason.SHOP)
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.cancel_reason) == ("cancelled", "shop")
    assert "Cette commande est annulée" in phone.page()


def test_staff_finish_it_and_the_errand_ends(window: Window, ines: Courier) -> None:
    phone, order = at_the_door(window, ines)
    errand = phone.errand
    advance_order(order, OrderStatus.COMPLETED)
    assert Errand.objects.get().ended_at and "Livrée" in phone.page()
    assert phone.post(f"{errand.pk}/code", code=order.pickup_code).status_code == 409


def test_nobody_presses_the_buttons_of_a_colleagues_errand(window: Window, ines: Courier) -> None:
    order = ready(window, ines)
    stranger = Phone(make_courier("Noor Haddad"))
    errand = Errand.objects.get()
    for what in ("start", "arrive", "code", "photo", "pause", "fail", "camera"):
        sent = {"code": order.pickup_code, "reason": "nobody_there"}
        assert stranger.post(f"{errand.pk}/{what}", **sent).status_code == 404
    assert Delivery.objects.get().status == "confirmed"


def test_an_order_that_is_not_packed_does_not_leave(window: Window, ines: Courier) -> None:
    phone, order = Phone(ines), ready(window, ines)
    Order.objects.update(status="preparing")
    assert "Pas encore prête" in phone.page()
    assert phone.press("start").status_code == 409
    assert phone.press("code", code=order.pickup_code).status_code == 409


def test_the_way_goes_after_a_day_and_its_sum_stays(window: Window, ines: Courier) -> None:
    phone, order = at_the_door(window, ines)
    Errand.objects.update(consented_at=timezone.now() - timedelta(minutes=9))
    start = timezone.now() - timedelta(minutes=8)
    way = [fix(n, start + timedelta(minutes=n), lat=SHOP[0] + n * 1e-3) for n in range(8)]
    phone.sends(*way)
    phone.press("code", code=order.pickup_code)
    errand = Errand.objects.get()
    assert errand.distance_m == pytest.approx(778, abs=3) and errand.riding_s == 420
    assert "0,8 km en 7 min" in phone.page()
    assert forget_old_ways() == 0
    Fix.objects.update(received_at=timezone.now() - timedelta(hours=25))
    assert forget_old_ways() == 8 and Errand.objects.get().riding_s == 420


def test_of_a_ride_that_nobody_has_ended_the_last_place_goes_after_a_day_too(
    window: Window, ines: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, phone = ready(window, ines), Phone(ines)
    phone.press("start")
    phone.sends(fix(1))
    told = StreamEvent.objects.filter(kind=EventKind.POSITION)
    newest = StreamEvent.objects.latest("seq").seq
    for hours, kept in ((23, True), (25, False)):
        later = timezone.now() + timedelta(hours=hours)
        with monkeypatch.context() as clock:
            clock.setattr(timezone, "now", lambda later=later: later)
            forget_old_ways()
        delivery = Delivery.objects.get(order=order)
        assert bool(delivery.position) is told.exists() is Fix.objects.exists() is kept
    assert StreamEvent.objects.latest("seq").seq > newest  # else this would look like a restore


def test_a_sum_changes_nothing_that_the_courier_said_meanwhile(
    window: Window, ines: Courier
) -> None:
    phone, _order = at_the_door(window, ines)
    Errand.objects.update(consented_at=timezone.now() - timedelta(minutes=9))
    start = timezone.now() - timedelta(minutes=8)
    phone.sends(*(fix(n, start + timedelta(minutes=n), lat=SHOP[0] + n * 1e-3) for n in range(8)))
    read_before = Errand.objects.get()
    phone.press("pause")
    sum_up(read_before)
    errand = Errand.objects.get()
    assert errand.paused_at and errand.riding_s == 420


def test_a_forgotten_buyer_takes_the_way_and_the_photograph_along(
    window: Window, ines: Courier
) -> None:
    phone, _order = at_the_door(window, ines)
    phone.sends(fix(1))
    phone.press("photo", photo=sent(jpeg()))
    forget_orders(Order.objects.all())
    assert not Fix.objects.exists() and Proof.objects.get().photo is None


def test_who_looked_is_written_down(window: Window, ines: Courier) -> None:
    phone, order = at_the_door(window, ines)
    claire = Colleague(language="en")
    assert "is not shared now" in claire.page(f"orders/order/{order.pk}/where/")
    assert not PositionLook.objects.exists()
    read = PersonalRead.objects.filter(who="claire")
    assert not read.exists()
    phone.sends(fix(1))
    Client(SERVER_NAME="localhost").get(f"/o/{order.token}")
    window.get(f"deliveries/{order.token}")
    assert "Position of" in claire.page(f"orders/order/{order.pk}/where/")
    assert read.get().numbers.split() == [order.number]  # the map shows the buyer's door
    looks = set(PositionLook.objects.values_list("kind", "who"))
    assert looks == {("buyer", ""), ("window", ""), ("staff", "claire")}
    said = claire.page(f"orders/order/{order.pk}/change/")
    assert "Who looked at the position" in said and "The window" in said and "claire" in said
    SWEEPS["reads"](timezone.now() + timedelta(seconds=1))
    assert not PositionLook.objects.exists()


def test_the_home_is_the_couriers_own(window: Window, ines: Courier) -> None:
    phone = Phone(ines)
    assert phone.post("home", lat="48.9", lon="2.4").status_code == 302
    assert "Un cercle est marqué" in phone.page()
    assert phone.post("home", lat="x", lon="").status_code == 422
    claire = Colleague()
    assert "48.9" not in claire.get(f"courier/courier/{ines.pk}/change/").content.decode()
    phone.post("home", what="forget")
    assert Courier.objects.get().home == ""


def test_every_language_says_everything(window: Window) -> None:
    for language, said in WORDS.items():
        assert said.keys() == WORDS["en"].keys()
        courier = make_courier(language=language)
        phone, order = Phone(courier), ready(window, courier)
        for what in ("start", "pause", "resume", "arrive"):
            phone.press(what)
            page = phone.page()
            assert "{" not in page and order.number in page
