"""The brand on this glass: colours that kv observes, and millimetres turned into pixels.

In kv the theme is known as `theme`: `theme.ink` rebinds when day turns to night, `theme.mm(20)`
is a length in pixels.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from kivy.core.text import Label as CoreLabel
from kivy.core.text import LabelBase
from kivy.event import EventDispatcher
from kivy.lang.parser import global_idmap
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.utils import get_color_from_hex

from kiosk.contract.brand import COLOURS, Brand
from kiosk.shop.text import fold
from kiosk.window.reach import PAVEMENT_MM, READ_MM, SMALL_MM, TARGET_MM, Glass
from kiosk.window.stage.lettering import capitals
from kiosk.window.stage.script import LATIN, script_of
from kiosk.window.visit import Comfort
from kiosk.window.visit.languages import own_name

# The glass for which layouts are drawn: width, height, lower edge in mm.
USUAL_GLASS = (535.0, 952.0, 600.0)
# What the poster takes of a glass that hangs across.
PANE_SHARE = 0.44
# How much of a wish for larger text a role follows. What is large already, and what stands on a
# key of a given size, grows less: doubled it would push out the words that must be read.
GROWTH = {
    "poster": 0.25,
    "headline": 0.25,
    "key": 0.25,
    "title": 0.5,
    "pitch": 0.5,
    "price_large": 0.5,
}
POSTER_ROLES = frozenset({"poster"})
SMALL_ROLES = frozenset({"caption"})
# How many times thicker lines are in high contrast.
LINES = {"hairline": 2.0, "outline": 1.8, "focus": 1.5}
# What the keypad of the spoken mode takes of the desk, besides its keys.
KEYPAD_MM = 8.0


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """A role of the type scale in pixels.

    `line_height` is Kivy's factor on the font's own, `below` what the last line needs besides so
    that nothing of its letters is cut; `least` is the smallest `size` at which the
    role can still be read from where it is read.
    """

    font: str
    font_path: str
    size: int
    line_height: float
    leading: int
    least: int
    below: int = 0


class Theme(EventDispatcher):
    """The palette in force and every measure. `night` and `portrait` can be observed.

    `desk` is (lower, upper) in pixels of the window: what must be touched lies between them, and
    in a spoken visit between `keypad` and the lower one.
    It and every length follow from the glass and from the visitor's `comfort`; both are fixed
    while a screen lives (see `suit`).

    `language` is the one that the glass speaks. `shop` is the name of the shop that the window
    serves; `sign` is that name where it is not the brand's own, so that no shop stands under
    another's wordmark.
    """

    paper = ColorProperty()
    sheet = ColorProperty()
    raised = ColorProperty()
    ink = ColorProperty()
    ink_soft = ColorProperty()
    line = ColorProperty()
    outline = ColorProperty()
    accent = ColorProperty()
    over_accent = ColorProperty()
    deep = ColorProperty()
    over_deep = ColorProperty()
    positive = ColorProperty()
    warning = ColorProperty()
    danger = ColorProperty()
    focus = ColorProperty()
    hero_ink = ColorProperty()
    picture = ColorProperty()
    over_picture = ColorProperty()
    scrim = ColorProperty()
    hero_shade = ColorProperty()
    shop = StringProperty("")
    sign = StringProperty("")
    language = StringProperty("")
    night = BooleanProperty(False)
    portrait = BooleanProperty(True)
    contrast = BooleanProperty(False)
    px_per_mm = NumericProperty(2.0)

    def __init__(self, brand: Brand, px_per_mm: float, glass: Glass | None = None) -> None:
        glass = glass or Glass(*USUAL_GLASS)
        super().__init__(px_per_mm=px_per_mm, portrait=glass.portrait)
        self.brand, self.glass = brand, glass
        self.comfort = Comfort()
        self.rtl = False
        self._worn = ""
        self._styles: dict[tuple[str, str], TypeStyle] = {}
        self._watchers: WeakKeyDictionary[Any, set[Callable[[Any], None]]] = WeakKeyDictionary()
        self._measure()
        for name, path in brand.fonts.items():
            LabelBase.register(name=name, fn_regular=str(path))
        for script, faces in brand.scripts.items():
            for name, path in faces.fonts.items():
                LabelBase.register(name=f"{script}.{name}", fn_regular=str(path))
        self._apply()
        self.bind(night=lambda *_: self._turn_night(), contrast=lambda *_: self._apply())
        self.bind(shop=lambda *_: self._sign())

    def suit(self, comfort: Comfort, *, rtl: bool) -> bool:
        """Take a visitor's wishes; True where what is built must be built anew for them.

        Colours and movement follow at once; lengths are read once, when a widget is built.
        """
        before = self._shape()
        self.comfort, self.rtl = comfort, rtl
        self.contrast = comfort.contrast
        if self._shape() == before:
            return False
        self._measure()
        return True

    def wear(self, name: str) -> bool:
        """Put on one of the brand's themes, "" for its own colours; True where that is a change.

        What is built reads some colours once: it must be built anew.
        """
        name = name if name in self.brand.themes else ""
        if name == self._worn:
            return False
        self._worn = name
        self._apply()
        return True

    def watch(self, repaint: Callable[..., None]) -> None:
        """Have a widget's method called when day and night change; the widget may go before.

        Kivy's `bind` looks at every observer before it takes another, which made a screen of 200
        words cost the square of it, and keeps what is left of gone widgets.
        """
        widget, method = repaint.__self__, repaint.__func__  # type: ignore[attr-defined]
        self._watchers.setdefault(widget, set()).add(method)

    def _turn_night(self) -> None:
        self._apply()
        for widget, repaints in list(self._watchers.items()):
            for repaint in repaints:
                repaint(widget)

    @property
    def script(self) -> str:
        """The script of the language that the glass speaks."""
        return script_of(own_name(self.language))

    def sweep(self) -> None:
        """Let go of observers whose widgets are gone: Kivy drops one only when it calls it."""
        self.property("sign").dispatch(self)

    def turn(self, *, portrait: bool) -> bool:
        """The glass hangs the other way round; True where it did not before."""
        if portrait is self.portrait:
            return False
        glass = self.glass
        self.hang(Glass(glass.height, glass.width, glass.lower_edge), self.px_per_mm)
        return True

    def hang(self, glass: Glass, px_per_mm: float) -> None:
        """Draw for another glass: what is built must be built anew."""
        self.glass, self.px_per_mm, self.portrait = glass, px_per_mm, glass.portrait
        self._measure()

    def _shape(self) -> tuple[object, ...]:
        comfort = self.comfort
        return (
            *(comfort.low, comfort.text, comfort.contrast, comfort.spoken),
            *(self.mirrored, self.rtl),
        )

    def _measure(self) -> None:
        self._styles.clear()
        low = self.comfort.low
        self._drawn = self.glass.drawn(low=low)
        y, top = self.glass.desk(low=low)
        high = round(self.glass.height * self.px_per_mm)
        self.keypad = round(y * self.px_per_mm)
        strip = self.target + self.mm(KEYPAD_MM) if self.comfort.spoken else 0
        self.desk = self.keypad + strip, min(high, round(top * self.px_per_mm))

    @property
    def mirrored(self) -> bool:
        """Whether the scene is reflected: read from the right, or worked by the left hand."""
        return self.rtl is not self.comfort.left

    @property
    def scheme(self) -> str:
        """The name of the colours in force."""
        hour = "night" if self.night else "day"
        return f"contrast.{hour}" if self.contrast else hour

    @property
    def palette(self) -> Mapping[str, str]:
        """The colours in force, "#RRGGBB" by token."""
        return self.brand.palette(night=self.night, contrast=self.contrast, theme=self._worn)

    def _apply(self) -> None:
        for token, value in self.palette.items():
            setattr(self, _attribute(token), value)
        shade, opacity = self.brand.shade(night=self.night, contrast=self.contrast)
        self.hero_shade = [*get_color_from_hex(shade)[:3], opacity]

    def _sign(self) -> None:
        own = not self.brand.name or fold(self.shop) == fold(self.brand.name)
        self.sign = "" if own else self.shop

    def mm(self, length: float) -> int:
        """Whole pixels of a length of the layout, at least one: millimetres of the usual glass,
        drawn smaller where the glass or what hands reach of it is smaller.
        """
        return max(1, round(length * self.px_per_mm * self._drawn))

    def true(self, length: float) -> int:
        """Whole pixels of so many real millimetres, at least one."""
        return max(1, round(length * self.px_per_mm))

    def space(self, name: str) -> int:
        """Pixels of a step of the spacing scale ("gap", "margin"…)."""
        return self.mm(self.brand.space[f"{name}_mm"])

    def shape(self, name: str) -> int:
        """Pixels of a measure of [shape] ("radius", "hairline"…); lines are thicker in contrast."""
        thick = LINES.get(name, 1.0) if self.contrast else 1.0
        return self.mm(self.brand.shape[f"{name}_mm"] * thick)

    def opacity(self, name: str) -> float:
        """An opacity of [shape] ("scrim", "pressed"…); in high contrast nothing shows through."""
        return 1.0 if self.contrast else self.brand.shape[f"{name}_opacity"]

    @property
    def target(self) -> int:
        """The least side of anything that is touched, in pixels."""
        return self.true(max(TARGET_MM, self.brand.touch["target_mm"] * self._drawn))

    def seconds(self, name: str) -> float:
        """A duration of [motion] ("quick", "calm", "slow"); 0 for who wants no movement."""
        return 0.0 if self.comfort.still else self.brand.motion[f"{name}_s"]

    def colour(self, token: str) -> list[float]:
        """RGBA of a token of theme.toml. Raises ValueError for an unknown one."""
        if token not in COLOURS:
            raise ValueError(f"{token!r} is no colour of the brand: {', '.join(COLOURS)}")
        return list(getattr(self, _attribute(token)))

    def hex(self, token: str) -> str:
        return self.palette[token]

    def type(self, role: str, script: str = LATIN) -> TypeStyle:
        """The style of a role ("headline", "body"…) in pixels, for texts of one script."""
        if (role, script) not in self._styles:
            latin = self._style(role)
            self._styles[role, LATIN] = latin
            if script in self.brand.scripts:
                self._styles[role, script] = self._in_script(latin, script)
            elif script != LATIN:
                self._styles[role, script] = latin
        return self._styles[role, script]

    def _in_script(self, latin: TypeStyle, script: str) -> TypeStyle:
        """The same size in another face; its lines stand as far apart as its letters need."""
        faces = self.brand.scripts[script]
        name = f"{script}.{latin.font}"
        natural = CoreLabel(font_name=name, font_size=latin.size).get_extents("Hg")[1]
        leading = max(latin.leading, round(latin.size * faces.line))
        return replace(
            latin,
            font=name,
            font_path=str(faces.fonts[latin.font]),
            line_height=leading / natural,
            leading=leading,
            below=max(0, natural - leading),
        )

    def _style(self, role: str) -> TypeStyle:
        spec = self.brand.type[role]
        path = str(self.brand.fonts[spec.font])
        least = (SMALL_MM if role in SMALL_ROLES else READ_MM) / capitals(path)
        em, share = spec.size_mm * self._drawn, self.comfort.text / 100
        share = 1 + (share - 1) * GROWTH.get(role, 1.0)
        if role in POSTER_ROLES:
            least = PAVEMENT_MM / capitals(path)
            em = spec.size_mm * self._pane
        size = self.true(max(em, least) * share)
        natural = CoreLabel(font_name=spec.font, font_size=size).get_extents("Hg")[1]
        leading = round(size * spec.line)
        floor = math.ceil(least * self.px_per_mm)
        return TypeStyle(spec.font, path, size, leading / natural, leading, min(floor, size))

    @property
    def _pane(self) -> float:
        """How large the poster's words are, as a share of those on the usual glass."""
        across = self.glass.width * (1.0 if self.portrait else PANE_SHARE)
        return across / USUAL_GLASS[0]


def _attribute(token: str) -> str:
    """Kivy takes a method `on_x` for the handler of the property `x`: here it is `over_x`."""
    return "over_" + token.removeprefix("on_") if token.startswith("on_") else token


_installed: list[Theme] = []


def install(theme: Theme) -> None:
    """Make `theme` the one that kv and the widgets see."""
    _installed[:] = [theme]
    global_idmap["theme"] = theme


def current() -> Theme:
    """The installed theme. Raises RuntimeError before `install`."""
    if not _installed:
        raise RuntimeError("install a theme before building widgets")
    return _installed[0]
