"""One product as one picture, composed with Pillow off the UI thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from kiosk.window.stage import lettering
from kiosk.window.stage.textures import cover
from kiosk.window.stage.theme import Theme
from kiosk.window.visit.views import CardText


@dataclass(frozen=True, slots=True)
class CardStyle:
    """Everything a card's pixels depend on besides its product. Lengths are pixels."""

    width: int
    photo: int
    height: int
    gap: int
    unit: int
    colours: Mapping[str, str]
    fonts: Mapping[str, tuple[str, int]]

    @classmethod
    def of(cls, theme: Theme, width: int) -> "CardStyle":
        photo = round(width * 1.25)
        fonts = {}
        for role in ("title", "label", "caption", "poster"):
            style = theme.type(role)
            fonts[role] = (style.font_path, style.size)
        return cls(
            width=width,
            photo=photo,
            height=photo + theme.mm(18) + round(1.12 * (fonts["title"][1] + fonts["label"][1])),
            gap=theme.mm(6),
            unit=theme.mm(1),
            colours=dict(theme.palette),
            fonts=fonts,
        )


def compose(style: CardStyle, text: CardText, picture: Path | None) -> Image.Image:
    """The card, opaque RGB of style.width x style.height."""
    card = Image.new("RGB", (style.width, style.height), style.colours["paper"])
    card.paste(_photo(style, text, picture), (0, 0))
    draw = ImageDraw.Draw(card)
    if text.badge:
        _badge(draw, style, text)
    _words(draw, style, text)
    return card


def blank(style: CardStyle) -> Image.Image:
    """A card before it is made, one pixel wide: paper, and the ground of its photograph."""
    image = Image.new("RGB", (1, style.height), style.colours["paper"])
    image.paste(style.colours["picture"], (0, 0, 1, style.photo))
    return image


def _photo(style: CardStyle, text: CardText, picture: Path | None) -> Image.Image:
    if picture is None:
        return _no_photo(style, text)
    try:
        photo = cover(picture, style.width, style.photo)
    except (OSError, ValueError):
        return _no_photo(style, text)
    if text.sold_out:
        veil = Image.new("RGB", photo.size, style.colours["picture"])
        photo = Image.blend(photo, veil, 0.5)
    return photo


def _no_photo(style: CardStyle, text: CardText) -> Image.Image:
    """A piece without a photograph: its initial, large and quiet, as a printed card."""
    paper = Image.new("RGB", (style.width, style.photo), style.colours["picture"])
    draw = ImageDraw.Draw(paper)
    path, _ = style.fonts["poster"]
    font = lettering.font(path, round(style.photo * 0.42))
    ink = _mix(style.colours["on_picture"], style.colours["picture"], 0.16)
    initial = lettering.initial(text.title, path)
    draw.text((style.width / 2, style.photo * 0.5), initial, ink, font, anchor="mm")
    inset = style.unit * 6
    edge = _mix(style.colours["on_picture"], style.colours["picture"], 0.10)
    draw.rectangle(
        (inset, inset, style.width - 1 - inset, style.photo - 1 - inset),
        outline=edge,
        width=max(1, style.unit // 2),
    )
    return paper


def _badge(draw: ImageDraw.ImageDraw, style: CardStyle, text: CardText) -> None:
    font = lettering.font(*style.fonts["caption"])
    pad, unit = style.unit * 5, style.unit
    width = round(draw.textlength(text.badge, font)) + 2 * pad
    height = unit * 7 + style.fonts["caption"][1]
    box = (unit * 5, unit * 5, unit * 5 + width, unit * 5 + height)
    fill = "deep" if text.sold_out else "raised"
    ink = "on_deep" if text.sold_out else "warning"
    draw.rounded_rectangle(box, height // 2, fill=style.colours[fill])
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    draw.text(middle, text.badge, style.colours[ink], font, anchor="mm")


def _words(draw: ImageDraw.ImageDraw, style: CardStyle, text: CardText) -> None:
    path, size = style.fonts["title"]
    title, font = _fitted(draw, text.title, path, size, style.width)
    baseline = style.photo + style.gap + size
    ink = style.colours["ink_soft" if text.sold_out else "ink"]
    draw.text((0, baseline), title, ink, font, anchor="ls")
    below = style.unit * 5 + round(1.05 * style.fonts["label"][1])
    _second_line(draw, style, text, baseline + below)


def _second_line(
    draw: ImageDraw.ImageDraw, style: CardStyle, text: CardText, baseline: int
) -> None:
    price_font = lettering.font(*style.fonts["label"])
    soft_font = lettering.font(*style.fonts["caption"])
    soft, x = style.colours["ink_soft"], 0.0
    price_ink = style.colours["accent" if text.before else "ink"]
    draw.text((x, baseline), text.price, soft if text.sold_out else price_ink, price_font, "ls")
    x += draw.textlength(text.price, price_font) + style.unit * 5
    if text.before:
        width = draw.textlength(text.before, soft_font)
        draw.text((x, baseline), text.before, soft, soft_font, anchor="ls")
        middle = baseline - style.fonts["caption"][1] * 0.27
        draw.line((x, middle, x + width, middle), soft, max(1, style.unit // 2))
        x += width + style.unit * 5
    maker, _ = lettering.cut(text.maker, soft_font, style.width - x)
    draw.text((x, baseline), maker, soft, soft_font, anchor="ls")


def _fitted(
    draw: ImageDraw.ImageDraw, text: str, path: str, size: int, width: float
) -> tuple[str, ImageFont.FreeTypeFont]:
    """The text and font of one line: shrunk to four fifths at most, then cut."""
    font = lettering.font(path, size)
    for share in (1.0, 0.92, 0.86, 0.8):
        font = lettering.font(path, round(size * share))
        if draw.textlength(text, font) <= width:
            return text, font
    return lettering.cut(text, font, width)


def _mix(over: str, under: str, share: float) -> tuple[int, int, int]:
    a, b = _rgb(over), _rgb(under)
    return (
        round(a[0] * share + b[0] * (1 - share)),
        round(a[1] * share + b[1] * (1 - share)),
        round(a[2] * share + b[2] * (1 - share)),
    )


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
