"""How one visitor wants the glass: within reach, readable, calm, spoken. Gone with the visit."""

from dataclasses import dataclass, fields, replace
from typing import Any

TEXT_STEPS = (100, 125, 150, 200)  # per cent; EN 301 549 11.7 and WCAG 1.4.4 ask for up to 200
VOLUMES = range(11)
USUAL_VOLUME = 5


@dataclass(frozen=True, slots=True)
class Comfort:
    """What was asked for; the default is a visitor who asked for nothing.

    `low` brings everything down for a seated person or a child. `text` is per cent of the usual
    size, `still` asks for no movement, `left` for the controls at the left hand, `masked` for
    dots in place of what is typed, `patient` for keys that take a held or trembling finger for one
    stroke (EN 301 549 5.7 and 5.8). `volume` runs from 0 (silent) to 10; the usual one is where
    the window was set up to be. `shown` is whether the panel of all this is open.
    """

    low: bool = False
    contrast: bool = False
    text: int = 100
    still: bool = False
    left: bool = False
    spoken: bool = False
    masked: bool = False
    patient: bool = False
    volume: int = USUAL_VOLUME
    shown: bool = False

    def having(self, name: str, value: Any) -> "Comfort":
        """With `name` set to `value`; unchanged where there is no such name or value."""
        known = {f.name for f in fields(self)}
        if name not in known or not _allowed(name, value):
            return self
        return replace(self, **{name: value})


def _allowed(name: str, value: Any) -> bool:
    if name == "text":
        return value in TEXT_STEPS
    if name == "volume":
        return type(value) is int and value in VOLUMES
    return isinstance(value, bool)


def loudness(volume: int, usual: int) -> float:
    """The voice's level, 0 to 10, for a visitor's `volume` on a window set up to speak at `usual`.

    Every visit begins at USUAL_VOLUME, so that it begins at the level that was measured.
    """
    if volume <= USUAL_VOLUME:
        return usual * volume / USUAL_VOLUME
    above = VOLUMES[-1] - USUAL_VOLUME
    return usual + (VOLUMES[-1] - usual) * (volume - USUAL_VOLUME) / above
