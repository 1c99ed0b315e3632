"""No answer waits in the kernel for the asker's acknowledgement."""

import contextlib
import ctypes
import os
import socket
from pathlib import Path

import requests
from conftest import Server

_PIDFD_GETFD = 438  # on every processor; asm-generic/unistd.h


def taken_from(process: int) -> list[socket.socket]:
    """The sockets of a process of ours, as copies that share their state."""
    libc = ctypes.CDLL(None)
    handle = os.pidfd_open(process)
    found = []
    for entry in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            if str(entry.readlink()).startswith("socket:"):
                copy = libc.syscall(_PIDFD_GETFD, handle, int(entry.name), 0)
                if copy >= 0:  # else it was closed meanwhile
                    found.append(socket.socket(fileno=copy))
    os.close(handle)
    return found


def test_an_answer_is_sent_in_pieces_without_waiting_between_them(server: Server) -> None:
    with requests.Session() as session:
        assert session.get(f"{server.url}/api/v1/hello", timeout=10).ok
        connected = []
        for copy in taken_from(server.process.pid):
            with copy, contextlib.suppress(OSError):
                if copy.family == socket.AF_INET and copy.getpeername():
                    connected.append(copy.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        assert connected and all(connected)
