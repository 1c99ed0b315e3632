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


class Curtain:
    """What hangs there at first: `still`, whose pixels are those of `texture` now."""

    def __init__(self, hung: still.Still) -> None:
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

    def drop(self) -> None:
        """Who started the window holds this for as long as it runs: nothing large stays here."""
        Window.canvas.remove(self._drawn)
        self._drawn.clear()
        self.texture = None


def hang(folder: Path) -> Curtain | None:
    """Open the window and show what `folder` kept of the last poster; None of nothing."""
    hung = still.read(folder, tuple(Window.system_size), datetime.now(UTC))
    if hung is None:
        return None
    curtain = Curtain(hung)
    curtain.hang()
    return curtain
