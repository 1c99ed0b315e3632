"""What can be read and what cannot: WCAG 2.2 contrast of every pair of colours that is drawn.

The stage draws no pair that is not named here, so that a brand can be checked before it hangs in
a window. Colours are "#RRGGBB", contrasts run from 1 to 21.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Palette = Mapping[str, str]

TEXT = 4.5  # WCAG 2.2, 1.4.3
LARGE = 3.0  # 1.4.3 for large text; 1.4.11 for controls, icons and what has the focus
TEXT_ENHANCED = 7.0  # 1.4.6; in the high-contrast schemes
LARGE_ENHANCED = 4.5

GROUNDS = ("paper", "sheet", "raised")
_INKS = {
    "ink": "words",
    "ink_soft": "secondary words",
    "accent": "reduced prices and the one action",
    "positive": "“in stock”",
    "warning": "“few left”",
    "danger": "“sold out” and refusals",
}
_EDGES = {
    "outline": "the edge of a control",
    "deep": "a filled button",
    "focus": "the focus ring and the caret",
}


_TINT = 0.07  # of the far end in `sheet`: a card is seen, and takes no contrast from its words


@dataclass(frozen=True, slots=True)
class Pair:
    """`ink` is drawn on `ground`; `is_text` asks for the contrast of text."""

    ink: str
    ground: str
    what: str
    is_text: bool = True

    def least(self, *, enhanced: bool) -> float:
        if self.is_text:
            return TEXT_ENHANCED if enhanced else TEXT
        return LARGE_ENHANCED if enhanced else LARGE


PAIRS = (
    *(Pair(ink, ground, what) for ink, what in _INKS.items() for ground in GROUNDS),
    *(Pair(edge, ground, what, False) for edge, what in _EDGES.items() for ground in GROUNDS),
    Pair("on_accent", "accent", "the words of the one action"),
    Pair("on_deep", "deep", "the words of a filled button, a notice"),
    Pair("on_picture", "picture", "the shop's name on a photograph's ground"),
    Pair("ink", "line", "the large sign of a key under a finger", False),
)


@dataclass(frozen=True, slots=True)
class Violation:
    """A pair that cannot be read; `str()` of it is one line for whoever drew the brand."""

    scheme: str
    pair: Pair
    found: float
    least: float

    def __str__(self) -> str:
        pair = self.pair
        return (
            f"[{self.scheme}] {pair.ink} on {pair.ground} is {self.found:.2f}:1, "
            f"needs {self.least}:1 ({pair.what})"
        )


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of #RRGGBB."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """`share` of `other` over `one`, as a screen draws it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def violations(palette: Palette, scheme: str, *, enhanced: bool = False) -> Iterator[Violation]:
    """Every pair of a palette that has too little contrast; `scheme` is what messages call it."""
    for pair in PAIRS:
        found = contrast(palette[pair.ink], palette[pair.ground])
        least = pair.least(enhanced=enhanced)
        if found < least:
            yield Violation(scheme, pair, found, least)


def high_contrast(palette: Palette, *, night: bool) -> dict[str, str]:
    """The palette of a brand for people who need more contrast: its hues, on black or white.

    By day the grounds are white, which holds against the sun on the glass; by night black, which
    does not dazzle. Photographs keep their ground.
    """
    paper, far = ("#000000", "#FFFFFF") if night else ("#FFFFFF", "#000000")
    made = dict(palette) | {"paper": paper, "raised": paper, "ink": far, "hero_ink": far}
    made |= {"on_accent": paper, "on_deep": paper, "scrim": "#000000"}
    made["sheet"] = mixed(paper, far, _TINT)
    grounds = [paper, made["sheet"]]
    for name in ("ink_soft", "accent", "deep", "positive", "warning", "danger"):
        made[name] = _away(palette[name], grounds, TEXT_ENHANCED, far)
    for name in ("outline", "focus"):
        made[name] = _away(palette[name], grounds, LARGE_ENHANCED, far)
    made["line"] = _away(paper, [paper], LARGE, far)
    light = luminance(palette["picture"]) > luminance("#777777")
    end, other = ("#000000", "#FFFFFF") if light else ("#FFFFFF", "#000000")
    made["picture"] = _away(palette["picture"], [end], TEXT_ENHANCED, other)
    made["on_picture"] = _away(palette["on_picture"], [made["picture"]], TEXT_ENHANCED, end)
    return made


def _away(colour: str, grounds: list[str], least: float, end: str) -> str:
    """`colour`, mixed with `end` as little as it takes to reach `least` on all grounds."""
    for step in range(21):
        found = mixed(colour, end, step / 20)
        if all(contrast(found, ground) >= least for ground in grounds):
            return found
    return end


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
