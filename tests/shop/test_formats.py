"""Figures, money and time as each of the window's languages writes them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.shop import formats
from kiosk.shop.money import Money

AT = datetime(2026, 11, 24, 9, 5, tzinfo=ZoneInfo("Europe/Paris"))

GOLDEN = {
    # language: 128.00 EUR, 1234.50 EUR, 5000 JPY, 1234.5, 9:05, the day, the weekday
    "fr": ("128 €", "1 234,50 €", "5 000 JPY", "1 234,5", "09:05", "mardi 24 novembre", "mardi"),
    "en": ("€128", "€1,234.50", "¥5,000", "1,234.5", "09:05", "Tuesday 24 November", "Tuesday"),
    "de": (
        "128 €",
        "1.234,50 €",
        "5.000 ¥",
        "1.234,5",
        "09:05",
        "Dienstag, 24. November",
        "Dienstag",
    ),
    "es": (
        "128 €",
        "1.234,50 €",
        "5.000 JPY",
        "1.234,5",
        "9:05",
        "martes 24 de noviembre",
        "martes",
    ),
    "it": (
        "128 €",
        "1.234,50 €",
        "5.000 JPY",
        "1.234,5",
        "09:05",
        "martedì 24 novembre",
        "martedì",
    ),
    "nl": (
        "€ 128",
        "€ 1.234,50",
        "JP¥ 5.000",
        "1.234,5",
        "09:05",
        "dinsdag 24 november",
        "dinsdag",
    ),
    "ar": (
        "\u200f128 €",
        "\u200f1,234.50 €",
        "\u200f5,000 JP¥",
        "1,234.5",
        "09:05",
        "الثلاثاء، 24 نوفمبر",
        "الثلاثاء",
    ),
    "ja": ("€128", "€1,234.50", "￥5,000", "1,234.5", "9:05", "11月24日火曜日", "火曜日"),
}


WITH_YEAR = {
    "fr": "mardi 24 novembre 2026",
    "en": "Tuesday 24 November 2026",
    "de": "Dienstag, 24. November 2026",
    "es": "martes 24 de noviembre de 2026",
    "it": "martedì 24 novembre 2026",
    "nl": "dinsdag 24 november 2026",
    "ar": "الثلاثاء، 24 نوفمبر 2026",
    "ja": "2026年11月24日火曜日",
}


@pytest.mark.parametrize("language", WITH_YEAR)
def test_the_year_stands_where_a_language_has_it(language: str) -> None:
    assert formats.date_of(AT, language) == WITH_YEAR[language]


@pytest.mark.parametrize("language", GOLDEN)
def test_every_language_writes_as_its_readers_do(language: str) -> None:
    shown = (
        formats.money(Money(12800, "EUR"), language),
        formats.money(Money(123450, "EUR"), language),
        formats.money(Money(5000, "JPY"), language),
        formats.number(1234.5, language),
        formats.clock(AT, language),
        formats.day(AT, language),
        formats.weekday(AT, language),
    )
    plain = tuple(text.replace("\u00a0", " ").replace("\u202f", " ") for text in shown)
    assert plain == GOLDEN[language]


@pytest.mark.parametrize(
    ("language", "light", "heavy"),
    [("fr", "800 g", "1,2 kg"), ("ar", "800 غرام", "1.2 كغم"), ("ja", "800 g", "1.2 kg")],
)
def test_weights(language: str, light: str, heavy: str) -> None:
    shown = [formats.weight(grams, language) for grams in (800, 1240)]
    assert [text.replace("\u00a0", " ") for text in shown] == [light, heavy]


@pytest.mark.parametrize("language", GOLDEN)
def test_a_price_is_one_word_for_whoever_breaks_lines(language: str) -> None:
    assert " " not in formats.money(Money(123450, "EUR"), language)
    assert "\u202f" not in formats.money(Money(123450, "EUR"), language)
