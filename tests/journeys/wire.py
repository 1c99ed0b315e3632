"""A cable between window and back office that a test can cut, hang and mend."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class Wire:
    """Forwards TCP from a loopback port to the back office's.

    `cut()` resets what is open and refuses what is new; `hang()` takes connections and bytes and
    passes nothing on; `mend()` ends both.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._to = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._flows: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._whole = threading.Event()
        self._whole.set()
        self._is_cut = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()
        self._drop_all()
        self._whole.set()

    def cut(self) -> None:
        self._is_cut = True
        self._drop_all()

    def hang(self) -> None:
        self._whole.clear()

    def mend(self) -> None:
        self._is_cut = False
        self._whole.set()

    def _drop_all(self) -> None:
        with self._lock:
            flows, self._flows = self._flows, set()
        for flow in flows:
            with contextlib.suppress(OSError):
                flow.shutdown(socket.SHUT_RDWR)
            flow.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        self._whole.wait()
        if self._is_cut:
            near.close()
            return
        try:
            far = socket.create_connection(self._to, timeout=5)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        with self._lock:
            self._flows |= {near, far}
        for a, b in ((near, far), (far, near)):
            threading.Thread(target=self._pump, args=(a, b), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._whole.wait()
                sink.sendall(data)
        for flow in (source, sink):
            with contextlib.suppress(OSError):
                flow.shutdown(socket.SHUT_RDWR)
            flow.close()
