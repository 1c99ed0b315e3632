"""Arabic letters in the form that they take beside their neighbours.

The forms and the pairs that join into one sign are Unicode's own (the decompositions of Arabic
Presentation Forms A and B), so the table comes with Python.
"""

import re
import unicodedata
from functools import lru_cache

# Vowel signs: they neither join nor part letters. Drawn without a shaper they would stand beside
# their letter, and everyday Arabic is written without them.
_VOWELS = re.compile("[\u064b-\u0655\u0670]")
_TATWEEL, _JOINER, _NON_JOINER = "\u0640", "\u200d", "\u200c"

Forms = dict[str, str]


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, Forms], dict[str, Forms]]:
    """Letter → its forms by position, and lam-alef pair → its forms."""
    letters: dict[str, Forms] = {}
    pairs: dict[str, Forms] = {}
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)):
        kind, *rest = unicodedata.decomposition(chr(code)).split() or [""]
        base = "".join(chr(int(part, 16)) for part in rest)
        if len(base) == 1:
            letters.setdefault(base, {})[kind] = chr(code)
        elif base.startswith("\u0644"):
            pairs.setdefault(base, {})[kind] = chr(code)
    return letters, pairs


def joined(text: str) -> str:
    """`text` in logical order with every letter in its joined form, without vowel signs."""
    letters, pairs = _tables()
    text = _VOWELS.sub("", text)
    out: list[str] = []
    open_before = False  # whether the sign before reaches out to this one
    at = 0
    while at < len(text):
        pair = text[at : at + 2]
        sign = pair if pair in pairs else text[at]
        forms = pairs.get(sign) or letters.get(sign)
        after = text[at + len(sign)] if at + len(sign) < len(text) else ""
        if forms is None:
            open_before = sign in (_TATWEEL, _JOINER)
            out.append("" if sign in (_JOINER, _NON_JOINER) else sign)
        else:
            reaches = "<initial>" in forms and _takes(after, letters)
            out.append(_form(forms, open_before, reaches, sign))
            open_before = "<initial>" in forms
        at += len(sign)
    return "".join(out)


def _takes(sign: str, letters: dict[str, Forms]) -> bool:
    """Whether a letter before `sign` may join it."""
    return sign in (_TATWEEL, _JOINER) or "<final>" in letters.get(sign, {})


def _form(forms: Forms, before: bool, after: bool, plain: str) -> str:
    before = before and "<final>" in forms
    kind = {
        (True, True): "<medial>",
        (True, False): "<final>",
        (False, True): "<initial>",
        (False, False): "<isolated>",
    }[before, after]
    return forms.get(kind, plain)
