"""What can have the focus: it says what it is, and is pressed as a finger would press it."""

from typing import Any

from kivy.properties import StringProperty

from kiosk.window.stage import theme as themes
from kiosk.window.stage.handles import Handled, visible, walk
from kiosk.window.visit import spoken


class Focusable(Handled):
    """A widget that arrows, Tab and an exploring finger find.

    `spoken` is its name where the words on it do not say enough; `more` is a sentence for who
    asks what it does. `part` is a key of spoken.PARTS. One that is `recycled` stands for another
    thing whenever its handle changes.
    """

    spoken = StringProperty("")
    more = StringProperty("")
    part = "button"
    recycled = False

    def takes_focus(self) -> bool:
        """False for one that only fills a place."""
        return True

    def name(self) -> str:
        """What it is called: what it was told, else the words on it, else its icon."""
        language = themes.current().language
        if self.spoken:
            return str(self.spoken)
        return words_on(self) or spoken.icon_words(getattr(self, "icon", ""), language)

    def states(self) -> list[str]:
        """Keys of spoken.STATES."""
        told = []
        if getattr(self, "selected", False):
            told.append("selected")
        if getattr(self, "busy", False):
            told.append("busy")
        elif self.disabled:
            told.append("unavailable")
        return told

    def describe(self) -> str:
        """What is said of it: name, part, state, and a sentence more where there is one."""
        language = themes.current().language
        return spoken.described(self.name(), self.part, self.states(), language, [self.more])

    def adjust(self, by: int) -> bool:
        """Take a step to the left (-1) or to the right (1); False where there is no such thing."""
        return False

    def beyond(self, by: int) -> "Focusable | None":
        """The one before (-1) or after (1), where more of its kind may lie out of sight."""
        return None

    def entered(self, by: int) -> "Focusable":
        """Where the focus goes when it comes to this from elsewhere: forwards (1) or backwards."""
        return self

    def reveal(self) -> None:
        """Come into sight, where something of its own scrolls it."""

    def ring_radius(self) -> int:
        """Pixels of the round corner that the focus ring follows."""
        return themes.current().shape("radius")


def words_on(widget: Any) -> str:
    """The words drawn on a widget, from its top, as one text; "" for none."""
    parts = [w for w in walk(widget) if w is not widget and hasattr(w, "text")]
    parts = [w for w in parts if str(w.text).strip() and _drawn(w, widget)]
    parts.sort(key=lambda w: (-w.top, w.x))
    told = list(dict.fromkeys(str(w.text).strip() for w in parts))
    return ", ".join(told) or str(getattr(widget, "text", ""))


def _drawn(part: Any, root: Any) -> bool:
    node = part
    while node is not None and node is not root and node is not node.parent:
        if node.opacity <= 0:
            return False
        node = node.parent  # a window is its own
    return True


def reachable(widget: Any) -> bool:
    """Whether the focus may go there: drawn, and on the glass or scrolled out of a view on it."""
    if visible(widget):
        return True
    scrolled = scroller(widget)
    return scrolled is not None and _shown(widget) and visible(scrolled)


def scroller(widget: Any) -> Any:
    """The view that scrolls this widget, None where nothing does."""
    node = widget.parent
    while node is not None and node is not node.parent:
        if hasattr(node, "scroll_to"):
            return node
        node = node.parent
    return None


def scrolls(view: Any) -> bool:
    """Whether a widget cuts off what lies outside of it. One that is no ScrollView has `clips`."""
    return hasattr(view, "scroll_to") or bool(getattr(view, "clips", False))


def _shown(widget: Any) -> bool:
    return _drawn(widget, None) and widget.width > 0 and widget.height > 0
