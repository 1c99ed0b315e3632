"""In which order the focus goes from part to part: as one reads, and never out of a dialogue."""

from typing import Any

from kiosk.window.stage.focus.focusable import Focusable, reachable, scroller, scrolls
from kiosk.window.stage.handles import visible, walk
from kiosk.window.stage.widgets.words import Words

# Two parts stand in one line where they share so much of the lower one's height.
SAME_LINE = 0.5


def scope(root: Any) -> Any:
    """Where the focus may go: the topmost dialogue that is open, else everything.

    A dialogue has `traps_focus`.
    """
    return next((w for w in walk(root) if getattr(w, "traps_focus", False) and visible(w)), root)


def lines(root: Any, *, texts: bool = False) -> list[list[Any]]:
    """All that the focus can reach in `root`: lines from the top, each from left to right.

    What lies under a widget that `covers` is out of reach. With `texts`, words that belong to no
    part are places too, so that nothing is kept from who cannot see them.
    """
    found = _places(scope(root), texts)
    boxes = {w: box(w) for w in found}
    made: list[list[Any]] = []
    for widget in sorted(found, key=lambda w: -boxes[w][3]):
        if made and _same_line(boxes[made[-1][0]], boxes[widget]):
            made[-1].append(widget)
        else:
            made.append([widget])
    return [sorted(line, key=lambda w: boxes[w][0]) for line in made]


def _places(node: Any, texts: bool) -> list[Any]:
    found: list[Any] = []
    above: list[Any] = []

    def gather(node: Any) -> None:
        if _is_place(node, texts):
            if not any(_lies_under(node, cover) for cover in above):
                found.append(node)
            if isinstance(node, Focusable):
                return
        for child in node.children:  # the topmost first
            gather(child)
        if getattr(node, "covers", False):
            above.append(node)

    gather(node)
    return found


def _is_place(node: Any, texts: bool) -> bool:
    if isinstance(node, Focusable):
        return node.takes_focus() and reachable(node)
    return texts and isinstance(node, Words) and bool(node.text.strip()) and reachable(node)


def _lies_under(widget: Any, cover: Any) -> bool:
    """What has been scrolled under something comes out again; what always lies there does not."""
    x, y = middle(scroller(widget) or widget)
    left, bottom, right, top = box(cover)
    return left <= x <= right and bottom <= y <= top


def aside(lines: list[list[Any]], here: Any, by: int) -> Any:
    """The one to the right (1) or to the left (-1) in the same line; None at its end."""
    for line in lines:
        if here in line:
            place = line.index(here) + by
            return line[place] if 0 <= place < len(line) else None
    return None


def box(widget: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right and top in pixels of the window, whatever turns or moves it."""
    one, other = widget.to_window(*widget.pos), widget.to_window(widget.right, widget.top)
    (left, right), (bottom, top) = (sorted(pair) for pair in zip(one, other, strict=True))
    return left, bottom, right, top


def sight(widget: Any) -> tuple[float, float, float, float] | None:
    """The part of its box that is not cut off by what scrolls it; None where nothing is left."""
    left, bottom, right, top = box(widget)
    node = widget.parent
    while node is not None and node is not node.parent:
        if scrolls(node):
            around = box(node)
            left, bottom = max(left, around[0]), max(bottom, around[1])
            right, top = min(right, around[2]), min(top, around[3])
        node = node.parent  # a window is its own
    return (left, bottom, right, top) if left < right and bottom < top else None


def middle(widget: Any) -> tuple[float, float]:
    left, bottom, right, top = box(widget)
    return (left + right) / 2, (bottom + top) / 2


def _same_line(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > SAME_LINE * min(one[3] - one[1], other[3] - other[1])
