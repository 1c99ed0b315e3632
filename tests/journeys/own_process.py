"""Kivy has one window a process: each journey gets a process of its own."""

import multiprocessing
import os
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any


def in_own_process(journey: Callable[..., None], *args: Any, seconds: float = 180) -> None:
    """Run `journey(*args)` in a fresh interpreter; its failure is this test's failure."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(there, journey, args), daemon=False)
    child.start()
    there.close()
    try:
        said = here.recv() if here.poll(seconds) else f"not finished after {seconds} s"
    except EOFError:
        child.join(5)
        said = f"the process ended with {child.exitcode} and said nothing"
    finally:
        child.join(10)
        if child.is_alive():
            child.kill()
    if said:
        raise AssertionError(said)


def _run(there: Connection, journey: Callable[..., None], args: tuple[Any, ...]) -> None:
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    try:
        journey(*args)
    except BaseException:
        there.send(traceback.format_exc())
    else:
        there.send("")
    there.close()
