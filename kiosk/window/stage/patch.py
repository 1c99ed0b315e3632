"""Repaints a part of the glass, where a frame is filled by the processor.

On software GL a frame costs what it fills: a small thing that moves need not repaint a poster.
It takes a back buffer that survives the flip, which software GL has (it copies where a GPU swaps)
and which is looked at before it is relied upon. On a GPU everything is painted, at no cost.
"""

import logging
from collections.abc import Callable
from functools import cache

from kivy.core.window import Window
from kivy.graphics.opengl import (
    GL_RENDERER,
    GL_RGBA,
    GL_SCISSOR_TEST,
    GL_UNSIGNED_BYTE,
    glDisable,
    glEnable,
    glGetString,
    glReadPixels,
    glScissor,
)

from kiosk.window.stage.upright import Box

log = logging.getLogger(__name__)

SOFTWARE = ("llvmpipe", "softpipe")
# So many flips are watched: the back buffer must be after each what it was before.
WATCHED = 3
SAMPLE_PX = 64


@cache
def on_software() -> bool:
    """Whether frames are filled by the processor. There must be a window."""
    renderer = glGetString(GL_RENDERER).decode(errors="replace").lower()
    return any(name in renderer for name in SOFTWARE)


class Patches:
    """Paints patches while it is sure to see what it has painted before."""

    def __init__(self) -> None:
        self._able: bool | None = None
        self._watched = 0

    def paint(self, box: Box, change: Callable[[], None]) -> None:
        """Make `change`, of which nothing can be seen outside `box` (window pixels), and show it.

        What other changes wait is painted with it, at the next frame and whole.
        """
        if not self._can() or Window.canvas.needs_redraw:
            change()
            return
        change()
        if not Window.canvas.needs_redraw:
            return  # nothing that shows
        glEnable(GL_SCISSOR_TEST)
        glScissor(*box)
        try:
            Window.dispatch("on_draw")
        finally:
            glDisable(GL_SCISSOR_TEST)
        before = self._sample() if self._watched < WATCHED else b""
        Window.dispatch("on_flip")
        if before:
            self._watch(before)

    def _can(self) -> bool:
        if self._able is None:
            self._able = on_software()
        return self._able

    def _watch(self, before: bytes) -> None:
        self._watched += 1
        if self._sample() != before:
            self._able = False
            log.info("the back buffer does not survive a flip: frames are painted whole")
            Window.canvas.ask_update()

    def _sample(self) -> bytes:
        """A row across the middle of the glass."""
        width, height = Window.system_size
        row: bytes = glReadPixels(
            0, height // 2, min(width, SAMPLE_PX), 1, GL_RGBA, GL_UNSIGNED_BYTE
        )
        return row


patches = Patches()
