"""In which order the focus goes from part to part: as one reads, and never out of a dialogue."""

from collections.abc import Iterator
from typing import Any

from kiosk.window.stage.focus.focusable import Focusable, reachable
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

    With `texts`, words that belong to no part are places too, so that nothing is kept from who
    cannot see them.
    """
    found = list(_places(scope(root), texts))
    boxes = {w: box(w) for w in found}
    made: list[list[Any]] = []
    for widget in sorted(found, key=lambda w: -boxes[w][3]):
        if made and _same_line(boxes[made[-1][0]], boxes[widget]):
            made[-1].append(widget)
        else:
            made.append([widget])
    return [sorted(line, key=lambda w: boxes[w][0]) for line in made]


def _places(node: Any, texts: bool) -> Iterator[Any]:
    if isinstance(node, Focusable):
        if node.takes_focus() and reachable(node):
            yield node
        return
    if texts and isinstance(node, Words) and node.text.strip() and reachable(node):
        yield node
    for child in node.children:
        yield from _places(child, texts)


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


def middle(widget: Any) -> tuple[float, float]:
    left, bottom, right, top = box(widget)
    return (left + right) / 2, (bottom + top) / 2


def _same_line(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > SAME_LINE * min(one[3] - one[1], other[3] - other[1])
