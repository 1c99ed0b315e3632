"""The courier's photo beside their name, in a real window."""

import io
import threading
import time

import pytest
from PIL import Image
from test_checkout_places import TOKEN, order, ride  # noqa: F401  (a fixture)

from kiosk.contract import CourierCard, ErrorCode, Problem
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.order import OrderStatus
from kiosk.window.link import Away, Refused
from kiosk.window.stage.screens.tracking import face as face_module
from kiosk.window.visit import actions

PATH = "/api/v1/courier-photos/1:0:ab:cd"
_S = DeliveryStatus


def jpeg(colour=(200, 40, 30)):
    out = io.BytesIO()
    Image.new("RGB", (256, 256), colour).save(out, "JPEG")
    return out.getvalue()


class Files:
    """What the back office answers, once it may: `answers` holds it back, `asked` is by what."""

    def __init__(self):
        self.answer = jpeg()
        self.answers = threading.Event()
        self.answers.set()
        self.asked = []

    def courier_photo(self, path):
        self.asked.append((path, threading.current_thread().name))
        self.answers.wait(10)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def files(app, ride, monkeypatch):  # noqa: F811
    found = Files()
    monkeypatch.setattr(ride.services.files, "courier_photo", found.courier_photo, raising=False)
    yield found
    found.answers.set()


@pytest.fixture
def tell(app, stage, ride):  # noqa: F811
    """An order on its way, with a photo at `path`."""
    versions = iter(range(2, 99))
    app.store.set_online(True)

    def told(path=PATH, status=_S.ENROUTE_TO_DROPOFF, whole=OrderStatus.HANDED_OVER):
        view = order(whole, status, next(versions))
        card = CourierCard(display_name="Inès D.", photo_url=path)
        delivery = view.delivery.model_copy(update={"courier": card})
        view = view.model_copy(update={"delivery": delivery})
        app.store.dispatch(actions.OrderChanged(TOKEN, view, time.monotonic()))
        stage.frames(3)
        return ride._face

    yield told
    app.store.set_online(False)


def test_it_comes_late_and_nothing_jumps(app, stage, ride, files, tell):  # noqa: F811
    app.store.dispatch(actions.SetLanguage("fr"))
    without = tell(path="")
    assert not without.expected and ride.ids.title.x == ride.ids.words.x
    files.answers.clear()
    face = tell()
    assert face.expected and face.texture is None
    before = [(w.pos[:], w.size[:]) for w in (ride.ids.title, ride.ids.message, ride.ids.turn)]
    assert before[0][0][0] >= face.right  # beside the name, not upon it
    files.answers.set()
    stage.wait_until(lambda: face.texture is not None, 5, "the photo")
    stage.frames(2)
    after = [(w.pos[:], w.size[:]) for w in (ride.ids.title, ride.ids.message, ride.ids.turn)]
    assert after == before
    assert face.texture.size == (int(face.width), int(face.width)) == tuple(face._box.size)
    assert files.asked[0][0] == PATH and files.asked[0][1] != threading.current_thread().name
    pixels = face.texture.pixels
    side = face.texture.width
    assert pixels[3] == 0 and pixels[4 * (side * (side // 2) + side // 2) + 3] == 255  # a circle


def test_it_has_its_own_colours(stage, ride, files, tell):  # noqa: F811
    face = tell()
    stage.wait_until(lambda: face.texture is not None, 5, "the photo")
    stage.frames(3)
    image = stage.image().convert("RGB")
    x, y = face.to_window(face.center_x, face.center_y)
    drawn = image.getpixel((int(x), image.height - int(y)))
    assert all(abs(a - b) < 6 for a, b in zip(drawn, (200, 40, 30), strict=True)), drawn


def test_no_face_is_seen_in_a_mirror(app, stage, files, tell):
    left, right = (200, 40, 30), (30, 40, 200)
    picture, out = Image.new("RGB", (256, 256), left), io.BytesIO()
    picture.paste(right, (128, 0, 256, 256))
    picture.save(out, "JPEG")
    files.answer = out.getvalue()
    for language in ("ar", "en"):
        app.store.dispatch(actions.SetLanguage(language))
        tell()
        face = app.root.current._face  # of the screen that was built for that language
        stage.wait_until(lambda face=face: face.texture is not None, 5, "the photo")
        stage.wait_until(lambda: app.root.at_rest, 10, "the screen at rest")
        stage.frames(3)
        image = stage.image().convert("RGB")
        x, y = face.to_window(face.center_x, face.center_y)
        quarter = int(face.width / 4)
        seen = [image.getpixel((int(x) + dx, image.height - int(y))) for dx in (-quarter, quarter)]
        assert seen[0][0] > 150 > seen[1][0], (language, seen)


def test_it_is_asked_for_once_and_anew_only_for_another(stage, files, tell):
    face = tell()
    stage.wait_until(lambda: face.texture is not None, 5, "the photo")
    first = face.texture
    tell()
    assert face.texture is first and len(files.asked) == 1
    tell(path=PATH + "2")
    assert face.texture is not first and face.expected
    stage.wait_until(lambda: face.texture is not None, 5, "the other photo")
    assert [path for path, _ in files.asked] == [PATH, PATH + "2"]


@pytest.mark.parametrize(
    "ending",
    [
        {"path": ""},
        {"status": _S.RETURNING},
        {"status": _S.DELIVERED, "whole": OrderStatus.COMPLETED},
    ],
    ids=["taken away, or a pause", "on the way back", "delivered"],
)
def test_it_goes_with_what_it_was_shown_for(stage, ride, files, tell, ending):  # noqa: F811
    face = tell()
    stage.wait_until(lambda: face.texture is not None, 5, "the photo")
    shown = face._box.texture
    tell(**ending)
    assert face.texture is None and not face.expected and tuple(face._box.size) == (0, 0)
    assert face._box.texture is not shown and ride.ids.title.x == ride.ids.words.x


def test_it_is_gone_while_the_window_is_out_of_reach_and_comes_back(app, stage, files, tell):
    face = tell()
    stage.wait_until(lambda: face.texture is not None, 5, "the photo")
    app.store.set_online(False)
    stage.frames(2)
    assert face.texture is None and not face.expected
    app.store.set_online(True)
    stage.wait_until(lambda: face.texture is not None, 5, "the photo again")
    assert len(files.asked) == 2


def test_a_visit_that_ends_takes_it_along(app, stage, files, tell):
    face = tell()
    stage.wait_until(lambda: face.texture is not None, 5, "the photo")
    app.store.dispatch(actions.StartAgain())
    assert face.texture is None and face._path == ""


def test_what_comes_after_the_ride_is_not_shown(stage, files, tell):
    files.answers.clear()
    tell()
    face = tell(path="")
    files.answers.set()
    stage.pause(0.3)
    assert face.texture is None and not face.expected


@pytest.mark.parametrize(
    "answer",
    [
        Refused(Problem(title="Not Found", status=404, code=ErrorCode.NOT_FOUND), 0.0),
        b"no picture at all",
        jpeg()[:300],
    ],
    ids=["gone", "no picture", "cut off"],
)
def test_what_is_no_photo_shows_nothing_and_is_not_asked_for_again(stage, files, tell, answer):
    files.answer = answer
    face = tell()
    stage.wait_until(lambda: not face.expected, 5, "the answer")
    assert face.texture is None and len(files.asked) == 1


def test_an_office_that_is_away_is_asked_a_few_times(stage, files, tell, monkeypatch):
    monkeypatch.setattr(face_module, "AGAIN_S", 0.05)
    files.answer = Away("no answer in time")
    face = tell()
    stage.wait_until(lambda: not face.expected, 5, "the end of trying")
    assert len(files.asked) == face_module.TRIES
    files.answer = jpeg()
    tell(path=PATH + "3")
    stage.wait_until(lambda: face.texture is not None, 5, "another one")
