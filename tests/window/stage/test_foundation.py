"""The parts under the screens: hand-over, pictures, sizes, the environment."""

import hashlib
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from PIL import Image

from kiosk.shop.catalogue import Picture, Rendition

# ---- work that leaves the UI thread and comes back ---------------------------------------------


def test_an_answer_comes_back_on_the_ui_thread(app, stage):
    told = []
    app.workers.submit(threading.get_ident, then=lambda r: told.append((r, threading.get_ident())))
    stage.wait_until(lambda: told, 3)
    assert told[0][0] != told[0][1] == threading.get_ident()


def test_a_job_that_fails_tells_and_the_pool_goes_on(app, stage):
    told = []
    app.workers.submit(lambda: 1 / 0, failed=told.append)
    app.workers.submit(lambda: "next", then=told.append)
    stage.wait_until(lambda: len(told) == 2, 3)
    assert {type(t) for t in told} == {ZeroDivisionError, str}


def test_a_callback_that_raises_does_not_stop_those_after_it(app, stage):
    told = []
    app.handover.post(lambda: 1 / 0)
    app.handover.post(lambda: told.append(1))
    stage.wait_until(lambda: told, 3)


def test_one_slow_frame_does_not_end_the_wait_for_what_comes_after_it(app, stage):
    told = []

    def slow():
        time.sleep(0.5)
        app.handover.post(lambda: told.append(1))

    app.handover.post(slow)
    stage.wait_until(lambda: told, 0.4)
    assert told == [1]


def test_a_flood_of_callbacks_is_spread_over_frames(app, stage):
    done = []
    for i in range(50):
        app.handover.post(lambda i=i: (time.sleep(0.002), done.append(i)))
    stage.frames(2)
    assert 0 < len(done) < 50
    stage.wait_until(lambda: len(done) == 50, 5)
    assert done == sorted(done)


# ---- pictures ----------------------------------------------------------------------------------


@pytest.fixture
def picture(tmp_path, app):
    """A picture and its file, known to the window's store once `put` is called."""
    file = tmp_path / "red.png"
    Image.new("RGB", (60, 80), (200, 30, 30)).save(file)
    data = file.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    return Picture((Rendition(sha256, 60, 80, len(data)),)), data


def test_a_missing_picture_is_answered_twice_none_then_the_texture(app, stage, picture):
    shown, data = picture
    sha256 = shown.renditions[0].sha256
    answers = []
    app.pictures.request(shown, 30, 40, answers.append)
    stage.wait_until(lambda: answers, 3)
    assert answers == [None]
    app.link.pictures.put(sha256, data)
    app.pictures.arrived(sha256)
    stage.wait_until(lambda: len(answers) == 2, 3)
    assert answers[1].size == (30, 40)
    assert app.pictures.cached(shown, 30, 40) is answers[1]


def test_a_cancelled_request_is_never_answered(app, stage, picture):
    shown, data = picture
    app.link.pictures.put(shown.renditions[0].sha256, data)
    answers = []
    app.pictures.request(shown, 31, 41, answers.append).cancel()
    stage.pause(0.3)
    assert answers == []


def test_a_file_that_is_no_picture_leaves_the_placeholder(app, stage, tmp_path):
    from kiosk.window.stage.textures import Pictures

    class Broken:
        def path(self, sha256):
            file = tmp_path / "broken.jpg"
            file.write_bytes(b"\xff\xd8 not a picture")
            return file

    pictures = Pictures(Broken(), app.workers, app.pictures._uploader)
    answers = []
    pictures.request(Picture((Rendition("0" * 64, 10, 10),)), 10, 10, answers.append)
    stage.wait_until(lambda: answers, 3)
    assert answers == [None]


def test_a_picture_covers_any_size_to_the_edge(tmp_path):
    from kiosk.window.stage.textures import cover

    file = tmp_path / "grey.jpg"
    sizes = [((1379, 106), (91, 255)), ((1600, 2000), (2160, 2796)), ((106, 1379), (255, 91))]
    for own, wanted in [*sizes, *(((333, 417), (216, high)) for high in range(180, 300))]:
        Image.new("RGB", own, (90, 90, 90)).save(file)
        assert [cover(file, *wanted, anchor=a).size for a in (0, 0.5, 1)] == [wanted] * 3


def test_the_cache_counts_bytes_and_lets_the_oldest_go(app, stage, picture):
    from kiosk.window.stage.textures import Pictures

    shown, data = picture
    app.link.pictures.put(shown.renditions[0].sha256, data)
    pictures = Pictures(
        app.link.pictures, app.workers, app.pictures._uploader, cache_bytes=2 * 30 * 40 * 4
    )
    for height in (40, 39, 38):
        answers = []
        pictures.request(shown, 30, height, answers.append)
        stage.wait_until(lambda told=answers: told, 3)
    assert pictures.held_bytes <= 2 * 30 * 40 * 4
    assert pictures.cached(shown, 30, 40) is None
    assert pictures.cached(shown, 30, 38) is not None


# ---- what changes while somebody looks ---------------------------------------------------------


def test_a_change_of_the_catalogue_reaches_the_card_in_sight(app, stage):
    from kiosk.contract import CatalogueChanges
    from kiosk.window.link import CatalogueChanged

    stage.tap("attract.invite")
    stage.wait_until(lambda: app.root.current_name == "browse", 3)
    wall = app.root.current.ids.wall
    stage.wait_until(lambda: not wall.busy and stage.find("card.amphore"), 10)
    before = stage.image()
    catalogue = app.link.catalogue
    piece = catalogue.product("amphore")
    sold = replace(piece, version=2, variants=tuple(replace(v, stock=0) for v in piece.variants))
    catalogue.apply(CatalogueChanges(epoch="demo", cursor="2", upserts=[sold]))
    app.store.hear(CatalogueChanged(catalogue.version))
    stage.wait_until(lambda: stage.image() != before, 5, "the sold-out card")
    catalogue.apply(CatalogueChanges(epoch="demo", cursor="3", upserts=[replace(piece, version=3)]))
    app.store.hear(CatalogueChanged(catalogue.version))


def test_a_piece_that_leaves_the_shop_leaves_the_glass(app, stage, send):
    from kiosk.contract import CatalogueChanges
    from kiosk.window.link import CatalogueChanged
    from kiosk.window.visit import actions

    send(actions.Wake("vase-galbe"))
    stage.wait_for("product.add")
    catalogue = app.link.catalogue
    piece = catalogue.product("vase-galbe")
    catalogue.apply(CatalogueChanges(epoch="demo", cursor="4", deletions=["vase-galbe"]))
    app.store.hear(CatalogueChanged(catalogue.version))
    stage.wait_until(lambda: app.root.current_name == "browse", 3)
    stage.wait_for("notice")
    catalogue.apply(CatalogueChanges(epoch="demo", cursor="5", upserts=[piece]))
    app.store.hear(CatalogueChanged(catalogue.version))
    stage.wait_until(lambda: "vase-galbe" in app.store.world.products, 3)


# ---- sizes and colours -------------------------------------------------------------------------


def test_sizes_are_millimetres_of_the_glass(app, stage):
    from kiosk.window.stage import theme as themes

    theme = themes.current()
    assert theme.mm(535) == 540
    assert theme.target == theme.mm(20)
    assert theme.type("poster").size == theme.mm(theme.brand.type["poster"].size_mm)


def test_night_and_day_are_other_colours(app, stage):
    from kiosk.window.stage import theme as themes

    theme = themes.current()
    assert theme.night
    night = list(theme.paper)
    theme.night = False
    day = list(theme.paper)
    theme.night = True
    assert night != day
    with pytest.raises(ValueError, match="no colour of the brand"):
        theme.colour("mauve")


# ---- doors -------------------------------------------------------------------------------------


def test_f1_and_escape_open_and_close_nothing(app, stage):
    stage.window.dispatch("on_keyboard", 282, 0, "", [])
    stage.window.dispatch("on_keyboard", 27, 0, "", [])
    stage.frames(3)
    assert app.root.current_name == "attract"
    assert len(stage.window.children) == 1


def test_a_forgotten_kivy_import_is_told(tmp_path):
    code = (
        "import kivy; from pathlib import Path; from kiosk.window.settings import WindowSettings; "
        "from kiosk.window.stage.environment import prepare; "
        f"prepare(WindowSettings('', Path({str(tmp_path)!r}), Path('.')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "prepare the environment before anything imports kivy" in ran.stderr


def test_the_theme_keeps_no_widget_and_repaints_those_that_are(stage):
    import gc
    import weakref

    from kiosk.window.stage import theme as themes
    from kiosk.window.stage.widgets.words import Words

    theme = themes.current()
    kept, dropped = Words(text="Vase", tone="ink"), Words(text="Bol", tone="ink")
    gone, before, night = weakref.ref(dropped), list(kept.color), theme.night
    del dropped
    gc.collect()
    assert gone() is None
    theme.night = not night
    try:
        assert list(kept.color) == theme.colour("ink") != before
    finally:
        theme.night = night
