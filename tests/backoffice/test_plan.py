"""The brand's plan: on the wire, in orders that come too early, in a demonstration."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from backoffice_data import Window, courier_body, make_product, make_shop, order_body
from django.core.exceptions import ValidationError
from django.utils import timezone

from kiosk.backoffice.catalogue.models import Picture
from kiosk.backoffice.demo import keep_drops_ahead
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.orders.services import NotYetError, advance_order, resolve_review
from kiosk.backoffice.platform.models import Hero, PlannedWindow, Shop
from kiosk.contract import ShopProfile
from kiosk.shop.order import OrderStatus

pytestmark = pytest.mark.usefixtures("database")
PARIS = ZoneInfo("Europe/Paris")


def profile(window: Window) -> ShopProfile:
    return ShopProfile.model_validate_json(window.get("profile").content)


def drop(product: Any, at: datetime) -> PlannedWindow:
    planned = PlannedWindow.objects.create(title={"fr": "Nouveau"}, drop_at=at)
    planned.products.add(product)
    return planned


# ---- on the wire -------------------------------------------------------------------------------


def test_the_plan_reaches_the_window_and_every_edit_of_it() -> None:
    make_shop()
    window, vase = Window(), make_product()
    picture = Picture.objects.create(
        state="ready", renditions=[{"sha256": "a" * 64, "width": 9, "height": 16, "bytes": 1}]
    )
    usual = Hero.objects.create(picture=picture)
    only = Hero.objects.create(picture=picture, planned_only=True)
    versions = [profile(window).version]
    winter = PlannedWindow.objects.create(
        title={"fr": "L’hiver"},
        since=date(2026, 12, 1),
        until=date(2027, 2, 28),
        weekdays=[4, 5],
        dayparts=["18:00-02:00"],
        theme="winter",
    )
    versions.append(profile(window).version)
    winter.heroes.add(only)
    versions.append(profile(window).version)
    winter.products.add(vase)
    found = profile(window)
    versions.append(found.version)
    assert versions == sorted(set(versions))
    assert [h.id for h in found.heroes] == [str(usual.pk)], "an older window shows these for ever"
    assert [h.id for h in found.window_heroes] == [str(only.pk)]
    (planned,) = found.windows
    assert (planned.heroes, planned.products) == ((str(only.pk),), (vase.pk,))
    assert (planned.weekdays, str(planned.dayparts[0])) == ((4, 5), "18:00-02:00")
    assert (planned.theme, planned.title) == ("winter", {"fr": "L’hiver"})
    vase.delete()
    assert profile(window).version > found.version and not profile(window).windows[0].products


def test_dark_hours_reach_the_window() -> None:
    make_shop(
        dark_weekly=[["01:00-07:00"]] * 7,
        dark_special=[{"date": "2027-01-01", "intervals": []}],
        dark_around_opening=60,
    )
    dark = profile(Window()).dark_hours
    assert str(dark.weekly[6][0]) == "01:00-07:00" and dark.around_opening == 60
    assert dark.special[0].date == date(2027, 1, 1) and dark.special[0].dayparts == ()


def test_a_profile_without_a_plan_is_a_window_without_one() -> None:
    make_shop()
    said = Window().get("profile").json()
    for new in ("windows", "window_heroes", "dark_hours"):
        del said[new]
    read = ShopProfile.model_validate(said)
    assert read.windows == [] and not any(read.dark_hours.weekly)


@pytest.mark.parametrize(
    "wrong",
    [
        {"dark_weekly": [["1h-7h"]] * 7},
        {"dark_weekly": [[]] * 6},
        {"dark_special": [{"date": "someday"}]},
    ],
)
def test_dark_hours_that_windows_could_not_read_are_refused(wrong: dict[str, Any]) -> None:
    shop = make_shop()
    for name, value in wrong.items():
        setattr(shop, name, value)
    with pytest.raises(ValidationError, match="dark hours"):
        shop.full_clean()


@pytest.mark.parametrize(
    "wrong",
    [
        {"dayparts": ["18h"]},
        {"weekdays": [9]},
        {"since": date(2027, 1, 2), "until": date(2027, 1, 1)},
    ],
)
def test_a_plan_that_windows_could_not_read_is_refused_and_spoils_no_profile(
    wrong: dict[str, Any],
) -> None:
    make_shop()
    planned = PlannedWindow(theme="night", **wrong)
    with pytest.raises(ValidationError):
        planned.full_clean()
    planned.save()
    assert profile(Window()).windows == []


# ---- a drop is never sold early ----------------------------------------------------------------


def test_an_order_before_the_moment_waits_and_takes_no_stock() -> None:
    make_shop()
    vase, window = make_product(), Window()
    drop(vase, timezone.now() + timedelta(hours=1))
    asked = {k: courier_body()[k] for k in ("lines", "fulfilment")} | {"postcode": "75001"}
    assert window.post("quotes", asked).json()["reasons"] == ["not_yet"]
    receipt = window.order(order_body()).json()
    assert (receipt["status"], receipt["reasons"]) == ("needs_review", ["not_yet"])
    assert vase.variants.get().stock == 5


def test_nobody_accepts_it_before_the_moment_and_everybody_after() -> None:
    make_shop()
    vase, window = make_product(), Window()
    planned = drop(vase, timezone.now() + timedelta(hours=1))
    window.order(order_body())
    order = Order.objects.get()
    with pytest.raises(NotYetError):
        resolve_review(order, accept=True)
    with pytest.raises(NotYetError):
        advance_order(order, OrderStatus.ACCEPTED)
    assert Order.objects.get().status == OrderStatus.NEEDS_REVIEW
    planned.drop_at = timezone.now()
    planned.save()
    assert resolve_review(order, accept=True).status == OrderStatus.ACCEPTED
    assert vase.variants.get().stock == 4
    assert window.order(order_body()).json()["status"] == "accepted"


def test_what_is_not_dropped_is_sold_meanwhile() -> None:
    make_shop()
    drop(make_product("print"), timezone.now() + timedelta(hours=1))
    make_product("vase")
    assert Window().order(order_body()).json()["status"] == "accepted"


def test_a_box_whose_clock_is_ahead_sells_nothing_early() -> None:
    make_shop()
    drop(make_product(), timezone.now() + timedelta(seconds=60))
    body = order_body()
    body["placed_at"] = (datetime.now(UTC) + timedelta(seconds=90)).isoformat()
    assert Window().order(body).json()["reasons"] == ["not_yet"]


# ---- the demonstration -------------------------------------------------------------------------


def test_a_demonstration_always_has_a_drop_ahead() -> None:
    make_shop()
    vase = make_product()
    planned = drop(vase, datetime(2026, 12, 10, 18, tzinfo=PARIS))
    for year in (2026, 2027, 2031):
        now = datetime(year, 12, 10, 18, tzinfo=PARIS)
        keep_drops_ahead(now)
        planned.refresh_from_db()
        local = planned.drop_at.astimezone(PARIS)
        assert timedelta(days=6) < planned.drop_at - now < timedelta(days=15)
        assert (local.weekday(), local.hour) == (3, 18)
    assert Shop.objects.get().version
