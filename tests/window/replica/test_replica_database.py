import threading
from pathlib import Path

import apsw
import pytest

from kiosk.window.replica import database
from kiosk.window.replica.database import Database

TABLE = ["CREATE TABLE note (text)"]
# Counts for a long while: seconds on a slow machine, hours at `ENDLESS`.
COUNTING = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
    "SELECT count(*) FROM n"
)
ENDLESS = 10**12


class Reader:
    """Another thread that reads for long: it is in the middle of it when this is made."""

    def __init__(self, db: Database, rows: int) -> None:
        self.db, self.rows = db, rows
        self.found: list[object] = []
        self._begun = threading.Event()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()
        assert self._begun.wait(30)

    def _read(self) -> None:
        self.connection = self.db._connection()
        self.connection.set_progress_handler(self._tell, 100)
        try:
            self.found.append(self.db.read(COUNTING, (self.rows,)))
        except apsw.InterruptError:
            self.found.append("interrupted")

    def _tell(self) -> bool:
        self._begun.set()
        return False


def test_closing_waits_for_a_read_of_another_thread(tmp_path: Path) -> None:
    db = Database(tmp_path / "a.db", TABLE, "NORMAL")
    reader = Reader(db, 500_000)
    db.close()
    reader.thread.join(30)
    assert reader.found == [[(500_000,)]]


def test_closing_ends_though_a_read_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "READING_S", 0.05)
    db = Database(tmp_path / "a.db", TABLE, "NORMAL")
    with db.writing() as connection:
        connection.execute("INSERT INTO note VALUES ('kept')")
    reader = Reader(db, ENDLESS)
    try:
        db.close()
        assert "still being read" in caplog.text
        assert Database(db.path, TABLE, "NORMAL").read("SELECT text FROM note") == [("kept",)]
    finally:
        reader.connection.interrupt()
        reader.thread.join(30)
    assert reader.found == ["interrupted"]
