"""What of a widget can be seen: what is drawn after it may lie above it."""

from collections.abc import Collection, Iterator
from typing import Any

from kiosk.window.stage.patch import meeting
from kiosk.window.stage.upright import Box, outline


def uncovered(widget: Any, box: Box, along: Collection[Any] = ()) -> Box | None:
    """`box` (window pixels) without its upper and lower margin where something lies above `widget`.

    None where something lies in its middle. `along` moves with the widget, and is none of that.
    """
    left, bottom, width, height = box
    for other in _above(widget):
        if other in along or other.opacity == 0:
            continue
        _, low, across, tall = common = meeting((left, bottom, width, height), outline(other))
        if not across or not tall:
            continue
        if common[2] == width and low == bottom:
            bottom, height = bottom + tall, height - tall
        elif common[2] == width and low + tall == bottom + height:
            height -= tall
        else:
            return None
    return (left, bottom, width, height) if height > 0 else None


def _above(widget: Any) -> Iterator[Any]:
    """All that is drawn after a widget, as a whole; an empty one only holds others."""
    while (parent := widget.parent) is not None and parent is not widget:
        siblings = parent.children
        for sibling in siblings[: siblings.index(widget)]:
            yield from [sibling] if sibling.width and sibling.height else sibling.children
        widget = parent
