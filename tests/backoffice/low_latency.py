"""A media server as MediaMTX is to a phone: low-latency HLS with sessions, from a real ffmpeg.

After the source of MediaMTX (internal/servers/hls/http_server.go) and of gohlslib
(muxer_stream.go), of August 2026: who has no cookie is led on with `cookieCheck=1`, the back office
is asked for the first playlist alone, and what follows is let in by the session that stands in it.
"""

import contextlib
import json
import subprocess
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import IO, Any
from urllib.parse import parse_qs, urlencode, urlsplit

RATE, PARTS, SEGMENTS = 25, 5, 7  # pictures a second, parts of a segment of one second, kept
_CAMERA = ["ffmpeg", "-nostdin", "-loglevel", "error", "-re", "-f", "lavfi"]
_CAMERA += ["-i", f"testsrc2=size=320x180:rate={RATE}", "-c:v", "libx264", "-preset", "ultrafast"]
_CAMERA += ["-tune", "zerolatency", "-profile:v", "baseline", "-pix_fmt", "yuv420p"]
_CAMERA += ["-g", str(RATE), "-f", "mp4", "-movflags", "empty_moov+default_base_moof"]
_CAMERA += ["-frag_duration", str(1_000_000 // PARTS), "-flush_packets", "1", "pipe:1"]


class MediaServer(ThreadingHTTPServer):
    """`hook` is where it asks. `asked` are the addresses that phones asked for."""

    daemon_threads = True

    def __init__(self, hook: str, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Phones)
        self.hook, self.asked, self.sessions = hook, list[str](), set[str]()
        self.head, self.parts = b"", list[bytes]()
        self.more = threading.Condition()
        self._camera = subprocess.Popen(_CAMERA, stdout=subprocess.PIPE)
        for work in (self.serve_forever, self._read):
            threading.Thread(target=work, daemon=True).start()

    def lets_in(self, path: str, query: str) -> bool:
        body = {"action": "read", "path": path, "protocol": "hls", "query": query, "id": "1"}
        asked = urllib.request.Request(
            self.hook, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return bool(answer.status == 204)
        except urllib.error.HTTPError:
            return False

    def wait_for(self, number: int) -> None:
        with self.more:
            self.more.wait_for(lambda: len(self.parts) > number, timeout=10)

    def count(self, what: str) -> int:
        return sum(what in path for path in self.asked)

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < end, self.asked[-5:]
            time.sleep(0.05)

    def playlist(self, query: str) -> str:
        done = len(self.parts)
        last = done // PARTS
        first = max(0, last - SEGMENTS)
        lines = ["#EXTM3U", "#EXT-X-VERSION:10", "#EXT-X-TARGETDURATION:1"]
        lines += ["#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.5,CAN-SKIP-UNTIL=6"]
        lines += ["#EXT-X-PART-INF:PART-TARGET=0.2", f"#EXT-X-MEDIA-SEQUENCE:{first}"]
        lines += [f'#EXT-X-MAP:URI="head.mp4?{query}"']
        for segment in range(first, last + 1):
            if segment > last - 2:
                for part in range(segment * PARTS, min((segment + 1) * PARTS, done)):
                    independent = ",INDEPENDENT=YES" if part % PARTS == 0 else ""
                    lines.append(
                        f'#EXT-X-PART:DURATION=0.2,URI="part{part}.mp4?{query}"{independent}'
                    )
            if segment < last:
                lines += ["#EXTINF:1.00000,", f"seg{segment}.mp4?{query}"]
        lines.append(f'#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part{done}.mp4?{query}"')
        return "\n".join(lines) + "\n"

    def end(self) -> None:
        self._camera.kill()
        self._camera.wait()
        self.shutdown()
        self.server_close()

    def _read(self) -> None:
        assert self._camera.stdout is not None
        for kind, box in _boxes(self._camera.stdout):
            with self.more:
                if kind in (b"ftyp", b"moov"):
                    self.head += box
                elif kind == b"moof":
                    begun = box
                elif kind == b"mdat":
                    self.parts.append(begun + box)
                    self.more.notify_all()


def _boxes(stream: IO[bytes]) -> Any:
    while len(head := stream.read(8)) == 8:
        size = int.from_bytes(head[:4], "big")
        yield head[4:], head + stream.read(size - 8)


class _Phones(BaseHTTPRequestHandler):
    server: MediaServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        folder, _, name = asked.path.strip("/").rpartition("/")
        if name == "index.m3u8":
            self._first(folder, query)
        elif query.get("session") not in self.server.sessions:
            self._answer(401)
        else:
            self._answer(200, self._piece(name, query))

    def _first(self, folder: str, query: dict[str, str]) -> None:
        if query.pop("cookieCheck", "") != "1":
            again = urlencode({**query, "cookieCheck": "1"})
            return self._answer(302, Location=f"/{folder}/index.m3u8?{again}")
        if not self.server.lets_in(folder, urlencode(query)):
            return self._answer(401)
        self.server.wait_for(2 * PARTS)
        session = str(uuid.uuid4())
        self.server.sessions.add(session)
        listed = f"video1_stream.m3u8?{urlencode({**query, 'session': session})}"
        codecs = '#EXT-X-STREAM-INF:BANDWIDTH=700000,CODECS="avc1.42c00d",RESOLUTION=320x180'
        return self._answer(200, f"#EXTM3U\n#EXT-X-VERSION:10\n{codecs}\n{listed}\n".encode())

    def _piece(self, name: str, query: dict[str, str]) -> bytes:
        server = self.server
        if name.endswith(".m3u8"):
            if "_HLS_msn" in query:
                part = int(query["_HLS_msn"]) * PARTS + int(query.get("_HLS_part", PARTS - 1))
                server.wait_for(part)
            kept = {k: v for k, v in query.items() if not k.startswith("_HLS_")}
            return server.playlist(urlencode(kept)).encode()
        number = int("".join(filter(str.isdigit, name.removesuffix(".mp4"))) or 0)
        if name.startswith("head"):
            return server.head
        if name.startswith("seg"):
            return b"".join(server.parts[number * PARTS : (number + 1) * PARTS])
        server.wait_for(number)
        return server.parts[number]

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):  # the phone has gone meanwhile
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass
