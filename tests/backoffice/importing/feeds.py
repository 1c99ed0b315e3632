"""Catalogue files to test with: small ones written here, real ones from KIOSK_TEST_DATA."""

import csv
import os
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[3]
FEEDS = Path(os.environ.get("KIOSK_TEST_DATA", REPOSITORY / "../shared/data")).resolve() / "feeds"

# How a shop.toml begins; what the shop's hours are comes next.
SHOP_FILE = """
contract = 1
[shop]
id = "lucarne"
name = "Lucarne"
currency = "EUR"
country = "FR"
timezone = "Europe/Paris"
default_language = "fr"
languages = ["fr", "en"]
[shop.address]
line1 = "14, rue de la Lucarne"
postcode = "75000"
city = "Paris"
lat = 48.86
lon = 2.34
[hours]
"""


def real_feed(name: str) -> Path:
    """A file as a retailer really has it; the test is skipped where there is none."""
    path = FEEDS / name
    if not path.is_file():
        pytest.skip(f"no {name}: set KIOSK_TEST_DATA to the folder that holds feeds/")
    return path


def shopify(path: Path, *rows: dict[str, Any], header: list[str] | None = None) -> Path:
    """Write a Shopify CSV; the columns are those of the rows, in their order."""
    columns = header or list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(handle: str, title: str = "", price: str = "", **more: str) -> dict[str, str]:
    """One row; `more` takes column names with _ for a space."""
    cells = {"Handle": handle, "Title": title, "Variant Price": price}
    return cells | {name.replace("_", " "): value for name, value in more.items()}


def google(path: Path, *items: str, head: str = "") -> Path:
    """Write a Merchant Center feed of raw <item> bodies."""
    body = "".join(f"<item>{item}</item>" for item in items)
    path.write_text(
        f'<?xml version="1.0"?>{head}<rss xmlns:g="http://base.google.com/ns/1.0">'
        f"<channel><title>Feed</title>{body}</channel></rss>",
        encoding="utf-8",
    )
    return path


def item(id: str, title: str = "Cup", price: str = "12.50 EUR", **more: str) -> str:
    fields = {"id": id, "title": title, "price": price, **more}
    return "".join(f"<g:{name}>{value}</g:{name}>" for name, value in fields.items())
