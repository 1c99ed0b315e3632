"""What is drawn, with Kivy. `run_window` is the door; it prepares Kivy before importing it."""

from kiosk.window.secrecy import keep_to_itself
from kiosk.window.settings import WindowSettings


def run_window(settings: WindowSettings) -> int:
    """Open the window and stay until it ends; gives the process's exit code.

    Raises BrandError, DataInUse or DataTooNew where the window cannot start: one line to show.
    """
    from kiosk.window.stage.environment import prepare

    keep_to_itself()
    prepare(settings)
    from kiosk.window.stage.app import WindowApp

    app = WindowApp(settings)
    app.run()
    return app.exit_code


__all__ = ["run_window"]
