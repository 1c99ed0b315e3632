"""The catalogues of the window's benchmark: the same at every run, and a back office takes them."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.window import catalogue, figures, photographs
from kiosk.backoffice.importing.files import find
from kiosk.backoffice.importing.read import read_catalogue

HEROES = len(catalogue.HEROES)


@pytest.fixture
def photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A few small photographs: how many and how large changes nothing here."""
    monkeypatch.setattr(photographs, "DISTINCT", 4)
    monkeypatch.setattr(photographs, "SIZE", (54, 68))
    monkeypatch.setattr(photographs, "POSTER", (54, 96))
    return tmp_path / "photographs"


def test_two_catalogues_of_one_size_are_the_same_bytes(tmp_path: Path, photos: Path) -> None:
    def digest(name: str) -> str:
        folder = catalogue.write(tmp_path / name, 60, photos / name)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()

    assert digest("one") == digest("two")


def test_a_larger_catalogue_begins_with_the_smaller_one() -> None:
    assert list(catalogue.pieces(300))[:100] == list(catalogue.pieces(100))


def test_the_importer_takes_every_piece_without_a_word(tmp_path: Path, photos: Path) -> None:
    found = find(catalogue.write(tmp_path / "shop", 40, photos))
    assert found.shop is not None
    assert len(found.shop.heroes) == HEROES
    read = read_catalogue(found.catalogue, "EUR", "fr")
    assert (read.report.errors, read.report.warnings) == (0, 0)
    assert [p.handle for p in read.products] == [p.handle for p in catalogue.pieces(40)]
    assert all((found.catalogue.parent / p.pictures[0].source).is_file() for p in read.products)


def test_the_storefront_shows_the_same_pieces(tmp_path: Path, photos: Path) -> None:
    folder = catalogue.write(tmp_path / "shop", 20, photos)
    shown = json.loads((folder / "storefront.json").read_text())["pieces"]
    assert [row[:2] for row in shown] == [[p.title, p.price] for p in catalogue.pieces(20)]


@pytest.mark.parametrize("number", [0, 1, 250, 499])
def test_every_pixel_of_a_photograph_can_be_told_after_jpeg(number: int, tmp_path: Path) -> None:
    image = photographs.photograph(number, (270, 338))
    image.save(tmp_path / "photo.jpg", quality=photographs.QUALITY)
    with photographs.Image.open(tmp_path / "photo.jpg") as kept:
        pixels = np.asarray(kept)
    assert figures.coloured(pixels).all()


def test_photographs_differ() -> None:
    made = {photographs.photograph(number, (54, 68)).tobytes() for number in range(40)}
    assert len(made) == 40
