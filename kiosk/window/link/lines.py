"""HTTP connections that another thread can cut, so that nothing that hangs outlives a stop."""

import contextlib
import socket
import threading
import weakref
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError


class Lines:
    """Every open socket of one client. After `cut` nothing connects any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._cut = False

    def add(self, sock: socket.socket) -> None:
        """Raises ConnectionAbortedError after `cut`."""
        with self._lock:
            self._sockets.add(sock)
            if self._cut:
                raise ConnectionAbortedError("this window is stopping")

    def cut(self) -> None:
        """Wake every thread that waits for the other side; each gets a connection error."""
        with self._lock:
            self._cut = True
            sockets = list(self._sockets)
        for sock in sockets:
            _shut(sock)

    def connect(self, host: str, port: int, timeout: float | None, options: Any) -> socket.socket:
        """As socket.create_connection, but cuttable from before the handshake."""
        problem: OSError = OSError(f"{host} has no address")
        for family, kind, protocol, _, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        ):
            sock = socket.socket(family, kind, protocol)
            try:
                for option in options or ():
                    sock.setsockopt(*option)
                sock.settimeout(timeout)
                self.add(sock)
                sock.connect(address)
                self.add(sock)
            except OSError as error:
                sock.close()
                problem = error
            else:
                return sock
        raise problem


class CuttableAdapter(HTTPAdapter):
    """Routes a requests session's connections through `lines`; never retries by itself."""

    def __init__(self, lines: Lines, connections: int) -> None:
        self._lines = lines
        super().__init__(pool_connections=2, pool_maxsize=connections, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        lines = self._lines

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return _open(lines, self)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return _open(lines, self)

            def connect(self) -> None:
                super().connect()
                if self.sock is not None:
                    lines.add(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


def _open(lines: Lines, connection: HTTPConnection) -> socket.socket:
    timeout = connection.timeout if isinstance(connection.timeout, (int, float)) else None
    try:
        return lines.connect(
            connection.host, int(connection.port or 0), timeout, connection.socket_options
        )
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, "no answer") from error
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from error


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # A TLS socket's own shutdown would take its state away under the thread that reads.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
