"""The interface's words: gettext catalogues, read from their .po source.

English is the source language. A text that a catalogue lacks shows in English rather than as a
hole; a test keeps the catalogues complete.
"""

from collections.abc import Callable
from functools import lru_cache
from gettext import c2py
from pathlib import Path

from babel.messages.pofile import read_po

from kiosk.shop import formats

LOCALES = Path(__file__).parent / "locale"


class Words:
    """One language's words. Placeholders are `{name}`; plurals follow the language's rule."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts: dict[str, str | tuple[str, ...]] = {}
        self._plural: Callable[[int], int] = _english_plural
        path = LOCALES / f"{language}.po"
        if path.is_file():
            with path.open("rb") as file:
                catalog = read_po(file, locale=language)
            for message in catalog:
                if message.id and not message.fuzzy:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    text = message.string
                    self._texts[key] = tuple(text) if isinstance(text, list) else text or ""
            self._plural = plural_rule(catalog.plural_expr)

    def __call__(self, text: str, **values: object) -> str:
        """The text in this language, with its placeholders filled."""
        found = self._texts.get(text)
        chosen = found if isinstance(found, str) and found else text
        return chosen.format(**values) if values else chosen

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """The form for `n`, which is also the placeholder {n}."""
        found = self._texts.get(one)
        index = self._plural(n)
        if isinstance(found, tuple) and index < len(found) and found[index]:
            chosen = found[index]
        else:
            chosen = one if n == 1 else many
        return chosen.format(n=n if n < 1000 else formats.number(n, self.language), **values)


def _english_plural(n: int) -> int:
    return int(n != 1)


def plural_rule(expression: str) -> Callable[[int], int]:
    """gettext's plural expression ("(n > 1)") as a function from n to the form's index."""
    return c2py(expression)


def N_(text: str) -> str:
    """Mark a text for the catalogues where it stands as data."""
    return text


@lru_cache(maxsize=16)
def words(language: str) -> Words:
    return Words(language)
