"""One product as one picture, composed with Pillow off the UI thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from kiosk.window.stage import lettering
from kiosk.window.stage.script import LATIN, script_of
from kiosk.window.stage.textures import cover
from kiosk.window.stage.theme import Theme
from kiosk.window.visit.views import CardText

Ink = str | tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class CardStyle:
    """Everything a card's pixels depend on besides its product. Lengths are pixels."""

    width: int
    photo: int
    height: int
    gap: int
    unit: int
    colours: Mapping[str, str]
    fonts: Mapping[tuple[str, str], tuple[str, int]]
    rtl: bool = False

    @classmethod
    def of(cls, theme: Theme, width: int) -> "CardStyle":
        photo = round(width * 1.25)
        fonts = {}
        for role in ("title", "label", "caption", "poster"):
            for script in (LATIN, *theme.brand.scripts):
                style = theme.type(role, script)
                fonts[role, script] = (style.font_path, style.size)
        letters = fonts["title", LATIN][1] + fonts["label", LATIN][1]
        return cls(
            width=width,
            photo=photo,
            height=photo + theme.mm(18) + round(1.12 * letters),
            gap=theme.mm(6),
            unit=theme.mm(1),
            colours=dict(theme.palette),
            fonts=fonts,
            rtl=theme.rtl,
        )

    def font(self, role: str, text: str, share: float = 1.0) -> ImageFont.FreeTypeFont:
        """The font of a role for this text, by the text's own script."""
        script = script_of(text)
        path, size = self.fonts[role, script]
        return lettering.font(path, round(size * share), script)

    def size(self, role: str) -> int:
        return self.fonts[role, LATIN][1]


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
    path, _ = style.fonts["poster", script_of(text.title)]
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
    font = style.font("caption", text.badge)
    badge = lettering.drawn(text.badge)
    pad, unit = style.unit * 5, style.unit
    width = round(draw.textlength(badge, font)) + 2 * pad
    height = unit * 7 + style.size("caption")
    left = style.width - unit * 5 - width if style.rtl else unit * 5
    box = (left, unit * 5, left + width, unit * 5 + height)
    fill = "deep" if text.sold_out else "raised"
    ink = "on_deep" if text.sold_out else "warning"
    draw.rounded_rectangle(box, height // 2, fill=style.colours[fill])
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    draw.text(middle, badge, style.colours[ink], font, anchor="mm")


def _words(draw: ImageDraw.ImageDraw, style: CardStyle, text: CardText) -> None:
    title, font = _fitted(style, text.title)
    line = _Line(draw, style, style.photo + style.gap + style.size("title"))
    line.say(title, style.colours["ink_soft" if text.sold_out else "ink"], font)
    below = style.unit * 5 + round(1.05 * style.size("label"))
    _second_line(_Line(draw, style, line.baseline + below), style, text)


class _Line:
    """Words one after the other on a baseline, from the side where reading begins."""

    def __init__(self, draw: ImageDraw.ImageDraw, style: CardStyle, baseline: int) -> None:
        self._draw, self._style, self.baseline, self.used = draw, style, baseline, 0.0

    def say(
        self, text: str, ink: Ink, font: ImageFont.FreeTypeFont, *, struck: bool = False
    ) -> None:
        glyphs = lettering.drawn(text)
        width = self._draw.textlength(glyphs, font)
        left = self._style.width - self.used - width if self._style.rtl else self.used
        self._draw.text((left, self.baseline), glyphs, ink, font, anchor="ls")
        if struck:
            middle = self.baseline - self._style.size("caption") * 0.27
            stroke = max(1, self._style.unit // 2)
            self._draw.line((left, middle, left + width, middle), ink, stroke)
        self.used += width + self._style.unit * 5


def _second_line(line: _Line, style: CardStyle, text: CardText) -> None:
    soft = style.colours["ink_soft"]
    price_ink = style.colours["accent" if text.before else "ink"]
    line.say(text.price, soft if text.sold_out else price_ink, style.font("label", text.price))
    if text.before:
        line.say(text.before, soft, style.font("caption", text.before), struck=True)
    font = style.font("caption", text.maker)
    maker, _ = lettering.cut(text.maker, font, style.width - line.used)
    line.say(maker, soft, font)


def _fitted(style: CardStyle, text: str) -> tuple[str, ImageFont.FreeTypeFont]:
    """The text and font of one line: shrunk to four fifths at most, then cut."""
    font = style.font("title", text)
    for share in (1.0, 0.92, 0.86, 0.8):
        font = style.font("title", text, share)
        if font.getlength(lettering.drawn(text)) <= style.width:
            return text, font
    return lettering.cut(text, font, style.width)


def _mix(over: str, under: str, share: float) -> tuple[int, int, int]:
    a, b = _rgb(over), _rgb(under)
    return (
        round(a[0] * share + b[0] * (1 - share)),
        round(a[1] * share + b[1] * (1 - share)),
        round(a[2] * share + b[2] * (1 - share)),
    )


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
