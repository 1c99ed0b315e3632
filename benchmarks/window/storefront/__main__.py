"""Serve the storefront of a catalogue's folder on loopback until ended.

    python -m benchmarks.window.storefront CATALOGUE

Prints its address as soon as it listens. Photographs are sent in the two sizes that the back
office cuts too, and may be kept for good, as files named after their content may.
"""

import sys
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image

CARD_WIDTH, QUALITY = 540, 86
_HERE = Path(__file__).parent
_TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css",
    ".json": "application/json", ".jpg": "image/jpeg",
}  # fmt: skip


def cut(catalogue: Path) -> None:
    """The cards' photographs, from the catalogue's own, once."""
    cards = catalogue / "cards"
    cards.mkdir(exist_ok=True)
    for photo in sorted((catalogue / "pictures").glob("[0-9]*.jpg")):
        card = cards / f"{int(photo.stem)}.jpg"
        if card.exists():
            continue
        with Image.open(photo) as image:
            height = round(image.height * CARD_WIDTH / image.width)
            small = image.resize((CARD_WIDTH, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        small.save(card, "JPEG", quality=QUALITY)


class Pages(BaseHTTPRequestHandler):
    """Files of the pages and of one catalogue; nothing else."""

    protocol_version = "HTTP/1.1"

    def __init__(self, catalogue: Path, *arguments: object) -> None:
        self._catalogue = catalogue
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self._file(self.path.lstrip("/") or "index.html")
        if path is None or not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        content = path.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", _TYPES[path.suffix])
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.end_headers()
        self.wfile.write(content)

    def _file(self, name: str) -> Path | None:
        folder, _, file = name.rpartition("/")
        if Path(file).suffix not in _TYPES:
            return None
        if folder == "hero":
            return self._catalogue / "pictures" / f"hero-{file}"
        if folder == "photo":
            return self._catalogue / "cards" / file
        return (self._catalogue if file == "storefront.json" else _HERE) / file

    def log_message(self, *_: object) -> None:
        """Nobody reads it, and writing takes time."""


def main() -> None:
    catalogue = Path(sys.argv[1])
    cut(catalogue)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, catalogue))
    server.daemon_threads = True
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
