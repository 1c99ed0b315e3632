"""What the courier's page says, in the courier's language: one module a language."""

from kiosk.backoffice.courier.words import ar, de, en, es, fr, it, ja, nl

WORDS: dict[str, dict[str, str]] = {
    "fr": fr.WORDS,
    "en": en.WORDS,
    "de": de.WORDS,
    "es": es.WORDS,
    "it": it.WORDS,
    "nl": nl.WORDS,
    "ar": ar.WORDS,
    "ja": ja.WORDS,
}


def words_in(language: str) -> dict[str, str]:
    """The words of a language; English where we do not speak it."""
    return WORDS.get(language, WORDS["en"])
