"""Price bands: round, balanced, none empty."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.shop.selection import PriceBand, Selection, price_bands


def held(band, price):
    return band.least <= price and (band.below is None or price < band.below)


def test_bands_part_a_shop_s_prices_at_round_amounts():
    prices = {900: 4, 2400: 6, 3900: 5, 6200: 5, 12800: 6, 16400: 4, 24500: 3}
    assert price_bands(prices, "EUR") == (
        PriceBand(0, 2500),
        PriceBand(2500, 6000),
        PriceBand(6000, 15000),
        PriceBand(15000, None),
    )


def test_a_currency_without_cents_is_parted_in_its_own_units():
    bands = price_bands({1200: 5, 3300: 5, 9800: 5, 40000: 5}, "JPY")
    assert [band.below for band in bands] == [3000, 10000, None]


def test_a_handful_of_pieces_and_one_price_are_not_parted():
    assert price_bands({1000: 3, 2000: 3}, "EUR") == ()
    assert price_bands({4500: 90}, "EUR") == ()
    assert price_bands({}, "EUR") == ()


@given(st.dictionaries(st.integers(0, 10**9), st.integers(1, 50), max_size=60))
def test_every_price_is_in_one_band_and_every_band_holds_something(prices):
    bands = price_bands(prices, "EUR")
    assert len(bands) <= 4
    if bands:
        assert all(sum(held(band, price) for band in bands) == 1 for price in prices)
        assert all(any(held(band, price) for price in prices) for band in bands)


def test_what_was_typed_is_in_no_repr():
    assert "canari" not in repr(Selection(words="canari"))
