"""What the camera's parts of the courier's and the buyer's pages say: one module a language."""

from types import ModuleType

from kiosk.backoffice.camera.words import ar, de, en, es, fr, it, ja, nl

_SPOKEN = {"fr": fr, "en": en, "de": de, "es": es, "it": it, "nl": nl, "ar": ar, "ja": ja}


def words_in(language: str) -> dict[str, str]:
    """What the courier reads; English where we do not speak their language."""
    words: dict[str, str] = _of(language).COURIER
    return words


def buyer_words_in(language: str) -> dict[str, str]:
    """What the buyer is asked about the window."""
    words: dict[str, str] = _of(language).ASKED
    return words


def street_words_in(language: str) -> dict[str, str]:
    """What is said of the picture on the buyer's page."""
    words: dict[str, str] = _of(language).STREET
    return words


def _of(language: str) -> ModuleType:
    return _SPOKEN.get(language, en)
