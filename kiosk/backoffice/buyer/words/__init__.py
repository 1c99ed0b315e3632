"""What the pages for buyers say, in the order's or the link's language: one module a language."""

import re
from datetime import date, datetime, timedelta
from typing import Literal

from babel.units import format_unit

from kiosk.backoffice.buyer.words import ar, de, en, es, fr, it, ja, nl
from kiosk.backoffice.vocabulary import Vocabulary
from kiosk.shop import formats
from kiosk.shop.money import Money

WORDS = Vocabulary.of_modules(ar, de, en, es, fr, it, ja, nl)

words_in = WORDS.words_in
spoken = WORDS.spoken

_SHORT = frozenset({"it", "nl", "ar", "ja"})
_VOWEL_SIGNS = re.compile("[\u064b-\u0652]")  # CLDR writes some; nothing else on the page does


def money(amount: Money, language: str) -> str:
    """ "128 €", as on the glass."""
    return formats.money(amount, spoken(language))


def clock(at: datetime, language: str) -> str:
    """ "10:30"; `at` is in the shop's zone."""
    return formats.clock(at, spoken(language))


def moment(at: datetime, today: date, language: str) -> str:
    """ "aujourd’hui à 10:30", "demain à 9:40", "mardi 3 juin à 10:30"."""
    words = words_in(language)
    if at.date() == today:
        day = words["today"]
    elif at.date() == today + timedelta(days=1):
        day = words["tomorrow"]
    else:
        day = formats.day(at.date(), spoken(language))
    return words["at"].format(day=day, time=clock(at, language))


def days(count: int, language: str) -> str:
    """ "1 jour", "90 Tage", "90日"."""
    spoken_here = spoken(language)
    # Where CLDR’s long form is its short one it is an alias, which Babel does not follow.
    length: Literal["short", "long"] = "short" if spoken_here in _SHORT else "long"
    text = format_unit(count, "duration-day", length=length, locale=spoken_here)
    return re.sub(r"\s", "" if spoken_here == "ja" else "\u00a0", _VOWEL_SIGNS.sub("", text))
