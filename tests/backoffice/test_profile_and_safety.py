"""The shop's profile as windows read it, and what keeps the pages safe."""

import re
import stat
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from backoffice_data import Window, make_product, make_shop, order_body
from conftest import DATA
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from kiosk.backoffice.access.models import FailedTry
from kiosk.backoffice.catalogue.models import Category, Picture, Product, QuickPiece
from kiosk.backoffice.platform.models import Hero, Shop
from kiosk.backoffice.platform.signin import make_signin_link
from kiosk.contract import ShopProfile

pytestmark = pytest.mark.usefixtures("database")


def profile(window: Window) -> dict[str, Any]:
    answer = window.get("profile")
    assert answer.status_code == 200, answer.content
    ShopProfile.model_validate_json(answer.content)
    return dict(answer.json())


def test_the_profile_is_what_staff_filled_in() -> None:
    make_shop(courier_free_from_minor=12000)
    make_product()
    found = profile(Window())
    assert found["name"] == "Lucarne" and found["address"]["location"]["lat"] == 48.86
    assert found["courier"]["fee"] == {"minor": 590, "currency": "EUR"}
    assert found["categories"][0]["title"] == {"fr": "Grès"}
    assert found["hours"]["weekly"][0] == [{"opens": "00:00:00", "closes": "00:00:00"}]


def test_the_window_offers_the_languages_that_the_shop_chose() -> None:
    shop, window = make_shop(), Window()
    assert profile(window)["window_languages"] == []
    shop.window_languages = ["fr", "ja"]
    shop.save()
    assert profile(window)["window_languages"] == ["fr", "ja"]


def test_every_edit_raises_the_version() -> None:
    shop, window = make_shop(), Window()
    picture = Picture.objects.create(
        state="ready", renditions=[{"sha256": "a" * 64, "width": 9, "height": 16, "bytes": 1}]
    )
    versions = [profile(window)["version"]]
    shop.phone = "+33199001414"
    shop.save()
    versions.append(profile(window)["version"])
    Category.objects.create(id="silk", title={"fr": "Soie"})
    versions.append(profile(window)["version"])
    hero = Hero.objects.create(picture=picture, when="night", line={"fr": "Fermé."})
    versions.append(profile(window)["version"])
    assert profile(window)["heroes"][0]["line"] == {"fr": "Fermé."}
    hero.delete()
    versions.append(profile(window)["version"])
    assert versions == sorted(set(versions))


def test_the_quick_pieces_are_the_shops_choice_else_what_is_ordered_most() -> None:
    make_shop()
    for handle in ("vase", "cup", "bowl"):
        make_product(handle, stock=50)
    window = Window()
    assert profile(window)["quick"] == []
    assert profile(window)["public_url"] == "http://localhost"
    for body in (order_body("cup-1", 4200, 2), order_body("vase-1")):
        assert window.order(body).status_code == 201
    assert profile(window)["quick"] == ["cup", "vase"]
    Product.objects.filter(pk="cup").update(hidden=True)
    assert profile(window)["quick"] == ["vase"]
    QuickPiece.objects.create(product_id="bowl")
    assert profile(window)["quick"] == ["bowl"]


def test_a_poster_whose_product_goes_is_told_of() -> None:
    make_shop()
    product, window = make_product(), Window()
    picture = Picture.objects.create(
        state="ready", renditions=[{"sha256": "a" * 64, "width": 9, "height": 16, "bytes": 1}]
    )
    Hero.objects.create(picture=picture, product=product)
    before = profile(window)
    assert before["heroes"][0]["product_id"] == product.pk
    product.delete()
    after = profile(window)
    assert after["heroes"][0]["product_id"] == "" and after["version"] > before["version"]


def test_an_unchanged_profile_costs_nothing() -> None:
    make_shop()
    window = Window()
    etag = window.get("profile")["ETag"]
    assert window.get("profile", **{"If-None-Match": etag}).status_code == 304


def test_holidays_are_closed_unless_the_shop_says_otherwise() -> None:
    year = datetime.now(ZoneInfo("Europe/Paris")).year + 1
    make_shop(
        public_holidays=True,
        special_days=[{"date": f"{year}-05-01", "intervals": ["10:00-12:00"], "reason": {}}],
    )
    soon = datetime.now(UTC).date() + timedelta(days=365)
    special = {d["date"]: d for d in profile(Window())["hours"]["special"]}
    for day in (f"{year}-01-01", f"{year}-05-01"):
        if day <= soon.isoformat():
            assert len(special[day]["intervals"]) == (1 if day.endswith("05-01") else 0)
    assert special[f"{year}-01-01"]["reason"]["fr"] == "Jour de l'an"
    assert special[f"{year}-01-01"]["reason"]["en"] == "New Year's Day"


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekly": [["10h-13h"]] * 7},
        {"weekly": [[]] * 6},
        {"weekly": "monday"},
        {"timezone": "Mars/Base"},
        {"currency": "euro"},
        {"lat": 91.0},
        {"special_days": [{"intervals": []}]},
        {"languages": ["en"]},
    ],
)
def test_a_profile_that_windows_could_not_read_is_refused(wrong: dict[str, Any]) -> None:
    shop = make_shop()
    for name, value in wrong.items():
        setattr(shop, name, value)
    with pytest.raises(ValidationError):
        shop.full_clean()


def test_the_shops_own_row_is_valid() -> None:
    make_shop().full_clean()


def test_a_signin_link_works_once() -> None:
    user = User.objects.create_user("demo", is_staff=True)
    link = make_signin_link(user)
    client = Client(SERVER_NAME="localhost")
    answer = client.get(link)
    assert answer.status_code == 302 and answer["Location"] == "/staff/"
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert Client(SERVER_NAME="localhost").get(link).status_code == 403
    assert Client(SERVER_NAME="localhost").get("/staff/enter/forged:1:x").status_code == 403


def test_a_signin_link_is_for_staff() -> None:
    link = make_signin_link(User.objects.create_user("buyer"))
    assert Client(SERVER_NAME="localhost").get(link).status_code == 403


def test_guessing_a_password_takes_for_ever() -> None:
    User.objects.create_user("ines", password="lampe-terre-cuite-42", is_staff=True)

    def sign_in(password: str, address: str = "198.51.100.7") -> int:
        client = Client(SERVER_NAME="localhost", REMOTE_ADDR=address)
        data = {"username": "ines", "password": password}
        return int(client.post("/staff/login/", data).status_code)

    assert sign_in("lampe-terre-cuite-42") == 302
    assert {sign_in(f"guess {n}") for n in range(8)} == {200}
    assert sign_in("lampe-terre-cuite-42") == 200
    assert sign_in("lampe-terre-cuite-42", "198.51.100.8") == 302
    FailedTry.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert sign_in("lampe-terre-cuite-42") == 302


def test_one_household_has_one_go_at_guessing() -> None:
    User.objects.create_user("ines", password="lampe-terre-cuite-42", is_staff=True)

    def sign_in(password: str, address: str) -> int:
        client = Client(SERVER_NAME="localhost", REMOTE_ADDR=address)
        data = {"username": "ines", "password": password}
        return int(client.post("/staff/login/", data).status_code)

    for n in range(8):
        sign_in(f"guess {n}", f"2001:db8:0:1::{n:x}")
    assert sign_in("lampe-terre-cuite-42", "2001:db8:0:1:ffff::1") == 200
    assert sign_in("lampe-terre-cuite-42", "2001:db8:0:2::1") == 302


def test_pages_carry_their_safety() -> None:
    answer = Client(SERVER_NAME="localhost").get("/staff/login/")
    assert answer.status_code == 200
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_foreign_host_name_is_refused() -> None:
    client = Client(SERVER_NAME="evil.example")
    answer = client.get("/staff/login/")
    assert answer.status_code == 400 and b"KIOSK_ALLOWED_HOSTS" in answer.content
    assert b"evil.example" not in answer.content
    asked = client.get("/api/v1/hello")
    assert asked.status_code == 400 and "KIOSK_ALLOWED_HOSTS" in asked.json()["detail"]


def test_the_secret_is_its_owners_only() -> None:
    from django.conf import settings

    assert len(str(settings.SECRET_KEY)) > 50
    mode = stat.S_IMODE((DATA / "secret-key").stat().st_mode)
    assert mode == 0o600


def test_an_order_is_on_the_disk_before_it_is_answered() -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does so by itself")
    with connection.cursor() as db:
        db.execute("PRAGMA synchronous")
        assert db.fetchone()[0] == 2
        db.execute("PRAGMA journal_mode")
        assert db.fetchone()[0] == "wal"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://ana:p%40ss@db.example:5433/shop",
            ("shop", "ana", "p@ss", "db.example", "5433"),
        ),
        ("postgresql:///shop", ("shop", "", "", "", "")),
    ],
)
def test_postgresql_is_one_setting_away(url: str, expected: tuple[str, ...]) -> None:
    from kiosk.backoffice.database import database_settings

    found = database_settings(url, DATA)
    assert tuple(found[k] for k in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected


def test_a_strange_database_url_says_what_to_write() -> None:
    from kiosk.backoffice.database import DatabaseUrlError, database_settings

    with pytest.raises(DatabaseUrlError, match=re.escape("postgres://")):
        database_settings("mysql://x", DATA)


def test_no_shop_is_said_plainly() -> None:
    answer = Window().get("profile")
    assert answer.status_code == 503 and "no shop yet" in answer.json()["detail"]
    assert not Shop.objects.exists()


def test_the_tables_are_what_the_models_say() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
