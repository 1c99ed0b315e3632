"""Shop, home and courier on the map: textures baked once per style."""

from dataclasses import dataclass
from functools import lru_cache

from kivy.graphics import (
    Color,
    InstructionGroup,
    PopMatrix,
    PushMatrix,
    Rectangle,
    Rotate,
    Translate,
)
from kivy.graphics.texture import Texture
from PIL import Image, ImageDraw, ImageFilter

from kiosk.window.stage import shapes
from kiosk.window.stage.map.style import MapStyle, Rgb
from kiosk.window.visit.motion import MarkerState, Quality

_FINE = 4  # drawn so many times as large, then reduced
PIN_PX = 50.0  # diameter of a pin's head, design pixels
PIN_HEIGHT_PX = 64.0  # from its tip to its crown
COURIER_PX = 54.0


class PinMarker:
    """A pin whose tip stands on its place: "shop" with the shop's mark, "home" with a house."""

    def __init__(self, sort: str, style: MapStyle, unit: float) -> None:
        self._sort, self._unit = sort, unit
        self.group = InstructionGroup()
        self._rect = Rectangle()
        self._style = style
        self._visible = False
        self.restyle(style)

    def restyle(self, style: MapStyle) -> None:
        self._style = style
        colours = (
            (style.shop, style.on_shop, style.route_casing)
            if self._sort == "shop"
            else (style.home, style.on_home, style.on_home)
        )
        texture, self._tip = pin(self._sort, colours, self._unit)
        self._rect.texture = texture
        self._rect.size = texture.size

    def show(self, x: float, y: float) -> None:
        self._rect.pos = (round(x - self._tip[0]), round(y - self._tip[1]))
        if not self._visible:
            self.group.add(Color(1, 1, 1, 1))
            self.group.add(self._rect)
            self._visible = True

    def hide(self) -> None:
        if self._visible:
            self.group.clear()
            self._visible = False


@dataclass(slots=True)
class _Look:
    body: Rgb
    sign: Rgb
    halo: float  # opacity


class CourierMarker:
    """A round marker with a nose that points ahead, in a halo as wide as the doubt."""

    def __init__(self, style: MapStyle, unit: float) -> None:
        self._unit = unit
        self._style = style
        self.group = InstructionGroup()
        self._visible = False
        self._halo_tint, self._halo = Color(1, 1, 1, 0.2), Rectangle()
        self._rim_tint, self._rim = Color(1, 1, 1, 0.5), Rectangle()
        self._place, self._turn = Translate(), Rotate(angle=0, axis=(0, 0, 1))
        self._nose_tint, self._nose = Color(1, 1, 1, 1), Rectangle()
        self._beak_tint, self._beak = Color(1, 1, 1, 1), Rectangle()
        self._body_tint, self._body = Color(1, 1, 1, 1), Rectangle()
        self._sign_tint, self._sign = Color(1, 1, 1, 1), Rectangle()
        self._shadow_tint, self._shadow = Color(1, 1, 1, 1), Rectangle()
        self._parts = [
            self._halo_tint, self._halo, self._rim_tint, self._rim,
            PushMatrix(), self._place, self._shadow_tint, self._shadow,
            PushMatrix(), self._turn, self._nose_tint, self._nose, self._beak_tint, self._beak,
            PopMatrix(),
            self._body_tint, self._body, self._sign_tint, self._sign, PopMatrix(),
        ]  # fmt: skip
        self._bake()

    def restyle(self, style: MapStyle) -> None:
        self._style = style
        self._bake()

    def _bake(self) -> None:
        size = COURIER_PX * self._unit
        for rect, texture in (
            (self._shadow, _shadow_disc(round(size), self._style.route_casing)),
            (self._nose, _nose(round(size), self._style.route_casing, 0.0)),
            (self._beak, _nose(round(size), (1.0, 1.0, 1.0), 0.085)),
            (self._body, shapes.disc(round(size * 0.86))),
            (self._sign, shapes.icon("bike", round(size * 0.60))),
        ):
            rect.texture, rect.size = texture, texture.size
            rect.pos = (-texture.width / 2, -texture.height / 2)
        self._halo.texture, self._rim.texture = shapes.disc(256), shapes.disc(512, 3)

    def reach(self, ppm: float, state: MarkerState) -> float:
        """Pixels from its place to what it draws furthest from there."""
        size = COURIER_PX * self._unit
        return max(state.accuracy_m * ppm, size * 0.62, size) + 2

    def show(
        self,
        x: float,
        y: float,
        ppm: float,
        state: MarkerState,
        share: float = 1.0,
        bearing: float = 0.0,
    ) -> None:
        """At pixel (x, y) of the window, `share` of it; hidden states are not drawn.

        Up lies `bearing`.
        """
        if state.quality is Quality.HIDDEN or share <= 0:
            self.hide()
            return
        look = self._look(state.quality)
        radius = max(state.accuracy_m * ppm, COURIER_PX * self._unit * 0.62)
        for rect in (self._halo, self._rim):
            rect.pos, rect.size = (x - radius, y - radius), (2 * radius, 2 * radius)
        self._halo_tint.rgba = (*look.body, look.halo * share)
        self._rim_tint.rgba = (*look.body, look.halo * 1.6 * share)
        self._place.xy = (x, y)
        known = state.heading_deg is not None and state.quality is not Quality.STALE
        self._turn.angle = bearing - (state.heading_deg or 0.0)
        self._shadow_tint.a = share
        self._nose_tint.rgba = (1, 1, 1, share if known else 0)
        self._beak_tint.rgba = (*look.body, share if known else 0)
        self._body_tint.rgba = (*look.body, share)
        self._sign_tint.rgba = (*look.sign, share)
        if not self._visible:
            for part in self._parts:
                self.group.add(part)
            self._visible = True

    def hide(self) -> None:
        if self._visible:
            self.group.clear()
            self._visible = False

    def _look(self, quality: Quality) -> _Look:
        style = self._style
        if quality is Quality.STALE:
            return _Look(style.stale, style.route_casing, 0.10)
        return _Look(style.courier, style.on_courier, 0.16 if quality is Quality.LIVE else 0.20)


def _bytes(colour: Rgb) -> tuple[int, int, int]:
    r, g, b = (round(255 * v) for v in colour)
    return r, g, b


@lru_cache(maxsize=16)
def pin(
    sort: str, colours: tuple[Rgb, Rgb, Rgb], unit: float
) -> tuple[Texture, tuple[float, float]]:
    """The pin (fill, sign, rim) and the pixel of its tip, from the lower left."""
    fill, sign, rim = colours
    head = PIN_PX * unit * _FINE
    pad = head * 0.22
    width, height = round(head + 2 * pad), round(head * PIN_HEIGHT_PX / PIN_PX + 2 * pad)
    outer = _drop(width, height, pad, head, 0)
    inner = _drop(width, height, pad, head, head * 0.065)
    picture = _shadowed(outer, head * 0.05)
    picture.paste(Image.new("RGBA", picture.size, (*_bytes(rim), 255)), mask=outer)
    picture.paste(Image.new("RGBA", picture.size, (*_bytes(fill), 255)), mask=inner)
    small = picture.resize((round(width / _FINE), round(height / _FINE)), Image.Resampling.LANCZOS)
    icon_px = round(PIN_PX * unit * (0.56 if sort == "shop" else 0.58))
    icon = shapes.mark_image("monogram", icon_px) if sort == "shop" else shapes.icon_image(
        "home", icon_px)  # fmt: skip
    mask = icon.getchannel("A")
    spot = (
        round(small.width / 2 - mask.width / 2),
        round((pad + head / 2) / _FINE - mask.height / 2),
    )
    small.paste(Image.new("RGBA", mask.size, (*_bytes(sign), 255)), spot, mask)
    return shapes.upload(small), (small.width / 2, pad / _FINE)


def _drop(width: int, height: int, pad: float, head: float, inset: float) -> Image.Image:
    """A disc that runs out into a tip below."""
    mask = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(mask)
    middle = width / 2
    draw.ellipse((pad + inset, pad + inset, pad + head - inset, pad + head - inset), fill=255)
    shoulder = head * 0.27 - inset * 0.6
    tip = height - pad - inset * 1.9
    neck = pad + head * 0.91 - inset
    draw.polygon([(middle - shoulder, neck), (middle + shoulder, neck), (middle, tip)], fill=255)
    return mask


def _shadowed(mask: Image.Image, blur: float) -> Image.Image:
    soft = Image.new("L", mask.size, 0)
    soft.paste(mask, (0, round(blur * 0.8)))
    soft = soft.filter(ImageFilter.GaussianBlur(blur)).point(lambda v: int(v * 0.34))
    out = Image.new("RGBA", mask.size, (20, 16, 10, 0))
    out.putalpha(soft)
    return out


@lru_cache(maxsize=8)
def _shadow_disc(size: int, rim: Rgb) -> Texture:
    """The ring around the courier, with its shadow."""
    big = size * _FINE
    pad = round(big * 0.16)
    mask = Image.new("L", (big + 2 * pad, big + 2 * pad), 0)
    ImageDraw.Draw(mask).ellipse((pad, pad, pad + big, pad + big), fill=255)
    picture = _shadowed(mask, big * 0.05)
    picture.paste(Image.new("RGBA", mask.size, (*_bytes(rim), 255)), mask=mask)
    side = round((big + 2 * pad) / _FINE)
    return shapes.upload(picture.resize((side, side), Image.Resampling.LANCZOS))


@lru_cache(maxsize=8)
def _nose(size: int, colour: Rgb, inset: float) -> Texture:
    """A wedge that points up from the marker's edge; `inset` in sizes makes it smaller."""
    big = round(size * 2.0) * _FINE
    unit = size * _FINE
    mask = Image.new("L", (big, big), 0)
    middle = big / 2
    tip, foot, half = (0.80 - 1.5 * inset) * unit, 0.30 * unit, (0.40 - 1.25 * inset) * unit
    ImageDraw.Draw(mask).polygon(
        [(middle, middle - tip), (middle - half, middle - foot), (middle + half, middle - foot)],
        fill=255,
    )
    soft = mask.filter(ImageFilter.GaussianBlur(_FINE * 1.6))
    mask = soft.point(lambda v: min(255, max(0, (v - 104) * 5)))
    picture = Image.new("RGBA", mask.size, (*_bytes(colour), 0))
    picture.putalpha(mask)
    side = round(big / _FINE)
    return shapes.upload(picture.resize((side, side), Image.Resampling.LANCZOS))
