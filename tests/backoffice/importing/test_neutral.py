"""The shop that is made for a bare feed: a name that can stand on the glass."""

from pathlib import Path

import pytest
from feeds import google, item, row, shopify

from kiosk.backoffice.importing.neutral import neutral_shop
from kiosk.backoffice.importing.read import read_catalogue


def made(path: Path) -> tuple[str, dict[str, str]]:
    catalogue = read_catalogue(path)
    shop = neutral_shop(path, catalogue.currency, catalogue.title, catalogue.products).shop
    return shop.name, shop.tagline


@pytest.mark.parametrize(
    ("title", "name", "tagline"),
    [
        ("Lucarne – Objets du soir", "Lucarne", {"fr": "Objets du soir"}),
        ("Lucarne | Objets", "Lucarne", {"fr": "Objets"}),
        ("Porte-à-porte", "Porte-à-porte", {}),
        ("Google Shopping Feed", "Rue haute", {}),
    ],
)
def test_a_feed_is_called_what_it_calls_itself(
    tmp_path: Path, title: str, name: str, tagline: dict[str, str]
) -> None:
    path = google(tmp_path / "rue_haute.xml", item("1", "A cup"), item("2", "A bowl"))
    path.write_text(path.read_text().replace("<title>Feed</title>", f"<title>{title}</title>"))
    assert made(path) == (name, tagline)


def test_the_one_maker_of_everything_is_the_shop(tmp_path: Path) -> None:
    path = tmp_path / "products_export_1.csv"
    shopify(path, row("a", "A", "1", Vendor="Bilali"), row("b", "B", "2", Vendor="Bilali"))
    assert made(path) == ("Bilali", {})
    shopify(path, row("a", "A", "1", Vendor="Bilali"), row("b", "B", "2", Vendor="Other"))
    assert made(path) == ("La boutique", {})


def test_a_file_lends_its_name_without_the_words_of_exports(tmp_path: Path) -> None:
    path = shopify(tmp_path / "shopify_home-and-garden.csv", row("a", "A", "1"))
    assert made(path) == ("Home and garden", {})
