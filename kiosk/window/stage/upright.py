"""What must not be read in a mirror, in a scene that `Reflection` shows in one.

A texture whose coordinates run the other way stands as it was made: it is turned over once more.
"""

from math import ceil, floor
from typing import Any

from kivy.graphics.texture import Texture

from kiosk.window.stage import theme as themes

# Icons that point where reading goes: on an Arabic screen they point the other way.
DIRECTIONAL = frozenset({"back", "backspace", "bike", "chevron-left", "chevron-right", "return"})

Box = tuple[int, int, int, int]


def upright(texture: Texture | None, *, turned: bool = False) -> Texture | None:
    """`texture` as it must be drawn to be seen as it is, or with `turned` as in a mirror.

    The given one is left alone: it may hang in a scene that is not reflected.
    """
    if texture is None or themes.current().mirrored is turned:
        return texture
    other = texture.get_region(0, 0, *texture.size)
    other.flip_horizontal()
    return other


def facing(texture: Texture | None, icon: str) -> Texture | None:
    """The texture of an icon: it stands upright, or points where the language reads."""
    return upright(texture, turned=themes.current().rtl and icon in DIRECTIONAL)


def window_box(widget: Any) -> Box:
    """Left, bottom, width and height of a widget in the window's pixels, mirrored or not."""
    here, there = widget.to_window(widget.x, widget.y), widget.to_window(widget.right, widget.top)
    left, bottom = min(here[0], there[0]), min(here[1], there[1])
    return int(left), int(bottom), int(widget.width), int(widget.height)


def outline(widget: Any, edge: int = 0) -> Box:
    """All pixels of the window that a widget draws in, also where it begins or ends within one.

    `edge` is how many more there are on each side: 1 for what is drawn at rounded places.
    """
    here, there = widget.to_window(widget.x, widget.y), widget.to_window(widget.right, widget.top)
    left, right = sorted((here[0], there[0]))
    left, low = floor(left) - edge, floor(here[1]) - edge
    return left, low, ceil(right) + edge - left, ceil(there[1]) + edge - low
