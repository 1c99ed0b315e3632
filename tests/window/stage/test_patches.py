"""What is painted as a part of the glass looks as if all of it had been painted."""

from contextlib import contextmanager

import pytest
from painting import painted_whole, shown
from PIL import Image

from kiosk.window.stage import shapes
from kiosk.window.stage.patch import meeting, on_software, patches, together
from kiosk.window.stage.upright import window_box
from kiosk.window.stage.widgets.panels import Hairline
from kiosk.window.stage.widgets.picture import PictureFrame
from kiosk.window.visit import Screen, actions


@pytest.fixture(autouse=True)
def _software(stage):
    if not on_software():
        pytest.skip("frames are filled by a graphics card here: all of the glass is painted")


@pytest.fixture
def shelves(app, stage, send):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 10)
    stage.wait_until(lambda: not app.root.current.ids.wall.busy, 10, "the cards")
    return stage


@contextmanager
def counted(stage):
    """The flips, and how often the whole glass was painted for one."""
    counts = {"flips": 0, "whole": 0}

    def flip(*_):
        counts["flips"] += 1

    def draw(*_):
        counts["whole"] += not patches._patching

    stage.window.bind(on_flip=flip, on_draw=draw)
    yield counts
    stage.window.unbind(on_flip=flip, on_draw=draw)


def drag(app, stage, by, steps=8, seen=None):
    """Move a finger on the wall by so many pixels a step; `seen()` is called after each."""
    wall = app.root.current.ids.wall
    x, y = wall.to_window(wall.center_x, wall.center_y)
    finger = stage._put_down(x, y)
    stage.frames(2)
    for step in range(1, steps + 1):
        stage._fingers.put("update", finger, stage._share(x, y + by * step))
        stage.frames(1)
        if seen is not None and wall.scrolled:
            seen()
    stage._fingers.put("end", finger)
    assert wall.scrolled, "the finger was not heard"


@pytest.mark.parametrize("by", [23, -7, 40])
def test_a_wall_that_is_moved_along_looks_as_if_it_was_painted(app, shelves, by):
    drag(app, shelves, 60)
    shelves.wait_until(lambda: not app.root.current.ids.wall.busy, 10)
    looks = []
    drag(app, shelves, by, seen=lambda: looks.append(shown(shelves) == painted_whole(shelves)))
    assert len(looks) >= 6
    assert all(looks)


def test_whose_frames_are_but_the_strip_that_has_come(app, shelves):
    drag(app, shelves, 30)
    with counted(shelves) as frames:
        shelves.wait_until(lambda: frames["flips"] > 5, 5)
    assert frames["whole"] == 0


def test_the_found_move_along_with_their_heading(app, shelves, send):
    send(actions.OpenSearch())
    send(actions.SearchFor("a"))
    send(actions.ShowFound())
    shelves.wait_until(lambda: app.root.current_name is Screen.FIND and app.root.at_rest, 10)
    shelves.wait_until(lambda: app.root.current.ids.wall.count > 4, 10)
    shelves.wait_until(lambda: not app.root.current.ids.wall.busy, 10)
    looks = []
    with counted(shelves) as frames:
        drag(app, shelves, 9, seen=lambda: looks.append(frames["flips"]))
        assert frames["flips"] > frames["whole"] + 4
    assert shown(shelves) == painted_whole(shelves)


def test_a_card_or_a_key_under_a_finger_is_painted_alone(app, shelves, send):
    shelves.wait_until(lambda: app.root.current.ids.wall._clock is None, 5, "a wall at rest")
    pressed_alone(shelves, next(h for h in shelves.handles() if h.startswith("card.")))
    shelves.wait_until(lambda: app.root.current_name is Screen.PRODUCT and app.root.at_rest, 10)
    send(actions.Back())
    send(actions.OpenSearch())
    shelves.wait_until(lambda: app.root.current_name is Screen.FIND and app.root.at_rest, 10)
    shelves.wait_until(lambda: app.root.current.keyboard.shown == 1, 10)
    shelves.wait_until(lambda: not app.root.current.ids.wall.busy, 10)
    pressed_alone(shelves, "key:v")


def pressed_alone(stage, handle):
    point = stage._point(handle)
    stage.wait_until(lambda: not stage.window.canvas.needs_redraw, 5, "stillness")
    before = shown(stage)
    with counted(stage) as frames:
        finger = stage._put_down(*point)
        stage.frames(2)
        assert frames["flips"] and not frames["whole"]
    assert before != shown(stage)
    assert shown(stage) == painted_whole(stage)
    stage._fingers.put("end", finger)
    stage.frames(2)


@pytest.mark.parametrize("word", ["vase", "canari", "xyz"])
def test_what_is_found_is_painted_without_the_keys(app, shelves, send, word):
    send(actions.OpenSearch())
    shelves.wait_until(lambda: app.root.current_name is Screen.FIND and app.root.at_rest, 10)
    shelves.wait_until(lambda: app.root.current.keyboard.shown == 1, 10)
    wall, store = app.root.current.ids.wall, app.store
    shelves.wait_until(lambda: not wall.busy, 10)
    shelves.wait_until(lambda: not shelves.window.canvas.needs_redraw, 5, "stillness")
    looks = []
    with counted(shelves) as frames:
        for letter in word:
            shelves.type(letter)
            looks.append(shown(shelves))
            shelves.wait_until(lambda: not wall.busy and store._finder._wanted is None, 10)
            looks.append(shown(shelves))
        assert frames["flips"] >= 3 * len(word)
        assert frames["whole"] == 0
        assert shown(shelves) == painted_whole(shelves)
    assert len(set(looks)) >= len(word)


@pytest.mark.parametrize("name", ["low", "left"])
def test_so_it_does_for_who_asked_for_another_glass(app, shelves, send, name):
    send(actions.SetComfort(name, True))
    shelves.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 10)
    shelves.wait_until(lambda: not app.root.current.ids.wall.busy, 10)
    looks = []
    drag(app, shelves, 23, seen=lambda: looks.append(shown(shelves) == painted_whole(shelves)))
    assert looks
    assert all(looks)


def test_what_lies_above_a_wall_is_not_moved_along(app, shelves):
    wall, notice = app.root.current.ids.wall, app.root._notice
    notice.say("Une annonce qui passe au-dessus des pièces")
    notice.y = wall.y + wall.height / 2
    shelves.wait_until(lambda: notice.opacity == 1, 5)
    looks = []
    drag(app, shelves, 11, seen=lambda: looks.append(shown(shelves) == painted_whole(shelves)))
    assert looks
    assert all(looks)
    notice.hush()
    shelves.wait_until(lambda: notice.opacity == 0, 5)


def test_a_wall_that_is_laid_out_anew_in_a_frame_is_painted_whole(app, shelves):
    wall = app.root.current.ids.wall
    drag(app, shelves, 30)
    shelves.wait_until(lambda: patches.ready, 5, "nothing else to be painted")
    usual = wall.gap_mm
    wall.gap_mm = usual * 3  # nothing is told of it: the next step of the wall finds it
    wall._tick(1 / 60)
    seen, whole = shown(shelves), painted_whole(shelves)
    wall.gap_mm = usual
    assert seen == whole


def test_where_pixels_cannot_be_moved_all_is_painted_anew(app, shelves, monkeypatch):
    wall = app.root.current.ids.wall
    box = int(wall.x), int(wall.y), int(wall.width), int(wall.height)
    monkeypatch.setattr(patches, "_blit", lambda *_: None)
    monkeypatch.setattr(patches, "_slides", 0)
    left = []
    shelves.wait_until(lambda: patches.ready, 5, "nothing else to be painted")
    patches.paint(lambda: left.append(patches.slide(box, 20)) or left[0])
    assert left == [[box]]
    assert patches._blit is None
    assert patches.slide(box, 20) == [box]
    assert shown(shelves) == painted_whole(shelves)


def test_a_change_that_nobody_sees_needs_no_frame(app, shelves):
    wall = app.root.current.ids.wall
    hidden = max(wall._slots.used)
    with counted(shelves) as frames:

        def change():
            wall._slots.used[hidden].colour.a = 0.5
            return []

        patches.paint(change)
        shelves.frames(2)
    wall._slots.used[hidden].colour.a = 1
    assert frames == {"flips": 0, "whole": 0}


def test_what_kv_has_still_to_draw_elsewhere_is_not_lost_behind_a_patch(app, shelves):
    wall, line = app.root.current.ids.wall, app.root.current.ids.rail.parent.children
    line = next(widget for widget in line if isinstance(widget, Hairline))
    shelves.wait_until(lambda: patches.ready, 5, "nothing else to be painted")
    line.y -= 12
    first = wall._slots.used[0]

    def change():
        first.colour.a = 0.5
        return [wall._frame.window_box(0)]

    patches.paint(change)
    shelves.frames(2)
    seen, whole = shown(shelves), painted_whole(shelves)
    line.y += 12
    first.colour.a = 1
    assert seen == whole


def test_a_photograph_that_comes_up_between_two_pixels_is_painted_to_its_edge(app, stage):
    frame = PictureFrame(size_hint=(None, None), size=(80.3, 100.7), pos=(100.6, 300.6))
    app.root.add_widget(frame)
    stage.frames(2)
    frame._arrive(shapes.upload(Image.new("RGBA", (80, 100), (200, 30, 30, 255))), at_once=False)
    try:
        with counted(stage) as frames:
            stage.wait_until(lambda: frame.shown == 1, 10, "the photograph")
        assert frames["flips"] > frames["whole"]
        assert shown(stage) == painted_whole(stage)
    finally:
        app.root.remove_widget(frame)


def test_boxes_that_are_near_are_painted_as_one():
    far = 1_000
    assert together([(0, 0, 10, 10), (10, 0, 10, 10)]) == [(0, 0, 20, 10)]
    assert together([(0, 0, 10, 10), (far, far, 10, 10)]) == [(0, 0, 10, 10), (far, far, 10, 10)]
    assert together([(0, 0, 9, 9), (far, far, 9, 9), (1, 1, 5, 5)]) == [
        (far, far, 9, 9),
        (0, 0, 9, 9),
    ]


def test_boxes_meet_where_they_overlap():
    assert meeting((0, 0, 10, 10), (4, 5, 20, 20)) == (4, 5, 6, 5)
    assert meeting((0, 0, 10, 10), (20, 0, 5, 5))[2] == 0


def test_of_a_piece_the_photographs_are_seen_before_the_rest(app, shelves):
    app.root.screen(Screen.PRODUCT)
    finger = shelves._put_down(*shelves._point(next(iter(cards(shelves)))))
    coming = app.root._screens[Screen.PRODUCT]
    shelves.wait_until(lambda: coming.ids.gallery.loaded, 5, "the photograph")
    shelves.frames(3)
    painted = []

    def flip(*_):
        painted.append(shown(shelves))

    shelves.window.bind(on_flip=flip)
    shelves._fingers.put("end", finger)
    shelves.frames(1)
    shelves.window.unbind(on_flip=flip)
    whole = painted_whole(shelves)
    assert painted[-1] == whole
    assert len(painted) == 2
    _, bottom, _, height = window_box(coming.ids.gallery)
    wide = shelves.window.system_size[0]
    rows = slice(4 * wide * bottom, 4 * wide * (bottom + height))
    assert painted[0][rows] == whole[rows]
    assert painted[0] != whole


def cards(stage):
    return (h for h in stage.handles() if h.startswith("card."))
