"""Stars that add up, names that tell nobody, and what may stand beside a piece."""

from datetime import date
from decimal import Decimal

import pytest

from kiosk.shop.catalogue import Product, Variant
from kiosk.shop.money import Money
from kiosk.shop.related import related
from kiosk.shop.reviews import Rating, Review, first_name, rating_of


def piece(id: str, maker: str = "", shelf: str = "a", stock: int = 1, **more: object) -> Product:
    variants = (Variant(f"{id}-1", id, Money(100, "EUR"), stock=stock),)
    return Product(id, id, 1, shelf, {"fr": id}, variants, maker=maker, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stars", "average"),
    [([5], "5.0"), ([5, 4], "4.5"), ([4, 4, 5], "4.3"), ([5] * 13 + [4] * 7, "4.7")],
)
def test_a_rating_has_one_decimal_and_rounds_halves_up(stars: list[int], average: str) -> None:
    rating = rating_of(stars)
    assert rating and rating.average == Decimal(average) and rating.count == len(stars)


def test_no_reviews_are_no_rating() -> None:
    assert rating_of([]) is None
    for wrong in ((6, 1), (0, 0), (1, 2)):
        with pytest.raises(ValueError, match="cannot be"):
            Rating(*wrong)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_a_review_has_one_to_five_stars(stars: int) -> None:
    with pytest.raises(ValueError, match="stars"):
        Review("r", "Zoé", stars, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Camille Roux", "Camille"),
        ("marie-ève d’Artois", "Marie-ève"),
        ("J.-P. Roux", "J."),
        ("zoe@post.example", "Z."),
        ("42", ""),
        ("  ", ""),
        ("李 雷", "李"),
    ],
)
def test_of_a_reviewer_only_the_first_name_is_kept(name: str, shown: str) -> None:
    assert first_name(name) == shown


def names(found: tuple[Product, ...]) -> list[str]:
    return [product.id for product in found]


def test_the_shops_choice_comes_first_then_maker_lookbook_shelf() -> None:
    vase = piece("vase", "Vaugrain", related=("jug", "bowl"))
    others = [
        piece("plate"),
        piece("lamp", shelf="b"),
        piece("cup", "Vaugrain", shelf="b"),
        piece("candle", shelf="c"),
        piece("bowl", shelf="b"),
        piece("jug", shelf="b"),
        vase,
    ]
    found = related(vase, others, together={"candle"}, without=(), limit=9)
    assert names(found) == ["jug", "bowl", "cup", "candle", "plate"]


def test_what_can_be_had_comes_before_what_was_chosen_but_is_gone() -> None:
    vase = piece("vase", related=("jug",))
    found = related(vase, [piece("jug", stock=0), piece("plate")], (), (), 9)
    assert names(found) == ["plate", "jug"]


def test_what_is_in_the_basket_is_never_shown_again() -> None:
    vase = piece("vase", related=("jug", "bowl"))
    found = related(vase, [piece("jug"), piece("bowl"), piece("cup")], (), {"jug"}, 2)
    assert names(found) == ["bowl", "cup"]
