"""The stage between a camera and those who watch, alone: what it needs before it shows anything."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from benchmarks.live.camera_rig import lacking
from kiosk.backoffice.camera.config import blur_command
from kiosk.backoffice.camera.server import Blur

pytestmark = [
    pytest.mark.skipif(bool(lacking()), reason=lacking()),
    pytest.mark.skipif(sys.platform != "linux", reason="reads a pipe as Linux has them"),
]
_HEAD, _TAG, _BACK = 9, 11, 4  # bytes of an FLV file's parts
_VIDEO = 9
FEW = 6  # pictures: the first is whole, and one begins only when the next is there


def filmed(path: Path) -> bytes:
    """Two seconds of a camera with sound, whose whole pictures are far apart."""
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i"]
    command += ["testsrc=size=320x180:rate=25", "-f", "lavfi", "-i", "sine=frequency=330"]
    command += ["-t", "2", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency"]
    command += ["-pix_fmt", "yuv420p", "-g", "100", "-c:a", "aac", "-b:a", "64k", str(path)]
    subprocess.run(command, check=True)
    return path.read_bytes()


def tags(flv: bytes) -> list[tuple[int, bytes]]:
    """Each tag's type and its bytes, the length behind it included."""
    found, at = [], _HEAD + _BACK
    while at + _TAG <= len(flv):
        end = at + _TAG + int.from_bytes(flv[at + 1 : at + 4]) + _BACK
        found.append((flv[at], flv[at:end]))
        at = end
    return found


def opening(flv: bytes, pictures: int) -> bytes:
    """The file's beginning, up to so many pictures."""
    some, left = [flv[: _HEAD + _BACK]], pictures + 1  # one tells how all of them are coded
    for kind, tag in tags(flv):
        left -= kind == _VIDEO
        if left < 0:
            break
        some.append(tag)
    return b"".join(some)


@pytest.mark.parametrize("blur", [Blur(), Blur(None, "agreed")], ids=["blurred", "clear"])
def test_it_shows_the_first_picture_before_it_has_counted_any(tmp_path: Path, blur: Blur) -> None:
    begun = opening(filmed(tmp_path / "ride.flv"), FEW)
    stage = subprocess.Popen(
        blur_command("pipe:0", "pipe:1", blur),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    seen = threading.Event()
    heard = bytearray()

    def read() -> None:
        assert stage.stdout is not None
        while some := stage.stdout.read1():
            heard.extend(some)
            if sum(kind == _VIDEO for kind, _ in tags(bytes(heard))) > 1:
                seen.set()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert stage.stdin is not None
        stage.stdin.write(begun)
        stage.stdin.flush()
        # Nothing more comes: what waits for it waits for ever.
        assert seen.wait(20), "it waits for more than it needs"
    finally:
        stage.kill()
        stage.wait()
        reader.join()
