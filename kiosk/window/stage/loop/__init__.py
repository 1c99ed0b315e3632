"""Runs the window: frames while something moves, sleep while nothing does.

Kivy's own loop comes round sixty times a second whether anything happens or not, which costs a
small box some percent of a core day and night. This one sleeps until the next clock event is due,
a finger or a key comes, or another thread has something to say.
"""

import logging
from collections.abc import Callable

from kivy.base import EventLoop, ExceptionManager, stopTouchApp
from kivy.clock import Clock

from kiosk.window.stage.loop.sleep import Sleeper, sleeper

log = logging.getLogger(__name__)

# The longest sleep: whatever should fail to wake the window is no later than this, and a signal,
# which cannot end a wait inside SDL, is heard after it.
LONGEST_S = 0.5
FRAME_S = 1 / 60


class Loop:
    """`busy` says that something counts on frames although no clock event does. `wake` may be
    called from any thread; everything else belongs to the UI thread.
    """

    def __init__(self, busy: Callable[[], bool], longest_s: float = LONGEST_S) -> None:
        self._busy, self._longest_s = busy, longest_s
        self._sleeper: Sleeper | None = None
        self._asleep = False

    def run(self) -> None:
        """Until the event loop is told to end. It must have been started (embedded)."""
        self._sleeper = sleeper()
        while not EventLoop.quit and EventLoop.status == "started":
            try:
                EventLoop.idle()
                self._rest(self._sleeper)
                EventLoop.window.mainloop()  # hears what SDL has to say
            except BaseException as error:
                if ExceptionManager.handle_exception(error) == ExceptionManager.RAISE:
                    stopTouchApp()
                    raise

    def wake(self) -> None:
        """There is something to do: call it after it has been scheduled."""
        if self._asleep and self._sleeper is not None:
            self._sleeper.wake()

    def _rest(self, sleeper: Sleeper) -> None:
        # Before looking whether there is anything to do: who schedules it meanwhile calls `wake`.
        self._asleep = True
        try:
            seconds = self.still_for()
            if seconds > FRAME_S:
                sleeper.sleep(seconds)
                # What a key starts now must not think that it has been running all the while.
                Clock._last_tick = max(Clock._last_tick, Clock.time() - FRAME_S)
            else:
                self._pace(sleeper)
        finally:
            self._asleep = False

    def _pace(self, sleeper: Sleeper) -> None:
        """Wait for the next frame's turn, which a finger that comes or goes need not."""
        left = Clock._last_tick + FRAME_S - Clock.time()
        if left > 0:
            sleeper.sleep(left)
        if sleeper.touched:  # Kivy's clock sleeps for what is left
            Clock._last_tick = min(Clock._last_tick, Clock.time() - FRAME_S)

    def still_for(self) -> float:
        """Seconds until something is due on the UI thread, at most `longest_s`; 0: now."""
        if EventLoop.quit or EventLoop.input_events or self._busy():
            return 0.0
        if any(event.is_touch for event in EventLoop.touches):  # a pointer that hovers is none
            return 0.0
        if EventLoop.window.canvas.needs_redraw:
            return 0.0
        due = Clock.get_min_timeout()
        return min(self._longest_s, due - Clock.time()) if due else 0.0
