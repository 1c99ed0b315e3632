"""Repaints parts of the glass, where a frame is filled by the processor.

On software GL a frame costs what it fills: a small thing that moves need not repaint a poster,
and what is only moved along need not be filled again. It takes a back buffer that survives the
flip, which software GL has (it copies where a GPU swaps) and which is looked at before it is
relied upon. On a GPU everything is painted, at no cost.
"""

import ctypes
import logging
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from kivy.core.window import Window
from kivy.graphics import ScissorPop, ScissorPush
from kivy.graphics.opengl import (
    GL_COLOR_BUFFER_BIT,
    GL_NEAREST,
    GL_RENDERER,
    GL_RGBA,
    GL_SCISSOR_TEST,
    GL_UNSIGNED_BYTE,
    glDisable,
    glEnable,
    glFinish,
    glGetString,
    glReadPixels,
    glScissor,
)
from kivy.lang import Builder

from kiosk.window.stage.sdl import gl_function
from kiosk.window.stage.upright import Box

log = logging.getLogger(__name__)

SOFTWARE = ("llvmpipe", "softpipe")
# So many flips are watched, and so many slides: the back buffer must be after each what it was.
WATCHED = 3
SAMPLE_PX = 64
# Two boxes are painted as one where that fills no more than this beside them: every box costs a
# walk over the whole scene.
WALK_PX = 150_000
EVERYWHERE = 1 << 14
NOWHERE: Box = (0, 0, 1, 1)


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
        self._slides = 0
        self._slid = False
        self._blit: Any = None
        self._clip: ScissorPush | None = None
        self._patching = False

    @property
    def ready(self) -> bool:
        """Whether a change can be shown alone now; else the next frame shows it with all others."""
        if self._able is None:
            self._able = on_software()
            if self._able:
                self._install()
        return self._able and not Window.canvas.needs_redraw

    def paint(self, change: Callable[[], Iterable[Box]]) -> None:
        """Make `change` and show it. It tells the boxes (window pixels) that it is to be seen in.

        What other changes wait is painted with it, at the next frame and whole.
        """
        # kv draws what follows from a change when it is told to: what others have changed before
        # is none of this change, and what follows from it is.
        Builder.sync()
        if not self.ready:
            change()
            return
        self._slid = False
        boxes = [box for box in change() if box[2] > 0 and box[3] > 0]
        Builder.sync()
        if not self._slid and not Window.canvas.needs_redraw:
            return  # nothing that shows
        if not boxes and not self._slid:
            self._draw([NOWHERE])  # what has changed is out of sight, and is taken note of
            return
        self._draw(together(boxes))
        before = self._sample() if self._watched < WATCHED else b""
        Window.dispatch("on_flip")
        if before:
            self._watch(before)

    def first(self, box: Box) -> None:
        """The next frame is painted whole: show this part of it before the rest."""
        if self._able is True:
            Builder.sync()
            self._draw([box])
            Window.dispatch("on_flip")
            Window.canvas.ask_update()

    def slide(self, box: Box, up: int) -> list[Box]:
        """Move what is painted in `box` up by so many pixels (down where negative), in a `change`.

        Returns what is left to be painted of the box: what has come into sight, or all of it.
        """
        left, bottom, width, height = box
        if not up:
            return []
        if self._able is not True or self._blit is None or abs(up) >= height:
            return [box]
        before = self._column(box, up, moved=False) if self._slides < WATCHED else b""
        self._move(box, up)
        if before:
            self._slides += 1
            if self._column(box, up, moved=True) != before:
                self._blit = None
                log.info("the back buffer cannot be moved along: what moves is painted anew")
                return [box]
        self._slid = True
        return [(left, bottom if up > 0 else bottom + height + up, width, abs(up))]

    def _install(self) -> None:
        """What is drawn within a widget's own clip must stay within the patch as well."""
        with Window.canvas.before:
            self._clip = ScissorPush(pos=(0, 0), size=(EVERYWHERE, EVERYWHERE))
        with Window.canvas.after:
            ScissorPop()
        Window.bind(on_draw=self._unclip)
        numbers = [ctypes.c_int] * 8 + [ctypes.c_uint] * 2
        self._blit = gl_function("glBlitFramebuffer", *numbers)

    def _draw(self, boxes: list[Box]) -> None:
        self._patching = True
        try:
            for box in boxes:
                self._cut(box)
                # The glass is cleared before anything in the scene can say where.
                glEnable(GL_SCISSOR_TEST)
                glScissor(*box)
                Window.dispatch("on_draw")
        finally:
            glDisable(GL_SCISSOR_TEST)
            self._patching = False
        glFinish()

    def _unclip(self, *_: Any) -> None:
        """The whole glass is about to be painted."""
        if not self._patching:
            self._cut((0, 0, EVERYWHERE, EVERYWHERE))

    def _cut(self, box: Box) -> None:
        if self._clip is not None:
            self._clip.pos, self._clip.size = box[:2], box[2:]

    def _move(self, box: Box, up: int) -> None:
        """In bands as high as the step: where source and target overlap a blit is undefined."""
        left, bottom, width, height = box
        step, right, top = abs(up), left + width, bottom + height
        moved = range(step, height, step)
        for past in moved:
            # From the edge that things move towards on, so that no band is covered unread.
            far = min(past + step, height)
            low = top - far if up > 0 else bottom + past
            high = top - past if up > 0 else bottom + far
            self._blit(
                left, low, right, high, left, low + up, right, high + up,
                GL_COLOR_BUFFER_BIT, GL_NEAREST,
            )  # fmt: skip
        # The flip waits for it anyway; what llvmpipe has under way at once it keeps the memory of.
        glFinish()

    def _watch(self, before: bytes) -> None:
        self._watched += 1
        if self._sample() != before:
            self._able = False
            log.info("the back buffer does not survive a flip: frames are painted whole")
            Window.canvas.ask_update()

    def _sample(self) -> bytes:
        """A row across the middle of the glass."""
        width, height = Window.system_size
        return _pixels(0, height // 2, min(width, SAMPLE_PX), 1)

    def _column(self, box: Box, up: int, *, moved: bool) -> bytes:
        """A column of what stays in `box`, before or after it was moved."""
        left, bottom, width, height = box
        low = bottom + (max(0, up) if moved else max(0, -up))
        return _pixels(left + width // 3, low, 1, height - abs(up))


def _pixels(left: int, bottom: int, width: int, height: int) -> bytes:
    read: bytes = glReadPixels(left, bottom, width, height, GL_RGBA, GL_UNSIGNED_BYTE)
    return read


def together(boxes: Iterable[Box]) -> list[Box]:
    """The same boxes, those as one that are cheaper to paint so."""
    merged: list[Box] = []
    for box in boxes:
        found = True
        while found:
            found = False
            for other in merged:
                both = _around(box, other)
                if _area(both) <= _area(box) + _area(other) + WALK_PX:
                    merged.remove(other)
                    box, found = both, True
                    break
        merged.append(box)
    return merged


def meeting(box: Box, other: Box) -> Box:
    """What two boxes have in common; its width or height is 0 where they have nothing."""
    left, bottom = max(box[0], other[0]), max(box[1], other[1])
    right = min(box[0] + box[2], other[0] + other[2])
    top = min(box[1] + box[3], other[1] + other[3])
    return left, bottom, max(0, right - left), max(0, top - bottom)


def _around(box: Box, other: Box) -> Box:
    left, bottom = min(box[0], other[0]), min(box[1], other[1])
    right = max(box[0] + box[2], other[0] + other[2])
    top = max(box[1] + box[3], other[1] + other[3])
    return left, bottom, right - left, top - bottom


def _area(box: Box) -> int:
    return box[2] * box[3]


patches = Patches()
