"""How often a courier's phone may call, in each process of the back office.

A phone sends every three seconds at most; after a tunnel it may hurry.
"""

import threading
import time
from collections import OrderedDict

PER_S = 2.0
AT_ONCE = 40.0
RETRY_AFTER_S = 5
_REMEMBERED = 1_000

_lock = threading.Lock()
_left: "OrderedDict[int, tuple[float, float]]" = OrderedDict()


def may_call(courier_id: int, now: float | None = None) -> bool:
    """Whether this call is within the measure, and count it. `now`: seconds that only rise."""
    now = time.monotonic() if now is None else now
    with _lock:
        left, at = _left.pop(courier_id, (AT_ONCE, now))
        left = min(AT_ONCE, left + (now - at) * PER_S)
        allowed = left >= 1
        _left[courier_id] = (left - 1 if allowed else left, now)
        while len(_left) > _REMEMBERED:
            _left.popitem(last=False)
    return allowed
