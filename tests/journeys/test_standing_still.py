"""While nothing moves the window sleeps, and whatever another thread has to say wakes it."""

import os
import signal
import threading
import time
from itertools import pairwise
from pathlib import Path

from tests.journeys.evening import BRAND
from tests.journeys.own_process import in_own_process
from tests.once import of_the_run
from tests.window.stage.demo_shop import cut_once, seed

HOUR = 3600.0
# Kivy sweeps its caches each second. A loop that ticks comes round sixty times.
MOST_FRAMES_A_SECOND = 4


def stand_still_and_be_woken(folder: Path, cut: Path) -> None:
    from kiosk.window.settings import WindowSettings
    from kiosk.window.stage import environment

    told = WindowSettings(
        base_url="", data=folder, brand=BRAND, width=540, height=960, speech="off", idle_s=HOUR
    )
    environment.prepare(told)
    from kivy.clock import Clock

    from kiosk.window.link import CatalogueChanged
    from kiosk.window.stage.ahead import NEXT
    from kiosk.window.stage.app import WindowApp
    from kiosk.window.visit import Screen, actions

    app = WindowApp(told)
    app._loop._longest_s = HOUR  # nothing but a wake-up ends a sleep
    frames: list[int] = []
    problems: list[BaseException] = []

    def until(happened, what: str) -> None:
        end = time.monotonic() + 30
        while not happened():
            assert time.monotonic() < end, what
            time.sleep(0.02)

    def shows(screen: Screen) -> bool:
        root = app.root
        return root is not None and root.current_name is screen and root.at_rest

    def visit() -> None:
        try:
            until(lambda: app._loop._asleep, "sleep before there is a shop")
            with cut_once(cut):
                seed(folder, catalogue=app.link.catalogue)
            app.handover.post(lambda: app.store.hear(CatalogueChanged(1)))
            until(lambda: shows(Screen.ATTRACT) or shows(Screen.DARK), "the window at rest")
            app.handover.post(lambda: app.store.dispatch(actions.Wake()))
            until(lambda: shows(Screen.BROWSE) and not app.pictures.busy, "the shelves")
            following = set(NEXT[Screen.BROWSE])
            until(lambda: following <= set(app.root._screens), "the screens that may come next")
            until(lambda: app._loop._asleep, "sleep")
            time.sleep(1)  # what is still fading
            for _ in range(2):
                frames.append(Clock.frames)
                time.sleep(2)
            frames.append(Clock.frames)
        except BaseException as error:
            problems.append(error)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=visit, daemon=True).start()
    app.run()
    assert problems == []
    slept = min(later - before for before, later in pairwise(frames))
    assert 1 <= slept <= 2 * MOST_FRAMES_A_SECOND, frames


def test_a_still_screen_draws_nothing_and_ticks_no_more(tmp_path, tmp_path_factory):
    cut = of_the_run(tmp_path_factory, "renditions")
    in_own_process(stand_still_and_be_woken, tmp_path, cut, seconds=120)
