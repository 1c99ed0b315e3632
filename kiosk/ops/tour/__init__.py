"""`kiosk tour`: the whole journey on the real application, as pictures and a log.

The real window, drawn offscreen, driven by real touch events, beside the real embedded back
office with its simulated courier.
"""

from kiosk.ops.tour.run import run_tour

__all__ = ["run_tour"]
