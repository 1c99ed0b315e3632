"""Places where the real programs can be ended or hindered, set from outside.

The programs know nothing of them: a launcher wraps some of their functions by name before they
run. What shall happen at which of them stands in a file that is read whenever one is passed, so
that a point can be armed while a program runs. Whatever fires leaves a mark on the disk first:
the proof that it did.
"""

import contextlib
import functools
import importlib.abc
import importlib.machinery
import importlib.util
import os
import select
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from tests.faults.bench.losing import ENVIRONMENT, LosingDisk

# point: module, the function in it, and whether before or after that.
POINTS = {
    "window.before_commit": ("kiosk.window.replica.outbox", "Outbox.commit", "before"),
    "window.after_commit": ("kiosk.window.replica.outbox", "Outbox.commit", "after"),
    "window.before_send": ("kiosk.window.link.client", "BackOfficeClient.place_order", "before"),
    "window.after_answer": ("kiosk.window.link.client", "BackOfficeClient.place_order", "after"),
    "window.after_acknowledge": ("kiosk.window.replica.outbox", "Outbox.acknowledge", "after"),
    "office.before_place": ("kiosk.backoffice.orders.services", "place_order", "before"),
    "office.before_reply": ("kiosk.backoffice.orders.services", "place_order", "after"),
}
# Around the commit of the transaction that an order is written in, and within SQLite's own commit
# of the outbox: seen by hooks, whatever the programs' functions are called.
IN_COMMIT = ("window.in_commit",)
AROUND_COMMIT = ("office.before_commit", "office.after_commit")
BEFORE_SYNC = "window.before_sync"  # on a disk that loses what is not synced
WINDOW = (*(point for point in POINTS if point.startswith("window.")), *IN_COMMIT)
OFFICE = (*(point for point in POINTS if point.startswith("office.")), *AROUND_COMMIT)

_disks: list[LosingDisk] = []  # for as long as the process lives
_PLACING: ContextVar[bool] = ContextVar("placing", default=False)


class Marks:
    """A folder shared with the programs: what is armed, and what has fired."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._lock = threading.Lock()

    def arm(self, point: str, passing: int = 1, deed: str = "kill") -> None:
        """Let `deed` (kill, fail, fill, slow) happen when `point` is passed for the n-th time."""
        draft = self.folder / "armed.new"
        draft.write_text(f"{point} {passing} {deed}")
        draft.replace(self.folder / "armed")

    def disarm(self) -> None:
        (self.folder / "armed").unlink(missing_ok=True)

    def fired(self) -> list[str]:
        """What has fired, in order."""
        path = self.folder / "fired"
        return path.read_text().split() if path.exists() else []

    def passed(self, point: str) -> None:
        """A program passes a point."""
        with self._lock:
            armed = self._armed()
            if armed is None or armed[0] != point:
                return
            if armed[1] > 1:
                self.arm(point, armed[1] - 1, armed[2])
                return
            self.disarm()
            self.mark(point)
        if armed[2] == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif armed[2] == "fail":
            raise RuntimeError(f"failed on purpose at {point}")
        elif armed[2] == "fill":
            fill(Path(os.environ["FAULT_FILL"]))
        else:
            time.sleep(3)

    def _armed(self) -> tuple[str, int, str] | None:
        try:
            point, passing, deed = (self.folder / "armed").read_text().split()
        except (OSError, ValueError):
            return None
        return point, int(passing), deed

    def mark(self, what: str) -> None:
        file = os.open(self.folder / "fired", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(file, f"{what}\n".encode())
        os.fsync(file)
        os.close(file)


def install(folder: str) -> None:
    """Wrap the points in this process, as their modules are imported; nothing without a folder."""
    if "FAKETIME" in os.environ:
        # Its clock_nanosleep mixes the clock that it fakes with the one that it leaves alone.
        time.sleep = lambda seconds: (select.select([], [], [], seconds), None)[1]
    if not folder:
        return
    marks = Marks(Path(folder))
    undo = os.environ.get(ENVIRONMENT)
    if undo:
        _disks.append(LosingDisk(Path(undo), lambda: marks.passed(BEFORE_SYNC)))
    by_module: dict[str, list[Callable[[Any], None]]] = {}
    for point, (module, function, when) in POINTS.items():
        wrap = functools.partial(_wrap, marks=marks, point=point, path=function, when=when)
        by_module.setdefault(module, []).append(wrap)
    by_module["kiosk.window.replica.database"] = [lambda _module: _hook_commits(marks)]
    by_module["django.db.backends.base.base"] = [lambda module: _around_commits(marks, module)]
    by_module["django.db.backends.utils"] = [lambda module: _statements(marks, module)]
    by_module["kiosk.backoffice.api.routes"] = [lambda module: _poison(marks, module)]
    for name in set(by_module) & set(sys.modules):
        for deed in by_module.pop(name):
            deed(sys.modules[name])
    sys.meta_path.insert(0, _AfterImport(by_module))


def _wrap(module: Any, *, marks: Marks, point: str, path: str, when: str) -> None:
    *owners, name = path.split(".")
    owner = functools.reduce(getattr, owners, module)
    real = getattr(owner, name)

    @functools.wraps(real)
    def wrapped(*given: Any, **named: Any) -> Any:
        if when == "before":
            marks.passed(point)
        answer = real(*given, **named)
        if when == "after":
            marks.passed(point)
        return answer

    setattr(owner, name, wrapped)


def _hook_commits(marks: Marks) -> None:
    """A point within every commit of the outbox, before anything of it is written."""
    import apsw

    def hook(connection: Any) -> None:
        connection.exec_trace = lambda *_: marks.passed("window.statement") or True
        if Path(connection.filename).name == "outbox.db":
            connection.set_commit_hook(lambda: marks.passed("window.in_commit") or False)

    apsw.connection_hooks.append(hook)


def fill(path: Path, leave: int = 0) -> None:
    """Fill the disk that `path` lies on, but for `leave` bytes."""
    free = shutil.disk_usage(path.parent).free - leave
    with contextlib.suppress(OSError), path.open("ab", buffering=0) as file:
        while free > 0:
            free -= file.write(bytes(min(free, 1 << 20)))
        while not leave:
            file.write(bytes(512))


def _statements(marks: Marks, module: Any) -> None:
    """A point before every statement of the back office."""
    real = module.CursorWrapper.execute

    def execute(self: Any, *given: Any, **named: Any) -> Any:
        marks.passed("office.statement")
        return real(self, *given, **named)

    module.CursorWrapper.execute = execute


def _around_commits(marks: Marks, module: Any) -> None:
    """Points before and after the commit of what is written while an order is placed."""
    real = module.BaseDatabaseWrapper.commit

    def commit(self: Any) -> None:
        placing = _PLACING.get()
        if placing:
            marks.passed("office.before_commit")
        real(self)
        if placing:
            marks.passed("office.after_commit")

    module.BaseDatabaseWrapper.commit = commit


def _poison(marks: Marks, module: Any) -> None:
    """Orders whose intent begins with a sign in a file make the back office fail, always."""
    real = module.place_order

    @functools.wraps(real)
    def place_order(asked: Any, *rest: Any, **named: Any) -> Any:
        poisoned = marks.folder / "poison"
        if poisoned.exists() and str(asked.intent_id)[0] in poisoned.read_text():
            marks.mark("office.poison")
            raise RuntimeError("failed on purpose: a poisoned order")
        placing = _PLACING.set(True)
        try:
            return real(asked, *rest, **named)
        finally:
            _PLACING.reset(placing)

    module.place_order = place_order


class _AfterImport(importlib.abc.MetaPathFinder):
    """Does something to a module as soon as it has been imported."""

    def __init__(self, deeds: dict[str, list[Callable[[Any], None]]]) -> None:
        self._deeds = deeds

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        deeds = self._deeds.pop(name, None)
        if deeds is None:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            real = spec.loader.exec_module

            def exec_module(module: Any) -> None:
                real(module)
                for deed in deeds:
                    deed(module)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec
