"""What messages to buyers say: one module a language, all with the same keys and placeholders."""

from collections.abc import Mapping

from kiosk.backoffice.mail.texts import ar, de, en, es, fr, it, ja, nl

TEXTS: Mapping[str, Mapping[str, str]] = {
    "fr": fr.TEXTS,
    "en": en.TEXTS,
    "de": de.TEXTS,
    "es": es.TEXTS,
    "it": it.TEXTS,
    "nl": nl.TEXTS,
    "ar": ar.TEXTS,
    "ja": ja.TEXTS,
}
RIGHT_TO_LEFT = frozenset({"ar"})


def spoken(*wanted: str) -> str:
    """The first of these languages that is spoken here, else English."""
    return next((language for language in wanted if language in TEXTS), "en")
