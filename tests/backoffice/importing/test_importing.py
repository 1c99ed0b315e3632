"""What an import changes, and what it leaves alone."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from kiosk.backoffice.catalogue.models import Category, Picture, Product, ProductPicture, Variant
from kiosk.backoffice.catalogue.profile import shop_profile
from kiosk.backoffice.catalogue.services import one_change, read_changes
from kiosk.backoffice.importing.importer import import_catalogue
from kiosk.backoffice.importing.worker import PictureWorker
from kiosk.backoffice.platform.models import Hero, Shop
from tests.backoffice.backoffice_data import make_product
from tests.backoffice.importing.feeds import (
    REPOSITORY,
    SHOP_FILE,
    google,
    item,
    real_feed,
    row,
    shopify,
)

pytestmark = pytest.mark.usefixtures("database")

SHOP = (
    SHOP_FILE
    + """tuesday = ["10:00-13:00", "14:00-19:30"]
[categories]
"Grès" = { en = "Stoneware" }
[[heroes]]
picture = "pictures/hero.png"
when = "night"
product = "vase"
[heroes.line]
fr = "Fermé. Mais pas pour vous."
"""
)


def picture(path: Path, colour: str = "#a5391c", size: tuple[int, int] = (640, 800)) -> Path:
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.toml").write_text(SHOP, encoding="utf-8")
    picture(tmp_path / "pictures/vase.png")
    picture(tmp_path / "pictures/hero.png", "#1c3a30")
    write(tmp_path)
    return tmp_path


def write(folder: Path, *more: dict[str, str], vase_price: str = "42", stock: str = "5") -> None:
    vase = row("vase", "Vase", vase_price, Type="Grès", Image_Src="pictures/vase.png")
    cup = row("cup", "Tasse", "18", Type="Grès", Variant_Inventory_Qty=stock, Variant_SKU="CUP")
    shopify(folder / "products.csv", vase, cup, *more)


def feed_position() -> str:
    return read_changes("", 500).cursor


def test_a_folder_becomes_a_shop_with_shelves_posters_and_goods(folder: Path) -> None:
    result = import_catalogue(folder)
    assert not result.report.refused and result.written.added == ["vase", "cup"]
    profile = shop_profile()
    assert profile.name == "Lucarne" and len(profile.hours.weekly[1]) == 2
    assert [c.title for c in profile.categories] == [{"fr": "Grès", "en": "Stoneware"}]
    assert not profile.heroes, "its picture has not been processed yet"
    changes = read_changes("")
    assert {p.id for p in changes.upserts} == {"vase", "cup"}
    assert all(not p.pictures for p in changes.upserts), "a product sells before its picture"


def test_pictures_follow_posters_first(folder: Path) -> None:
    import_catalogue(folder)
    cursor = feed_position()
    worker = PictureWorker()
    assert worker.work_once()
    assert [h.product_id for h in shop_profile().heroes] == ["vase"]
    assert worker.work_once() and not worker.work_once()
    (vase,) = read_changes(cursor).upserts
    assert vase.id == "vase" and vase.pictures[0].renditions[0].width == 540


def test_the_same_file_again_changes_nothing(folder: Path) -> None:
    import_catalogue(folder)
    cursor, history = feed_position(), Product.history.count()
    result = import_catalogue(folder)
    assert not result.changed and result.written.unchanged == 2
    assert feed_position() == cursor and Product.history.count() == history


def test_only_what_the_file_changed_is_touched(folder: Path) -> None:
    import_catalogue(folder)
    cursor = feed_position()
    cup = Product.objects.get(pk="cup")
    cup.title = {"fr": "Tasse, dite par l’équipe"}
    cup.save()
    write(folder, row("bol", "Bol", "20", Type="Grès"), vase_price="45")
    result = import_catalogue(folder)
    assert (result.written.added, result.written.changed) == (["bol"], ["vase"])
    assert Variant.objects.get(product_id="vase").price_minor == 4500
    assert Product.objects.get(pk="cup").title == {"fr": "Tasse, dite par l’équipe"}
    assert {p.id for p in read_changes(cursor).upserts} == {"vase", "bol", "cup"}


def test_stock_that_was_sold_is_not_put_back(folder: Path) -> None:
    import_catalogue(folder)
    Variant.objects.filter(sku="CUP").update(stock=2)
    write(folder, vase_price="45")
    import_catalogue(folder)
    assert Variant.objects.get(sku="CUP").stock == 2
    write(folder, stock="9")
    assert import_catalogue(folder).written.changed == ["vase", "cup"]
    assert Variant.objects.get(sku="CUP").stock == 9


def test_what_the_file_no_longer_names_goes_and_what_staff_made_stays(folder: Path) -> None:
    import_catalogue(folder)
    make_product("handmade")
    cursor = feed_position()
    shopify(folder / "products.csv", row("vase", "Vase", "42", Type="Verre"))
    result = import_catalogue(folder)
    assert result.written.removed == ["cup"]
    assert "cup" in read_changes(cursor).deletions
    assert Product.objects.filter(pk="handmade").exists()
    assert set(Category.objects.values_list("pk", flat=True)) == {"gres", "verre", "ceramics"}


def test_a_refused_file_leaves_everything_as_it_was(folder: Path) -> None:
    import_catalogue(folder)
    cursor = feed_position()
    write(folder, row("bol", "Bol", "-1"))
    result = import_catalogue(folder)
    assert result.report.refused and not result.written.touched
    assert feed_position() == cursor and not Product.objects.filter(pk="bol").exists()
    (folder / "shop.toml").write_text(SHOP.replace("Europe/Paris", "Europe/Nowhere"))
    write(folder, vase_price="99")
    assert "time zone" in str(import_catalogue(folder).report.problems[0])
    assert Variant.objects.get(product_id="vase").price_minor == 4200


def test_a_name_of_a_handmade_product_is_not_taken_over(folder: Path) -> None:
    import_catalogue(folder)
    product = make_product("handmade")
    Product.objects.filter(pk=product.pk).update(handle="bol")
    cursor = feed_position()
    write(folder, row("bol", "Bol", "20"))
    result = import_catalogue(folder)
    assert "made by hand is already called 'bol'" in str(result.report.problems[-1])
    assert feed_position() == cursor


def test_skus_may_change_places(folder: Path) -> None:
    one = row("a", "A", "1", Variant_SKU="X")
    two = row("b", "B", "2", Variant_SKU="Y")
    shopify(folder / "products.csv", one, two)
    import_catalogue(folder)
    one["Variant SKU"], two["Variant SKU"] = "Y", "X"
    shopify(folder / "products.csv", one, two)
    assert len(import_catalogue(folder).written.changed) == 2
    assert dict(Variant.objects.values_list("product_id", "sku")) == {"a": "Y", "b": "X"}


def test_a_changed_photograph_is_processed_again(folder: Path) -> None:
    import_catalogue(folder)
    worker = PictureWorker()
    while worker.work_once():
        pass
    before = ProductPicture.objects.get(product_id="vase").picture.sha256
    picture(folder / "pictures/vase.png", "#0e5a73")
    assert import_catalogue(folder).written.changed == ["vase"]
    while worker.work_once():
        pass
    after = ProductPicture.objects.get(product_id="vase").picture
    assert after.state == Picture.State.READY and after.sha256 != before


def test_a_photograph_outside_the_folder_is_never_read(folder: Path) -> None:
    outside = picture(folder.parent / "secret.png")
    write(folder, row("bol", "Bol", "20", Image_Src=f"../{outside.name}"))
    result = import_catalogue(folder)
    assert "secret.png" in "\n".join(map(str, result.report.problems))
    assert not ProductPicture.objects.filter(product_id="bol").exists()


def test_the_same_photograph_under_two_names_is_kept_once(folder: Path) -> None:
    shutil.copy(folder / "pictures/vase.png", folder / "pictures/copy.png")
    write(folder, row("bol", "Bol", "20", Image_Src="pictures/copy.png"))
    import_catalogue(folder)
    worker = PictureWorker()
    while worker.work_once():
        pass
    shown = ProductPicture.objects.filter(product_id__in=("vase", "bol"))
    assert len({use.picture_id for use in shown}) == 1
    assert not Picture.objects.exclude(state=Picture.State.READY).exists()


def test_a_bare_feed_gets_a_neutral_shop(tmp_path: Path) -> None:
    path = google(
        tmp_path / "prague_shop.xml",
        item("1", price="599 CZK", image_link="https://pictures.example/a.jpg"),
    )
    assert not import_catalogue(path).report.refused
    shop = Shop.objects.get()
    assert (shop.name, shop.currency, shop.timezone) == ("Prague shop", "CZK", "Europe/Prague")
    assert Hero.objects.get().product_id == "1"


def test_a_demonstration_takes_any_feed_after_another(folder: Path, tmp_path: Path) -> None:
    assert not import_catalogue(folder, demo=True).report.refused
    path = google(tmp_path / "feed.xml", item("1", price="599 CZK"))
    assert import_catalogue(path).report.refused, "a real shop keeps its currency"
    assert not import_catalogue(path, demo=True).report.refused
    assert Shop.objects.get().currency == "CZK"
    assert list(Product.objects.values_list("pk", flat=True)) == ["1"]


def test_staffs_hours_survive_until_the_file_says_something_else(folder: Path) -> None:
    import_catalogue(folder)
    shop = Shop.objects.get()
    shop.phone = "+33 1 99 00 00 01"
    shop.save()
    write(folder, vase_price="45")
    import_catalogue(folder)
    assert Shop.objects.get().phone == "+33 1 99 00 00 01"


def test_the_demo_shop_is_whole(tmp_path: Path) -> None:
    result = import_catalogue(REPOSITORY / "catalog", demo=True)
    assert not result.report.problems
    profile = shop_profile()
    assert profile.demo and len(profile.categories) == 8
    assert {"fr", "en"} == set(read_changes("").upserts[0].title)


def test_a_thousand_products_in_a_few_seconds(tmp_path: Path) -> None:
    result = import_catalogue(real_feed("gmc_importpc.xml"))
    assert len(result.written.added) == 1254
    assert Product.history.count() == 1254
    # Deleting goes through the same door as everything else, as one change.
    with one_change():
        Product.objects.first().delete()  # type: ignore[union-attr]
    assert Product.objects.count() == 1253
