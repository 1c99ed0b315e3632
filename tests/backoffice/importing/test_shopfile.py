"""shop.toml: what is refused, and in which words."""

from pathlib import Path

import pytest

from kiosk.backoffice.importing.model import CatalogueError
from kiosk.backoffice.importing.shopfile import read_shop
from tests.backoffice.importing.feeds import REPOSITORY

DEMO = (REPOSITORY / "catalog/shop.toml").read_text(encoding="utf-8")


def read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(text, encoding="utf-8")
    read_shop(path)


def test_the_demo_shop_reads() -> None:
    shop = read_shop(REPOSITORY / "catalog/shop.toml")
    assert shop.shop.name and len(shop.hours.weekly) == 7 and shop.heroes


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('currency = "EUR"', 'currency = "euro"', "shop.currency"),
        ('timezone = "Europe/Paris"', 'timezone = "Paris"', "write one like Europe/Paris"),
        ('default_language = "fr"', 'default_language = "de"', "must be one of languages"),
        ("[shop]", '[shop]\nwindow_languages = ["Deutsch"]', "shop.window_languages.0"),
        ('"10:00-13:00", "14:00-19:30"', '"14:00-19:30", "10:00-13:00"', "overlap"),
        ('"10:00-13:00", "14:00-19:30"', '"dix heures"', "write 10:00-13:00"),
        ("prepare_minutes = 30", "prepare_minuts = 30", "prepare_minuts"),
        ("contract = 1", "contract = 2", "contract"),
        ("https://maison-lucarne.example", "http://maison-lucarne.example", "begins with https"),
        ("https://maison-lucarne.example", "javascript:alert(1)", "begins with https"),
        ("lat = ", "lat = 9", "shop.address.lat"),
        ("[shop]", "[shop", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in DEMO
    with pytest.raises(CatalogueError) as error:
        read(tmp_path, DEMO.replace(old, new, 1))
    assert reason in str(error.value) and "\n" not in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot read"):
        read_shop(tmp_path / "shop.toml")
