"""Draws the last known poster as soon as there is a window, and takes it away when the posters
have come. `environment.prepare` must have run.
"""

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
    """What hangs there at first: `still` and its `texture`."""

    def __init__(self, hung: still.Still) -> None:
        self.still = hung
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
        Window.canvas.remove(self._drawn)


def hang(folder: Path) -> Curtain | None:
    """Open the window and show what `folder` kept of the last poster; None of nothing."""
    hung = still.read(folder, tuple(Window.system_size), datetime.now(UTC))
    if hung is None:
        return None
    curtain = Curtain(hung)
    curtain.hang()
    return curtain
