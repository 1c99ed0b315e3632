"""Whole shops in a replica: the demo's, and real catalogue files."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from replica_data import changes, profile

from kiosk.backoffice.importing.read import read_catalogue
from kiosk.shop.catalogue import Category, Picture, Product, Rendition
from kiosk.window.replica import CatalogueReplica
from tests.window.read_in import as_sent

REPOSITORY = Path(__file__).parents[3]
DEMO = REPOSITORY / "catalog" / "products.csv"
FEEDS = Path(os.environ.get("KIOSK_TEST_DATA", REPOSITORY / "../shared/data")).resolve() / "feeds"


@dataclass(frozen=True)
class Shop:
    replica: CatalogueReplica
    products: list[Product]

    def titles(self, selection, limit=600):
        return [next(iter(c.title.values())) for c in self.cards(selection, limit)]

    def cards(self, selection, limit=600):
        return self.replica.page(selection, None, limit).rows


def real_feed(name: str) -> Path:
    """A file as a retailer really has it; the test is skipped where there is none."""
    path = FEEDS / name
    if not path.is_file():
        pytest.skip(f"no {name}: set KIOSK_TEST_DATA to the folder that holds feeds/")
    return path


def read_shop(folder: Path, file: Path, language: str = "fr") -> Shop:
    """The file's products as the back office would send them, in a replica of their own."""
    read = read_catalogue(file, language=language)
    assert not read.report.refused
    shot = Rendition("0" * 64, 100, 100, 1)
    products = [
        as_sent(p, i, pictures=tuple(Picture((shot,), x.alt) for x in p.pictures))
        for i, p in enumerate(read.products)
    ]
    shelves = {p.category_key: p.category for p in read.products if p.category_key}
    replica = CatalogueReplica(folder / "catalogue.db")
    replica.set_profile(
        profile(categories=[Category(k, t, i) for i, (k, t) in enumerate(shelves.items())])
    )
    replica.apply(changes(products))
    return Shop(replica, products)
