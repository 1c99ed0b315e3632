"""Money never rounds twice, never mixes currencies, and reads what retailers write."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.shop import formats
from kiosk.shop.money import Money, MoneyError, exponent


@pytest.mark.parametrize(
    ("written", "minor", "currency"),
    [
        ("599 CZK", 59900, "CZK"),
        ("12.50", 1250, "EUR"),
        ("12,5", 1250, "EUR"),
        ("1 234,50", 123450, "EUR"),
        ("1\u202f234,50 EUR", 123450, "EUR"),
        ("1.234,50 EUR", 123450, "EUR"),
        ("1,234.50 usd", 123450, "USD"),
        ("1,234,567.89", 123456789, "EUR"),
        ("EUR 8", 800, "EUR"),
        ("500 JPY", 500, "JPY"),
        ("1.234 KWD", 1234, "KWD"),
        ("1.234 EUR", 123400, "EUR"),
        ("1,234", 123400, "EUR"),
        ("12.345 JPY", 12345, "JPY"),
        ("1.234.567", 123456700, "EUR"),
        ("1,234.567", 123457, "EUR"),
        ("1234.567", 123457, "EUR"),
        ("0.125", 13, "EUR"),
        ("-1.234", -123400, "EUR"),
        ("12.", 1200, "EUR"),
        ("0", 0, "EUR"),
    ],
)
def test_prices_as_retailers_write_them(written: str, minor: int, currency: str) -> None:
    assert Money.parse(written, "EUR") == Money(minor, currency)


@pytest.mark.parametrize("written", ["", "free", "12 €€", "NaN", "1e9 EUR", "--3", "12 EUROS"])
def test_what_is_no_price_is_refused(written: str) -> None:
    with pytest.raises(MoneyError):
        Money.parse(written, "EUR")


def test_a_price_without_a_currency_is_refused() -> None:
    with pytest.raises(MoneyError, match="currency"):
        Money.parse("12.50")


def test_currencies_do_not_mix() -> None:
    with pytest.raises(MoneyError):
        Money(1, "EUR") + Money(1, "USD")
    with pytest.raises(MoneyError):
        assert Money(1, "EUR") < Money(2, "CZK")


@pytest.mark.parametrize("bad", ["eur", "EURO", "", "E R", "ÉUR"])
def test_currency_codes_are_three_capitals(bad: str) -> None:
    with pytest.raises(MoneyError):
        Money(1, bad)


def test_absurd_amounts_are_refused() -> None:
    with pytest.raises(MoneyError):
        Money(10**12, "EUR")


@given(st.integers(-(10**9), 10**9), st.sampled_from(["EUR", "JPY", "KWD", "CZK"]))
def test_decimal_and_back_is_exact(minor: int, currency: str) -> None:
    assert Money.from_decimal(Money(minor, currency).decimal, currency) == Money(minor, currency)


def test_half_a_cent_goes_up() -> None:
    assert Money.from_decimal(Decimal("0.125"), "EUR").minor == 13
    assert exponent("JPY") == 0


@pytest.mark.parametrize(
    ("amount", "language", "shown"),
    [
        (Money(12800, "EUR"), "fr", "128\u00a0€"),
        (Money(12850, "EUR"), "fr", "128,50\u00a0€"),
        (Money(12850, "EUR"), "en", "€128.50"),
        (Money(59900, "CZK"), "en", "CZK\u00a0599"),
        (Money(500, "JPY"), "ja", "￥500"),
        (Money(1234567, "EUR"), "de", "12.345,67\u00a0€"),
    ],
)
def test_money_as_a_language_writes_it(amount: Money, language: str, shown: str) -> None:
    assert formats.money(amount, language) == shown
