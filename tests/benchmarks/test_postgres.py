"""The server that faults and loads run on keeps what it says it keeps."""

from pathlib import Path

import psycopg

from benchmarks.postgres import Postgres, postgres


def connect(server: Postgres, name: str) -> psycopg.Connection:
    return psycopg.connect(host=str(server.folder), user="shop", dbname=name)


def test_what_was_committed_outlives_a_kill(tmp_path: Path) -> None:
    with postgres(tmp_path / "pg") as server:
        server.create_database("shop")
        with connect(server, "shop") as db:
            assert db.execute("SHOW fsync").fetchone() == ("on",)
            assert db.execute("SHOW synchronous_commit").fetchone() == ("on",)
            db.execute("CREATE TABLE kept AS SELECT 7 AS number")
        server.kill()
        server.start()
        with connect(server, "shop") as db:
            assert db.execute("SELECT number FROM kept").fetchone() == (7,)
