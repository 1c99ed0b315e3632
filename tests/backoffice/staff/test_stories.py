"""Reviews, lookbooks, what stands beside a piece and the quick three on the staff's pages."""

from datetime import date

import pytest

from kiosk.backoffice.catalogue.models import Lookbook, Review
from kiosk.backoffice.catalogue.profile import shop_profile
from tests.backoffice.backoffice_data import Window, make_product, make_shop
from tests.backoffice.staff.browser import Colleague, photo
from tests.backoffice.staff.test_shelf import png

pytestmark = pytest.mark.usefixtures("database")
REVIEWS = "catalogue/review/"


@pytest.fixture
def claire() -> Colleague:
    make_shop()
    make_product("vase")
    make_product("cup")
    return Colleague(owner=False)


def review(author: str = "Zoé", **changes: object) -> Review:
    given = {"product_id": "vase", "author": author, "stars": 4, "on": date(2026, 5, 1)}
    said = {"text": {"fr": f"Dit par {author}."}, **changes}
    made: Review = Review.objects.create(**given, **said)
    return made


def test_a_review_waits_until_somebody_has_read_it(claire: Colleague) -> None:
    waiting, other = review(), review("Max")
    window = Window()
    cursor = window.changes()["cursor"]
    assert "Dit par Zoé." in claire.page(REVIEWS) and "à lire" in claire.page(REVIEWS)
    chosen = {"action": "let_stand", "_selected_action": [waiting.pk]}
    assert claire.send(REVIEWS, chosen).status_code == 302
    (vase,) = window.changes(cursor)["upserts"]
    assert [r["author"] for r in vase["reviews"]] == ["Zoé"]
    assert vase["rating"] == {"stars": 4, "count": 1}
    claire.save(f"{REVIEWS}{waiting.pk}/change/", state="refused")
    (vase,) = window.changes(cursor)["upserts"]
    assert vase["reviews"] == [] and vase["rating"] is None
    other.refresh_from_db()
    assert other.state == "pending"


def test_staff_decide_about_words_and_never_change_them(claire: Colleague) -> None:
    said = review()
    page = f"{REVIEWS}{said.pk}/change/"
    assert set(claire.form(page)) & {"author", "stars", "text", "on", "product"} == set()
    claire.send(page, {"state": "published", "author": "Jean", "stars": "5", "text": "{}"})
    said.refresh_from_db()
    assert (said.author, said.stars, said.text) == ("Zoé", 4, {"fr": "Dit par Zoé."})
    assert claire.get(f"{REVIEWS}add/").status_code == 403


def test_how_many_nobody_has_read_stands_in_the_menu(claire: Colleague) -> None:
    for author in ("Zoé", "Max", "Ali"):
        review(author)
    assert "Avis 3" in claire.page()


def test_a_lookbook_is_made_on_one_page(claire: Colleague) -> None:
    added = claire.save(
        "catalogue/lookbook/add/",
        title_fr="La table",
        text_fr="Une tasse. Un vase.",
        photo=photo("cover.png", png()),
    )
    assert "La table" in added
    book = Lookbook.objects.get()
    page = f"catalogue/lookbook/{book.pk}/change/"
    data = claire.form(page) | {
        "pieces-TOTAL_FORMS": "2",
        "pieces-0-product": "cup",
        "pieces-0-position": "0",
        "pieces-0-lookbook": str(book.pk),
        "pieces-1-product": "vase",
        "pieces-1-position": "1",
        "pieces-1-lookbook": str(book.pk),
    }
    assert claire.send(page, data).status_code == 302
    (shown,) = shop_profile().lookbooks
    assert shown.title == {"fr": "La table"} and shown.product_ids == ("cup", "vase")
    assert shown.text == {"fr": "Une tasse. Un vase."}


def test_a_lookbook_without_a_cover_is_not_made(claire: Colleague) -> None:
    assert "couverture" in claire.save("catalogue/lookbook/add/", title_fr="La table")
    assert not Lookbook.objects.exists()


def test_what_stands_beside_a_piece_is_chosen_on_its_page(claire: Colleague) -> None:
    page = "catalogue/product/vase/change/"
    data = claire.form(page) | {
        "beside-TOTAL_FORMS": "1",
        "beside-0-other": "cup",
        "beside-0-position": "0",
        "beside-0-product": "vase",
    }
    assert claire.send(page, data).status_code == 302
    vase = next(p for p in Window().changes()["upserts"] if p["id"] == "vase")
    assert vase["related"] == ["cup"]


def test_the_quick_pieces_are_chosen_one_by_one(claire: Colleague) -> None:
    for handle in ("cup", "vase"):
        sent = claire.send("catalogue/quickpiece/add/", {"product": handle})
        assert sent.status_code == 302
    assert shop_profile().quick == ["cup", "vase"]
    assert "Vase" in claire.page("catalogue/quickpiece/")
