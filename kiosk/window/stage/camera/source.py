"""Where pictures come from. All of it runs on the player's thread."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from kiosk.window.visit.camera import RECONNECT_S, CameraCard

# How long reaching a camera may take; a name that does not resolve is given up by the system.
OPEN_S = 5.0
# What is so late is decoded, and not shown, until the feed has caught up.
LATE_S = 1.5
# Two clocks drift apart: the earliest picture so far is forgotten at this rate.
_DRIFT = 0.0002
# No picture is needed larger than this, and more of them a second are not seen through a window.
MOST_PX = (960, 540)


@dataclass(frozen=True, slots=True)
class Picture:
    """RGBA rows, top row first. `behind_s`: so long after it could have come it came."""

    pixels: bytes
    width: int
    height: int
    behind_s: float = 0.0


class Source(Protocol):
    """`size` (pixels) is what will be drawn, and may change at any time."""

    size: tuple[int, int]

    def pictures(self, stop: threading.Event) -> Iterator[Picture]:
        """Until the feed ends or fails (any exception), or `stop` is set."""


def source_of(card: CameraCard, size: tuple[int, int], corner: int) -> Source:
    """Where the card's pictures come from; `corner` is the radius of their corners, pixels."""
    if card.simulated:
        from kiosk.window.stage.camera.simulated import SimulatedRide

        return SimulatedRide(card.stream, size, corner)
    return Broadcast(card.url, size, corner)


class TooLateError(Exception):
    """So far behind that beginning anew is sooner at what is now."""


class Lateness:
    """By how much pictures come later than the earliest one did."""

    def __init__(self) -> None:
        self._least: float | None = None

    def of(self, pts_s: float, now: float) -> float:
        wait = now - pts_s
        self._least = wait if self._least is None else min(self._least + _DRIFT, wait)
        return wait - self._least


class Broadcast:
    """A stream over the network: RTMP, RTSP or HLS."""

    def __init__(self, url: str, size: tuple[int, int], corner: int) -> None:
        self._url, self._corner = url, corner
        self.size = size

    def pictures(self, stop: threading.Event) -> Iterator[Picture]:
        import av
        from av.video.reformatter import VideoReformatter

        reformatter, late = VideoReformatter(), Lateness()
        timeout = (OPEN_S, RECONNECT_S)
        with av.open(self._url, options=options_for(self._url), timeout=timeout) as container:
            stream = container.streams.video[0]
            stream.thread_type, stream.codec_context.thread_count = "SLICE", 2
            base = float(stream.time_base or 0.001)
            for packet in container.demux(stream):
                if stop.is_set():
                    return
                now = time.monotonic()
                behind = 0.0 if packet.pts is None else late.of(packet.pts * base, now)
                if behind > RECONNECT_S:
                    raise TooLateError
                catching_up = behind > LATE_S
                stream.codec_context.skip_frame = "NONKEY" if catching_up else "DEFAULT"
                for frame in packet.decode():
                    yield self._picture(frame, reformatter, behind)

    def _picture(self, frame: Any, reformatter: Any, behind_s: float) -> Picture:
        from kiosk.window.stage.camera.shaping import covering, round_off

        width, height = bounded(self.size)
        full_w, full_h, left, top = covering(frame.width, frame.height, width, height)
        fitted = reformatter.reformat(
            frame, width=full_w, height=full_h, format="rgba", interpolation="BILINEAR"
        )
        pixels = fitted.to_ndarray()[top : top + height, left : left + width]
        return Picture(round_off(pixels, self._corner), width, height, behind_s)


def bounded(size: tuple[int, int]) -> tuple[int, int]:
    """At most MOST_PX, in the same proportions, and even."""
    scale = min(1.0, MOST_PX[0] / max(size[0], 1), MOST_PX[1] / max(size[1], 1))
    return max(16, int(size[0] * scale) // 2 * 2), max(16, int(size[1] * scale) // 2 * 2)


def options_for(url: str) -> dict[str, str]:
    """The libraries' own words for: begin at once, and hold nothing back.

    With "nobuffer" what is looked at first would be thrown away, and with it the whole picture
    that all others build on: a second until the next.
    """
    options = {"flags": "low_delay", "probesize": "32768"}
    if url.startswith("rtsp"):
        return options | {"analyzeduration": "300000", "rtsp_transport": "tcp"}
    if ".m3u8" in url:
        return {"live_start_index": "-1", "http_persistent": "1", "max_reload": "4"}
    # The first packet tells all of a picture; no sound is to be waited for.
    return options | {"analyzeduration": "1", "rtmp_live": "live", "tcp_nodelay": "1"}
