"""What is drawn, with Kivy. `run_window` is the door; it prepares Kivy before importing it."""

import gc
from typing import TYPE_CHECKING

from kiosk.window.secrecy import keep_to_itself
from kiosk.window.settings import WindowSettings
from kiosk.window.thrift import give_back

if TYPE_CHECKING:
    from kiosk.window.stage.firstframe.curtain import Curtain


class CannotStart(Exception):
    """Why the window does not open: one line to show."""


def run_window(settings: WindowSettings) -> int:
    """Open the window and stay until it ends; gives the process's exit code.

    What hung there last is on the glass before anything is imported that it does not need; a
    test lists what may be. A box that has nothing yet asks for its first poster meanwhile.
    Raises CannotStart.
    """
    from kiosk.window.stage.environment import prepare
    from kiosk.window.stage.firstframe.scout import send_out

    keep_to_itself()
    give_back()
    gc.disable()  # nothing is thrown away during a start; the application turns it on again
    scout = send_out(settings)
    prepare(settings)
    from kiosk.window.stage.firstframe.curtain import hang

    return _run(settings, hang(settings.data, scout))


def _run(settings: WindowSettings, curtain: "Curtain | None") -> int:
    from kiosk.contract.brand import BrandError
    from kiosk.window.replica import DataInUse, DataTooNew
    from kiosk.window.stage.app import WindowApp

    app = WindowApp(settings, curtain=curtain)
    try:
        app.run()
    except (BrandError, DataInUse, DataTooNew) as error:
        raise CannotStart(str(error)) from None
    return app.exit_code


__all__ = ["CannotStart", "run_window"]
