"""What every screen of the stage is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kivy.core.window import Window
from kivy.graphics import Color, Rectangle
from kivy.properties import ListProperty, ObjectProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.shop.selection import Selection
from kiosk.window.link import Link
from kiosk.window.replica import CatalogueReplica
from kiosk.window.stage import theme as themes
from kiosk.window.stage.firstframe.keeper import Keeper
from kiosk.window.stage.handover import Handover, Workers
from kiosk.window.stage.textures import Pictures, Uploader
from kiosk.window.stage.theme import PANE_SHARE
from kiosk.window.visit import Action


class Files:
    """Pictures and maps by hash, as files, and what is kept in none. Waits: workers only."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def path(self, sha256: str) -> Path | None:
        """A picture's file; None while it is not here: it is fetched, `picture_arrived` follows."""
        return self._link.picture(sha256)

    def map_path(self, sha256: str) -> Path | None:
        """A map's file; None while it is not here: `map_arrived` follows."""
        return self._link.pictures.map_path(sha256)

    def courier_photo(self, path: str) -> bytes:
        """The photo of a courier who rides, from the back office. Raises LinkError."""
        return self._link.courier_photo(path)


@dataclass(frozen=True, slots=True)
class Services:
    """What a screen may use.

    `send` takes actions, `speak` says a text in a spoken visit ("" to be quiet). `catalogue` and
    `files` (pictures and maps by hash) read the disk: call them on `workers` only. `first_frame`
    keeps what hangs for the next start.
    """

    send: Callable[[Action], None]
    speak: Callable[[str], None]
    workers: Workers
    painters: Workers
    handover: Handover
    pictures: Pictures
    uploader: Uploader
    catalogue: CatalogueReplica
    files: Files
    first_frame: Keeper


class StageScreen(FloatLayout):
    """A screen draws a frozen view and sends actions; it decides nothing.

    A screen is a folder `screens/<name>/`: `__init__.py` has `build(services)` and the wiring,
    `<name>.kv` the layout. `view` and `chrome` can be bound in kv.

    The glass has three parts. The desk holds everything that must be touched, where hands reach.
    The pane is the poster: above the desk on an upright glass, left of it on one that hangs
    across. The plinth is what is left below the desk. `*_pos` and `*_size` are pixels.
    """

    desk_pos = ListProperty([0, 0])
    desk_size = ListProperty([100, 100])
    pane_pos = ListProperty([0, 0])
    pane_size = ListProperty([100, 100])

    view = ObjectProperty(None, allownone=True)
    chrome = ObjectProperty(None, allownone=True)
    services = ObjectProperty(None)

    def __init__(self, services: Services, **kwargs: Any) -> None:
        self._theme = themes.current()
        self._alone = False
        super().__init__(services=services, **kwargs)
        with self.canvas.before:
            self._ground = Color()
            self._floor = Rectangle()
        self._theme.watch(self._repaint)
        self.bind(pos=self._cover, size=self._cover)
        self.bind(size=self._divide)
        self._repaint()
        self._divide()

    def _divide(self, *_: Any) -> None:
        low, high = self._theme.desk
        across = 0 if self._theme.portrait else round(self.width * PANE_SHARE)
        self.desk_pos, self.desk_size = [across, low], [self.width - across, high - low]
        if self._theme.portrait:
            self.pane_pos, self.pane_size = [0, high], [self.width, max(1, self.height - high)]
        else:
            self.pane_pos, self.pane_size = [0, 0], [across, self.height]

    def _repaint(self, *_: Any) -> None:
        self._ground.rgba = self._theme.colour("paper")
        self._cover()

    def alone(self, alone: bool) -> None:
        """Whether there is no other screen to hide: then what the glass is cleared with is floor
        enough. A layer of its size is a quarter of a frame on software GL.
        """
        self._alone = alone
        self._cover()

    def _cover(self, *_: Any) -> None:
        if self._alone and self.parent is not None:  # one that is kept for later has no say
            Window.clearcolor = self._ground.rgba
        self._floor.pos, self._floor.size = self.pos, (0, 0) if self._alone else self.size

    def show(self, view: Any) -> None:
        """Draw `view`; called on every change, also before `enter`."""
        self.chrome = view.chrome
        self.view = view

    def enter(self) -> None:
        """The screen is about to be seen."""

    @property
    def first(self) -> Any:
        """The widget that is seen first where a frame takes long; None: everything at once."""
        return None

    @property
    def whereabouts(self) -> Any:
        """How far the visitor has scrolled, for `resume`; None at the start."""
        return None

    def resume(self, whereabouts: Any) -> None:
        """Go where the visitor was on the screen that this one, built anew, stands for."""

    def say(self, text: str, icon: str) -> bool:
        """Say a notice in the screen's own way; False leaves it to the window."""
        return False

    def leave(self) -> None:
        """The screen is out of sight: stop what moves, let go of what is large."""

    def foresee(self, selection: Selection) -> None:
        """What may be shown next can be read at once: make ready what it takes."""

    def forget(self) -> None:
        """The visit is over: nothing of the visitor stays (texts, positions, QR textures)."""

    def on_touch_down(self, touch: Any) -> bool:
        """A screen keeps every touch: nothing beneath it may answer while it comes or goes."""
        super().on_touch_down(touch)
        return True

    def picture_arrived(self, sha256: str) -> None:
        """A photograph that was missing is on the box now (picture frames know already)."""

    def map_arrived(self, sha256: str) -> None:
        """The quarter's map is on the box now."""

    def send(self, action: Action) -> None:
        self.services.send(action)
