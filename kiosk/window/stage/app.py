"""The window's composition root: builds every part, joins them, and runs until told to stop."""

import logging
import signal
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kivy.app import App
from kivy.base import (
    EventLoop,
    ExceptionHandler,
    ExceptionManager,
    runTouchApp,
    stopTouchApp,
)
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import glFinish

from kiosk.contract.brand import load_brand
from kiosk.window.link import Link, LinkEvent, LinkSettings, MapReady, PictureReady
from kiosk.window.replica.addresses import AddressIndex
from kiosk.window.replica.shedding import shed_files
from kiosk.window.settings import WindowSettings
from kiosk.window.speech import open_voice
from kiosk.window.stage import theme as themes
from kiosk.window.stage.budget import ready_bytes
from kiosk.window.stage.director import Director
from kiosk.window.stage.environment import offscreen
from kiosk.window.stage.firstframe.curtain import Curtain
from kiosk.window.stage.firstframe.keeper import Keeper
from kiosk.window.stage.garbage import Garbage
from kiosk.window.stage.handover import Handover, Workers
from kiosk.window.stage.idle import IdleClock
from kiosk.window.stage.loop import Loop
from kiosk.window.stage.scanner import Scanner
from kiosk.window.stage.screens.base import Files, Services
from kiosk.window.stage.store import Store
from kiosk.window.stage.streets import Streets
from kiosk.window.stage.textures import CACHE_BYTES, GLASSES, Key, Pictures, Uploader
from kiosk.window.stage.touch.device import TouchScreen
from kiosk.window.stage.touch.hygiene import Hygiene
from kiosk.window.stage.touch.provider import TouchProvider
from kiosk.window.thrift import tidy
from kiosk.window.visit import Screen, Visit, actions

if TYPE_CHECKING:
    from kiosk.window.stage.framelog.file import FrameFile

log = logging.getLogger(__name__)

# Where a window without a back office would ask, if it asked: the discard port of this machine.
NOWHERE = "http://127.0.0.1:9"
# So many bad frames in so short a time is a fault that only a restart can end.
MAX_BAD_FRAMES = 20
BAD_FRAMES_S = 60.0
# The curtain goes so much later than the posters come; without them it is worth so long a wait.
CURTAIN_S = 1.0
PREPARING_S = 8.0
# So often memory is given back while somebody uses the glass.
TIDY_S = 3.0
EXIT_RESTART = 75  # EX_TEMPFAIL: the supervisor starts the window again


class WindowApp(App):
    """The window of one shop. `now` is the box's clock (aware), another one in a tour.

    `curtain` hangs on the glass already; it goes when there is something else to see.
    """

    use_kivy_settings = False
    title = "Vitrine"

    def __init__(
        self,
        settings: WindowSettings,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        curtain: Curtain | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._curtain = curtain
        self.settings = settings
        self.exit_code = 0
        self._now = now
        self.touch_screen: TouchScreen | None = None
        self._loop = Loop(lambda: self.hygiene.busy)
        self._garbage = Garbage()
        self._minute: Any = None
        self._tidies = 0
        self._tidy = Clock.create_trigger(self._give_back, TIDY_S)
        self._frames = _BadFrames(self._give_up)
        self._frame_file: FrameFile | None = None

    def run(self) -> None:
        self._run_prepare()
        runTouchApp(embedded=True)
        try:
            self._loop.run()
        finally:
            stopTouchApp()
        self._stop()

    def build(self) -> Director:
        settings = self.settings
        self._dress()
        self.handover = Handover(self._loop.wake)
        self.workers = Workers(self.handover, size=3)
        self._painters = Workers(self.handover, size=2, name="painter")
        self.link = Link(
            LinkSettings(
                settings.base_url or NOWHERE,
                settings.token,
                settings.data,
                settings.ca_file,
                reads_codes=bool(settings.camera),
            ),
            lambda event: self.handover.post(lambda: self._hear(event)),
        )
        self.voice = open_voice(settings.speech)
        self.streets = Streets(
            AddressIndex(settings.data / "addresses"),
            self.link.catalogue,
            self.link.pictures,
            self.handover,
            settings.addresses,
        )
        self.scanner = (
            Scanner(settings.camera, self.handover.post, lambda seen: self.store.dispatch(seen))
            if settings.camera
            else None
        )
        self._name_what_may_leave()
        self.store = Store(
            catalogue=self.link.catalogue,
            office=self.link,
            workers=self.workers,
            addresses=self.streets.index,
            language=settings.language,
            address=settings.base_url,
            now=self._now,
            voice=self.voice,
            volume=settings.speech_volume,
            camera=self.scanner,
            hurry=lambda: self._tell_again(),
        )
        self.store.curtained = self._curtain is not None
        self.idle_clock = IdleClock(
            settings.idle_s,
            settings.idle_warning_s,
            warn=lambda: self.store.dispatch(actions.IdleWarning(self.store.now)),
            tick=self.store.refresh,
            over=lambda: self.store.dispatch(actions.IdleOver()),
        )
        return Director(self._services())

    def _name_what_may_leave(self) -> None:
        """What lies on the disk without being an order, a photograph or the catalogue."""
        shedder, frames = self.link.shedder, self.settings.frames
        shedder.add("the index of addresses", self.streets.index.shed)
        if frames is not None and frames.absolute().is_relative_to(self.settings.data.absolute()):
            shedder.add("the frame log", shed_files(frames.parent, frames.name), first=True)

    def _dress(self) -> None:
        brand = load_brand(self.settings.brand)
        for violation in brand.unreadable():
            log.warning("the brand cannot be read by all: %s", violation)
        theme = themes.Theme(brand, self.settings.px_per_mm, self.settings.glass)
        themes.install(theme)
        Window.clearcolor = theme.colour("paper")

    def _services(self) -> Services:
        files = Files(self.link)
        self.uploader = Uploader(self.settings.width * self.settings.height)
        ready = ready_bytes(CACHE_BYTES, GLASSES)
        self.pictures = Pictures(files, self._painters, self.uploader, ready)
        if self._curtain is not None:
            hung = self._curtain.still
            key = Key(hung.sha256, *hung.size, hung.anchor)
            self.pictures.adopt(key, self._curtain.texture)
        return Services(
            send=self.store.dispatch,
            speak=self.store.speak,
            workers=self.workers,
            painters=self._painters,
            handover=self.handover,
            pictures=self.pictures,
            uploader=self.uploader,
            catalogue=self.link.catalogue,
            files=files,
            first_frame=Keeper(
                self.settings.data, files, self.workers, self._now, self.store.darkness
            ),
        )

    def on_start(self) -> None:
        self.store.on_change(self._moved)
        self.store.attach(self.root)
        self.streets.learn()
        if self.settings.base_url:
            self.link.start()
        self._listen_to_fingers()
        Window.bind(on_touch_down=self._touched, on_touch_move=self._touched)
        Window.bind(on_request_close=self._asked_to_close)
        if offscreen():
            Window.bind(on_flip=_finish)
        ExceptionManager.add_handler(self._frames)
        self._install_signals()
        self._every_minute()
        self._count_frames()
        self._garbage.begin()
        if self._curtain is not None:
            Clock.schedule_once(self._say_why, PREPARING_S)

    def on_stop(self) -> None:
        ExceptionManager.remove_handler(self._frames)
        EventLoop.remove_postproc_module(self.hygiene)
        if self.touch_screen is not None:
            self.touch_screen.stop()
        Window.unbind(on_touch_down=self._touched, on_touch_move=self._touched)
        Window.unbind(on_request_close=self._asked_to_close)
        if self._minute is not None:
            self._minute.cancel()
        self.idle_clock.rest()
        self._tidy.cancel()
        self._garbage.stirred()
        if self._frame_file is not None:  # Kivy may say twice that it is over
            self._frame_file.stop()
            self._frame_file = None
        if self.voice is not None:
            self.voice.close()
        if self.scanner is not None:
            self.scanner.close()
        self.streets.close()
        self.workers.close()
        self._painters.close()
        self.link.stop()

    def _listen_to_fingers(self) -> None:
        width_mm, _ = self.settings.glass_mm
        self.hygiene = Hygiene(self.settings.glass_mm)
        EventLoop.postproc_modules.insert(0, self.hygiene)  # before anything counts double taps
        if self.settings.touch == "evdev":
            self.touch_screen = TouchScreen(heard=self._loop.wake)
            EventLoop.add_input_provider(TouchProvider(self.touch_screen, width_mm), True)
            self.touch_screen.start()

    def _count_frames(self) -> None:
        if self.settings.frames is None:
            return
        from kiosk.window.stage.framelog.file import FrameFile
        from kiosk.window.stage.framelog.meter import Meter

        meter = Meter(self.uploader)
        self._frame_file = FrameFile(self.settings.frames, meter, self.workers, self._now)
        self.store.on_change(self._frame_file.moved)
        self._frame_file.start(self.store.visit.screen.value)

    def open_settings(self, *_: Any) -> bool:
        """F1 opens Kivy's settings panel: not behind a shop's glass."""
        return False

    def _hear(self, event: LinkEvent) -> None:
        if isinstance(event, PictureReady):
            self.pictures.arrived(event.sha256)
            self.root.picture_arrived(event.sha256)
        elif isinstance(event, MapReady):
            self.root.map_arrived(event.sha256)
            self.streets.learn()
        else:
            self.store.hear(event)

    def _touched(self, *_: Any) -> None:
        # Whether it means "still here" or "start again", the idle overlay says: were it taken
        # away already, this very touch would press what lies beneath it.
        self.idle_clock.touched()
        self._tidies = 2
        self._tidy()

    def _give_back(self, _dt: float) -> None:
        """While the glass is used, and once more: what a touch has moved moves on after it."""
        self.workers.submit(tidy)
        self._tidies -= 1
        if self._tidies > 0:
            self._tidy()

    def _moved(self, before: Visit, after: Visit) -> None:
        if self._curtain is not None and after.screen is not Screen.PREPARING:
            self._draw_back(self._curtain, after.screen)
        at_rest = after.screen in (Screen.ATTRACT, Screen.DARK, Screen.PREPARING)
        if after.screen is not before.screen and at_rest:
            self.idle_clock.rest()
            self._garbage.quiet()
        elif before.warned_at is not None and after.warned_at is None:
            # Answered by a key, or by lifting a finger that was down all the time.
            self.idle_clock.touched()
        if not at_rest:
            self._garbage.stirred()

    def _draw_back(self, curtain: Curtain, screen: Screen) -> None:
        """What comes lies above the curtain, opaque, as soon as its pictures are placed.

        One that hangs about where the poster will lies above it, until it can be seen.
        """
        if not curtain.about:
            Clock.schedule_once(self._drop_curtain, CURTAIN_S)
        elif screen is Screen.ATTRACT:
            curtain.raise_above()
            Clock.schedule_once(self._drop_when_seen, CURTAIN_S)
        else:  # somebody has touched the glass already
            self._drop_curtain()

    def _drop_when_seen(self, _dt: float) -> None:
        if self.pictures.busy:
            Clock.schedule_once(self._drop_when_seen, CURTAIN_S)
        else:
            self._drop_curtain()

    def _drop_curtain(self, _dt: float = 0.0) -> None:
        curtain, self._curtain = self._curtain, None
        if curtain is not None:
            curtain.drop()

    def _say_why(self, _dt: float) -> None:
        """A shop that does not come says what it waits for, and not behind a photograph."""
        if self.store.visit.screen is Screen.PREPARING:
            self._drop_curtain()
        self.store.curtained = False
        self.store.refresh()

    def _every_minute(self, *_: Any) -> None:
        """Hours, promises and the palette change on the minute; a countdown's end, each second."""
        self.store.dispatch(actions.TimePassed())
        if self._frame_file is not None:
            self._frame_file.tick()
        self._tell_again()

    def _tell_again(self) -> None:
        if self._minute is not None:
            self._minute.cancel()
        now = self._now()
        step = 1 if self.store.by_seconds else 60
        left = step - now.second % step - now.microsecond / 1e6
        self._minute = Clock.schedule_once(self._every_minute, left + 0.05)

    def _asked_to_close(self, *_: Any, **__: Any) -> bool:
        # True keeps the window open: behind glass nobody closes it; on a desk people may.
        return self.settings.fullscreen

    def _install_signals(self) -> None:
        def stop(_number: int, _frame: Any) -> None:
            self.handover.post(self.stop)

        try:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, stop)
        except ValueError:  # not the main thread: whoever runs us listens
            log.debug("signals are left to the main thread")

    def _give_up(self) -> None:
        log.error("%s bad frames within %s s: restarting", MAX_BAD_FRAMES, BAD_FRAMES_S)
        self.exit_code = EXIT_RESTART
        self.stop()


def _finish(*_: Any) -> None:
    """No screen paces the frames: without this, software GL queues seconds of them."""
    glFinish()


class _BadFrames(ExceptionHandler):
    """Survives a frame that raised: logs it, counts it, gives up when there are too many."""

    def __init__(self, give_up: Callable[[], None]) -> None:
        self._give_up = give_up
        self._times: deque[float] = deque(maxlen=MAX_BAD_FRAMES)

    def handle_exception(self, inst: BaseException) -> int:
        if isinstance(inst, KeyboardInterrupt | SystemExit):
            return ExceptionManager.RAISE
        log.error("a frame failed", exc_info=inst)
        now = time.monotonic()
        self._times.append(now)
        if len(self._times) == MAX_BAD_FRAMES and now - self._times[0] < BAD_FRAMES_S:
            self._times.clear()
            self._give_up()
        return ExceptionManager.PASS
