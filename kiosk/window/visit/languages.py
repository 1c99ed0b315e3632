"""The languages that the glass speaks, each by its own name."""

from functools import lru_cache

from babel import Locale

from kiosk.window.visit.words import LOCALES, words

SOURCE = "en"  # the language of the code: it needs no catalogue

# In the order in which a shop that says nothing offers them, after its own.
OWN_NAMES = {
    "fr": "Français",
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "it": "Italiano",
    "nl": "Nederlands",
    "ar": "العربية",
    "ja": "日本語",
}

RIGHT_TO_LEFT = frozenset({"ar"})


@lru_cache(maxsize=1)
def interface() -> tuple[str, ...]:
    """The languages in which the glass has all its words."""
    return tuple(c for c in OWN_NAMES if c == SOURCE or (LOCALES / f"{c}.po").is_file())


def own_name(language: str) -> str:
    """ "Deutsch", "日本語"; also of a language that only a shop's own texts are in."""
    return OWN_NAMES.get(language) or (_names(language).get(language) or language).capitalize()


def text_in(language: str, seen_in: str) -> str:
    """ "Text in French" as `seen_in` says it; "" where both are the same or nothing is known."""
    if language in ("", seen_in):
        return ""
    w = words(seen_in)
    return w("Text in {language}", language=_names(seen_in).get(language, language))


def _names(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(language).languages)
    except Exception:  # babel has three errors for a code that it does not know
        return {}
