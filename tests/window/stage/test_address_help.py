"""Addresses are completed from the box: learnt beside the UI thread, asked on workers."""

import hashlib
import logging
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.window.replica import CatalogueReplica, PictureStore
from kiosk.window.replica.addresses import AddressIndex
from kiosk.window.stage.streets import Streets
from kiosk.window.visit import Screen, actions

MAP = Path(__file__).parents[3] / "assets" / "demo_map" / "quartier.vmap"
BAN = "numero;rep;nom_voie;code_postal;nom_commune\n2;;Rue Neuve;75000;Lanterneville\n"


@pytest.fixture
def box(app, tmp_path):
    """(pictures, learn): a box that waits for the demo shop's map; learn(file) begins to learn."""
    from demo_shop import seed

    sha256 = hashlib.sha256(MAP.read_bytes()).hexdigest()
    catalogue, pictures = CatalogueReplica(tmp_path / "c.db"), PictureStore(tmp_path, 10**9)
    seed(tmp_path, pictures=False, catalogue=catalogue)
    catalogue.set_profile(catalogue.profile().model_copy(update={"map_sha256": sha256}))
    made = []

    def learn(file=None):
        index = AddressIndex(tmp_path / "addresses")
        made.append(Streets(index, catalogue, pictures, app.handover, file))
        made[-1].learn()
        return made[-1]

    yield pictures, learn
    for streets in made:
        streets.close()
    catalogue.close()


def test_the_streets_of_the_map_are_learnt_when_it_arrives(stage, box):
    pictures, learn = box
    streets = learn()
    assert streets.index.find("hal") == ()
    pictures.put_map(hashlib.sha256(MAP.read_bytes()).hexdigest(), MAP.read_bytes())
    streets.learn()
    stage.wait_until(lambda: streets.index.find("hal"), 10, "a street")
    found = streets.index.find("hal")[0]
    assert (found.street, found.postcode, found.city) == ("avenue des Haleurs", "75000", "Paris")


def test_a_file_of_the_shop_comes_before_the_map(stage, box, tmp_path):
    pictures, learn = box
    pictures.put_map(hashlib.sha256(MAP.read_bytes()).hexdigest(), MAP.read_bytes())
    file = tmp_path / "adresses-75.csv"
    file.write_text(BAN)
    streets = learn(file)
    stage.wait_until(lambda: streets.index.find("neuve"), 10, "a street")
    assert streets.index.find("hal") == ()


def test_a_file_that_cannot_be_read_is_told_to_ops(stage, box, tmp_path, caplog):
    file = tmp_path / "adresses-75.csv"
    file.write_text(BAN.replace(";", ","))
    with caplog.at_level(logging.ERROR):
        box[1](file)
        stage.wait_until(lambda: caplog.records, 5, "a word in the log")
    assert "separated by commas" in caplog.text and "Traceback" not in caplog.text


@pytest.fixture
def line(app, details, send):
    """The store, while somebody is in the line for street and number."""
    send(actions.FocusField("line1"))
    return app.store


def test_what_is_typed_is_answered_by_the_box(stage, line, send):
    send(actions.EditField("line1", "hal"))
    stage.wait_until(lambda: line.visit.completion.found, 5, "streets")
    send(actions.ChooseAddress(0))
    draft = line.visit.draft
    assert (draft.line1.strip(), draft.postcode) == ("avenue des Haleurs", "75000")


@pytest.mark.parametrize("text", [100, 150, 200])
def test_the_numbers_of_a_street_stand_clear_of_each_other(app, stage, line, send, text):
    send(actions.SetComfort("text", text))
    stage.wait_until(lambda: app.root.current_name is Screen.DETAILS and app.root.at_rest, 5)
    send(actions.FocusField("line1"))
    send(actions.EditField("line1", "hal"))
    stage.wait_until(lambda: line.visit.completion.found, 5, "streets")
    send(actions.ChooseAddress(0))
    stage.wait_until(lambda: "number:1" in stage.handles(), 5, "numbers")
    stage.frames(4)
    chips = [stage.get(handle) for handle in stage.handles() if handle.startswith("number:")]
    assert len(chips) > 4
    assert max(chip.right for chip in chips) <= stage.window.width
    rows = sorted({round(chip.y): chip.height for chip in chips}.items())
    assert all(low + high <= above for (low, high), (above, _) in pairwise(rows))
    assert all(chip.width >= chip.height for chip in chips)
