"""What somebody types for an address, read as words and a number. Pure."""

import re
from dataclasses import dataclass

from kiosk.shop.text import fold

MAX_TEXT = 120
MAX_WORDS = 8
# What French addresses shorten: both the short and the long form are looked for.
_SHORT = {
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "bvd": "boulevard",
    "fg": "faubourg",
    "fbg": "faubourg",
    "rte": "route",
    "st": "saint",
    "ste": "sainte",
}
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(\d{1,4})(bis|ter|quater|[a-z])?")
_SUFFIX = re.compile(r"bis|ter|quater|[a-z]")


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that must all begin a word of the street or town; the number, 0 where none."""

    words: tuple[str, ...]
    number: int = 0
    suffix: str = ""

    @property
    def numbered(self) -> str:
        return f"{self.number} {self.suffix}".strip() if self.number else ""

    def match(self) -> str:
        """The full-text query: at least one word in the street's own name."""
        each = [_either(word) for word in self.words]
        return " AND ".join([*each, f"name : ({' OR '.join(each)})"])


def _either(word: str) -> str:
    if word.isdigit() and len(word) < 5:  # "rue du 8 Mai": a whole word, and of the name
        return f'name : "{word}"'
    long = _SHORT.get(word)
    return f'("{word}"* OR "{long}"*)' if long else f'"{word}"*'


def readings(text: str) -> tuple[Asked, ...]:
    """What may be meant, most likely first: "8 mai" may be a street or a number 8."""
    words = _WORD.findall(fold(text[:MAX_TEXT]))[:MAX_WORDS]
    found = []
    if any(not word.isdigit() for word in words):
        numbered = _numbered(words)
        if numbered is None:
            found.append(Asked(tuple(words)))
        else:
            found += [Asked(tuple(words)), numbered]
    return tuple(asked for asked in found if _enough(asked.words))


def _numbered(words: list[str]) -> Asked | None:
    """The reading in which the first or the last word is the number of the house."""
    first = _NUMBER.fullmatch(words[0])
    if first:
        suffix, rest = first[2] or "", words[1:]
        if not suffix and len(rest) > 1 and _SUFFIX.fullmatch(rest[0]):
            suffix, rest = rest[0], rest[1:]
        return Asked(tuple(rest), int(first[1]), suffix)
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) and words[-2].isdigit():
        return Asked(tuple(words[:-2]), int(words[-2][:4]), words[-1])
    last = _NUMBER.fullmatch(words[-1])
    if last and len(words) > 1:
        return Asked(tuple(words[:-1]), int(last[1]), last[2] or "")
    return None


def _enough(words: tuple[str, ...]) -> bool:
    """Two letters, or one sign of a script that writes syllables."""
    letters = [c for word in words for c in word if not c.isdigit()]
    return len(letters) > 1 or any(c >= "\u3040" for c in letters)
