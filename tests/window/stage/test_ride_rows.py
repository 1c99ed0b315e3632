"""What the ride's screen shows when things go wrong, in a real window."""

import time

import pytest
from test_checkout_places import DOOR, TOKEN, fix, order, ride  # noqa: F401  (a fixture)

from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.order import OrderStatus
from kiosk.window.visit import actions
from kiosk.window.visit.motion import Quality


@pytest.fixture
def on_the_way(app, stage, ride):  # noqa: F811
    """The screen with a courier who was there just now; `tell(age, seq)` brings a later fix."""

    def tell(age, seq=2, share=0.25):
        app.store.dispatch(actions.PositionChanged(TOKEN, fix(seq, share), time.monotonic() - age))
        stage.frames(3)
        return ride._ride

    app.store.set_online(True)  # these tests have no back office
    told = order(OrderStatus.HANDED_OVER, DeliveryStatus.ENROUTE_TO_DROPOFF)
    app.store.dispatch(actions.OrderChanged(TOKEN, told, time.monotonic()))
    stage.wait_until(lambda: ride._ride._map is not None, 20, "the map")
    yield tell
    app.store.set_online(False)


def test_an_old_position_is_grey_and_says_how_old_and_a_lost_one_is_gone(app, ride, on_the_way):  # noqa: F811
    app.store.dispatch(actions.SetLanguage("fr"))
    frame = on_the_way(0)
    marker = frame._map._ride._courier
    assert frame.note == "" and ride.ids.admitted.opacity == 0 and marker._visible
    eta = ride.eta
    frame.forget()
    on_the_way(20, seq=3)
    assert frame._last.quality is Quality.STALE
    assert frame.note.startswith("Position d’il y a ") and ride.ids.admitted.opacity == 1
    assert ride.eta == eta
    frame.forget()
    on_the_way(61, seq=4)
    assert frame._last.quality is Quality.HIDDEN and not marker._visible
    assert frame.note == "Pas de position pour le moment" and ride.eta == eta


def test_a_lost_feed_is_admitted_until_it_is_back(app, stage, ride, on_the_way):  # noqa: F811
    frame = on_the_way(0)
    app.store.set_online(False)
    stage.frames(3)
    assert "Reconn" in frame.note and ride.ids.admitted.opacity == 1
    app.store.set_online(True)
    stage.frames(3)
    assert frame.note == ""


def test_another_way_fades_in_under_a_courier_who_stays(app, stage, on_the_way):
    frame = on_the_way(0)
    before = frame._last.at
    told = order(OrderStatus.HANDED_OVER, DeliveryStatus.ENROUTE_TO_DROPOFF, 3, fix(2, 0.25))
    aside = Point(before.lat + 0.001, before.lon)
    way = replace_route(told, [before, aside, DOOR])
    app.store.dispatch(actions.OrderChanged(TOKEN, way, time.monotonic()))
    layer = frame._map._ride
    assert layer._fading_since is not None
    assert layer._route._share == 0 and not layer._old_route._empty
    stage.wait_until(lambda: layer._fading_since is None, 5, "the new way alone")
    assert layer._route._share == 1 and layer._old_route._empty


def test_one_touch_turns_the_map_with_the_ride_and_another_one_back(app, stage, ride, on_the_way):  # noqa: F811
    app.store.dispatch(actions.SetLanguage("en"))
    frame = on_the_way(0)
    button = stage.get("tracking.heading")
    assert button.text == "Map in riding direction"
    stage.tap("tracking.heading")
    stage.wait_until(lambda: frame._map.still, 5, "the map at rest")
    heading = frame._map._ride.heading_deg
    assert heading and frame._map.camera.bearing == pytest.approx(heading, abs=0.5)
    assert button.text == "Map with north up"
    stage.tap("tracking.heading")
    stage.wait_until(lambda: frame._map.still, 5, "the map at rest")
    assert frame._map.camera.bearing % 360 == pytest.approx(0, abs=0.5)
    stage.tap("tracking.heading")
    frame.forget()
    assert not frame.heading_up and not frame._map.heading_up  # the next visitor's is upright


def replace_route(told, points):
    seconds = [float(100 * k) for k in range(len(points))]
    ridden = told.delivery.model_copy(update={"route": points, "route_s": seconds})
    return told.model_copy(update={"delivery": ridden})
