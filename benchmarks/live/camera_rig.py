"""A camera and a media server as they really are: ffmpeg pushes, nginx-rtmp takes and blurs."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
_MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")


def lacking() -> str:
    """What is not installed, "" where everything is."""
    if shutil.which("ffmpeg") is None:
        return "no ffmpeg: .ci/system-packages test"
    if not Path(NGINX).exists() or not _MODULE.exists():
        return "no nginx with its RTMP module: .ci/system-packages test"
    return ""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@dataclass(frozen=True, slots=True)
class Ports:
    rtmp: int
    control: int
    phones: int = field(default_factory=free_port)

    def environment(self) -> dict[str, str]:
        """What the back office is told of the media server."""
        return {
            "KIOSK_CAMERA_SERVER": "nginx-rtmp",
            "KIOSK_CAMERA_INGEST": f"rtmp://127.0.0.1:{self.rtmp}/courier",
            "KIOSK_CAMERA_WATCH": f"rtmp://127.0.0.1:{self.rtmp}/ride",
            "KIOSK_CAMERA_PHONES": f"http://127.0.0.1:{self.phones}/ride",
            "KIOSK_CAMERA_CONTROL": f"http://127.0.0.1:{self.control}",
            "KIOSK_CAMERA_ON_GLASS": "yes",
        }


@contextlib.contextmanager
def media_server(folder: Path, ports: Ports, backoffice: str, data: Path) -> Iterator[None]:
    """nginx-rtmp with the configuration that `kiosk backoffice camera config` prints."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = ["backoffice", "camera", "config", "nginx-rtmp", f"--data={data}"]
    asked += [f"--backoffice={backoffice}", f"--port={ports.rtmp}", f"--folder={folder}"]
    asked += [f"--control-port={ports.control}", f"--phones-port={ports.phones}"]
    command = [sys.executable, "-m", "kiosk", *asked]
    written = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    config = folder / "nginx.conf"
    # Who may start it as root is not made another user: its folder is its own.
    as_root = "user root;\n" if os.getuid() == 0 else ""
    config.write_text(as_root + written)
    process = subprocess.Popen(
        [NGINX, "-c", str(config), "-p", str(folder)],
        stdin=subprocess.DEVNULL,
        stderr=(folder / "stderr").open("wb"),
        start_new_session=True,
    )
    try:
        _until_listening(ports.rtmp, process, folder)
        yield
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _until_listening(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"nginx did not start: {(folder / 'stderr').read_text()}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.05)
    raise RuntimeError("nginx does not listen")


class Push:
    """A camera that sends to `url`: H.264 and a tone, as action cameras do."""

    def __init__(self, url: str, size: tuple[int, int] = (1280, 720), rate: int = 25) -> None:
        width, height = size
        frames = [sys.executable, "-m", "benchmarks.live.clockpicture"]
        self._camera = subprocess.Popen(
            [*frames, str(width), str(height), str(rate)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
        )
        encoder = ["ffmpeg", "-nostdin", "-loglevel", "error"]
        # As a camera does: a picture's time is when it was taken, however many are left out. (A
        # rate given as -r would count them instead.)
        encoder += [
            "-use_wallclock_as_timestamps",
            "1",
            "-thread_queue_size",
            "4",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "yuv420p",
        ]
        encoder += ["-video_size", f"{width}x{height}", "-framerate", str(rate), "-i", "pipe:0"]
        encoder += ["-f", "lavfi", "-i", "sine=frequency=330:sample_rate=44100"]
        encoder += ["-map", "0:v", "-map", "1:a", "-c:v", "libx264", "-preset", "ultrafast"]
        encoder += ["-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", str(rate), "-b:v", "2500k"]
        encoder += ["-c:a", "aac", "-b:a", "96k", "-flvflags", "no_duration_filesize"]
        self.process = subprocess.Popen(
            [*encoder, "-f", "flv", url], stdin=self._camera.stdout, stderr=subprocess.DEVNULL
        )
        assert self._camera.stdout is not None  # noqa: S101
        self._camera.stdout.close()

    @property
    def sending(self) -> bool:
        return self.process.poll() is None

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def end(self) -> None:
        for process in (self.process, self._camera):
            if process.poll() is None:
                process.kill()
            process.wait()

    def __enter__(self) -> "Push":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
