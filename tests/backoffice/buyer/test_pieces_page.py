"""The public page of pieces that a window's code leads to."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from kiosk.backoffice.buyer.words import WORDS
from kiosk.backoffice.catalogue.models import Product, Variant
from kiosk.backoffice.platform.models import Shop
from kiosk.contract.pages import pieces_url
from tests.backoffice.backoffice_data import make_product, make_shop

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def house(database: Path) -> Shop:
    shop = make_shop(phone="+33 1 99 00 14 14")
    for handle, stock in (("vase", 20), ("cup", 2), ("bowl", 0), ("jug", 9)):
        make_product(handle, stock=stock)
    return shop


def get(language: str, *handles: str, variant: str = "") -> Any:
    address = urlsplit(pieces_url("http://localhost", language, handles, variant))
    return Client(SERVER_NAME="localhost").get(f"{address.path}?{address.query}")


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.content[:300]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.usefixtures("house")
def test_three_pieces_with_price_stock_hours_and_where_the_shop_is() -> None:
    said = text(get("fr", "vase", "cup", "bowl"))
    assert re.search(r"Vase .*Cup .*Bowl ", said)
    assert "42 € en stock" in said and "plus que 2" in said and "épuisé" in said
    assert "Ouvert jusqu’à" in said and "14, rue de la Lucarne" in said
    assert said.count("00:00 – 24:00") == 7
    assert "Jug" not in said, "what was not asked for is not offered"


@pytest.mark.usefixtures("house")
def test_the_links_language_wins_and_others_are_english() -> None:
    product = Product.objects.get(pk="vase")
    product.title = {"fr": "Vase rond", "en": "Round vase", "de": "Runde Vase"}
    product.save()
    assert "Vase rond" in text(get("fr", "vase"))
    english = text(get("en", "vase"))
    assert "Round vase" in english and "in stock" in english
    german = get("de", "vase")
    assert "Runde Vase" in text(german) and "vorrätig" in text(german)
    swedish = get("sv", "vase")
    assert "in stock" in text(swedish) and 'lang="en"' in swedish.content.decode()


@pytest.mark.usefixtures("house")
def test_the_chosen_variant_is_the_one_that_is_shown() -> None:
    product = Product.objects.get(pk="vase")
    value = [{"id": x, "title": {"fr": x.title()}} for x in ("nuit", "ocre")]
    product.options = [{"id": "c", "title": {"fr": "Couleur"}, "values": value}]
    product.save()
    Variant.objects.filter(pk="vase-1").update(options={"c": "nuit"})
    more = {"sku": "V2", "price_minor": 5000, "currency": "EUR", "stock": 1}
    Variant.objects.create(id="vase-2", product=product, options={"c": "ocre"}, **more)
    chosen = text(get("fr", "vase", variant="vase-2"))
    assert "Ocre" in chosen and "50 €" in chosen and "le dernier" in chosen
    assert "à partir de 42 €" in text(get("fr", "vase"))
    assert "à partir de" in text(get("fr", "vase", variant="somebody-elses"))


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("language", "handles"),
    [("fr", ()), ("fr", ("ghost",)), ("en", ("<script>",)), ("xx", ("' OR 1=1 --",))],
)
def test_pieces_that_are_not_sold_are_a_page_that_does_not_exist(
    language: str, handles: tuple[str, ...]
) -> None:
    answer = get(language, *handles)
    assert answer.status_code == 404
    assert WORDS[language if language in WORDS else "fr"]["unknown"] in answer.content.decode()
    assert "<script>" not in answer.content.decode()


@pytest.mark.usefixtures("house")
def test_hidden_pieces_are_not_shown_and_many_handles_are_cut() -> None:
    Product.objects.filter(pk="cup").update(hidden=True)
    assert "Cup" not in text(get("fr", "vase", "cup"))
    address = "/p/fr?" + "&".join(["p=ghost"] * 400 + ["p=vase"])
    assert Client(SERVER_NAME="localhost").get(address).status_code == 404


@pytest.mark.usefixtures("house")
def test_the_page_asks_nobody_else_and_is_not_found_by_search_engines() -> None:
    answer = get("fr", "vase")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "http" not in policy
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"

    page = answer.content.decode()
    loaded = re.findall(r"<(?:img|script)[^>]*src=.([^\"']*)|<link[^>]*href=.([^\"']*)", page)
    assert loaded and all("".join(address).startswith("/") for address in loaded)


def test_a_demonstration_says_so_and_leads_nobody_to_an_invented_place() -> None:
    shop = make_shop(demo=True, map_invented=True)
    make_product("vase")
    answer = get("en", "vase")
    assert "invented" in text(answer) and "openstreetmap" not in answer.content.decode()
    shop.demo = shop.map_invented = False
    shop.save()
    answer = get("en", "vase")
    assert "invented" not in text(answer) and "openstreetmap" in answer.content.decode()
