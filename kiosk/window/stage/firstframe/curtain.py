"""Draws the last known poster as soon as there is a window, and takes it away when the posters
have come. `environment.prepare` must have run.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kivy.core.window import Window
from kivy.graphics import Color, Rectangle
from kivy.graphics.instructions import InstructionGroup
from kivy.graphics.texture import Texture
from kivy.utils import get_color_from_hex

from kiosk.window.stage.firstframe import still
from kiosk.window.stage.firstframe.scout import Scout


class Curtain:
    """What hangs there at first: `still`, whose pixels are those of `texture` now.

    It hangs `about` where the poster will, or exactly there.
    """

    def __init__(self, hung: still.Still, *, about: bool = False) -> None:
        self.about = about
        self.still = replace(hung, pixels=b"")
        self.texture: Any = Texture.create(size=hung.size, colorfmt="rgba")
        self.texture.flip_vertical()
        self.texture.blit_buffer(hung.pixels, colorfmt="rgba", bufferfmt="ubyte")
        self._drawn = InstructionGroup()
        self._drawn.add(Color(1, 1, 1, 1))
        self._drawn.add(Rectangle(texture=self.texture, pos=hung.pos, size=hung.size))

    def hang(self) -> None:
        """On the glass at once: the event loop does not run yet."""
        Window.clearcolor = get_color_from_hex(self.still.ground)
        Window.canvas.add(self._drawn)
        Window.dispatch("on_draw")
        Window.dispatch("on_flip")

    def raise_above(self) -> None:
        """Before all that is drawn, where it was behind it."""
        self._take_away()
        Window.canvas.after.add(self._drawn)

    def drop(self) -> None:
        """Who started the window holds this for as long as it runs: nothing large stays here."""
        self._take_away()
        self._drawn.clear()
        self.texture = None

    def _take_away(self) -> None:
        for canvas in (Window.canvas, Window.canvas.after):
            if self._drawn in canvas.children:
                canvas.remove(self._drawn)


def hang(folder: Path, scout: Scout | None = None) -> Curtain | None:
    """Open the window and show what `folder` kept of the last poster, else what `scout` brings;
    None of nothing.
    """
    glass = (int(Window.system_size[0]), int(Window.system_size[1]))
    hung = still.read(folder, glass, datetime.now(UTC))
    about = hung is None
    if hung is None and scout is not None:
        hung = scout.brought(glass)
    if hung is None:
        return None
    curtain = Curtain(hung, about=about)
    curtain.hang()
    return curtain
