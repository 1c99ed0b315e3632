"""What a running program does to its files, watched from outside (strace).

No failpoint and no disk of our own stands between: CPython's sqlite3 takes no VFS of ours, and
PostgreSQL none at all.
"""

import contextlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# All that changes a file or makes it durable, and what is said to somebody else.
_WATCHED = (
    "pwrite64,write,pwritev,pwritev2,ftruncate,truncate,fallocate,copy_file_range,sendfile,"
    "fdatasync,fsync,msync,sync_file_range,unlink,unlinkat,rename,renameat,renameat2,sendto,sendmsg"
)
# Longer than any single write of a database; a longer one is an error, never cut short.
_LONGEST = 2_000_000
# A call is written down once it is over: whoever was answered knows sooner.
_LAST_S = 0.5

_LINE = re.compile(r"(\d+) +(?:(\w+)\((.*)|<\.\.\. (\w+) resumed>(.*))")
_RETURNED = re.compile(r"\) += (-?\d+)[^=]*$")
_FILE = re.compile(r"(\d+)<([^>]*)>(\(deleted\))?")
_TEXT = re.compile(r'"([^"]*)"(\.\.\.)?')
_UNFINISHED = " <unfinished ...>"


class UnknownDeedError(AssertionError):
    """The trace holds something that the replay would not repeat truly."""


@dataclass(frozen=True, slots=True)
class Write:
    """`at` is where in the trace it had returned, as for all deeds but what is said."""

    at: int
    path: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncation:
    at: int
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """Makes durable what had been written to the file when it had `begun`."""

    at: int
    path: str
    begun: int


@dataclass(frozen=True, slots=True)
class Said:
    """Bytes to the network or a pipe; `at` is where they began to go out."""

    at: int
    data: bytes


Deed = Write | Truncation | Sync | Said


def may_attach() -> bool:
    """Whether this machine lets strace watch a running program of ours."""
    with subprocess.Popen(["sleep", "60"]) as watched:
        try:
            command = ["strace", "-o", os.devnull, "-p", str(watched.pid)]
            with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
                assert strace.stderr is not None
                attached = "attached" in strace.stderr.readline()
                strace.terminate()
                return attached
        except FileNotFoundError:
            return False
        finally:
            watched.kill()


@contextmanager
def recorded(pids: Sequence[int], trace: Path, while_still: Callable[[], None]) -> Iterator[None]:
    """Write down what these processes and their future children do until the block ends.

    They stand still until strace has them; `while_still` can copy their files then. No deed falls
    between the copy and the trace.
    """
    held: list[int] = []
    try:
        held += [pid for pid in pids if _stopped(pid)]
        while_still()
        strace = _attached(held, trace)
    finally:
        for pid in held:
            os.kill(pid, signal.SIGCONT)
    try:
        yield
    finally:
        time.sleep(_LAST_S)
        strace.terminate()
        # What it says of processes that come and go would else fill the pipe.
        strace.communicate()


def _stopped(pid: int) -> bool:
    """Let a process stand still; False for one that ends instead, as a database's helpers do.

    One that is ending still runs for a moment and takes no signal; strace cannot have it.
    """
    try:
        os.kill(pid, signal.SIGSTOP)
        while (state := _state(pid)) not in "TtZX":
            time.sleep(0.001)
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state in "Tt"


def _state(pid: int) -> str:
    """One letter, as proc(5) has it."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def _attached(pids: Sequence[int], trace: Path) -> "subprocess.Popen[str]":
    command = ["strace", "-f", "-xx", "-yy", "-s", str(_LONGEST), "-o", str(trace)]
    command += ["-e", f"trace={_WATCHED}", "-e", "signal=none"]
    command += [word for pid in pids for word in ("-p", str(pid))]
    strace = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert strace.stderr is not None
    for _ in pids:
        line = strace.stderr.readline()
        if "attached" not in line:
            strace.kill()
            raise UnknownDeedError(f"strace did not attach: {line}")
    return strace


def deeds(trace: Path, kept: Callable[[str], bool]) -> list[Deed]:
    """All deeds on files of which `kept(path)` is true, and all that was said, in order.

    Raises UnknownDeedError for one on such a file that has no counterpart here.
    """
    found = []
    for at, begun, name, words in _calls(trace):
        deed = _deed(at, begun, name, words, kept)
        if deed is not None:
            found.append(deed)
    return sorted(found, key=lambda deed: deed.at)


def _calls(trace: Path) -> Iterator[tuple[int, int, str, str]]:
    """Where each call returned and began (line numbers), its name, the rest of its line."""
    open_calls: dict[str, tuple[int, str]] = {}
    with trace.open(encoding="ascii") as lines:
        for at, line in enumerate(lines):
            parts = _LINE.match(line.rstrip("\n"))
            if parts is None:
                continue
            pid, name, words, resumed, rest = parts.groups()
            if resumed:
                begun, words = open_calls.pop(pid, (at, ""))
                yield at, begun, resumed, words + rest
            elif words.endswith(_UNFINISHED):
                open_calls[pid] = (at, words.removesuffix(_UNFINISHED))
            else:
                yield at, at, name, words


def _deed(at: int, begun: int, name: str, words: str, kept: Callable[[str], bool]) -> Deed | None:
    returned = _RETURNED.search(words)
    if returned is None or int(returned[1]) < 0:
        return None
    if name in ("unlink", "unlinkat", "rename", "renameat", "renameat2", "truncate"):
        touched = [text.decode() for text in _texts(name, words) if kept(text.decode())]
        if touched:
            raise UnknownDeedError(f"{name} of {touched[0]}")
        return None
    file = _FILE.match(words)
    path = _bytes(file[2]).decode() if file and not file[3] else ""
    # Not what a program says to its database, by a socket that is a file.
    if path.startswith(("TCP:", "TCPv6:", "pipe:")):
        return Said(begun, b"".join(_texts(name, words)))
    if not kept(path):
        return None
    return _deed_on_file(at, begun, name, words, path, int(returned[1]))


def _deed_on_file(
    at: int, begun: int, name: str, words: str, path: str, returned: int
) -> Deed | None:
    numbers = [int(n) for n in re.findall(r", (\d+)", words[: words.rindex(") ")])]
    if name in ("fdatasync", "fsync"):
        return Sync(at, path, begun)
    if name == "pwrite64":
        (data,) = _texts(name, words)
        return Write(at, path, numbers[-1], data[:returned])
    if name == "write" and path.endswith("/pg_control"):
        # Opened anew each time, and written as a whole from its beginning.
        (data,) = _texts(name, words)
        return Write(at, path, 0, data[:returned])
    if name == "ftruncate":
        return Truncation(at, path, numbers[-1])
    if name == "sync_file_range":  # a hint to the kernel, no promise
        return None
    raise UnknownDeedError(f"{name} of {path}")


def _texts(name: str, words: str) -> list[bytes]:
    found = _TEXT.findall(words)
    if any(cut for _, cut in found):
        raise UnknownDeedError(f"a {name} longer than {_LONGEST} bytes")
    return [_bytes(text) for text, _ in found]


def _bytes(text: str) -> bytes:
    """`-xx` writes every byte as \\xHH, but in the names of sockets and pipes."""
    with contextlib.suppress(ValueError):
        return bytes.fromhex(text.replace("\\x", ""))
    return text.encode()
