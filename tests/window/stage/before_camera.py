"""What a window's camera sees, drawn here, and a camera that serves it as ustreamer does."""

import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import av
import numpy as np
import qrcode
from PIL import Image, ImageFilter

BOUNDARY = b"boundarydonotcross"
Drawn = Callable[[int], Image.Image]


def code(text: str | bytes, module_px: int = 5) -> Image.Image:
    """A QR code as a phone shows it."""
    made = qrcode.QRCode(border=4, box_size=module_px)
    made.add_data(text, optimize=0)
    made.make(fit=True)
    return made.make_image().convert("L")


def street(
    held: Image.Image | None = None,
    *,
    turned: float = 0,
    blur: float = 0,
    light: float = 1.0,
    noise: float = 6,
    size: tuple[int, int] = (640, 480),
    seed: int = 0,
    at: tuple[int, int] | None = None,
) -> Image.Image:
    """A grey street with noise, and what somebody holds up in front of it."""
    width, height = size
    noisy = np.random.default_rng(seed).normal(0, noise, (height, width))
    picture = Image.fromarray((np.linspace(60, 130, width) + noisy).clip(0, 255).astype("uint8"))
    if held is not None:
        held = held.rotate(turned, expand=True, fillcolor=90)
        middle = ((width - held.width) // 2, (height - held.height) // 2)
        picture.paste(held, at or middle)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    return picture.point(lambda level: level * light)


def moving(held: Image.Image) -> Drawn:
    """From hand to hand: it moves by some pixels with every picture."""
    return lambda n: street(held, seed=n, at=(60 + 9 * (n % 30), 60 + 4 * (n % 30)))


def film(path: Path, drawn: Drawn, count: int = 20, rate: int = 10, codec: str = "mpeg4") -> Path:
    """A video file of so many pictures."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        first = drawn(0)
        stream.width, stream.height = first.size
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        for n in range(count):
            frame = av.VideoFrame.from_image(drawn(n).convert("RGB"))
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


class Camera:
    """Serves `drawn(n)` as motion JPEG; `watched` is how many read it now.

    `frames` ends it after so many, `silent_after` lets it fall silent instead.
    """

    def __init__(self, drawn: Drawn) -> None:
        self.drawn, self.watched, self.seen = drawn, 0, 0
        self.frames: int | None = None
        self.silent_after: int | None = None
        self.over = threading.Event()
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                camera.watched += 1
                camera.seen += 1
                try:
                    camera.send(self.wfile.write)
                except OSError:
                    pass  # nobody looks any more
                finally:
                    camera.watched -= 1

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/stream"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def send(self, write: Callable[[bytes], int]) -> None:
        write(b"HTTP/1.0 200 OK\r\nCache-Control: no-store\r\n")
        write(b"Content-Type: multipart/x-mixed-replace;boundary=" + BOUNDARY + b"\r\n\r\n")
        write(b"--" + BOUNDARY + b"\r\n")
        n = 0
        while not self.over.wait(0.05) and n != self.frames:
            if self.silent_after is not None and n >= self.silent_after:
                continue
            picture = io.BytesIO()
            self.drawn(n).save(picture, "JPEG", quality=85)
            head = f"Content-Type: image/jpeg\r\nContent-Length: {picture.tell()}\r\n"
            write(f"{head}X-Timestamp: {time.time():.6f}\r\n\r\n".encode())
            write(picture.getvalue() + b"\r\n--" + BOUNDARY + b"\r\n")
            n += 1

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def camera(drawn: Drawn) -> Iterator[Camera]:
    made = Camera(drawn)
    try:
        yield made
    finally:
        made.close()
