"""What is promised of many at once holds on PostgreSQL, too: the same tests, another database."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from benchmarks.postgres import Postgres, postgres

HERE = Path(__file__).parent
TESTS = (
    "test_orders_at_once.py",
    "test_writers.py",
    "mail/test_at_once.py",
    "test_order_limits.py::test_all_processes_count_the_same",
    "test_order_limits.py::test_one_buyer_has_a_few_open_orders_at_a_time",
    "test_showing_codes.py::test_of_many_at_once_one_takes_the_code",
    "test_orders_and_deliveries.py::test_a_step_that_was_written_stays",
    "test_stream_processes.py",
    "test_stream_ends.py",
    "test_revocation.py::test_a_command_elsewhere_closes_the_stream_within_a_second",
)


def fast_database(server: Postgres) -> str:
    """The URL of a database for tests about turns, not about power cuts."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as db:
        db.execute("ALTER SYSTEM SET fsync = off")
        db.execute("SELECT pg_reload_conf()")
    return server.create_database("shop") + "&options=-c%20synchronous_commit%3Doff"


def test_many_at_once_on_postgresql() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:xdist"]
    # Not where pytest keeps its folders: each run closes those to everybody else.
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-pg-") as folder,
        postgres(Path(folder)) as server,
    ):
        url = fast_database(server)
        # Nor may it close them to a server of tests that run beside this one.
        command.append(f"--basetemp={folder}/pytest")
        done = subprocess.run(
            [*command, *(str(HERE / test) for test in TESTS)],
            env=os.environ | {"KIOSK_TEST_DATABASE_URL": url},
            cwd=HERE.parents[1],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
