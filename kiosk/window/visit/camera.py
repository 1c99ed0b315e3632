"""What is said of the courier's picture, by how long ago it was taken. Nothing here may lie.

All times are monotonic seconds of this machine.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.contract import DeliveryView
from kiosk.shop.camera import CameraState
from kiosk.window.visit.words import N_, words

STALLED_S = 2.0
RECONNECT_S = 6.0
FOLDED_S = 18.0
# Between two tries to reach the camera: soon while its picture is in sight, later once it is not.
FIRST_TRY_S, SOON_S, LATE_S = 0.25, 0.8, 3.0
# A camera that is said to be there is let through within so long; until then it is tried so often.
HURRY_S, HURRIED_TRY_S = 6.0, 0.1


class Feed(StrEnum):
    """`folded`: nothing is shown any more, and tries go on behind."""

    OFF = "off"
    CONNECTING = "connecting"
    LIVE = "live"
    STALLED = "stalled"
    RECONNECTING = "reconnecting"
    FOLDED = "folded"

    @property
    def in_sight(self) -> bool:
        """Whether there is a picture to be shown, however old."""
        return self in (Feed.LIVE, Feed.STALLED, Feed.RECONNECTING)


@dataclass(frozen=True, slots=True)
class CameraCard:
    """A camera that may be shown here. `url` lets in and changes; `stream` names what it leads to.

    `sending`: the back office has the camera's picture. `simulated`: what is shown is drawn, and
    has to say so.
    """

    kind: str
    url: str = field(repr=False)
    stream: str
    sending: bool = True
    simulated: bool = False


# What the glass can play. A back office that names anything else names nothing.
_SCHEMES = ("rtmp://", "rtmps://", "rtsp://", "rtsps://", "https://", "http://")
_KINDS = ("rtmp", "rtsp", "hls")
_SIMULATED_KIND = "simulated"


def card_of(delivery: DeliveryView) -> CameraCard | None:
    """What may be shown of a delivery's camera; None while there is nothing."""
    camera = delivery.camera
    if camera is None or camera.state not in (CameraState.LIVE, CameraState.STALLED):
        return None
    sending = camera.state is CameraState.LIVE
    for given in camera.urls:
        if given.kind == _SIMULATED_KIND and delivery.simulated:
            return CameraCard(given.kind, given.url, given.url, sending, simulated=True)
        if given.kind in _KINDS and given.url.startswith(_SCHEMES):
            return CameraCard(given.kind, given.url, given.url.partition("?")[0], sending)
    return None


class FeedWatch:
    """Takes note of each picture, and tells how the feed stands at any moment."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._taken: float | None = None

    def begin(self, now: float) -> None:
        """The camera may be shown from now on."""
        self._began, self._taken = now, None

    def end(self) -> None:
        self._began = self._taken = None

    def picture(self, now: float, behind_s: float = 0.0) -> None:
        """A picture has come that was taken `behind_s` before it could be."""
        taken = now - max(behind_s, 0.0)
        if self._began is not None and (self._taken is None or taken > self._taken):
            self._taken = taken

    def age_s(self, now: float) -> float:
        """How old what is shown is; of nothing yet, for how long it has been waited for."""
        since = self._taken if self._taken is not None else self._began
        return 0.0 if since is None else max(now - since, 0.0)

    def feed(self, now: float) -> Feed:
        if self._began is None:
            return Feed.OFF
        age = self.age_s(now)
        if age >= FOLDED_S:
            return Feed.FOLDED
        if self._taken is None:
            return Feed.CONNECTING
        if age < STALLED_S:
            return Feed.LIVE
        return Feed.STALLED if age < RECONNECT_S else Feed.RECONNECTING

    def changes_in(self, now: float) -> float | None:
        """Seconds until what is said changes by itself; None for never."""
        age, feed = self.age_s(now), self.feed(now)
        if feed in (Feed.OFF, Feed.FOLDED):
            return None
        if feed is Feed.CONNECTING:
            return FOLDED_S - age
        if feed is Feed.LIVE:
            return STALLED_S - age
        return 1.0 - age % 1.0


class Tries:
    """How long to wait before the next try."""

    def __init__(self) -> None:
        self._next = FIRST_TRY_S
        self._hurried: float | None = None

    def reached(self) -> None:
        """A picture has come."""
        self._next = FIRST_TRY_S

    def hurry(self, now: float) -> None:
        """The camera is said to be there."""
        self._next, self._hurried = FIRST_TRY_S, now

    def wait_s(self, feed: Feed, now: float) -> float:
        if self._hurried is not None and now < self._hurried + HURRY_S:
            return HURRIED_TRY_S
        wait = self._next
        self._next = min(wait * 2, LATE_S if feed is Feed.FOLDED else SOON_S)
        return wait


_LIVE = N_("Live from the bike")
_SIMULATED = N_("Simulated picture")


def feed_words(feed: Feed, age_s: float, language: str, *, simulated: bool = False) -> str:
    """What stands on the picture, or in its place."""
    w = words(language)
    match feed:
        case Feed.LIVE:
            return w(_SIMULATED if simulated else _LIVE)
        case Feed.STALLED:
            return w("Picture from {seconds} s ago", seconds=int(age_s))
        case Feed.RECONNECTING:
            return w("Picture from {seconds} s ago, reconnecting…", seconds=int(age_s))
        case Feed.CONNECTING:
            return w("The camera is connecting…")
    return ""
