"""Text in a role of the type scale."""

from kivy.properties import (
    BooleanProperty,
    ListProperty,
    NumericProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.label import Label

from kiosk.window.stage import script
from kiosk.window.stage import theme as themes
from kiosk.window.stage.upright import upright

# A label of 20,000 characters asks for a texture no card can hold.
MAX_CHARACTERS = 4000
# A Japanese name of so few signs rather shrinks than breaks, where it may shrink.
SHORT = 10
# SDL measures a face that is new as one of any script, and Kivy draws it as "Latn", without its
# kerning: the first lines were wider than measured and lost their last sign.
ANY_SCRIPT = "Zyyy"
BALANCED = "\u2028"  # ends a line where no paragraph ends


class Words(Label):
    """A text: role, colour token, at most `lines` lines with an ellipsis.

    With `wrap` the width is given and the height follows the text; without, both follow it.
    `least` below 1 lets a long text shrink to that share of its size before it is cut, which
    keeps long German and Czech words whole, but never below what its role must be to be read.
    `largest` below 1 begins at that share, as texts beside each other do where one must shrink.
    `room` above 0 (pixels) is the height that it should not pass, which also makes it shrink.
    With `balance` the lines are made about equally long, so that no word is left alone on the
    last. `most` (pixels) bounds a text that does not wrap. `natural` is how wide the text is on one
    line, `longest` its longest word. Markup is off: texts are data.

    `align` "left" is where reading begins, which is the right on an Arabic screen. The face is
    that of the text's own script; a line that is read from the right is broken in reading order,
    then joined and turned. A scene in a mirror leaves the words upright.
    """

    role = StringProperty("body")
    tone = StringProperty("ink")
    wrap = BooleanProperty(True)
    lines = NumericProperty(0)
    least = NumericProperty(1.0)
    largest = NumericProperty(1.0)
    most = NumericProperty(0)
    room = NumericProperty(0)
    balance = BooleanProperty(False)
    tint = ListProperty([])
    align = OptionProperty("left", options=("left", "center", "right"))
    natural = NumericProperty(0)
    longest = NumericProperty(0)

    def __init__(self, **kwargs):
        super().__init__(markup=False, font_hinting="light", font_script_name=ANY_SCRIPT, **kwargs)
        self.size_hint_y = None
        self.height = 0
        self._theme = themes.current()
        self._style = self._theme.type(self.role)
        self._foreign = False
        self._set_side()
        # the theme must not keep a dropped label alive.
        self._theme.watch(self._recolour)
        for name in ("role", "lines", "least", "largest", "most", "room"):
            self.fbind(name, self._restyle)
        self.fbind("tone", self._recolour)
        self.fbind("tint", self._recolour)
        self.fbind("align", self._set_side)
        self.fbind("wrap", self._rewrap)
        self.fbind("width", self._rewrap)
        self.fbind("texture_size", self._fit_box)
        self._recolour()
        self._restyle()
        self._rewrap()

    def _set_side(self, *_):
        turned = {"left": "right", "right": "left"} if self._theme.rtl else {}
        self.halign = turned.get(self.align, self.align)

    def _recolour(self, *_):
        # Kivy would wash out the words of what is disabled, which must still be read.
        self.color = self.disabled_color = self.tint or self._theme.colour(self.tone)

    def _restyle(self, *_):
        style = self._theme.type(self.role)
        self.font_name = style.font
        self.font_size = style.size
        self.line_height = style.line_height
        self._trigger_texture()

    def _rewrap(self, *_):
        if self.wrap:
            self.text_size = (max(1, self.width), None)
        else:
            self.text_size = (None, None)
            self.size_hint_x = None
            if not self.text:
                self.width = 0

    def _fit_box(self, *_):
        if not self.wrap:
            self.width = self.texture_size[0]
        self.height = self.texture_size[1] if self.text else 0

    def texture_update(self, *largs):
        core = self._label
        core.text = self.text[:MAX_CHARACTERS]
        self._choose_face(core)
        self.natural = self._measure(core, core.text) + 1 if core.text else 0
        self.longest = self._widest(core) + 1 if core.text else 0
        self._shrink(core)
        if (self.lines and self.wrap and self._line_count(core) > self.lines) or (
            self.most and not self.wrap and self._too_wide(core, core.text)
        ):
            core.text = self._cut(core, core.text)
        elif self.balance and self.wrap:
            core.text = self._balanced(core)
        if self._foreign:
            core.text = "\n".join(self._turned(core))
        super().texture_update(*largs)
        if self._theme.mirrored:
            self.texture = upright(self.texture)

    def _choose_face(self, core):
        text = core.text
        own = script.script_of(text)
        self._style = self._theme.type(self.role, own)
        self._foreign = own != script.LATIN or not script.plain(text)
        core.options["font_name"] = self._style.font
        core.options["line_height"] = self._style.line_height
        core.options["padding"] = (0, 0, 0, self._style.below)
        core.options["font_size"] = self._style.size
        core.resolve_font_name()

    def _measure(self, core, text):
        return core.get_extents(script.glyphs(text) if self._foreign else text)[0]

    def _turned(self, core):
        """Every line as it is drawn; each paragraph has a direction of its own."""
        for paragraph in core.text.split("\n"):
            rtl = script.right_to_left(paragraph)
            for part in paragraph.split(BALANCED):
                for line in self._broken(core, text=part):
                    yield script.shown(line, rtl=rtl)

    def _broken(self, core, width=None, text=None):
        """The lines of a text that Kivy cannot break, in reading order."""
        text = core.text if text is None else text
        if not self.wrap:
            return text.split("\n")
        return script.broken(text, width or self.width, lambda x: self._measure(core, x))

    def _shrink(self, core):
        style = self._style
        size = style.size
        core.options["font_size"] = size
        if self.least >= 1 or not self.wrap or not core.text:
            return
        for share in (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.44, 0.38):
            if share > self.largest:
                continue
            if share < self.least - 0.001:
                break
            core.options["font_size"] = max(style.least, round(size * share))
            if self._fits(core):
                break

    def _fits(self, core):
        core.resolve_font_name()
        if self._widest(core) > self.width:
            return False
        if not self.lines and not self.room:
            return True
        count, share = self._line_count(core), core.options["font_size"] / self._style.size
        high = self.room and count * self._style.leading * share > self.room
        return not high and (not self.lines or count <= self.lines)

    def _widest(self, core):
        if self._foreign:
            words = [piece for _, piece in script.pieces(core.text)]
            if len(core.text) <= SHORT:
                words = core.text.split()
        else:
            words = [word for line in core.text.split("\n") for word in line.split(" ")]
        return max((self._measure(core, word) for word in words), default=0)

    def _line_count(self, core):
        core.resolve_font_name()
        if self._foreign:
            return len(self._broken(core))
        core.render()
        return len(core._cached_lines)

    def _balanced(self, core):
        """The text on as many lines, about equally long."""
        wanted = self._line_count(core)
        if wanted < 2 or "\n" in core.text:
            return core.text
        parts = script.pieces(core.text) if self._foreign else _words(core.text)
        even = script.evened(parts, wanted, self.width, lambda x: self._measure(core, x))
        return (BALANCED if self._foreign else "\n").join(even) or core.text

    def _too_wide(self, core, text):
        core.resolve_font_name()
        return self._measure(core, text) > self.most

    def _cut(self, core, text):
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            core.text = text[:middle].rstrip() + "…"
            fits = (
                self._line_count(core) <= self.lines
                if self.wrap
                else not self._too_wide(core, core.text)
            )
            if fits:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip(" ,;:.–—、。，・،؛") + "…"


def _words(text):
    """The words of a text that Kivy breaks: at plain spaces and nowhere else."""
    return [(" ", word) for word in text.split(" ") if word]
