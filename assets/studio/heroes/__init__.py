"""Tall pictures for the window: a still life in the lower half, a quiet wall above for words.

By day the sun falls through the round attic window; by night a lamp lights a walnut shelf. The
screen covers the lowest sixth of the picture: what counts stands above it.
"""

from .day import HEROES as DAY
from .night import HEROES as NIGHT

HEROES = {**DAY, **NIGHT}

__all__ = ["HEROES"]
