"""Names by which tests and the tour find what a finger would find."""

from collections.abc import Iterator

from kivy.properties import StringProperty
from kivy.uix.widget import Widget


class Handled(Widget):
    """A widget with a `handle` such as "product.add"."""

    handle = StringProperty("")


def walk(root: Widget) -> Iterator[Widget]:
    """`root` and all below it, topmost drawn first."""
    for child in root.children:
        yield from walk(child)
    yield root


def find(root: Widget, handle: str) -> Widget | None:
    """The topmost widget of that handle that can be seen, else any; None where there is none."""
    found = [w for w in walk(root) if getattr(w, "handle", "") == handle]
    return next((w for w in found if visible(w)), found[0] if found else None)


def handles(root: Widget) -> list[str]:
    """The handles that can be seen, topmost first."""
    return [w.handle for w in walk(root) if getattr(w, "handle", "") and visible(w)]


def visible(widget: Widget) -> bool:
    """Whether the widget's centre is on the window and nothing above it has been hidden."""
    window = widget.get_root_window()
    if window is None or widget.width <= 0 or widget.height <= 0:
        return False
    x, y = widget.to_window(*widget.center)
    if not (0 <= x <= window.width and 0 <= y <= window.height):
        return False
    node = widget
    while node is not None and node is not window:
        if node.opacity <= 0:
            return False
        node = node.parent
    return True
