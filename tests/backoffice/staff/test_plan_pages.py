"""Planning windows and dark hours on the staff's pages."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kiosk.backoffice.catalogue.profile import shop_profile
from kiosk.backoffice.platform.models import PlannedWindow, Shop
from tests.backoffice.backoffice_data import Window, make_product, make_shop, order_body
from tests.backoffice.staff.browser import Colleague

pytestmark = pytest.mark.usefixtures("database")
SHOP = "platform/shop/1/change/"
ADD = "platform/plannedwindow/add/"


@pytest.fixture
def claire() -> Colleague:
    make_shop()
    make_product("vase", price=4200, stock=5)
    return Colleague()


def test_a_collection_is_planned_and_reaches_the_window(claire: Colleague) -> None:
    # A browser sends nothing for a list in which nothing is chosen.
    form = {k: v for k, v in claire.form(ADD).items() if k not in ("heroes", "products")}
    wanted = {
        "title_fr": "L’hiver",
        "line_fr": "Bien au chaud.",
        "since": "2026-12-01",
        "until": "2027-02-28",
        "days": ["4", "5"],
        "parts": "18:00-02:00",
        "theme": "fetes",
        "products": ["vase"],
    }
    claire.send(ADD, form | wanted)
    row = PlannedWindow.objects.get()
    assert (row.title, row.since) == ({"fr": "L’hiver"}, date(2026, 12, 1))
    assert (row.weekdays, row.dayparts) == ([4, 5], ["18:00-02:00"])
    planned = shop_profile().windows[0]
    assert (planned.theme, planned.products) == ("fetes", ("vase",))
    assert "L’hiver" in claire.page("platform/plannedwindow/")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"parts": "le soir"}, "Écrivez 18:00-02:00"),
        ({"since": "2026-12-02", "until": "2026-12-01"}, "précède le premier"),
        ({"drop_at_0": "2026-12-01", "drop_at_1": "18:00"}, "a besoin des produits"),
    ],
)
def test_what_cannot_be_planned_is_said(
    claire: Colleague, wrong: dict[str, str], reason: str
) -> None:
    assert reason in claire.save(ADD, title_fr="L’hiver", **wrong)
    assert not PlannedWindow.objects.exists()


def test_dark_hours_are_written_as_hours_and_reach_the_window(claire: Colleague) -> None:
    version = shop_profile().version
    claire.save(
        SHOP,
        dark_monday="01:00-07:00",
        dark_friday="23:00–07:00",
        dark_dates="2026-12-31 04:00-07:00\n2026-12-24",
        dark_around_opening="60",
    )
    shop = Shop.objects.get()
    assert shop.dark_weekly[0] == ["01:00-07:00"] and shop.dark_weekly[4] == ["23:00-07:00"]
    assert shop.dark_special == [
        {"date": "2026-12-24", "intervals": []},
        {"date": "2026-12-31", "intervals": ["04:00-07:00"]},
    ]
    profile = shop_profile()
    assert profile.dark_hours.around_opening == 60 and profile.version > version
    assert "04:00-07:00" in claire.form(SHOP)["dark_dates"]
    assert "Écrivez 18:00-02:00" in claire.save(SHOP, dark_monday="une heure")


def test_the_preview_tells_what_shows_at_a_date_and_an_hour(claire: Colleague) -> None:
    winter = PlannedWindow.objects.create(title={"fr": "L’hiver"}, since=date(2026, 12, 1))
    winter.products.set(["vase"])
    Shop.objects.update(dark_weekly=[["01:00-07:00"]] * 7, weekly=[[]] * 7)
    shown = "platform/plannedwindow/shown/?at="
    assert "affiches habituelles" in claire.page(shown + "2026-11-30T12:00")
    page = claire.page(shown + "2026-12-01T03:00")
    assert "L’hiver" in page and "Éteinte" in page
    assert "Éteinte" not in claire.page(shown + "2026-12-01T12:00")
    assert claire.get(shown + "nonsense").status_code == 200


def test_an_early_order_is_refused_by_the_page_until_its_drop(claire: Colleague) -> None:
    planned = PlannedWindow.objects.create(drop_at=timezone.now() + timedelta(hours=1))
    planned.products.set(["vase"])
    Window().order(order_body())
    from kiosk.backoffice.orders.models import Order

    row = Order.objects.get()
    assert "pas en vente avant sa sortie" in claire.page(f"orders/order/{row.pk}/change/")
    assert row.status == "needs_review"


@pytest.mark.parametrize("path", [ADD, "platform/plannedwindow/", "platform/plannedwindow/shown/"])
def test_every_page_opens_in_both_languages(claire: Colleague, path: str) -> None:
    assert claire.get(path).status_code == 200
    assert Colleague("jo", language="en", owner=False).get(path).status_code == 200
