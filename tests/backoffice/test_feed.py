"""The change feed: whatever staff do reaches every window, and nothing comes twice."""

import time
from typing import Any

import pytest
from backoffice_data import Window, make_product, make_shop
from django.core.exceptions import ValidationError

from kiosk.backoffice.catalogue.models import CatalogueChange, Product, Variant
from kiosk.backoffice.catalogue.services import one_change, record_changes
from kiosk.backoffice.platform.epoch import new_epoch
from kiosk.backoffice.platform.models import Shop

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def window() -> Window:
    make_shop()
    return Window()


def ids(page: dict) -> list[str]:
    return [product["id"] for product in page["upserts"]]


def test_the_first_call_is_the_whole_catalogue_in_pages(window: Window) -> None:
    for n in range(5):
        make_product(f"p{n}")
    first = window.changes(limit=2)
    assert first["reset"] and first["more"] and ids(first) == ["p0", "p1"]
    second = window.changes(first["cursor"], limit=2)
    assert not second["reset"] and second["more"] and ids(second) == ["p2", "p3"]
    third = window.changes(second["cursor"], limit=2)
    assert not third["more"] and ids(third) == ["p4"]
    assert not ids(window.changes(third["cursor"]))


def test_every_edit_reaches_the_feed_once_with_a_higher_version(window: Window) -> None:
    product, other = make_product("vase"), make_product("bol")
    page = window.changes()
    versions = {p["id"]: p["version"] for p in page["upserts"]}

    product.title = {"fr": "Grand vase"}
    product.save()
    variant = Variant.objects.get(pk="vase-1")
    variant.stock = 2
    variant.save()
    delta = window.changes(page["cursor"])
    assert ids(delta) == ["vase"]
    assert delta["upserts"][0]["version"] > versions["vase"]
    assert delta["upserts"][0]["variants"][0]["stock"] == 2

    Variant.objects.create(product=other, sku="bol-2", price_minor=100, currency="EUR")
    assert ids(window.changes(delta["cursor"])) == ["bol"]


def test_hidden_deleted_and_emptied_products_are_deletions(window: Window) -> None:
    hidden, gone, empty = make_product("a"), make_product("b"), make_product("c")
    cursor = window.changes()["cursor"]
    hidden.hidden = True
    hidden.save()
    gone.delete()
    empty.variants.get().delete()
    delta = window.changes(cursor)
    assert delta["deletions"] == ["a", "b", "c"] and not delta["upserts"]

    hidden.hidden = False
    hidden.save()
    assert ids(window.changes(delta["cursor"])) == ["a"]


def test_a_change_during_paging_is_seen(window: Window) -> None:
    for n in range(4):
        make_product(f"p{n}")
    first = window.changes(limit=2)
    Product.objects.get(pk="p0").save()
    rest = window.changes(first["cursor"], limit=10)
    assert ids(rest) == ["p2", "p3", "p0"]


@pytest.mark.parametrize("cursor", ["nonsense", "0123456789ab-3", "-1", "9" * 40, "é-1"])
def test_a_strange_cursor_starts_from_the_beginning(window: Window, cursor: str) -> None:
    make_product()
    assert window.changes(cursor)["reset"]


def test_a_new_epoch_starts_from_the_beginning(window: Window) -> None:
    make_product()
    before = window.changes()
    new_epoch()
    after = window.changes(before["cursor"])
    assert after["reset"] and after["epoch"] != before["epoch"] and ids(after) == ["vase"]


def test_a_window_that_remembers_more_than_the_database_begins_a_new_epoch(window: Window) -> None:
    make_product()
    before = window.changes()
    seq = int(before["cursor"].rpartition("-")[2])
    after = window.changes(f"{before['epoch']}-{seq + 7}")
    assert after["reset"] and after["epoch"] != before["epoch"]


def test_unchanged_costs_nothing(window: Window) -> None:
    make_product()
    cursor = window.changes()["cursor"]
    answer = window.get(f"catalogue/changes?cursor={cursor}")
    path = f"catalogue/changes?cursor={cursor}"
    assert window.get(path, **{"If-None-Match": answer["ETag"]}).status_code == 304
    make_product("new")
    assert window.get(path, **{"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_product_with_broken_options_does_not_keep_the_others_away(window: Window) -> None:
    make_product("good")
    make_product("bad")
    Product.objects.filter(pk="bad").update(options=[{"nonsense": 1}])
    page = window.changes()
    assert ids(page) == ["good"] and page["deletions"] == ["bad"]


def test_another_currency_is_another_catalogue(window: Window) -> None:
    make_product()
    cursor = window.changes()["cursor"]
    shop = Shop.objects.get()
    shop.currency = "CZK"
    shop.save()
    assert window.changes(cursor)["deletions"] == ["vase"]


@pytest.mark.parametrize(
    "wrong",
    [{"title": "text"}, {"story": {"fr": 3}}, {"options": "red"}, {"options": [{"id": "a"}]}],
)
def test_staff_cannot_save_what_windows_cannot_read(wrong: dict[str, Any]) -> None:
    product = make_product()
    for name, value in wrong.items():
        setattr(product, name, value)
    with pytest.raises(ValidationError):
        product.full_clean()


def test_who_changed_what_is_kept(window: Window) -> None:
    product = make_product()
    product.title = {"fr": "Autre"}
    product.save()
    titles = [h.title for h in product.history.order_by("history_date")]
    assert titles == [{"fr": "Vase"}, {"fr": "Autre"}]


def test_one_change_records_a_product_once(window: Window) -> None:
    product = make_product()
    cursor = window.changes()["cursor"]
    with one_change():
        product.save()
        product.variants.get().save()
        product.save()
    seq = CatalogueChange.objects.get(product_id="vase").seq
    assert seq == int(cursor.rpartition("-")[2]) + 1


def test_a_failed_change_is_never_announced(window: Window) -> None:
    product = make_product()
    cursor = window.changes()["cursor"]
    with pytest.raises(RuntimeError), one_change():
        product.title = {"fr": "?"}
        product.save()
        raise RuntimeError
    assert not ids(window.changes(cursor))


def test_a_page_of_a_large_catalogue_is_built_quickly(window: Window) -> None:
    texts = {"fr": "Un texte " * 20, "en": "A text " * 20}
    products = [
        Product(id=f"p{n}", handle=f"p{n}", title={"fr": f"P{n}"}, pitch=texts, story=texts)
        for n in range(1255)
    ]
    Product.objects.bulk_create(products)
    Variant.objects.bulk_create(
        Variant(id=f"p{n}-{v}", product_id=f"p{n}", sku=f"{n}-{v}", price_minor=1, currency="EUR")
        for n in range(1255)
        for v in range(2)
    )
    record_changes(p.id for p in products)
    start = time.process_time()
    page = window.changes()
    assert len(page["upserts"]) == 200 and page["more"]
    assert time.process_time() - start < 0.5
