"""What is said around the goods, on its way from the shop's folder to the windows."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.backoffice.catalogue.models import Lookbook, QuickPiece, Review
from kiosk.backoffice.catalogue.profile import shop_profile
from kiosk.backoffice.catalogue.services import read_changes
from kiosk.backoffice.importing.commands import add_parsers
from kiosk.backoffice.importing.export import write_reviews
from kiosk.backoffice.importing.importer import import_catalogue
from kiosk.backoffice.importing.model import Report
from kiosk.backoffice.importing.reviews import read_reviews
from kiosk.backoffice.importing.worker import PictureWorker
from kiosk.shop.catalogue import Product
from tests.backoffice.importing.feeds import row, shopify
from tests.backoffice.importing.test_importing import SHOP, picture

pytestmark = pytest.mark.usefixtures("database")

RELATED = "Related (product.metafields.vitrine.related)"
HEAD = "product_handle,reviewer_name,reviewer_email,rating,review_date,verified,curated,body\n"
ROWS = (
    'vase,Camille Roux,camille@post.example,5,2026-03-01T10:00:00Z,true,ok,"Il tient l’eau."\n'
    "vase,J.,,4,2026-05-02,false,ok,<b>Bien</b>\n"
    "vase,Max,,1,2026-05-03,true,,À lire d’abord\n"
    "vase,Bot,,5,2026-05-04,true,spam,Buy cheap\n"
)
BOOKS = """
[[lookbooks]]
picture = "pictures/hero.png"
products = ["cup", "vase", "unknown"]
[lookbooks.title]
fr = "La table"
[lookbooks.text]
fr = "Une tasse. Un vase."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shop = SHOP.replace("contract = 1", 'contract = 1\nquick = ["cup", "nothing", "vase"]')
    (tmp_path / "shop.toml").write_text(shop + BOOKS, encoding="utf-8")
    picture(tmp_path / "pictures/vase.png")
    picture(tmp_path / "pictures/hero.png", "#1c3a30")
    vase = row("vase", "Vase", "42", Type="Grès", Image_Src="pictures/vase.png")
    vase[RELATED] = "cup, nothing, vase"
    cup = row("cup", "Tasse", "18", Type="Grès", Variant_SKU="CUP")
    shopify(tmp_path / "products.csv", vase, cup)
    said(tmp_path, ROWS)
    return tmp_path


def said(folder: Path, rows: str) -> None:
    (folder / "reviews.csv").write_text(HEAD + rows, encoding="utf-8")


def on_the_wire(id: str) -> Product:
    return next(p for p in read_changes("", 500).upserts if p.id == id)


def test_windows_hear_what_was_let_stand_and_nothing_else(folder: Path) -> None:
    import_catalogue(folder)
    vase = on_the_wire("vase")
    assert [(r.author, r.stars, r.bought_here) for r in vase.reviews] == [
        ("J.", 4, False),
        ("Camille", 5, True),
    ]
    assert vase.reviews[0].text == {"fr": "Bien"} and vase.reviews[1].on == date(2026, 3, 1)
    assert vase.rating and (vase.rating.stars, vase.rating.count) == (9, 2)
    assert vase.related == ("cup",)
    assert on_the_wire("cup").rating is None


def test_nothing_that_tells_who_wrote_it_is_stored(folder: Path) -> None:
    import_catalogue(folder)
    kept = " ".join(str(value) for row in Review.objects.values() for value in row.values())
    assert "Camille" in kept and "Roux" not in kept and "@" not in kept


def test_the_same_reviews_again_change_nothing_and_what_staff_decided_stays(folder: Path) -> None:
    import_catalogue(folder)
    waiting = Review.objects.get(author="Max")
    waiting.state = Review.State.PUBLISHED
    waiting.save()
    cursor = read_changes("", 500).cursor
    result = import_catalogue(folder)
    assert not result.changed and read_changes("", 500).cursor == cursor
    assert Review.objects.get(author="Max").state == "published"


def test_a_review_that_left_the_file_leaves_the_window(folder: Path) -> None:
    import_catalogue(folder)
    Review.objects.create(
        product_id="cup", author="Zoé", stars=3, on=date(2026, 1, 1), state="published"
    )
    said(folder, ROWS.split("\n", 1)[1])
    assert import_catalogue(folder).changed
    assert [r.author for r in on_the_wire("vase").reviews] == ["J."]
    assert on_the_wire("cup").rating, "what staff wrote themselves stays"


def test_rows_that_are_no_reviews_are_left_out_and_said(folder: Path) -> None:
    said(folder, "vase,A,,6,2026-01-01,,ok,x\nvase,B,,4,never,,ok,x\nghost,C,,4,2026-01-01,,ok,x\n")
    report = import_catalogue(folder).report
    assert not report.refused and not Review.objects.exists()
    assert sum("left out" in problem.message for problem in report.problems) == 3


def test_a_reviews_file_without_its_columns_refuses_the_import(folder: Path) -> None:
    (folder / "reviews.csv").write_text("product_handle,rating\nvase,5\n")
    report = import_catalogue(folder).report
    assert report.refused and "review_date" in report.problems[0].message


def test_what_is_exported_is_read_again_as_the_same_reviews(folder: Path, tmp_path: Path) -> None:
    import_catalogue(folder)
    kept = {row.pk: row.state for row in Review.objects.all()}
    assert write_reviews(tmp_path / "out.csv") == 4
    report = Report()
    again = read_reviews(tmp_path / "out.csv", "fr", report)
    assert {review.id: review.state for review in again} == kept and not report.problems


def test_lookbooks_and_the_quick_pieces_reach_the_profile(folder: Path) -> None:
    import_catalogue(folder)
    assert shop_profile().quick == ["cup", "vase"]
    assert not shop_profile().lookbooks, "its cover has not been processed yet"
    worker = PictureWorker()
    while worker.work_once():
        pass
    (book,) = shop_profile().lookbooks
    assert book.title == {"fr": "La table"} and book.product_ids == ("cup", "vase")
    assert book.picture.renditions


def test_edited_lookbooks_stay_until_the_file_changes_them(folder: Path) -> None:
    import_catalogue(folder)
    Lookbook.objects.update(title={"fr": "Dit par l’équipe"})
    QuickPiece.objects.all().delete()
    assert not import_catalogue(folder).changed
    assert str(Lookbook.objects.get()) == "Dit par l’équipe" and not QuickPiece.objects.exists()
    toml = (folder / "shop.toml").read_text(encoding="utf-8").replace("La table", "Le dîner")
    (folder / "shop.toml").write_text(toml, encoding="utf-8")
    assert import_catalogue(folder).profile_changed
    assert str(Lookbook.objects.get()) == "Le dîner"


def test_check_counts_the_reviews(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import argparse

    parser = argparse.ArgumentParser()
    add_parsers(parser.add_subparsers())
    arguments = parser.parse_args(["catalogue", "check", str(folder)])
    assert arguments.run(arguments) == 0
    assert "4 reviews" in capsys.readouterr().out
