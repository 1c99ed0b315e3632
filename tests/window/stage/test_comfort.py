"""The panel of wishes on the real window: one touch each, at once, and gone with the visit."""

import pytest
from kivy.animation import Animation

from kiosk.window.visit import actions
from kiosk.window.visit.comfort import Comfort


@pytest.fixture
def panel(app, stage, send):
    """The panel over the shelves."""
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name == "browse", 10, "the shelves")
    stage.tap("bar.comfort")
    stage.wait_for("comfort.contrast")
    return stage


@pytest.mark.parametrize(
    ("handle", "wish"),
    [
        ("comfort.low", {"low": True}),
        ("comfort.contrast", {"contrast": True}),
        ("comfort.still", {"still": True}),
        ("comfort.left", {"left": True}),
        ("comfort.masked", {"masked": True}),
        ("comfort.patient", {"patient": True}),
        ("comfort.spoken", {"spoken": True}),
        ("comfort.text.200", {"text": 200}),
        ("comfort.volume.more", {"volume": 6}),
    ],
)
def test_each_wish_is_one_touch_and_the_panel_stays(app, panel, send, handle, wish):
    panel.tap(handle)
    assert app.store.visit.comfort == Comfort(shown=True, **wish)
    panel.frames(3)
    panel.get("comfort.close")
    send(actions.StartAgain())
    panel.wait_until(lambda: app.root.current_name == "attract", 10, "the posters")
    assert app.store.visit.comfort == Comfort()
    assert panel.find("comfort.close") is None


@pytest.mark.parametrize(
    ("handle", "wish"),
    [("attract.reach", Comfort(low=True)), ("attract.comfort", Comfort(shown=True))],
)
def test_the_posters_have_both_keys_low_down(app, stage, handle, wish):
    stage.tap(handle)
    assert app.store.visit.comfort == wish
    assert app.store.visit.screen == "browse"


def test_what_was_asked_for_shows_at_once(app, panel):
    theme = app.root._theme
    day = theme.hex("paper")
    panel.tap("comfort.contrast")
    assert theme.hex("paper") == "#000000" != day
    assert panel.image().getpixel((2, 2)) == (0, 0, 0)
    panel.tap("comfort.contrast")
    assert theme.hex("paper") == day
    size = theme.type("body").size
    panel.tap("comfort.text.200")
    assert theme.type("body").size == pytest.approx(2 * size, abs=2)


def test_the_panel_closes_and_the_wish_stays(app, panel):
    panel.tap("comfort.contrast")
    panel.tap("comfort.close")
    panel.frames(3)
    assert panel.find("comfort.contrast") is None
    assert app.store.visit.comfort == Comfort(contrast=True)


def at_once(stage):
    """Let a frame pass, then another: what still moves takes no time at all."""
    stage.frames(2)
    slow = [dict(a.animated_properties) for a in Animation._instances if a.duration]
    assert [s for s in slow if set(s) != {"_bar_color"}] == []  # a scroll bar pales, unmoved


def test_without_movement_a_screen_is_there_with_the_next_frame(app, stage, send):
    send(actions.Wake())
    stage.wait_until(lambda: not Animation._instances, 10, "the shelves")
    send(actions.SetComfort("still", True))
    piece = next(p for p in app.store.world.products.values() if p.story)
    steps = (
        actions.SetComfort("shown", True),
        actions.SetComfort("shown", False),
        actions.OpenProduct(piece.id),
        actions.AddToBasket(),
        actions.OpenBasket(),
        actions.Checkout(),
        actions.GoToDetails(),
        actions.FocusField("name"),
        actions.FocusField(""),
        actions.Back(),
    )
    for action in steps:
        send(action)
        at_once(stage)
        assert len(app.root._scene.children) == 1, action
    assert app.root.current_name == "fulfilment"
