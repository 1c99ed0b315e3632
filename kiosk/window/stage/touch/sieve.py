"""Tells fingers from rain, palms and bouncing contacts. Pure: no Kivy, no clock of its own.

Where each figure comes from stands in docs/decisions (the touch filter's).
"""

import math
from collections import Counter, deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Literal

# At most so many contacts mean something: one points, two pinch.
FINGERS = 2
# What is closer together is one place under one finger.
SPOT_MM = 10.0
# One finger taps five to seven times a second: two touches of one place that begin closer
# together are one touch, however often that goes on.
BOUNCE_S = 0.125
# So many of them in a row are a machine, or water: the place is masked, for so long after the last.
BOUNCES, MASK_S = 6, 5.0
# A contact wider than this is no finger; three that land so quickly within a hand are a palm.
FINGER_MM, HAND_MM, HAND_S, HAND_CONTACTS = 30.0, 100.0, 0.08, 3
# A contact shorter than this that stands still is no tap; so many within so long are rain.
MICRO_S, RAIN_CONTACTS, RAIN_S, RAIN_LASTS_S = 0.03, 4, 2.0, 10.0
# Nearer to the rim than this the bezel answers; a finger that comes from there travels.
RIM_MM, TRAVEL_MM = 2.0, 8.0
# A contact that rests for so long is a drop, a leaf, a lost finger.
STUCK_S, REST_MM = 20.0, 5.0

Phase = Literal["begin", "update", "end", "cancel"]


@dataclass(frozen=True, slots=True)
class Contact:
    """What a device says of one contact: where (mm from the glass's lower left corner), when
    (seconds), how wide (mm, 0 where it does not say). `key` names the contact while it lasts.
    `exact` devices tell when a contact began and ended; a pointer emulation may tell both at
    once when the finger is up, so that no touch of it is too short.
    """

    phase: Phase
    key: Hashable
    x: float
    y: float
    at: float
    wide: float = 0.0
    exact: bool = False


@dataclass(slots=True)
class _Live:
    """A contact on the glass. `taken` ones are seen by the window; one that is `held` until a
    time may yet be; the others are ignored until they are lifted."""

    x: float
    y: float
    began: float
    heard: float
    moved_at: float
    rest: tuple[float, float]
    taken: bool = False
    held: float | None = None
    travelled: bool = False
    rim: bool = False
    palm: bool = False
    ghost: bool = False


@dataclass(slots=True)
class _Spot:
    x: float
    y: float
    last: float
    count: int = 1
    masked_until: float = -math.inf


class Sieve:
    """For a glass of so many millimetres. `ignored` counts what was kept from the window, by
    reason: "palm", "fingers", "bounce", "masked", "micro", "rim", "stuck".

    `take` and `tick` give what the window shall see, as (phase, key); "cancel" ends a contact
    that has begun and means nothing.
    """

    def __init__(self, width_mm: float, height_mm: float) -> None:
        self._size = (width_mm, height_mm)
        self._live: dict[Hashable, _Live] = {}
        self._spots: list[_Spot] = []
        self._micro: deque[float] = deque(maxlen=RAIN_CONTACTS)
        self._rain_until = -math.inf
        self.ignored: Counter[str] = Counter()

    @property
    def touched(self) -> int:
        """How many contacts the window sees now."""
        return sum(live.taken for live in self._live.values())

    def take(self, told: Contact) -> Iterator[tuple[Phase, Hashable]]:
        if told.phase == "begin":
            yield from self._begin(told)
        elif told.key in self._live:
            live = self._live[told.key]
            live.heard = told.at
            if told.phase == "update":
                yield from self._update(told, live)
            else:
                del self._live[told.key]
                yield from self._end(told, live)

    def tick(self, now: float) -> Iterator[tuple[Phase, Hashable]]:
        """What time alone has decided; call it each frame."""
        for key, live in list(self._live.items()):
            if live.held is not None and live.held <= now:
                yield from self._let_in(key, live)
            elif live.taken and now - live.moved_at > STUCK_S:
                yield from self._shut_out(key, live, "stuck")
            elif not live.taken and now - live.heard > STUCK_S:
                del self._live[key]  # nobody will tell that it was lifted

    # ---- a contact begins ----------------------------------------------------------------------

    def _begin(self, told: Contact) -> Iterator[tuple[Phase, Hashable]]:
        live = _Live(told.x, told.y, told.at, told.at, told.at, (told.x, told.y))
        reason = self._unwanted(told)
        hand = self._hand(told)
        self._live[told.key] = live
        if reason:
            live.palm, live.ghost = reason == "palm", reason != "palm"
            self.ignored[reason] += 1
        elif len(hand) + 1 >= HAND_CONTACTS:
            yield from self._palm([*hand, told.key])
        elif self.touched + self._waiting() >= FINGERS:
            self.ignored["fingers"] += 1
        elif self._at_the_rim(told):
            live.rim, live.held = True, math.inf
        elif hand:
            # It may become a palm: the first has gone through, the second can wait for that.
            live.held = min(self._live[key].began for key in hand) + HAND_S
        elif told.exact and self._rains(told.at):
            live.held = told.at + MICRO_S  # a drop shall not even be felt
        else:
            yield from self._let_in(told.key, live)

    def _unwanted(self, told: Contact) -> str:
        if told.wide > FINGER_MM:
            return "palm"
        near = [v for v in self._live.values() if _near(v, told, HAND_MM)]
        if any(v.palm for v in near):
            return "palm"
        return self._again(told)

    def _again(self, told: Contact) -> str:
        """Whether this place was touched a moment ago, and what that makes of it."""
        self._spots = [s for s in self._spots if abs(told.at - s.last) < MASK_S]
        spot = next((s for s in self._spots if _near(s, told, SPOT_MM)), None)
        if spot is None:
            self._spots.append(_Spot(told.x, told.y, told.at))
            return ""
        since, spot.last = told.at - spot.last, told.at
        quick = 0 <= since < BOUNCE_S
        if spot.masked_until > told.at:
            if quick:  # somebody who taps in vain must not keep the mask up
                spot.masked_until = told.at + MASK_S
            return "masked"
        if not quick:
            spot.x, spot.y, spot.count = told.x, told.y, 1
            return ""
        spot.count += 1
        if spot.count > BOUNCES:
            spot.masked_until = told.at + MASK_S
        return "bounce"

    def _hand(self, told: Contact) -> list[Hashable]:
        """What has just landed within a hand of the newest, and within a hand of that."""
        young = {
            key: (live.x, live.y)
            for key, live in self._live.items()
            if abs(told.at - live.began) <= HAND_S and not (live.rim or live.ghost)
        }
        found: list[Hashable] = []
        edge = [(told.x, told.y)]
        while edge:
            near = [k for k, at in young.items() if any(math.dist(at, e) <= HAND_MM for e in edge)]
            edge = [young.pop(key) for key in near]
            found += near
        return found

    def _palm(self, keys: list[Hashable]) -> Iterator[tuple[Phase, Hashable]]:
        for key in keys:
            self._live[key].palm = True
            yield from self._shut_out(key, self._live[key], "palm")

    def _waiting(self) -> int:
        return sum(v.held is not None and not v.rim for v in self._live.values())

    def _at_the_rim(self, told: Contact) -> bool:
        width, height = self._size
        return min(told.x, told.y, width - told.x, height - told.y) < RIM_MM

    def _let_in(self, key: Hashable, live: _Live) -> Iterator[tuple[Phase, Hashable]]:
        live.taken, live.held = True, None
        yield "begin", key

    def _shut_out(
        self, key: Hashable, live: _Live, reason: str
    ) -> Iterator[tuple[Phase, Hashable]]:
        self.ignored[reason] += 1
        taken, live.taken, live.held = live.taken, False, None
        if taken:
            yield "cancel", key

    # ---- a contact goes on, and ends -----------------------------------------------------------

    def _update(self, told: Contact, live: _Live) -> Iterator[tuple[Phase, Hashable]]:
        if math.dist((told.x, told.y), live.rest) > REST_MM:
            live.rest, live.moved_at = (told.x, told.y), told.at
        far = math.dist((told.x, told.y), (live.x, live.y))
        live.travelled = live.travelled or far > TRAVEL_MM
        if told.wide > FINGER_MM and (live.taken or live.held is not None):
            live.palm = True
            yield from self._shut_out(told.key, live, "palm")
        elif live.travelled:
            yield from self._moving(told.key, live)
        if live.taken:
            yield "update", told.key

    def _moving(self, key: Hashable, live: _Live) -> Iterator[tuple[Phase, Hashable]]:
        """A palm does not travel: who waits to be told from one, and who travels, is a finger."""
        for other, waits in list(self._live.items()):
            if waits.held is not None and not waits.rim:
                yield from self._let_in(other, waits)
        if live.rim and live.held is not None and self.touched < FINGERS:
            yield from self._let_in(key, live)

    def _end(self, told: Contact, live: _Live) -> Iterator[tuple[Phase, Hashable]]:
        short = self._too_short(told, live)
        if live.held is not None and (live.rim or short):
            self.ignored["rim" if live.rim else "micro"] += 1
            return
        if live.held is not None:
            yield from self._let_in(told.key, live)
        if live.taken and short:
            self.ignored["micro"] += 1
            yield "cancel", told.key
        elif live.taken:
            yield "end", told.key

    def _too_short(self, told: Contact, live: _Live) -> bool:
        if not told.exact or told.at - live.began >= MICRO_S or live.travelled:
            return False
        self._micro.append(told.at)
        if len(self._micro) == RAIN_CONTACTS and told.at - self._micro[0] <= RAIN_S:
            self._rain_until = told.at + RAIN_LASTS_S
        return True

    def _rains(self, at: float) -> bool:
        # Not longer than it may: the box's clock may be set back.
        return at < self._rain_until <= at + RAIN_LASTS_S


def _near(a: _Live | _Spot, b: Contact, mm: float) -> bool:
    return math.dist((a.x, a.y), (b.x, b.y)) <= mm
