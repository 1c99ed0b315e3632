"""Where hands reach on a glass that hangs at some height, and how large things must be on it.

Lengths are millimetres on the real glass; heights are above the ground unless said otherwise.
"""

from dataclasses import dataclass

# What must be touched, for somebody who stands: the middle of what ADA 308 and EN 301 549 8.3.3
# leave free (380 to 1,220 mm), above where one would have to stoop.
STANDING = (700.0, 1220.0)
# Brought down, for a seated person or a child: the low end, and 1,120 mm where a sill is in the
# way (EN 301 549 8.3.3.2.1, reach over an obstruction).
SEATED = (380.0, 1120.0)

# Fingers of people who stand hit 20 mm as well as anything larger; smaller costs time and errors
# (doi.org/10.1080/00140130410001724228).
TARGET_MM = 20.0

# Heights of a capital: what is read at arm's length, at 0.6 m (EN 301 549 5.1.4), what may be
# small (ADA 707.7.2), and what is read from the pavement, at 3 m (0.7 degrees).
READ_MM, SMALL_MM, PAVEMENT_MM = 7.3, 4.8, 36.0

# The glass for which the layouts are drawn: 43 inches, upright or across.
_UPRIGHT, _ACROSS = (535.0, 952.0), (952.0, 535.0)
# The least desk that they need, in their own millimetres, and the smallest they are drawn.
_DESK_UPRIGHT, _DESK_ACROSS = 480.0, 400.0
_SMALLEST = 0.5
# Below this the reachable strip holds no button and its words: the strip is made higher.
_LEAST_DESK = 150.0


@dataclass(frozen=True, slots=True)
class Glass:
    """A glass of `width` x `height`, whose lower edge hangs `lower_edge` above the ground."""

    width: float
    height: float
    lower_edge: float

    @property
    def portrait(self) -> bool:
        return self.height >= self.width

    def desk(self, *, low: bool) -> tuple[float, float]:
        """Lower and upper end of what can be reached, above the glass's own lower edge.

        Where the glass hangs out of reach the strip nearest to it, as high as a control needs.
        """
        bottom, top = SEATED if low else STANDING
        y = min(max(0.0, bottom - self.lower_edge), self.height - _LEAST_DESK)
        return max(0.0, y), min(self.height, max(top - self.lower_edge, y + _LEAST_DESK))

    def reaches(self, *, low: bool) -> bool:
        """Whether a strip high enough for the controls hangs where hands are."""
        bottom, top = SEATED if low else STANDING
        y, end = max(bottom, self.lower_edge), min(top, self.lower_edge + self.height)
        return end - y >= _LEAST_DESK

    def drawn(self, *, low: bool) -> float:
        """How much smaller than on the usual glass layouts are drawn here, at most 1."""
        width = _UPRIGHT[0] if self.portrait else _ACROSS[0]
        least = _DESK_UPRIGHT if self.portrait else _DESK_ACROSS
        y, top = self.desk(low=low)
        return max(_SMALLEST, min(1.0, self.width / width, (top - y) / least))
