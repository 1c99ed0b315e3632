"""From many times to a few."""

import math
from collections.abc import Sequence


def spread(values: Sequence[float]) -> dict[str, float]:
    """The 50th, 95th and 99th percentile and the worst (nearest rank), to a hundredth."""
    ordered = sorted(values)
    found = {f"p{part}": rank(ordered, part) for part in (50, 95, 99)}
    return {name: round(value, 2) for name, value in {**found, "max": ordered[-1]}.items()}


def rank(ordered: Sequence[float], part: int) -> float:
    """The least of the sorted values that `part` per cent are not above."""
    return ordered[max(0, math.ceil(len(ordered) * part / 100) - 1)]
