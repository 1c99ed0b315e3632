"""A scene in a mirror: everything on the other side, and every touch where it is seen."""

from kiosk.window.visit import Screen, actions


def middle(stage, handle):
    widget = stage.get(handle)
    return widget.to_window(*widget.center)


def test_the_left_hand_finds_the_buttons_on_its_side_and_they_work(app, stage, send):
    send(actions.Wake("vase-galbe"))
    stage.wait_for("product.add")
    stage.tap("product.add")
    stage.wait_until(lambda: app.store.visit.basket.pieces == 1, 5)
    stage.wait_for("bar.basket")
    right = middle(stage, "bar.basket")
    send(actions.SetComfort("left", True))
    stage.wait_for("bar.basket")
    left = middle(stage, "bar.basket")
    assert left[0] < stage.window.width / 2 < right[0]
    assert abs(left[0] + right[0] - stage.window.width) <= 2
    stage.tap("bar.basket")
    stage.wait_until(lambda: app.root.current_name is Screen.BASKET, 5)


def test_a_drag_follows_the_finger_in_the_mirror(app, stage, send):
    send(actions.SetComfort("left", True))
    send(actions.OpenProduct("vase-galbe"))
    stage.wait_until(lambda: app.root.current_name is Screen.PRODUCT, 5)
    gallery = stage.wait_for("product.gallery")
    stage.wait_until(lambda: gallery.count > 1 and app.root.at_rest, 5)
    x, y = gallery.to_window(*gallery.center)
    stage.drag((x, y), -stage.window.width * 0.4, 0)
    stage.wait_until(lambda: app.store.visit.picture == 0, 5)
    stage.drag((x, y), stage.window.width * 0.4, 0)
    stage.wait_until(lambda: app.store.visit.picture == 1, 5, "the next photograph")


def test_both_mirrors_are_none(app, stage, send):
    send(actions.SetLanguage("ar"))
    send(actions.SetComfort("left", True))
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 5)
    assert not app.root.mirrored
    send(actions.SetComfort("left", False))
    assert app.root.mirrored
    send(actions.StartAgain())
    assert not app.root.mirrored
