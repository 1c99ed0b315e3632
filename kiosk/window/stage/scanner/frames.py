"""Pictures of the window's camera: small, grey, a few a second. Loads PyAV: on its thread only."""

import threading
import time
from collections.abc import Generator
from typing import Any

import av
from av.video.reformatter import VideoReformatter

# How long reaching the camera may take, and its silence.
OPEN_S, SILENT_S = 5.0, 5.0
EVERY_S = 0.2
# The longer side: at a hand's width a module of a phone's code is several of these pixels.
MOST_PX = 960
# A playlist in the place of pictures leads nowhere else.
_PROTOCOLS = {"": "file", "http": "http,tcp", "rtsp": "rtsp,rtp,tcp"}


def pictures(address: str, stop: threading.Event) -> Generator[Any, None, None]:
    """Grey rows (height, width) of bytes, until the camera ends or fails (any exception), or `stop`
    is set. A file is played at its own pace, again and again.
    """
    scheme = address.partition("://")[0] if "://" in address else ""
    options = {"protocol_whitelist": _PROTOCOLS[scheme]}
    if scheme:
        options |= {"flags": "low_delay", "analyzeduration": "500000"}
    if scheme == "rtsp":
        options["rtsp_transport"] = "tcp"
    while not stop.is_set():
        with av.open(address, options=options, timeout=(OPEN_S, SILENT_S)) as container:
            yield from _of(container, stop, live=bool(scheme))
        if scheme:
            return


def _of(container: Any, stop: threading.Event, *, live: bool) -> Generator[Any, None, None]:
    stream = container.streams.video[0]
    stream.thread_type = "SLICE"
    # Each picture of such a stream stands by itself: most need not be decoded.
    alone = stream.codec_context.name == "mjpeg"
    reformatter, pace = VideoReformatter(), None if live else _Pace(stream, stop)
    next_at = 0.0
    for packet in container.demux(stream):
        if pace is not None:
            pace.wait(packet)
        if stop.is_set():
            return
        if alone and time.monotonic() < next_at:
            continue
        for frame in packet.decode():
            if time.monotonic() >= next_at:
                next_at = time.monotonic() + EVERY_S
                yield _grey(frame, reformatter)


def _grey(frame: Any, reformatter: Any) -> Any:
    scale = min(1.0, MOST_PX / max(frame.width, frame.height))
    width, height = max(16, round(frame.width * scale)), max(16, round(frame.height * scale))
    return reformatter.reformat(
        frame, width=width, height=height, format="gray", interpolation="BILINEAR"
    ).to_ndarray()


class _Pace:
    """Holds a file back to the time that it was taken in."""

    def __init__(self, stream: Any, stop: threading.Event) -> None:
        self._base, self._stop = float(stream.time_base or 0.001), stop
        self._began, self._first = time.monotonic(), None

    def wait(self, packet: Any) -> None:
        if packet.pts is None:
            return
        if self._first is None:
            self._first = packet.pts
        due = self._began + (packet.pts - self._first) * self._base
        self._stop.wait(max(0.0, due - time.monotonic()))
