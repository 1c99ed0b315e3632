"""What takes seconds to make, and is made once a run, by whichever worker comes first."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def of_the_run(factory: pytest.TempPathFactory, name: str) -> Path:
    """A path that is the same for all workers of a run."""
    own = factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """One worker at a time: who finds nothing at `path` makes it, and the others wait."""
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder for all workers, as `make` has filled it; nobody may change it."""
    whole = of_the_run(factory, name)
    begun = whole.with_name(f"{name}-begun")
    with in_turn(whole):
        if not whole.exists():
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun)
            begun.rename(whole)
    return whole
