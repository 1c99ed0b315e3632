"""Whatever staff can do to the shelf reaches every window, and its profile when that changed."""

from collections.abc import Callable

import pytest

from kiosk.backoffice.catalogue.models import Category, Product, ProductPicture, Variant
from kiosk.backoffice.platform.models import Hero, Shop
from tests.backoffice.backoffice_data import Window, make_product, make_shop
from tests.backoffice.staff.browser import Colleague, photo
from tests.backoffice.staff.test_shelf import png

pytestmark = pytest.mark.usefixtures("database")
VASE = "catalogue/product/vase/change/"
Deed = Callable[[Colleague], object]


def post(path: str, **data: object) -> Deed:
    return lambda claire: claire.send(path, data)


def act(path: str, action: str, *chosen: object) -> Deed:
    """A bulk action, confirmed where it asks for that."""
    data = {"_selected_action": list(chosen), "action": action, "index": "0", "post": "yes"}
    return post(path, **data)


def save(path: str, **changes: object) -> Deed:
    return lambda claire: claire.save(path, **changes)


def tick(path: str, box: str) -> Deed:
    return lambda claire: claire.send(path, claire.form(path) | {box: "on"})


def put_back(claire: Colleague) -> None:
    first = Product.history.filter(id="vase").order_by("history_id").first()
    path = f"catalogue/product/vase/history/{first.pk}/"
    claire.send(path, claire.form(path))


def drag(path: str) -> Deed:
    """Turn the order of a list's two rows round."""

    def deed(claire: Colleague) -> None:
        data = claire.form(path) | {"_save": "1"}
        data |= {"form-0-position": "1", "form-1-position": "0"}
        claire.send(path, data)

    return deed


@pytest.fixture
def claire() -> Colleague:
    make_shop()
    make_product("bowl")
    make_product("vase")
    Category.objects.create(id="silk", title={"fr": "Soie"}, position=1)
    claire = Colleague()
    claire.save(VASE, photos=[photo("a.png", png()), photo("b.png", png("#1c3a30"))])
    Variant.objects.create(
        id="vase-2", product_id="vase", sku="vase-2", price_minor=1, currency="EUR", position=1
    )
    for n, place in enumerate(ProductPicture.objects.all()):
        Hero.objects.create(picture=place.picture, product_id="vase", position=n)
    return claire


@pytest.mark.parametrize(
    "deed",
    [
        save(VASE, title_fr="Vase rond"),
        save(VASE, category="silk"),
        tick(VASE, "hidden"),
        save(VASE, maker="Atelier"),
        save(VASE, choices="Couleur: Nuit"),
        save(VASE, photos=photo("c.png", png("#ffffff"))),
        save(VASE, **{"variants-0-stock": "1"}),
        tick(VASE, "variants-1-DELETE"),
        save(VASE, **{"pictures-0-position": "1", "pictures-1-position": "0"}),
        tick(VASE, "pictures-0-DELETE"),
        save(VASE, **{"pictures-0-alt_fr": "Un vase"}),
        act("catalogue/product/", "hide", "vase"),
        act("catalogue/product/", "delete_selected", "vase"),
        post("catalogue/product/vase/delete/", post="yes"),
        lambda claire: (claire.save(VASE, title_fr="X"), put_back(claire)),
        lambda claire: Product.objects.filter(pk="vase").delete(),
        lambda claire: Variant.objects.filter(product="vase").delete(),
    ],
)
def test_what_changes_a_product_reaches_the_window(claire: Colleague, deed: Deed) -> None:
    window = Window()
    before = window.changes()
    deed(claire)
    after = window.changes(before["cursor"])
    kept = next(p for p in before["upserts"] if p["id"] == "vase")
    found = [p for p in after["upserts"] if p["id"] == "vase"]
    assert found != [kept] and (found or after["deletions"] == ["vase"])
    assert not {p["id"] for p in after["upserts"]} - {"vase"}


@pytest.mark.parametrize(
    "deed",
    [
        save("catalogue/category/silk/change/", title_fr="Soies"),
        post("catalogue/category/silk/delete/", post="yes"),
        act("catalogue/category/", "delete_selected", "silk"),
        drag("catalogue/category/"),
        drag("platform/hero/"),
        lambda claire: claire.save(
            f"platform/hero/{Hero.objects.latest('pk').pk}/change/", line_fr="La nuit"
        ),
        lambda claire: claire.save(
            f"platform/hero/{Hero.objects.latest('pk').pk}/change/",
            photo=photo("n.png", png("#000000")),
        ),
        lambda claire: act("platform/hero/", "delete_selected", Hero.objects.first().pk)(claire),
        act("catalogue/product/", "delete_selected", "vase"),
        save("platform/shop/1/change/", monday="10:00-12:00"),
        save("platform/shop/1/change/", special="2031-05-02 Pont"),
    ],
)
def test_what_changes_the_profile_reaches_the_window(claire: Colleague, deed: Deed) -> None:
    window = Window()
    version, before = Shop.objects.get().version, window.get("profile").json()
    deed(claire)
    after = window.get("profile").json()
    assert after["version"] > version
    assert before | {"version": 0} != after | {"version": 0}


def test_a_shelf_with_products_on_it_stays(claire: Colleague) -> None:
    claire.send("catalogue/category/ceramics/delete/", {"post": "yes"})
    act("catalogue/category/", "delete_selected", "ceramics")(claire)
    assert Category.objects.filter(pk="ceramics").exists() and Product.objects.count() == 2
