"""What the map shows while the next picture of it is drawn: the last one, or the quarter coarse."""

from dataclasses import replace

import numpy as np
import pytest
from quarter_view import prepared, seen, settle, style, view

from kiosk.window.stage.map.camera import Camera, around, shared

__all__ = ["prepared", "view"]


def test_a_picture_stays_until_the_next_one_is_whole(stage, view):
    before = view._picture.camera
    view.look(replace(view.camera, bearing=35.0))
    stage.wait_until(lambda: view._picture.busy, 5, "the next picture begun")
    assert view._picture.camera is before
    settle(stage, view)
    assert view._picture.camera.bearing == 35.0 and len(view.names) > 5


@pytest.mark.parametrize(
    ("dragged", "ppm", "turned"), [((300, 0), 0.6, 0), ((200, -300), 0.6, 0), ((0, 0), 0.35, 0),
                                   ((0, 0), 0.5, 60)]
)  # fmt: skip
def test_what_no_picture_was_drawn_for_is_shown_coarse_meanwhile(stage, view, dragged, ppm, turned):
    stage.wait_until(lambda: view._picture.whole, 10, "the quarter as a whole")
    goal = Camera(*view.camera.to_map(*dragged), ppm, turned)
    view.look(goal)
    stage.frames(1)
    assert view._picture.camera != goal
    coarse = seen(stage)
    settle(stage, view)
    assert view._picture.camera.ppm == view.camera.ppm
    assert np.corrcoef(coarse, seen(stage))[0, 1] > 0.6


def test_what_is_looked_at_comes_before_the_whole_quarter(app, stage, view):
    picture = view._picture
    view.style = style(app, night=True)  # all is drawn anew
    stage.wait_until(lambda: picture.busy and not picture.engaged, 5, "the quarter begun")
    assert picture.whole is None
    view.look(replace(view.camera, x=view.camera.x + 400))
    stage.frames(1)
    assert picture.engaged and picture.whole is None
    stage.wait_until(lambda: picture.whole, 10, "the quarter as a whole")


def test_a_frame_of_a_map_that_is_moved_draws_one_share_of_the_next_picture(stage, view):
    stage.wait_until(lambda: view._picture.whole, 10, "the quarter as a whole")
    shares, step = [], view._picture.step

    def counted(*, moving):
        shares.append(moving)
        return step(moving=moving)

    view._picture.step = counted
    drawn = []
    for _ in range(40):
        before = len(shares)
        view.look(replace(view.camera, x=view.camera.x - 8))
        stage.frames(1)
        drawn.append(len(shares) - before)
    assert max(drawn) == 1 and sum(drawn) > 3
    assert all(shares), "as much as for a map at rest"


def test_a_view_with_nothing_to_show_is_not_made_to_wait_for_its_picture(app, stage, view):
    asked, step = [], view._picture.step

    def noted(*, moving):
        asked.append((view.bare, moving))
        return step(moving=moving)

    view._picture.step = noted
    view.style = style(app, night=True)  # the quarter as a whole must be drawn anew
    stage.frames(1)
    for _ in range(20):
        view.look(replace(view.camera, x=view.camera.x - 30))
        stage.frames(1)
    assert (True, False) in asked
    assert (True, True) not in asked
    settle(stage, view)
    stage.wait_until(lambda: not view.bare, 5, "something to show everywhere")


def test_what_a_picture_leaves_of_a_view_is_all_that_it_leaves():
    def area(box):
        return (box[2] - box[0]) * (box[3] - box[1])

    view, picture, at = (100.0, 200.0), (140.0, 240.0), Camera(0, 0, 1.0)
    cameras = [at, Camera(30, -60, 1.0), Camera(5, 5, 0.6), Camera(0, 0, 1.0, 40), Camera(999, 0)]
    for camera in cameras:
        filled = shared(camera, view, at, picture)
        parts = [filled, *around(filled, view)]
        assert sum(map(area, parts)) == pytest.approx(view[0] * view[1])
        for right in (filled[0], filled[2]):
            for up in (filled[1], filled[3]):
                x, y = at.to_screen(*camera.to_map(right, up))
                assert (abs(x) <= 70.01 and abs(y) <= 120.01) or not area(filled)
    assert around(shared(at, view, at, picture), view) == []
    assert area(shared(cameras[1], view, at, picture)) == 90 * 160
