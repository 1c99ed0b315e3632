"""Words as they may be shown: cleaned, capped, and chosen by language."""

import re
import unicodedata
from collections.abc import Mapping

# One text in several languages, by ISO 639-1 code.
Texts = Mapping[str, str]

# Bidirectional overrides and isolates can make a screen read something else than was written.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
# More combining marks on one letter than any orthography needs ("zalgo").
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]"
_STACKED = re.compile(f"({_MARK}{{3}}){_MARK}+")
_SPACES = re.compile(r"[ \t\f\v]+")
_VOICED = "\u3099\u309a"
# Letters that people type for one another and that no decomposition brings together.
_ALIKE: dict[int, int | str | None] = {
    ord("œ"): "oe",
    ord("æ"): "ae",
    ord("þ"): "th",
    **str.maketrans("øłđðٱىیکةı٠١٢٣٤٥٦٧٨٩", "olddاييكهi0123456789", "ـ"),
    **{katakana: katakana - 0x60 for katakana in range(0x30A1, 0x30F7)},
}


def clean(text: str, limit: int, *, lines: bool = False) -> str:
    """Text safe to draw: no controls, surrogates, bidi overrides or stacked marks; capped.

    `limit` counts characters; a longer text ends in an ellipsis. `lines` keeps line breaks
    (at most one empty line in a row), otherwise everything is one line.
    """
    text = text[: limit * 4 + 1000]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not lines:
        text = text.replace("\n", " ")
    kept = text
    if not text.replace("\n", "").isprintable():  # most texts are, and this is much quicker
        kept = "".join(
            c
            for c in text
            if c == "\n" or c == "\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn")
        )
    kept = _STACKED.sub(r"\1", _BIDI.sub("", kept))
    kept = _SPACES.sub(" ", kept)
    if lines:
        kept = re.sub(r"\n{3,}", "\n\n", "\n".join(part.strip() for part in kept.split("\n")))
    kept = kept.strip()
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def pick(texts: Texts, language: str, default: str) -> str:
    """The text in `language`, else in the shop's `default` language, else any, else ""."""
    for code in (language, default):
        if texts.get(code):
            return texts[code]
    return next((t for t in texts.values() if t), "")


def picked(texts: Texts, language: str, default: str) -> str:
    """The language of the text that `pick` gives; "" where there is none."""
    wanted = (language, default, *texts)
    return next((code for code in wanted if texts.get(code)), "")


def fold(text: str) -> str:
    """Lower case without accents, for comparing and searching ("Céladon" → "celadon").

    Arabic loses its vowel signs and the forms of alef, ya and ta marbuta meet; katakana becomes
    hiragana, whose voicing marks stay ("ガラス" → "がらす").
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if c in _VOICED or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_ALIKE)
