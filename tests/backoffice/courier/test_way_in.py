"""How couriers come in, and how they are kept out."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from kiosk.backoffice.courier import passes
from kiosk.backoffice.courier.models import Courier, Pass
from kiosk.backoffice.roles import Role
from tests.backoffice.backoffice_data import Window
from tests.backoffice.courier.rider import Phone, fix, ready, words
from tests.backoffice.staff.browser import Colleague

pytestmark = pytest.mark.usefixtures("database")


def test_a_link_opens_once_and_is_not_used_up_by_looking(ines: Courier) -> None:
    link, _until = passes.new_link(ines)
    one, other = Phone(ines, signed_in=False), Phone(ines, signed_in=False)
    for _ in range(3):  # what a messenger does before anybody touches it
        assert one.get(f"enter/{link}").status_code == 200
    assert one.post(f"enter/{link}").status_code == 302
    assert other.post(f"enter/{link}").status_code == 404
    assert one.get().status_code == 200 and other.get().status_code == 401
    assert "Ce lien n’ouvre plus" in words(other.get(f"enter/{link}"))


def test_the_cookie_is_the_browsers_alone_and_only_its_hash_is_kept(ines: Courier) -> None:
    link, _until = passes.new_link(ines)
    cookie = Client(SERVER_NAME="localhost").post(f"/c/enter/{link}").cookies[passes.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and len(cookie.value) == 32
    assert cookie.value not in str(list(Pass.objects.values()))
    link, _until = passes.new_link(ines)
    with override_settings(SESSION_COOKIE_SECURE=True):  # behind a proxy that speaks TLS for us
        sent = Client(SERVER_NAME="localhost").post(f"/c/enter/{link}").cookies[passes.COOKIE]
    assert sent["secure"] and not cookie["secure"]


def test_a_link_is_over_after_a_day_and_with_the_next_one(ines: Courier) -> None:
    first, _until = passes.new_link(ines)
    second, _until = passes.new_link(ines)
    assert passes.redeem(first) is None
    Pass.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert passes.redeem(second) is None


def test_forms_from_elsewhere_are_refused(ines: Courier) -> None:
    link, _until = passes.new_link(ines)
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert strict.post(f"/c/enter/{link}").status_code == 403
    key = passes.redeem(link)
    assert key
    strict.cookies[passes.COOKIE] = key
    assert strict.post("/c/leave").status_code == 403
    plain = strict.post("/api/v1/courier/positions", "{}", content_type="text/plain")
    assert plain.status_code == 400  # without the contract's header, which no form sends


def test_staff_make_links_and_shut_out_at_once(ines: Courier) -> None:
    desk = Colleague(owner=False, role=Role.COURIER_DESK, language="en")
    phone = Phone(ines)
    assert "Signed in on a phone" in desk.page(f"courier/courier/{ines.pk}/way-in/")
    boss = Colleague("boss", language="en")
    made = boss.send(f"courier/courier/{ines.pk}/way-in/", {"what": "link"}).content.decode()
    assert "/c/enter/" in made and "<svg" in made and "sms:+33199001515" in made
    boss.send(f"courier/courier/{ines.pk}/way-in/", {"what": "shut_out"})
    assert phone.get().status_code == 401
    again = Phone(ines)
    assert again.get().status_code == 200
    boss.save(f"courier/courier/{ines.pk}/change/", active="")
    assert again.get().status_code == 401
    assert not Courier.objects.get().active


def test_who_is_shut_out_on_a_ride_is_not_seen_any_more(window: Window, ines: Courier) -> None:
    phone, order = Phone(ines), ready(window, ines)
    phone.press("start")
    phone.sends(fix(1))
    Colleague("boss").send(f"courier/courier/{ines.pk}/way-in/", {"what": "shut_out"})
    order.delivery.refresh_from_db()
    assert order.delivery.position is None and phone.errand.paused_at


def test_who_leaves_is_not_seen_any_more(window: Window, ines: Courier) -> None:
    phone = Phone(ines)
    order = ready(window, ines)
    phone.press("start")
    phone.sends(fix(1))
    assert phone.post("leave").status_code == 302
    assert phone.get().status_code == 401 and phone.sends(fix(2)).status_code == 401
    order.delivery.refresh_from_db()
    assert order.delivery.position is None and phone.errand.paused_at
