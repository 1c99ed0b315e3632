"""The courier's picture on the tracking page, in a real window."""

import socket
import statistics
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.contract import (
    CameraUrl,
    CameraView,
    CourierCard,
    DeliveryView,
    OrderView,
    PositionFix,
)
from kiosk.shop.camera import CameraState
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.money import Money
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment
from kiosk.window.stage.camera import source
from kiosk.window.visit import Screen, actions, views
from kiosk.window.visit.camera import CameraCard, Feed, feed_words
from kiosk.window.visit.state import Placed

SHOP, DOOR = Point(48.86, 2.34), Point(48.8659, 2.3526)
NOW = datetime(2026, 11, 24, 22, 5, tzinfo=UTC)
ZERO = Money(0, "EUR")


def order(camera, simulated=True):
    fix = PositionFix(
        seq=1, fix_time=NOW, received_at=NOW, lat=SHOP.lat, lon=SHOP.lon, accuracy_m=6
    )
    delivery = DeliveryView(
        version=1,
        status=DeliveryStatus.ENROUTE_TO_DROPOFF,
        status_at=NOW,
        pickup=SHOP,
        dropoff=DOOR,
        route=[SHOP, DOOR],
        route_s=[0.0, 600.0],
        eta=NOW + timedelta(minutes=9),
        courier=CourierCard(display_name="Inès D."),
        position=fix,
        simulated=simulated,
        camera=camera,
    )
    return OrderView(
        number="ML-1042",
        version=1,
        status=OrderStatus.HANDED_OVER,
        status_at=NOW,
        fulfilment=Fulfilment.COURIER,
        pickup_code="4827",
        page_url="",
        lines=[],
        subtotal=ZERO,
        fee=ZERO,
        total=ZERO,
        delivery=delivery,
        demo=simulated,
    )


@pytest.fixture
def follow(app, stage):
    """Show an order on the tracking page as if its visitor had just placed it."""
    import uuid

    def show(view):
        placed = Placed(uuid.uuid4(), Fulfilment.COURIER, order=view)
        app.store.visit = replace(app.store.visit, screen=Screen.TRACKING, placed=placed)
        app.store.refresh()
        stage.wait_until(lambda: app.root.current_name is Screen.TRACKING, 5)
        return app.root.current._camera

    yield show
    app.store.dispatch(actions.StartAgain())


def simulated(state="live"):
    url = CameraUrl(kind="simulated", url="simulated:7")
    return CameraView(state=CameraState(state), urls=[url])


def players():
    return [t for t in threading.enumerate() if t.name == "camera"]


def test_the_demonstration_shows_a_drawn_picture_and_says_so(app, stage, follow):
    panel = follow(order(simulated()))
    stage.wait_until(lambda: panel.unfolded and panel.veil == 1, 10, "a picture")
    assert panel.said == feed_words(Feed.LIVE, 0, app.store.visit.language, simulated=True)
    assert len(set(panel.texture.pixels)) > 40  # a picture, no surface of one colour
    ride = app.root.current._ride
    assert ride.covered_beside >= panel.width  # the way is drawn beside it
    before = panel.texture.pixels
    stage.wait_until(lambda: panel.texture.pixels != before, 5, "the next picture")


def test_it_goes_with_the_camera_and_nothing_of_it_stays(app, stage, follow):
    panel = follow(order(simulated()))
    stage.wait_until(lambda: panel.unfolded, 10, "a picture")
    follow(order(CameraView(state=CameraState.ENDED)))
    assert not panel.unfolded and panel.texture is None and panel.said == ""
    words = views.tracking(app.store.visit, app.store.world)
    assert app.root.current.message == words.message and words.camera is None
    assert app.root.current._ride.covered_beside == 0
    stage.wait_until(lambda: not players(), 5, "the end of the thread")


def test_a_visit_that_ends_takes_its_picture_along(app, stage, follow):
    panel = follow(order(simulated()))
    stage.wait_until(lambda: panel.unfolded, 10, "a picture")
    app.store.dispatch(actions.StartAgain())
    stage.wait_until(lambda: not players(), 5, "the end of the thread")
    assert panel.texture is None and panel.feed is Feed.OFF


@pytest.fixture
def deaf():
    """A server that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_camera_that_does_not_answer_is_never_a_black_box(app, stage, follow, deaf, monkeypatch):
    """Nothing covers the map until there is a picture, and no frame waits for the network."""
    monkeypatch.setattr(source, "OPEN_S", 0.3)
    view = CameraUrl(kind="rtmp", url=f"rtmp://127.0.0.1:{deaf}/ride/abcdefghijkl?t=x")
    panel = follow(order(CameraView(state=CameraState.LIVE, urls=[view]), simulated=False))
    assert panel.feed is Feed.CONNECTING and panel.said
    assert not panel.unfolded and app.root.current._ride.covered_beside == 0
    took = []
    for _ in range(20):
        began = time.perf_counter()
        panel._look()
        panel.show(panel._card, "en")
        took.append(time.perf_counter() - began)
        assert len(players()) <= 1 and panel._player is not None
        stage.frames(1)
    stage.wait_until(players, 5, "the thread that reads")
    assert len(players()) == 1
    # The median: other work of a busy machine is no waiting of ours.
    assert statistics.median(took) < source.OPEN_S / 10
    panel.stop()
    assert panel.feed is Feed.OFF and panel.said == ""


@pytest.fixture
def film(tmp_path):
    """Four seconds of grey that gets lighter, as any encoder writes it."""
    import av
    import numpy as np

    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"tune": "zerolatency"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for n in range(100):
            grey = np.full((180, 320, 3), 40 + 2 * n, np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


def test_a_feed_that_ends_dims_says_its_age_folds_and_comes_back(
    app, stage, follow, film, monkeypatch
):
    """Time is the test's own: the picture is 3, 7, then 20 seconds old without waiting for it."""
    later = 0.0
    monkeypatch.setattr(
        "kiosk.window.stage.camera.panel.time.monotonic", lambda: time.perf_counter() + later
    )
    panel = follow(order(None, simulated=False))
    panel.show(CameraCard("rtmp", str(film), str(film)), "en")
    stage.wait_until(lambda: panel.feed is Feed.LIVE and panel.unfolded, 10, "a picture")
    light = tuple(panel._light.rgb)
    film.rename(film.with_suffix(".gone"))
    stage.wait_until(lambda: panel._player._latest is None and not _plays(panel), 10, "its end")
    for seconds, feed, said in (
        (3.0, Feed.STALLED, "Picture from "),
        (7.0, Feed.RECONNECTING, "reconnecting"),
    ):
        later = seconds
        panel._look()
        assert panel.feed is feed and said in panel.said and panel.unfolded
        assert tuple(panel._light.rgb) < light  # dimmed, and there
    later = 20.0
    panel._look()
    assert panel.feed is Feed.FOLDED and not panel.unfolded and panel.said == ""
    assert app.root.current._ride.covered_beside == 0  # the map grows
    film.with_suffix(".gone").rename(film)
    stage.wait_until(lambda: panel.feed is Feed.LIVE and panel.unfolded, 10, "the picture again")


def _plays(panel):
    """Whether anything has come within the last tenth of a second."""
    return panel.watch.age_s(time.perf_counter()) < 0.1
