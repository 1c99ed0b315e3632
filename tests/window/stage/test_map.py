"""The map on a real window: what is drawn, what fingers do, and that stillness costs nothing."""

from itertools import pairwise
from math import cos, radians, sin

import pytest
from quarter_view import SHOP, SIZE, east, marker, near, pixel, prepared, settle, shot, style, view

from kiosk.window.visit import actions
from kiosk.window.visit.motion import MarkerState, Quality

__all__ = ["prepared", "view"]


def test_the_quarter_is_drawn_by_day_and_by_night(app, stage, view):
    canal = view.map_file.projection.to_point(450, 110)
    view.centre_on(canal, 0.6, 0)
    settle(stage, view)
    day = style(app, night=False)
    assert near(pixel(stage, view, canal), day.water)
    image = stage.image().crop((0, 260, 540, 860))
    assert len(image.getcolors(100_000)) > 300
    view.style = style(app, night=True)
    settle(stage, view)
    assert near(pixel(stage, view, canal), style(app, night=True).water)


def test_names_stand_on_the_map_and_never_one_over_another(stage, view):
    assert "Rue de la Lucarne" in view.names
    assert len(view.names) > 12
    view.centre_on(SHOP, 0.25, 0)
    settle(stage, view)
    far = set(view.names)
    assert any(name.startswith(("Boulevard", "Bd")) for name in far)
    assert "Rue de la Lucarne" not in far or len(far) < 60


def test_a_map_at_rest_draws_nothing(app, stage, view, send):
    from kivy.core.window import Window

    send(actions.Wake("vase-galbe"))  # beneath it the posters' hand would move
    stage.wait_until(lambda: app.root.at_rest and not app.pictures.awaited, 10, "a still screen")
    stage.wait_until(lambda: view._picture.tidied, 10, "a map that has all it may need")
    stage.pause(0.5)
    flips = []
    Window.bind(on_flip=lambda *_: flips.append(1))
    stage.pause(0.5)
    assert not flips


def test_fit_shows_every_place_within_its_padding(stage, view):
    places = [SHOP, east(-600, 500), east(250, -400)]
    view.fit(places, (40, 60, 80, 100), 0)
    settle(stage, view)
    for place in places:
        x, y = view.to_window_px(place)
        assert 39 <= x <= SIZE[0] - 79
        assert 100 + 59 <= y <= 100 + SIZE[1] - 99


def test_what_is_too_far_apart_for_a_low_map_stands_in_the_middle_of_its_room(stage, view):
    view.height = 300
    settle(stage, view)
    north, south = east(0, 500), east(0, -400)
    view.fit([north, south], (20, 40, 20, 120), 0)
    settle(stage, view)
    (_, low), (_, high) = view.to_window_px(south), view.to_window_px(north)
    assert high - low > 300 - 160  # the quarter ends before both would have room
    assert (low + high) / 2 - view.y == pytest.approx((40 + 300 - 120) / 2, abs=2)


def test_a_flight_ends_where_it_was_sent(stage, view):
    there = east(300, 250)
    view.centre_on(there, 1.1, 0.2)
    settle(stage, view)
    assert view.to_window_px(there) == pytest.approx(view.center, abs=1)
    assert view.camera.ppm == pytest.approx(1.1)


def test_a_finger_carries_the_map_along(stage, view):
    explored = []
    view.bind(on_explore=lambda *_: explored.append(1))
    view.following = True
    x, y = view.to_window_px(SHOP)
    stage.drag((270.0, 400.0), 120, -60, steps=8, hold=12)
    assert view.to_window_px(SHOP) == pytest.approx((x + 120, y - 60), abs=2)
    assert explored and not view.following


def test_a_tap_moves_nothing(stage, view):
    before = view.camera
    stage.tap((200.0, 380.0))
    assert view.camera == before


def test_two_fingers_zoom_about_their_middle(stage, view):
    fingers = stage._fingers
    one, two = (fingers.new(*stage._share(x, 400)) for x in (220, 320))
    middle = view.camera.to_map(270 - view.center_x, 400 - view.center_y)
    before = view.camera.ppm
    fingers.put("begin", one)
    fingers.put("begin", two)
    stage.pause(0.3)  # longer than the window takes to see that it is no palm
    for k in range(1, 11):
        fingers.put("update", one, stage._share(220 - 5 * k, 400))
        fingers.put("update", two, stage._share(320 + 5 * k, 400))
        stage.frames(1)
    stage.frames(10)
    fingers.put("end", one)
    fingers.put("end", two)
    settle(stage, view)
    assert view.camera.ppm / before == pytest.approx(2.0, rel=0.03)
    assert view.camera.to_map(270 - view.center_x, 400 - view.center_y) == pytest.approx(
        middle, abs=6
    )


def test_the_map_ends_where_the_quarter_ends(stage, view):
    for _ in range(6):
        stage.drag((60.0, 400.0), 420, 0, steps=3, hold=10)
    settle(stage, view)
    left_edge = view.camera.to_map(-SIZE[0] / 2, 0)[0]
    assert left_edge == pytest.approx(view.map_file.meta.bounds[0] - 120, abs=3)


def test_the_way_fades_behind_the_courier(app, stage, view):
    view.set_route([east(-200), east(200)])
    view.set_courier(marker(east(0), travelled=200.0))
    settle(stage, view)
    day = style(app, night=False)
    assert near(pixel(stage, view, east(-150)), day.route_done)
    assert near(pixel(stage, view, east(150)), day.route)
    view.set_route([])
    view.set_courier(None)
    settle(stage, view)
    assert not near(pixel(stage, view, east(150)), day.route)


def test_the_marker_turns_grey_and_goes(app, stage, view):
    day = style(app, night=False)
    beside = 9 / 0.6  # pixels beside the sign, in metres

    def body():
        settle(stage, view)
        return pixel(stage, view, east(0, beside * 0.9))

    view.set_courier(marker(east(0)))
    assert near(body(), day.courier)
    view.set_courier(marker(east(0), Quality.STALE))
    assert near(body(), day.stale)
    view.set_courier(marker(east(0), Quality.HIDDEN))
    assert not near(body(), day.stale) and not near(body(), day.courier)


def test_a_followed_courier_stays_in_view(stage, view):
    view.following = True
    for metres in range(0, 900, 15):
        view.set_courier(marker(east(-metres)))
        stage.frames(1)
        x, y = view.to_window_px(east(-metres))
        assert 40 < x < SIZE[0] - 40 and 140 < y < 100 + SIZE[1] - 40


def test_a_moving_marker_does_not_draw_the_map_again(stage, view):
    view.set_courier(marker(east(-50)))
    settle(stage, view)
    picture = view._picture.camera
    for metres in range(-50, 50, 5):
        view.set_courier(marker(east(metres)))
        stage.frames(1)
    assert view._picture.camera is picture


def test_names_make_room_for_the_way(stage, view):
    from kiosk.window.stage.map.placing import Placer

    way = [(-200.0, 0.0), (200.0, 0.0)]
    placer = Placer(view.camera, *SIZE, 0.5, view._picture.words._extent)
    placer.keep_way_clear(way, 3)
    assert placer.way
    placed = [p for p in placer.place(view._picture.words._names, 60) if p is not None]
    for name in placed:
        for (x0, y0), (x1, y1) in pairwise(name.path):
            if max(abs(x0), abs(x1)) < 200:
                assert max(abs(y0), abs(y1)) > 3


def test_two_fingers_turn_the_map_once_they_mean_it(stage, view):
    fingers = stage._fingers
    places = [(200.0, 400.0), (340.0, 400.0)]
    one, two = (fingers.new(*stage._share(*place)) for place in places)
    fingers.put("begin", one)
    fingers.put("begin", two)
    stage.pause(0.12)
    for degrees in range(0, 91, 5):
        dx, dy = 70 * cos(radians(degrees)), 70 * sin(radians(degrees))
        fingers.put("update", one, stage._share(270 - dx, 400 - dy))
        fingers.put("update", two, stage._share(270 + dx, 400 + dy))
        stage.frames(1)
    stage.frames(4)
    fingers.put("end", one)
    fingers.put("end", two)
    settle(stage, view)
    assert view.camera.bearing == pytest.approx(80, abs=12)
    assert len(view.names) > 5


def test_heading_up_the_courier_rides_upwards(stage, view):
    view.following = view.heading_up = True
    view.set_courier(marker(east(0)))
    settle(stage, view)
    assert view.camera.bearing == pytest.approx(90, abs=0.5)
    ahead, here = view.to_window_px(east(100)), view.to_window_px(east(0))
    assert ahead[0] == pytest.approx(here[0], abs=2) and ahead[1] > here[1] + 20
    view.set_courier(MarkerState(east(5), 100.0, 5.0, 1.0, Quality.LIVE))
    settle(stage, view)
    assert view.camera.bearing == pytest.approx(90, abs=0.5)  # a bend is no other direction


def test_the_map_turns_about_all_that_is_shown_and_back(stage, view):
    places = [east(-300), east(300)]
    view.following = True
    view.fit(places, 60.0, 0)
    view.set_courier(marker(east(0)))
    settle(stage, view)
    assert view.camera.bearing == 0
    view.turn(heading_up=True)
    stage.frames(2)
    assert 0 < view.camera.bearing < 90  # on its way, in no jump
    settle(stage, view)
    assert view.camera.bearing == pytest.approx(90, abs=0.5)
    for place in places:
        x, y = view.to_window_px(place)
        assert view.x < x < view.right and view.y < y < view.top
    view.turn(heading_up=False)
    settle(stage, view)
    assert view.camera.bearing % 360 == pytest.approx(0, abs=0.5)


def test_a_map_that_is_turned_stands_still_while_the_courier_does(stage, view):
    view.following = view.heading_up = True
    view.set_courier(marker(east(0)))
    settle(stage, view)
    camera = view.camera
    for heading in (90.0, 95.0, 85.0, None):
        view.set_courier(MarkerState(east(0), heading, 0.0, 1.0, Quality.LIVE))
        settle(stage, view)
        assert view.camera == camera


def test_only_the_place_of_a_moving_marker_is_painted(stage, view):
    from kivy.core.window import Window

    view.set_courier(marker(east(0)))
    stage.wait_until(lambda: view._picture.whole, 10, "the quarter as a whole")
    settle(stage, view)
    painted = []
    Window.bind(on_draw=lambda *_: painted.append(1))
    view.set_courier(marker(east(4)))
    assert painted  # not left to the next frame, which is painted whole
    patched = shot(stage).tobytes()
    Window.canvas.ask_update()
    stage.frames(2)
    assert shot(stage).tobytes() == patched


def test_a_name_at_a_place_takes_room_for_all_its_letters(stage, view):
    from kiosk.contract.mapfile import LabelKind
    from kiosk.window.stage.map.placing import Name, Placer

    placer = Placer(view.camera, *SIZE, 0.5, lambda _name, _text: (200.0, 10.0))
    x, y = view.camera.x, view.camera.y
    places = [(x, y), (x + 50 / view.camera.ppm, y)]
    names = [
        Name(f"Place {k}", LabelKind.PLACE, 0, (place,), (*place, *place), 0.0)
        for k, place in enumerate(places)
    ]
    assert [p.text for p in placer.place(names, 9) if p] == ["Place 0"]
