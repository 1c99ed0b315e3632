"""The brand on this glass: colours that kv observes, and millimetres turned into pixels.

In kv the theme is known as `theme`: `theme.ink` rebinds when day turns to night, `theme.mm(20)`
is a length in pixels.
"""

from dataclasses import dataclass

from kivy.core.text import Label as CoreLabel
from kivy.core.text import LabelBase
from kivy.event import EventDispatcher
from kivy.lang.parser import global_idmap
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.utils import get_color_from_hex

from kiosk.contract.brand import COLOURS, Brand
from kiosk.shop.text import fold


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """A role of the type scale in pixels. `line_height` is Kivy's factor on the font's own."""

    font: str
    font_path: str
    size: int
    line_height: float
    leading: int


class Theme(EventDispatcher):
    """The palette in force and every measure. `night` and `portrait` can be observed.

    `shop` is the name of the shop that the window serves; `sign` is that name where it is not
    the brand's own, so that no shop stands under another's wordmark.
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
    night = BooleanProperty(False)
    portrait = BooleanProperty(True)
    px_per_mm = NumericProperty(2.0)

    def __init__(self, brand: Brand, px_per_mm: float, *, portrait: bool = True) -> None:
        super().__init__(px_per_mm=px_per_mm, portrait=portrait)
        self.brand = brand
        self._styles: dict[str, TypeStyle] = {}
        for name, path in brand.fonts.items():
            LabelBase.register(name=name, fn_regular=str(path))
        self._apply()
        self.bind(night=lambda *_: self._apply())
        self.bind(shop=lambda *_: self._sign())

    def _apply(self) -> None:
        for token, value in self.brand.palette(night=self.night).items():
            setattr(self, _attribute(token), value)
        shade, opacity = self.brand.shade(night=self.night)
        self.hero_shade = [*get_color_from_hex(shade)[:3], opacity]

    def _sign(self) -> None:
        own = not self.brand.name or fold(self.shop) == fold(self.brand.name)
        self.sign = "" if own else self.shop

    def mm(self, length: float) -> int:
        """Whole pixels of a length on the glass, at least one."""
        return max(1, round(length * self.px_per_mm))

    def space(self, name: str) -> int:
        """Pixels of a step of the spacing scale ("gap", "margin"…)."""
        return self.mm(self.brand.space[f"{name}_mm"])

    def shape(self, name: str) -> int:
        """Pixels of a measure of [shape] ("radius", "hairline"…)."""
        return self.mm(self.brand.shape[f"{name}_mm"])

    @property
    def target(self) -> int:
        """The least side of anything that is touched."""
        return self.mm(self.brand.touch["target_mm"])

    def seconds(self, name: str) -> float:
        """A duration of [motion] ("quick", "calm", "slow")."""
        return self.brand.motion[f"{name}_s"]

    def colour(self, token: str) -> list[float]:
        """RGBA of a token of theme.toml. Raises ValueError for an unknown one."""
        if token not in COLOURS:
            raise ValueError(f"{token!r} is no colour of the brand: {', '.join(COLOURS)}")
        return list(getattr(self, _attribute(token)))

    def hex(self, token: str) -> str:
        return self.brand.palette(night=self.night)[token]

    def type(self, role: str) -> TypeStyle:
        """The style of a role ("headline", "body"…) in pixels."""
        if role not in self._styles:
            self._styles[role] = self._style(role)
        return self._styles[role]

    def _style(self, role: str) -> TypeStyle:
        spec = self.brand.type[role]
        size = self.mm(spec.size_mm)
        natural = CoreLabel(font_name=spec.font, font_size=size).get_extents("Hg")[1]
        leading = round(size * spec.line)
        return TypeStyle(
            spec.font, str(self.brand.fonts[spec.font]), size, leading / natural, leading
        )


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
