"""Positions as phones send them: in batches, late, twice, by wrong clocks, and absurd ones."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kiosk.backoffice.courier import pace, passes
from kiosk.backoffice.courier.home import mark_home
from kiosk.backoffice.courier.models import Errand, Fix
from kiosk.backoffice.orders.deliveries import set_route
from kiosk.backoffice.orders.models import Delivery
from kiosk.backoffice.platform.devices import token_for
from kiosk.shop.geo import Point, distance_m
from tests.backoffice.backoffice_data import Window, make_product, make_shop
from tests.backoffice.courier.rider import SHOP, Phone, fix, make_courier, ready

pytestmark = pytest.mark.usefixtures("database")
ABSURD: tuple[dict[str, Any], ...] = (
    {"lat": 91.0},
    {"lon": "2.34"},
    {"accuracy_m": -1.0},
    {"speed_mps": 90.0},
    {"heading_deg": 400.0},
    {"battery": 101},
    {"seq": -1},
    {"seq": True},
    {"altitude_m": 30.0},
    {"lat": 33.66, "lon": -95.55},  # Paris, Texas
    {"lat": 0.0, "lon": 0.0},
    {"fix_time": "2100-01-01T00:00:00Z"},
    {"fix_time": 0},
)


@pytest.fixture(autouse=True)
def rested() -> None:
    """Each test's courier goes by the number of the last one's, who may have called often."""
    pace._left.clear()


@pytest.fixture
def phone() -> Phone:
    """Under way, with consent."""
    make_shop()
    make_product(stock=9)
    courier = make_courier()
    ready(Window(), courier)
    phone = Phone(courier)
    phone.press("start")
    return phone


def now(seconds: float = 0) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def shown() -> dict[str, Any] | None:
    found: dict[str, Any] | None = Delivery.objects.get().position
    return found


def test_a_tunnel_comes_out_as_one_position(phone: Phone) -> None:
    Errand.objects.update(consented_at=now(-120))
    batch = [fix(n, now(3 * n - 90), lat=SHOP[0] + n * 1e-4) for n in range(30)]
    assert phone.sends(*batch).json() == {"kept": 30, "shown": True}
    assert Fix.objects.count() == 30
    position = shown()
    assert position and position["lat"] == pytest.approx(SHOP[0] + 29e-4) and position["seq"] == 0


def test_twice_and_out_of_order(phone: Phone) -> None:
    Errand.objects.update(consented_at=now(-120))
    assert phone.sends(fix(2, now(-2), lat=48.862)).json() == {"kept": 1, "shown": True}
    assert phone.sends(fix(1, now(-9)), fix(2, now(-2))).json() == {"kept": 1, "shown": False}
    assert phone.sends(fix(1, now(-9))).json() == {"kept": 0, "shown": False}
    position = shown()
    assert position and position["lat"] == 48.862 and Fix.objects.count() == 2


def test_a_wrong_clock_is_put_right(phone: Phone) -> None:
    for seq, hours in enumerate((2, -0.7, 9_000)):
        ahead = timedelta(hours=hours)
        assert phone.sends(fix(seq, now() + ahead), clock=ahead).status_code == 200
        assert abs(Fix.objects.get(seq=seq).fix_time - now()) < timedelta(seconds=30)


def test_a_clock_of_ours_that_was_put_back_freezes_nobody(phone: Phone) -> None:
    assert phone.sends(fix(1)).json()["shown"]
    Errand.objects.update(consented_at=now(3600), newest_fix_at=now(3660))
    assert phone.sends(fix(2, lat=SHOP[0] + 0.001)).json() == {"kept": 1, "shown": True}
    assert shown()["lat"] == SHOP[0] + 0.001  # type: ignore[index]
    assert not phone.sends(fix(3, now(-2))).json()["shown"]  # late is late again


def test_what_no_phone_measures_is_refused(phone: Phone) -> None:
    for wrong in ABSURD:
        answer = phone.sends(fix(1), {**fix(2), **wrong})
        assert answer.status_code == 422 and answer.json()["errors"], wrong
    assert not Fix.objects.exists()


def test_a_batch_has_its_limits(phone: Phone) -> None:
    assert phone.sends().status_code == 422
    assert phone.sends(*(fix(n) for n in range(201))).status_code == 422


def test_what_was_measured_before_the_start_is_thrown_away(phone: Phone) -> None:
    assert phone.sends(fix(1, now(-600))).json() == {"kept": 0, "shown": False}
    assert not Fix.objects.exists() and shown() is None


def test_nothing_is_taken_without_consent_or_during_a_pause(phone: Phone) -> None:
    phone.sends(fix(1))
    phone.press("pause")
    assert shown() is None and phone.sends(fix(2)).status_code == 409
    phone.press("resume")
    assert phone.sends(fix(3)).status_code == 200
    Errand.objects.update(consented_at=None)
    assert phone.sends(fix(4)).status_code == 409
    phone.press("fail", reason="not_wanted")
    assert shown() is None and phone.sends(fix(5)).status_code == 409


def test_a_no_on_a_page_that_is_behind_hides_the_courier(phone: Phone) -> None:
    phone.sends(fix(1))
    eta = Delivery.objects.get().eta
    phone.press("start")
    assert shown() and Delivery.objects.get().eta == eta
    phone.press("start-without")
    assert shown() is None and phone.sends(fix(2)).status_code == 409


def test_who_leaves_without_being_followed_delivers_all_the_same() -> None:
    make_shop()
    make_product(stock=9)
    courier = make_courier()
    order = ready(Window(), courier)
    phone = Phone(courier)
    phone.press("start-without")
    assert phone.sends(fix(1)).status_code == 409
    phone.press("arrive")
    phone.press("code", code=order.pickup_code)
    assert Delivery.objects.get().status == "delivered" and not Fix.objects.exists()


def test_near_home_nothing_is_shown_or_kept(phone: Phone) -> None:
    home = Point(SHOP[0] + 0.02, SHOP[1])
    mark_home(phone.courier, home)
    assert f"{home.lat}" not in phone.courier.home
    at_home = fix(1, lat=home.lat, lon=home.lon)
    assert phone.sends(at_home).json() == {"kept": 0, "shown": False}
    assert phone.sends(fix(2)).json() == {"kept": 1, "shown": True}


def test_near_another_buyers_door_a_buyer_sees_only_about_where(phone: Phone) -> None:
    other = ready(Window(token_for("window")), phone.courier)
    first = Delivery.objects.exclude(order=other).get()
    door = Point(SHOP[0] + 0.01, SHOP[1] + 0.01)
    Delivery.objects.filter(order=other).update(dropoff_lat=door.lat, dropoff_lon=door.lon)
    phone.press("start")
    phone.sends(fix(1, lat=door.lat, lon=door.lon, heading_deg=20.0))
    first.refresh_from_db()
    rough, exact = first.position, Delivery.objects.get(order=other).position
    assert exact["lat"] == door.lat and exact["accuracy_m"] == 6.0
    assert rough["accuracy_m"] == 150.0 and rough["heading_deg"] is None
    assert 0 < distance_m(door, Point(rough["lat"], rough["lon"])) < 150


def test_too_many_batches_wait(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "AT_ONCE", 1.0)
    monkeypatch.setattr(pace, "PER_S", 0.0)
    assert phone.sends(fix(1)).status_code == 200
    late = phone.sends(fix(2))
    assert late.status_code == 429 and late["Retry-After"] == str(pace.RETRY_AFTER_S)


class App:
    """Another app, at the address that staff gave it."""

    def __init__(self, phone: Phone) -> None:
        self._at = f"/api/v1/couriers/{passes.new_source(phone.courier)}"
        self._client = Client(SERVER_NAME="localhost")

    def owntracks(self, **told: Any) -> Any:
        return self._json("owntracks", {"_type": "location", **told})

    def traccar(self, body: Any) -> Any:
        return self._json("traccar", body)

    def traccar_query(self, method: str = "post", **told: Any) -> Any:
        query = "&".join(f"{name}={value}" for name, value in told.items())
        return getattr(self._client, method)(f"{self._at}/traccar?{query}")

    def _json(self, where: str, body: Any) -> Any:
        sent = body if isinstance(body, str) else json.dumps(body)
        return self._client.post(f"{self._at}/{where}", sent, content_type="application/json")


def test_owntracks_is_understood(phone: Phone) -> None:
    app = App(phone)
    told = {"lat": 48.861, "lon": 2.341, "tst": int(now().timestamp()), "acc": 9, "vel": 18}
    assert app.owntracks(**told, cog=270, batt=55, tid="id").json() == []
    kept = Fix.objects.get()
    assert (kept.source, kept.lat, kept.accuracy_m, kept.battery) == ("owntracks", 48.861, 9, 55)
    assert kept.speed_mps == pytest.approx(5.0) and kept.heading_deg == 270
    app.owntracks(**told)
    assert Fix.objects.count() == 1
    for other in ({"_type": "lwt"}, {"_type": "waypoint", "lat": 1}):
        assert app._json("owntracks", other).status_code == 200
    assert app._json("owntracks", "").status_code == 200
    assert app.owntracks(lat="north", lon=2, tst=1).status_code == 422


def test_traccar_client_is_understood_in_both_formats(phone: Phone) -> None:
    app = App(phone)
    seconds = int(now().timestamp())
    told = {"id": "7", "lat": 48.861, "lon": 2.341, "timestamp": seconds, "speed": 10, "batt": 80}
    for method in ("post", "get"):
        assert app.traccar_query(method, **told, accuracy=7, bearing=90).status_code == 200
    old = Fix.objects.get()
    assert old.speed_mps == pytest.approx(5.144, abs=0.001) and old.battery == 80
    coords = {"latitude": 48.862, "longitude": 2.342, "accuracy": 5, "speed": 4.5, "heading": -1}
    location = {"timestamp": now().isoformat(), "coords": coords, "battery": {"level": 0.5}}
    assert app.traccar({"location": location, "device_id": "7"}).status_code == 200
    new = Fix.objects.latest("pk")
    assert (new.speed_mps, new.heading_deg, new.battery) == (4.5, None, 50)
    assert app.traccar({"location": {"coords": 3}}).status_code == 422
    position = shown()
    assert position and position["lat"] == 48.862


def test_an_app_that_sends_before_the_start_or_after_the_end_is_not_believed(phone: Phone) -> None:
    app = App(phone)
    told = {"lat": 48.861, "lon": 2.341, "tst": int(now().timestamp())}
    phone.press("pause")
    assert app.owntracks(**told).status_code == 200 and not Fix.objects.exists()
    passes.end_source(phone.courier)
    assert app.owntracks(**told).status_code == 404


def test_what_an_app_measured_in_a_pause_is_not_taken_after_it(phone: Phone) -> None:
    app = App(phone)
    Errand.objects.update(consented_at=now(-600))
    phone.press("pause")
    phone.press("resume")
    told = {"lat": 48.861, "lon": 2.341}
    for seconds in (-240, -60):  # kept in the app while there was no network
        assert app.owntracks(**told, tst=int(now(seconds).timestamp())).status_code == 200
    assert not Fix.objects.exists() and shown() is None
    app.owntracks(**told, tst=int(now().timestamp()))
    assert Fix.objects.count() == 1 and shown()


def test_a_fix_reads_no_way_that_is_known(phone: Phone) -> None:
    delivery = Delivery.objects.get()
    way = [Point(SHOP[0] + n * 1e-4, SHOP[1]) for n in range(50)]
    set_route(delivery, way, [n * 3.0 for n in range(50)], Point(49.0, 2.34))
    assert phone.sends(fix(1)).json()["shown"]
    with CaptureQueriesContext(connection) as asked:
        assert phone.sends(fix(2, now(0.5))).json()["shown"]
    around = ("BEGIN", "SAVEPOINT", "COMMIT", "SELECT pg_advisory")
    told = [one["sql"] for one in asked if not one["sql"].startswith(around)]
    assert not any("route_s" in sql and sql.startswith("SELECT") for sql in told)
    assert len(told) <= 9, "\n".join(told)
    aside = [Point(SHOP[0], SHOP[1] + n * 1e-4) for n in range(50)]
    set_route(delivery, aside, [n * 3.0 for n in range(50)])
    with CaptureQueriesContext(connection) as asked:
        phone.sends(fix(3, now(1.0)))
    assert any("route_s" in one["sql"] and one["sql"].startswith("SELECT") for one in asked)
