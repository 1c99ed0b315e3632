"""Cuts of the power while orders come, and a sync before every confirmation (faults 3 and 4)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.postgres import NoPostgres
from tests.faults.bench.power import SUBJECTS
from tests.faults.bench.recording import Recording
from tests.faults.bench.trace import Sync, may_attach

ORDERS = {"outbox": 40, "sqlite": 24, "postgresql": 24}
CUTS = {"outbox": 12, "sqlite": 2, "postgresql": 2}
SEED = 3

pytestmark = pytest.mark.skipif(
    not may_attach(), reason="strace is missing or may not watch a process here"
)


@pytest.fixture(scope="module", params=SUBJECTS)
def recording(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Recording]]:
    folder: Path = tmp_path_factory.mktemp("power") / request.param
    try:
        with SUBJECTS[request.param](folder) as subject:
            yield request.param, subject.record(ORDERS[request.param])
    except NoPostgres as error:
        pytest.skip(str(error))


def test_a_power_cut_loses_and_doubles_no_order_that_was_confirmed(
    recording: tuple[str, Recording],
) -> None:
    name, orders = recording
    found = orders.cut(SEED, CUTS[name])
    assert found.reckoning.clean, found
    assert found.reckoning.confirmed == ORDERS[name]
    assert found.proof["dropped"], "no cut fell where anything could be lost"


def test_every_order_is_synced_before_it_is_confirmed(recording: tuple[str, Recording]) -> None:
    name, orders = recording
    assert orders.synced_orders() == len(orders.confirmed) == ORDERS[name]
    unsynced = [deed for deed in orders.done if not isinstance(deed, Sync)]
    assert not replace(orders, done=unsynced).synced_orders()


def test_a_disk_that_does_not_sync_loses_orders(recording: tuple[str, Recording]) -> None:
    """What the two above would see if a sync were missing."""
    _, orders = recording
    assert orders.cut(SEED, 2, obeys=False).reckoning.lost
