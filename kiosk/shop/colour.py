"""Colour names that people shop by, from the exact colour of a swatch."""

import math
import re
from collections.abc import Iterable
from enum import StrEnum

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


class Colour(StrEnum):
    """A family of colours, in the order in which a shop lays them out: lights, hues, darks."""

    WHITE = "white"
    BEIGE = "beige"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    PINK = "pink"
    PURPLE = "purple"
    BLUE = "blue"
    GREEN = "green"
    BROWN = "brown"
    GREY = "grey"
    BLACK = "black"

    @property
    def bit(self) -> int:
        """A power of two of its own, so that several families fit one integer."""
        return 1 << tuple(Colour).index(self)


# What people type for a family in the languages of the glass, folded as `fold` does; other
# numbers and genders are known by their roots.
COLOUR_WORDS = {
    Colour.WHITE: "white blanc blanche weiss blanco bianco wit ابيض بيضاء 白 しろ",
    Colour.BEIGE: "beige sand cream sable creme crema zand بيج べーじゅ",
    Colour.YELLOW: "yellow jaune gelb amarillo giallo geel اصفر صفراء 黄 黄色",
    Colour.ORANGE: "orange naranja arancione oranje برتقالي おれんじ",
    Colour.RED: "red rouge rot rojo rosso rood احمر حمراء 赤 あか",
    Colour.PINK: "pink rose rosa roze وردي زهري ぴんく",
    Colour.PURPLE: "purple violet violette mauve lila morado viola paars بنفسجي 紫",
    Colour.BLUE: "blue bleu blau azul blu blauw ازرق زرقاء 青 あお",
    Colour.GREEN: "green vert grun verde groen اخضر خضراء 緑 みどり",
    Colour.BROWN: "brown marron brun braun marrone bruin بني 茶 茶色",
    Colour.GREY: "grey gray gris grau grigio grijs رمادي 灰色 ぐれー",
    Colour.BLACK: "black noir noire schwarz negro nero zwart اسود سوداء 黒 くろ",
}

# Upper bounds of hue in degrees of OKLCH, for what is colourful and neither light nor dark.
_HUES = (
    (75, Colour.ORANGE),
    (112, Colour.YELLOW),
    (190, Colour.GREEN),
    (288, Colour.BLUE),
    (335, Colour.PURPLE),
    (360, Colour.PINK),
)


def family(swatch: str) -> Colour | None:
    """The family of "#rrggbb"; None for what is no colour.

    Told by lightness, chroma and hue in OKLab (Björn Ottosson, 2020), where equal steps look
    equal: celadon, sage and fir are green, chalk is white, cognac is brown, navy is blue.
    """
    if not _HEX.fullmatch(swatch):
        return None
    light, chroma, hue = _oklch(swatch)
    if chroma < 0.02 or (chroma < 0.04 and 180 <= hue <= 300) or light < 0.15:
        return _neutral(light)
    if chroma < 0.03 and light >= 0.9:
        return Colour.WHITE
    if 24 <= hue < 112 and (earth := _earth(light, chroma, hue)):
        return earth
    if hue >= 335 or hue < 33:
        return _reddish(light, hue)
    return next(colour for bound, colour in _HUES if hue < bound)


def families(swatches: Iterable[str]) -> int:
    """The bits of every family among `swatches`."""
    bits = 0
    for swatch in swatches:
        found = family(swatch)
        bits |= found.bit if found else 0
    return bits


def _neutral(light: float) -> Colour:
    if light >= 0.9:
        return Colour.WHITE
    return Colour.BLACK if light < 0.31 else Colour.GREY


def _earth(light: float, chroma: float, hue: float) -> Colour | None:
    """Between red and yellow the same hue is brick, amber, leather or linen."""
    if chroma < 0.1 and light >= 0.7 and hue >= 44:
        return Colour.BEIGE
    if hue < 44 and chroma >= 0.11:
        return Colour.RED if light < 0.58 else None
    return Colour.BROWN if light < 0.66 and chroma < 0.126 else None


def _reddish(light: float, hue: float) -> Colour:
    if light >= 0.68:
        return Colour.PINK
    if 335 <= hue < 345:
        return Colour.PURPLE if light < 0.5 else Colour.PINK
    return Colour.PINK if hue >= 345 and light >= 0.5 else Colour.RED


def _oklch(swatch: str) -> tuple[float, float, float]:
    """Lightness 0–1, chroma 0–0.4, hue in degrees."""
    r, g, b = (_linear(int(swatch[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    light = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    across = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    along = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    hue = math.degrees(math.atan2(along, across)) % 360
    return light, math.hypot(across, along), hue


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
