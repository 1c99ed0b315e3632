"""The demo shop as it is once it has been founded and all its photographs are cut: made once a run,
by whichever worker comes first, and copied for each journey that is not about founding it.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.ops.embedded import EmbeddedBackOffice
from tests.journeys.evening import CATALOGUE, eventually
from tests.once import made_once

PENDING = "SELECT count(*) FROM catalogue_picture WHERE state = 'pending'"
CUT_S = 180.0


def found(folder: Path) -> None:
    with EmbeddedBackOffice(folder, CATALOGUE) as office:
        office.wait()
        database = folder / "backoffice.sqlite3"
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as rows:
            nothing_left = lambda: rows.execute(PENDING).fetchone() == (0,)  # noqa: E731
            eventually(nothing_left, "the photographs cut", CUT_S)


@pytest.fixture
def demo_house(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test's own folder, with the demo shop in it where an evening looks for it."""
    whole = made_once(tmp_path_factory, "demo-house", found)
    shutil.copytree(whole, tmp_path / "backoffice")
    return tmp_path
