"""Shapes baked once into textures: round corners, outlines, icons, the shop's marks.

A nine-patch costs a frame what a rectangle does; BoxShadow and meshes with soft edges do not.
All are white, to be tinted by a Color.
"""

import json
from functools import lru_cache
from pathlib import Path

from kivy.graphics.texture import Texture
from PIL import Image, ImageDraw

from kiosk.window.stage import lettering
from kiosk.window.stage import theme as themes
from kiosk.window.stage.script import script_of

_OVERSAMPLE = 4
SIGN_MM = 250.0  # the longest that a shop's name may be beside its hours


def upload(image: Image.Image, *, linear: bool = True) -> Texture:
    """A texture of a small picture, at once. For photographs use the texture pipeline."""
    rgba = image.convert("RGBA")
    texture = Texture.create(size=rgba.size, colorfmt="rgba")
    texture.flip_vertical()
    texture.blit_buffer(rgba.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    if not linear:
        texture.min_filter = texture.mag_filter = "nearest"
    return texture


@lru_cache(maxsize=128)
def patch(radius: int, outline: int = 0) -> Texture:
    """A nine-patch of a round rectangle: filled, or only its outline of so many pixels, fewer
    than `radius`.

    Its border (BorderImage.border) is `radius` on each side.
    """
    radius = max(1, radius)
    side = 2 * radius + 2
    big = side * _OVERSAMPLE
    mask = Image.new("L", (big, big), 0)
    draw = ImageDraw.Draw(mask)
    edge = (0, 0, big - 1, big - 1)
    draw.rounded_rectangle(edge, radius * _OVERSAMPLE, fill=255)
    # A pixel of the corner stays empty: the middle is stretched from what lies beside it.
    outline = min(outline, max(1, radius - 1))
    if outline:
        inset = outline * _OVERSAMPLE
        inner = (inset, inset, big - 1 - inset, big - 1 - inset)
        draw.rounded_rectangle(inner, max(0, radius - outline) * _OVERSAMPLE, fill=0)
    return upload(_white(mask.resize((side, side), Image.Resampling.BOX)))


@lru_cache(maxsize=64)
def disc(diameter: int, outline: int = 0) -> Texture:
    """A round dot or ring."""
    diameter = max(1, diameter)
    big = diameter * _OVERSAMPLE
    mask = Image.new("L", (big, big), 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((0, 0, big - 1, big - 1), fill=255)
    if outline and 2 * outline < diameter:
        inset = outline * _OVERSAMPLE
        draw.ellipse((inset, inset, big - 1 - inset, big - 1 - inset), fill=0)
    return upload(_white(mask.resize((diameter, diameter), Image.Resampling.LANCZOS)))


@lru_cache(maxsize=32)
def arc(diameter: int, width: int) -> Texture:
    """Three quarters of a ring, for the spinner."""
    big = max(4, diameter) * _OVERSAMPLE
    mask = Image.new("L", (big, big), 0)
    ImageDraw.Draw(mask).arc((0, 0, big - 1, big - 1), -60, 210, fill=255, width=width * 4)
    return upload(_white(mask.resize((diameter, diameter), Image.Resampling.LANCZOS)))


@lru_cache(maxsize=8)
def fade(height: int = 64, power: float = 1.6) -> Texture:
    """A white column that fades from opaque at the bottom to nothing at the top."""
    mask = Image.new("L", (1, height))
    mask.putdata([round(255 * (y / (height - 1)) ** power) for y in range(height)])
    return upload(_white(mask))


@lru_cache(maxsize=8)
def shade(height: int = 64, power: float = 1.3) -> Texture:
    """A white column that fades from opaque at the top to nothing at the bottom."""
    mask = Image.new("L", (1, height))
    mask.putdata([round(255 * (1 - y / (height - 1)) ** power) for y in range(height)])
    return upload(_white(mask))


@lru_cache(maxsize=256)
def icon(name: str, size: int) -> Texture:
    """An icon of the brand's atlas, resampled to exactly `size` pixels.

    An unknown name gives an empty picture: a missing icon must not stop a sale.
    """
    return upload(icon_image(name, size))


def icon_image(name: str, size: int) -> Image.Image:
    brand = themes.current().brand
    atlas, index = _atlas(brand.atlas, brand.atlas_index)
    if name not in index:
        return Image.new("RGBA", (size, size), (255, 255, 255, 0))
    x, y, width, height = index[name]
    cell = atlas.crop((x, y, x + width, y + height)).getchannel("A")
    return _white(cell.resize((size, size), Image.Resampling.LANCZOS))


def mark(name: str, height: int, sign: str | None = None) -> Texture:
    """The "wordmark" or the "monogram", its capitals `height` pixels high.

    `sign` is the name of a shop that is not the brand's own (the theme's, where left out): its
    name and its initial in the display face take the marks' place. What hangs below the
    baseline makes the texture higher than `height`.
    """
    return _mark(name, height, themes.current().sign if sign is None else sign)


@lru_cache(maxsize=32)
def _mark(name: str, height: int, sign: str) -> Texture:
    return upload(_sign_image(name, height, sign) if sign else _own_mark(name, height))


def mark_image(name: str, height: int) -> Image.Image:
    sign = themes.current().sign
    return _sign_image(name, height, sign) if sign else _own_mark(name, height)


def _own_mark(name: str, height: int) -> Image.Image:
    alpha = _mark_alpha(getattr(themes.current().brand, name))
    width = max(1, round(alpha.width * height / alpha.height))
    return _white(alpha.resize((width, height), Image.Resampling.LANCZOS))


def _sign_image(name: str, height: int, sign: str) -> Image.Image:
    theme = themes.current()
    path = _display_face(sign)
    if name == "wordmark":
        return _white(lettering.name_mask(sign, path, height, theme.mm(SIGN_MM)))
    letter = lettering.initial(sign, path)
    mask = lettering.letter_mask(letter, path, round(height / lettering.CAPITALS))
    return _white(mask)


def _display_face(text: str) -> str:
    return themes.current().type("title", script_of(text)).font_path


@lru_cache(maxsize=16)
def initial(text: str, size: int) -> Texture:
    """The first letter of a piece's name, `size` pixels of em; an empty pixel for none."""
    path = _display_face(text)
    letter = lettering.initial(text, path)
    return upload(_white(lettering.letter_mask(letter, path, size)))


@lru_cache(maxsize=4)
def _mark_alpha(path: Path) -> Image.Image:
    with Image.open(path) as image:
        alpha = image.convert("RGBA").getchannel("A")
    return alpha.crop(alpha.getbbox())


@lru_cache(maxsize=2)
def _atlas(picture: Path, index: Path) -> tuple[Image.Image, dict[str, list[int]]]:
    with Image.open(picture) as image:
        return image.convert("RGBA"), json.loads(index.read_text(encoding="utf-8"))


def _white(mask: Image.Image) -> Image.Image:
    image = Image.new("RGBA", mask.size, (255, 255, 255, 255))
    image.putalpha(mask)
    return image
