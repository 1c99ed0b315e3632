"""The focus: what can have it, where it goes, how it is seen, and what is said of it."""

from kiosk.window.stage.focus.focusable import Focusable

__all__ = ["Focusable"]
