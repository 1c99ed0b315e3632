"""What stands beside the courier's marker while it is not to be taken for the courier."""

from kiosk.window.visit.motion import MarkerState, Quality
from kiosk.window.visit.views.tracking import TrackingView
from kiosk.window.visit.words import words


def ride_note(view: TrackingView, state: MarkerState | None) -> str:
    """One line, "" while there is nothing to admit. `state` is the marker as it is drawn now."""
    return " · ".join(part for part in (view.feed, _age(view, state)) if part)


def _age(view: TrackingView, state: MarkerState | None) -> str:
    w = words(view.chrome.language)
    if view.fix is None or state is None or view.finished:
        return ""
    if state.quality is Quality.STALE:
        return w("Position {n} s old", n=int(state.age_s))
    if state.quality is Quality.HIDDEN:
        return w("No position at the moment")
    return ""
