"""Products, stock, the profile, posters and windows on the staff's pages."""

import io

import pytest
from django.db import connection
from PIL import Image

from kiosk.backoffice.catalogue import pictures
from kiosk.backoffice.catalogue.models import Category, Product, Variant
from kiosk.backoffice.catalogue.profile import shop_profile
from kiosk.backoffice.platform.devices import device_of
from kiosk.backoffice.platform.models import Device, Hero, Shop
from tests.backoffice.backoffice_data import Window, make_product, make_shop
from tests.backoffice.staff.browser import Colleague, photo

pytestmark = pytest.mark.usefixtures("database")
VASE = "catalogue/product/vase/change/"
SHOP = "platform/shop/1/change/"


@pytest.fixture
def claire() -> Colleague:
    make_shop()
    make_product("vase", price=4200, stock=5)
    return Colleague()


def png(colour: str = "#a5391c") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 640), colour).save(out, "PNG")
    return out.getvalue()


def test_words_by_language_reach_the_window(claire: Colleague) -> None:
    window = Window()
    cursor = window.changes()["cursor"]
    assert "Nom · français" in claire.page(VASE)
    claire.save(VASE, title_fr="Vase rond", title_en="Round vase", pitch_fr="Il tient tout seul.")
    changes = window.changes(cursor)
    (vase,) = changes["upserts"]
    assert vase["title"] == {"fr": "Vase rond", "en": "Round vase"}
    assert vase["pitch"] == {"fr": "Il tient tout seul."}


def test_a_save_is_one_change_and_none_when_it_is_refused(claire: Colleague) -> None:
    window = Window()
    before = int(window.changes()["cursor"].rpartition("-")[2])
    page = claire.save(VASE, title_fr="", **{"variants-0-price_minor": "12"})
    assert "obligatoire" in page
    assert int(window.changes()["cursor"].rpartition("-")[2]) == before
    claire.save(VASE, title_fr="Vase", **{"variants-0-price_minor": "12"})
    assert int(window.changes()["cursor"].rpartition("-")[2]) == before + 1


@pytest.mark.parametrize(
    ("typed", "minor"), [("12,50", 1250), ("12.5", 1250), ("1 250,00", 125000), ("12 EUR", 1200)]
)
def test_prices_are_typed_as_people_write_them(claire: Colleague, typed: str, minor: int) -> None:
    assert claire.form(VASE)["variants-0-price_minor"] == "42,00"
    claire.save(VASE, **{"variants-0-price_minor": typed})
    assert Variant.objects.get().price_minor == minor


@pytest.mark.parametrize("typed", ["", "-3", "twelve", "12 USD", "9" * 20])
def test_what_is_no_price_is_refused(claire: Colleague, typed: str) -> None:
    claire.save(VASE, **{"variants-0-price_minor": typed})
    assert Variant.objects.get().price_minor == 4200


def test_choices_are_lines_and_keep_their_ids(claire: Colleague) -> None:
    claire.save(VASE, choices="Couleur: Céladon, Nuit")
    claire.save(VASE, **{"variants-0-option_couleur": "nuit"})
    assert Variant.objects.get().options == {"couleur": "nuit"}
    product = Product.objects.get()
    product.options[0]["title"]["en"] = "Colour"
    product.save()
    claire.save(VASE, choices="Couleur: Nuit, Ocre")
    option = Product.objects.get().options[0]
    assert option["title"] == {"fr": "Couleur", "en": "Colour"}
    assert [v["id"] for v in option["values"]] == ["nuit", "ocre"]
    assert "Écrivez une ligne" in claire.save(VASE, choices="Couleur")


def test_photographs_are_added_ordered_and_refused_in_words(claire: Colleague) -> None:
    claire.save(VASE, photos=[photo("a.png", png()), photo("b.png", png("#1c3a30"))])
    places = list(Product.objects.get().pictures.all())
    assert [p.position for p in places] == [0, 1]
    assert [p.alt for p in places] == [{"fr": "Vase"}] * 2
    claire.save(VASE, **{"pictures-0-position": "1", "pictures-1-position": "0"})
    assert [p.pk for p in Product.objects.get().pictures.all()] == [places[1].pk, places[0].pk]
    assert "c.png: this is no whole PNG" in claire.save(VASE, photos=photo("c.png", b"<svg/>"))


def test_no_order_waits_while_photographs_are_cut_to_size(
    claire: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[bool] = []
    render = pictures.render

    def watched(content: bytes) -> list[tuple[bytes, int, int]]:
        locked.append(connection.in_atomic_block)
        return render(content)

    monkeypatch.setattr(pictures, "render", watched)
    claire.save(VASE, photos=[photo("a.png", png()), photo("b.png", png("#1c3a30"))])
    claire.save("platform/hero/add/", line_fr="La nuit", photo=photo("n.png", png("#000000")))
    assert locked == [False] * 3
    assert Product.objects.get().pictures.count() == 2 and Hero.objects.count() == 1


def test_an_oversized_photograph_is_refused_in_words(claire: Colleague) -> None:
    said = claire.save(VASE, photos=photo("vast.png", b"\0" * (pictures.MAX_BYTES + 1)))
    assert "vast.png: a picture may have 20 MB" in said


def test_a_product_is_added_by_hand_and_sold(claire: Colleague) -> None:
    window = Window()
    cursor = window.changes()["cursor"]
    claire.save(
        "catalogue/product/add/",
        title_fr="Bol à thé",
        category="ceramics",
        photos=photo("a.png", png()),
        **{"variants-0-price_minor": "18", "variants-0-stock": "2"},
    )
    (bowl,) = window.changes(cursor)["upserts"]
    assert bowl["handle"] == "bol-a-the" and bowl["pictures"] and bowl["variants"][0]["sku"]
    assert bowl["variants"][0]["price"] == {"minor": 1800, "currency": "EUR"}


def test_hiding_takes_it_off_every_window(claire: Colleague) -> None:
    window = Window()
    cursor = window.changes()["cursor"]
    chosen = {"_selected_action": "vase", "action": "hide", "index": "0"}
    claire.send("catalogue/product/", chosen)
    changes = window.changes(cursor)
    assert changes["deletions"] == ["vase"]
    claire.send("catalogue/product/", chosen | {"action": "show"})
    assert window.changes(changes["cursor"])["upserts"][0]["id"] == "vase"


def test_a_product_is_deleted_as_one_change(claire: Colleague) -> None:
    claire.save(VASE, photos=[photo("a.png", png()), photo("b.png", png("#1c3a30"))])
    window = Window()
    cursor = window.changes()["cursor"]
    assert "Vase" in claire.page("catalogue/product/vase/delete/")
    claire.send("catalogue/product/vase/delete/", {"post": "yes"})
    changes = window.changes(cursor)
    assert changes["deletions"] == ["vase"]
    first, last = (int(c.rpartition("-")[2]) for c in (cursor, changes["cursor"]))
    assert last == first + 1


def test_stock_and_prices_are_changed_in_the_list(claire: Colleague) -> None:
    window = Window()
    cursor = window.changes()["cursor"]
    page = claire.page("catalogue/variant/")
    assert "Vase" in page and "vase-1" in page
    data = claire.form("catalogue/variant/")
    data |= {"form-0-stock": "0", "form-0-price_minor": "39,90", "_save": "1"}
    claire.send("catalogue/variant/", data)
    (vase,) = window.changes(cursor)["upserts"]
    assert vase["variants"][0]["stock"] == 0
    assert vase["variants"][0]["price"]["minor"] == 3990
    assert "épuisé" in claire.page("catalogue/product/")


def test_who_changed_what_is_kept(claire: Colleague) -> None:
    claire.save(VASE, maker="Atelier Vaugrain")
    page = claire.page("catalogue/product/vase/history/")
    assert "claire" in page and "Atelier Vaugrain" in page


def test_an_earlier_version_can_be_put_back(claire: Colleague) -> None:
    window = Window()
    claire.save(VASE, title_fr="Vase cassé", choices="Couleur: Nuit")
    cursor = window.changes()["cursor"]
    first = Product.history.order_by("history_id").first()
    path = f"catalogue/product/vase/history/{first.pk}/"
    claire.send(path, claire.form(path))
    assert Product.objects.get().title == {"fr": "Vase"}
    assert Product.objects.get().options == []
    assert window.changes(cursor)["upserts"][0]["title"] == {"fr": "Vase"}


def test_shelves_have_names_by_language(claire: Colleague) -> None:
    claire.save("catalogue/category/add/", id="glass", title_fr="Verre", title_en="Glass")
    assert Category.objects.get(pk="glass").title == {"fr": "Verre", "en": "Glass"}
    assert [c.id for c in shop_profile().categories] == ["ceramics", "glass"]


def test_hours_are_written_as_text(claire: Colleague) -> None:
    version = shop_profile().version
    claire.save(
        SHOP,
        monday="",
        tuesday="10:00-13:00 , 14:00–19:30",
        special="2026-12-24 10:00-16:00 Veille de Noël\n2027-01-19 Inventaire",
        courier_fee_minor="4,50",
        area="75001; 75002",
    )
    shop = Shop.objects.get()
    assert shop.weekly[:2] == [[], ["10:00-13:00", "14:00-19:30"]]
    assert shop.special_days[0]["reason"] == {"fr": "Veille de Noël"}
    assert shop.special_days[1]["intervals"] == []
    assert (shop.courier_fee_minor, shop.postcodes) == (450, ["75001", "75002"])
    assert shop_profile().version > version


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("monday", "10h-13h", "Écrivez 10:00-13:00"),
        ("monday", "14:00-19:00, 10:00-13:00", "se chevauchent"),
        ("special", "demain fermé", "commencez par la date"),
        ("spoken", "français", "codes à deux lettres"),
        ("offered", "fr, japonais", "codes à deux lettres"),
        ("timezone", "Paris", "Paris"),
    ],
)
def test_hours_that_no_window_could_read_are_refused(
    claire: Colleague, field: str, text: str, reason: str
) -> None:
    assert reason in claire.save(SHOP, **{field: text})
    assert shop_profile().hours.timezone == "Europe/Paris"


def test_the_shops_own_site_reaches_the_windows(claire: Colleague) -> None:
    claire.save(SHOP, website="Lucarne.example/boutique")
    assert shop_profile().website == "https://lucarne.example/boutique"
    assert "https://boutique.example" in claire.save(SHOP, website="http://lucarne.example")
    assert shop_profile().website == "https://lucarne.example/boutique"


def test_a_reason_keeps_its_translation_while_it_stays(claire: Colleague) -> None:
    reason = {"fr": "Inventaire", "en": "Stocktaking"}
    day = {"date": "2027-01-19", "intervals": [], "reason": reason}
    Shop.objects.update(special_days=[day])
    claire.save(SHOP, phone="+33 1 99 00 00 02")
    assert Shop.objects.get().special_days == [day]


def test_a_poster_is_uploaded(claire: Colleague) -> None:
    assert "besoin d’une image" in claire.save("platform/hero/add/", line_fr="La nuit")
    claire.save("platform/hero/add/", line_fr="La nuit", when="night", photo=photo("n.png", png()))
    hero = Hero.objects.get()
    assert (hero.line, hero.when) == ({"fr": "La nuit"}, "night")
    assert shop_profile().heroes[0].picture.renditions


def test_a_windows_token_is_shown_once_and_revoked_at_once(claire: Colleague) -> None:
    answer = claire.send("platform/device/add/", {"name": "Rue des Arts"})
    page = answer.content.decode()
    token = page.partition('class="token"><code>')[2].partition("<")[0]
    device = device_of(token)
    assert device and device.name == "Rue des Arts"
    assert "no-store" in answer.headers["Cache-Control"]
    assert token not in claire.get("platform/device/").content.decode()
    claire.send("platform/device/", {"_selected_action": device.pk, "action": "revoke"})
    assert device_of(token) is None and "exclue" in claire.page("platform/device/")
    assert Window(token).get("profile").status_code == 401
    assert Device.objects.count() == 1


def test_whoever_is_added_belongs_to_the_team(claire: Colleague) -> None:
    password = "lampe-et-vitrine-42"
    data = {"username": "sami", "password1": password, "password2": password}
    claire.send("auth/user/add/", data | {"usable_password": "true", "_save": "1"})
    from django.contrib.auth.models import User

    sami = User.objects.get(username="sami")
    assert sami.is_staff and not sami.is_superuser and sami.has_perm("orders.change_order")


@pytest.mark.parametrize(
    "path",
    [
        "catalogue/product/add/",
        "catalogue/product/?q=vase",
        "catalogue/variant/?q=vase",
        "catalogue/category/",
        "platform/hero/",
        "platform/device/add/",
        "auth/user/",
        VASE,
        SHOP,
    ],
)
def test_every_page_opens_in_both_languages(claire: Colleague, path: str) -> None:
    assert claire.get(path).status_code == 200
    assert Colleague("jo", language="en").get(path).status_code == 200
