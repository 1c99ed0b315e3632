"""Text that is safe to draw, details that can be reached, lives that only go forward."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.shop import delivery, order
from kiosk.shop.address import address_line, in_area
from kiosk.shop.basket import Basket, BasketError, Line
from kiosk.shop.contact import check_address, check_contact, normal_phone
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point, distance_m
from kiosk.shop.money import Money
from kiosk.shop.order import OrderStatus, TransitionError
from kiosk.shop.text import clean, fold, pick


@given(st.text(max_size=300), st.integers(1, 80))
def test_cleaned_text_is_short_and_drawable(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit
    cleaned.encode("utf-8")
    assert not any(c < " " or "\u202a" <= c <= "\u202e" for c in cleaned)


def test_hostile_text_is_disarmed() -> None:
    assert clean("a\x00b\ud800c\u202ed", 20) == "abcd"
    zalgo = "a" + "\u0301" * 40
    assert len(clean(zalgo, 100)) == 4
    assert clean("x" * 10**6, 10) == "x" * 9 + "…"
    assert clean("one\r\n\n\n\ntwo  three", 50, lines=True) == "one\n\ntwo three"


def test_text_falls_back_to_the_shops_language() -> None:
    assert pick({"fr": "vase", "en": ""}, "en", "fr") == "vase"
    assert pick({"de": "Vase"}, "en", "fr") == "Vase"
    assert pick({}, "en", "fr") == ""


def test_folding_forgets_accents() -> None:
    assert fold("Céladon, Œuvre") == "celadon, oeuvre"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("0044 20 7946 0000", "+442079460000"),
        ("12", None),
        ("06 12 34 56 78 99 00 11", None),
        ("call me", None),
    ],
)
def test_phones_as_people_type_them(typed: str, normal: str | None) -> None:
    assert normal_phone(typed, "FR") == normal


def test_what_is_missing_and_what_is_wrong() -> None:
    problems = check_contact("  ", "12", "me@", "FR")
    assert [(p.field, p.code) for p in problems] == [
        ("name", "missing"),
        ("phone", "invalid"),
        ("email", "invalid"),
    ]
    assert check_contact("Zoé", "0612345678", "", "FR") == []
    assert [p.field for p in check_address("", "abc", "")] == ["line1", "postcode", "city"]
    assert check_address("3, rue des Lilas", "75011", "Paris") == []


def test_a_basket_keeps_to_stock_and_to_reason() -> None:
    line = Line("v1", "p1", 1, Money(1000, "EUR"))
    basket = Basket().add(line, stock=2).add(line, stock=2)
    assert basket.quantity_of("v1") == 2
    assert basket.subtotal("EUR") == Money(2000, "EUR")
    with pytest.raises(BasketError) as caught:
        basket.add(line, stock=2)
    assert caught.value.code == "stock"
    with pytest.raises(BasketError):
        basket.set_quantity("v1", 21)
    assert not basket.set_quantity("v1", 0)
    full = Basket(tuple(Line(f"w{i}", "p", 1, Money(1, "EUR")) for i in range(30)))
    with pytest.raises(BasketError) as caught:
        full.add(line)
    assert caught.value.code == "lines"


def test_an_order_never_goes_back() -> None:
    assert order.advance(OrderStatus.ACCEPTED, OrderStatus.PREPARING) is OrderStatus.PREPARING
    with pytest.raises(TransitionError, match="ended"):
        order.advance(OrderStatus.COMPLETED, OrderStatus.ACCEPTED)
    for status in OrderStatus:
        assert status not in order.TRANSITIONS[status]
        assert status.final is (order.TRANSITIONS[status] == frozenset())


def test_a_delivery_never_goes_back() -> None:
    ride = [s for s in DeliveryStatus if s not in delivery._FINAL][:7]
    for earlier, later in pairwise(ride):
        assert delivery.advance(earlier, later) is later
        with pytest.raises(TransitionError):
            delivery.advance(later, earlier)
    with pytest.raises(TransitionError):
        delivery.advance(DeliveryStatus.DELIVERED, DeliveryStatus.RETURNING)
    with pytest.raises(TransitionError):
        delivery.advance(DeliveryStatus.CREATED, DeliveryStatus.RETURNING)


def test_a_courier_is_public_only_on_the_way() -> None:
    shown = {s for s in DeliveryStatus if s.position_public}
    assert shown == {
        DeliveryStatus.PICKED_UP,
        DeliveryStatus.ENROUTE_TO_DROPOFF,
        DeliveryStatus.ARRIVED_AT_DROPOFF,
    }


def test_distance_on_the_earth() -> None:
    eiffel, notre_dame = Point(48.85837, 2.294481), Point(48.852968, 2.349902)
    assert distance_m(eiffel, notre_dame) == pytest.approx(4094, rel=0.01)
    with pytest.raises(ValueError, match="no such place"):
        Point(91, 0)


@pytest.mark.parametrize(
    ("postcode", "inside"), [("1012ab", True), (" 1012 AB ", True), ("1012 AC", False), ("", False)]
)
def test_a_postcode_is_compared_as_the_post_reads_it(postcode: str, inside: bool) -> None:
    assert in_area(postcode, ["1012 AB", "75002"]) is inside
    assert in_area(postcode, []), "couriers without an area ride everywhere"


@pytest.mark.parametrize(
    ("country", "line"), [("FR", "30 rue Neuve"), ("DE", "rue Neuve 30"), ("IT", "rue Neuve 30")]
)
def test_the_number_stands_where_the_country_writes_it(country: str, line: str) -> None:
    assert address_line("rue Neuve", "30", country) == line
    assert address_line("rue Neuve", "", country) == "rue Neuve"
