"""Orders through a wire that loses, cuts, repeats and reorders (faults 8 to 11)."""

from collections.abc import Iterator

import pytest

from tests.faults.bench.proxy import Weather
from tests.faults.bench.stand import Stand, stand


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with stand(tmp_path_factory.mktemp("wire"), seed=8) as built:
        yield built


WEATHERS = {
    "a reply that is lost": (Weather(shares={"drop_reply": 60}), ["drop_reply"]),
    "a connection that is reset": (Weather(shares={"reset": 60}), ["reset"]),
    "half an answer": (Weather(shares={"truncate": 40, "garble": 20}), ["truncate", "garble"]),
    "a request that comes twice, late and in another order": (
        Weather(shares={"twice": 30, "replay": 30, "hold": 30}),
        ["twice", "replayed", "reordered"],
    ),
}


@pytest.mark.parametrize("weather", WEATHERS)
def test_orders_arrive_once_through(weather: str, shop: Stand) -> None:
    shop.begin_anew()
    wire, proofs = WEATHERS[weather]
    shop.storm(wire, 12)
    found = shop.reckon(*proofs)
    assert found.clean, found
    assert found.attempts == found.confirmed == 12
