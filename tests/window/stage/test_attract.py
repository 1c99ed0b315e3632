"""The posters on a real window: no first touch is lost, the plan shows, the hand invites."""

import time
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from kivy.core.window import Window
from kivy.graphics.opengl import (
    GL_COLOR_BUFFER_BIT,
    GL_RGBA,
    GL_SCISSOR_TEST,
    GL_UNSIGNED_BYTE,
    glClear,
    glClearColor,
    glDisable,
    glEnable,
    glReadPixels,
    glScissor,
)
from painting import painted_whole, shown
from PIL import Image, ImageChops

from kiosk.contract import Passing
from kiosk.shop.schedule import PlannedWindow
from kiosk.window.link import PassingChanged
from kiosk.window.stage.screens import attract
from kiosk.window.stage.screens.attract.gesture import REST, pose
from kiosk.window.visit import Screen, actions

PARIS = ZoneInfo("Europe/Paris")
DROP_AT = datetime(2026, 12, 10, 18, tzinfo=PARIS)


def current(app):
    return app.root.current_name


@pytest.fixture
def done(app, monkeypatch):
    """What the screens sent."""
    taken = []
    services = app.root._services
    dispatch = services.send

    def note(action):
        taken.append(action)
        dispatch(action)

    object.__setattr__(services, "send", note)
    yield taken
    object.__setattr__(services, "send", dispatch)


@pytest.fixture
def quick(app, stage, monkeypatch):
    """The posters' screen, turning without delay."""
    monkeypatch.setattr(attract, "POSTER_S", 0.05)
    monkeypatch.setattr(attract, "LOAD_S", 0.3)
    for name in ("HUSH_S", "FADE_S"):
        monkeypatch.setattr(attract, name, 0.6)
    screen = app.root.current
    monkeypatch.setattr(screen, "fades", True)
    screen.enter()
    yield screen
    screen._settle()


@pytest.fixture
def drawn_up(quick, monkeypatch):
    """The same, where the processor fills the glass."""
    monkeypatch.setattr(quick, "fades", False)
    return quick


# ---- the first touch ---------------------------------------------------------------------------

PHASES = {
    "the next picture is loading": lambda s: s._turning and s._back.hero
    and s._back.hero.id == s.view.heroes[s._index].id and s._front.voice == 1,
    "the old line leaves": lambda s: s._back.parent and 0 < s._front.voice < 1,
    "the pictures cross": lambda s: 0 < s._back.opacity < 1 and s._back.parent,
    "the new line comes": lambda s: not s._back.parent and 0 < s._front.voice < 1,
}  # fmt: skip


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("on_tag", [False, True], ids=["anywhere", "on the tag"])
def test_a_first_touch_is_taken_once_in_every_phase(app, stage, quick, done, phase, on_tag):
    stage.wait_until(lambda: PHASES[phase](quick), 30, phase)
    tag = quick.ids.tag
    shown, name = tag.product_id, tag.name
    stage.tap(tag if on_tag else (40.0, stage.window.height * 0.6))
    stage.wait_until(lambda: current(app) in (Screen.BROWSE, Screen.PRODUCT), 3)
    assert sum(isinstance(a, actions.Wake) for a in done) == 1
    if on_tag:
        assert current(app) is Screen.PRODUCT
        assert app.store.visit.product_id == shown
        assert app.store.world.products[shown].named("fr", "fr") == name, "what was read"
    else:
        assert current(app) is Screen.BROWSE


def hem(screen):
    return screen._blind._hem if screen._blind else 0


def test_a_poster_is_drawn_up_from_before_the_next_and_looks_as_if_it_was_painted(
    app, stage, drawn_up
):
    first = drawn_up._front
    for share in (0.2, 0.5, 0.8):
        height = stage.window.height * share
        stage.wait_until(lambda height=height: hem(drawn_up) > height, 30, f"{share} drawn up")
        assert drawn_up._labelled == drawn_up._back.hero.id
        assert shown(stage) == painted_whole(stage)
    stage.wait_until(lambda: drawn_up._front is not first, 30, "the next poster")
    drawn_up._stop_waiting()
    assert first.parent is None
    assert drawn_up._front.voice == drawn_up._front.opacity == 1
    stage.frames(2)
    assert shown(stage) == painted_whole(stage)


def test_a_touch_while_one_is_drawn_up_leaves_it_whole(app, stage, drawn_up, send, monkeypatch):
    stage.wait_until(lambda: hem(drawn_up) > stage.window.height * 0.3, 30, "half a poster")
    monkeypatch.setattr(attract, "POSTER_S", 60)
    stage.tap((40.0, stage.window.height * 0.6))
    stage.wait_until(lambda: current(app) is Screen.BROWSE and app.root.at_rest, 5)
    send(actions.StartAgain())
    stage.wait_until(lambda: app.root.current is drawn_up and app.root.at_rest, 30)
    assert drawn_up._blind is None
    assert drawn_up._front._clip.height > stage.window.height
    assert drawn_up._back.parent is None


def test_a_whole_hand_wakes_it_once_and_presses_nothing_beneath(app, stage, done):
    width, height = stage.window.size
    stage.tap_together([(width * x, height * y) for x in (0.2, 0.5, 0.8) for y in (0.3, 0.5, 0.7)])
    stage.wait_until(lambda: current(app) is Screen.BROWSE and app.root.at_rest, 5)
    assert [a for a in done if not isinstance(a, actions.Wake)] == []
    assert app.store.visit.screen is Screen.BROWSE


@pytest.mark.parametrize("gesture", ["a long press", "a drag"])
def test_a_press_and_a_drag_wake_it_too(app, stage, done, gesture):
    point = (stage.window.width / 2, stage.window.height / 2)
    if gesture == "a drag":
        stage.drag((stage.window.width * 0.2, point[1]), 120, -200)
    else:
        stage.hold(point, 0.8)
    stage.wait_until(lambda: current(app) is Screen.BROWSE, 3)
    assert [type(a) for a in done] == [actions.Wake]


# ---- what the brand planned --------------------------------------------------------------------


@pytest.fixture
def planned(app, stage, become, clock, monkeypatch):
    """Show the demo's plan at a moment, its first poster for as long as the test lasts."""
    from demo_shop import plan

    monkeypatch.setattr(attract, "POSTER_S", 3600)

    def at(when):
        clock(when)
        become(windows=plan())
        app.root.current.enter()
        return app.root.current

    return at


def test_the_collection_of_the_date_is_on_the_glass(app, stage, planned):
    screen = planned(datetime(2026, 12, 12, 12, tzinfo=PARIS))
    words = screen._front.ids.words.children[-1]
    assert words.text == "L’hiver à la lucarne"
    assert screen.ids.tag.name == "Sac Demi-lune"
    assert {h.eyebrow for h in screen.view.heroes} == {"L’hiver à la lucarne"}


def test_a_drop_is_counted_down_and_then_sold(app, stage, planned, clock):
    screen = planned(DROP_AT - timedelta(minutes=80))
    assert screen.view.heroes[0].left == "Encore 1\xa0h\xa020\xa0min"
    left = screen._front.ids.words.children[-4]
    assert left.text == screen.view.heroes[0].left
    clock(DROP_AT - timedelta(minutes=59))
    assert left.text == "Encore 59\xa0min"
    stage.tap("attract.product")
    stage.wait_until(lambda: current(app) is Screen.PRODUCT and app.root.at_rest, 5)
    add = stage.find("product.add")
    assert add.disabled and "59" in add.text
    clock(DROP_AT)
    stage.wait_until(lambda: not add.disabled, 3, "a piece that is sold")
    app.store.dispatch(actions.AddToBasket())
    assert app.store.visit.basket.pieces == 1


def test_the_last_minutes_are_counted_by_the_second(app, stage, planned, monkeypatch):
    screen = planned(DROP_AT - timedelta(minutes=3))
    began = time.monotonic()

    def running():
        return DROP_AT - timedelta(minutes=3) + timedelta(seconds=time.monotonic() - began)

    monkeypatch.setattr(app.store, "_now", running)
    monkeypatch.setattr(app, "_now", running)
    app._every_minute()
    seen = set()
    stage.wait_until(lambda: seen.add(screen.view.heroes[0].left) or len(seen) >= 3, 12)


def test_a_theme_dresses_the_posters_and_never_a_visit(app, stage, planned, clock):
    from kiosk.window.stage import theme

    own = theme.current().brand.night["paper"]
    evening = datetime(2026, 12, 11, 16, 29, tzinfo=PARIS)
    planned(evening)
    stage.tap((40.0, stage.window.height * 0.6))
    stage.wait_until(lambda: current(app) is Screen.BROWSE, 3)
    day = theme.current().hex("deep")
    clock(evening + timedelta(minutes=1))
    assert theme.current().hex("deep") == day
    app.store.dispatch(actions.StartAgain())
    stage.wait_until(lambda: current(app) is Screen.ATTRACT, 3)
    assert theme.current().hex("deep") != day
    clock(evening.replace(hour=23))
    assert theme.current().hex("paper") not in (own, day)


def test_a_window_of_another_brands_theme_keeps_its_own_colours(app, stage, become):
    from kiosk.window.stage import theme

    before = dict(theme.current().palette)
    become(windows=[PlannedWindow("w", theme="of-another-brand")])
    assert dict(theme.current().palette) == before


# ---- the hand ----------------------------------------------------------------------------------


def test_the_hand_moves_a_few_times_a_second_and_rests_between(app, stage, monkeypatch):
    from kiosk.window.stage.screens.attract import beckon

    monkeypatch.setattr(beckon, "PAUSE_S", 1.0)
    hand = app.root.current.ids.hand
    poses = []
    show = hand._show
    monkeypatch.setattr(hand, "_show", lambda pose: (poses.append(pose), show(pose)))
    hand.start()
    began = time.monotonic()
    stage.wait_until(lambda: len(poses) > 5 and poses[-1] == beckon.REST, 15, "a whole gesture")
    assert len(poses) / (time.monotonic() - began) <= 15
    assert any(pose.press > 0.3 for pose in poses) and any(pose.away < 0.2 for pose in poses)
    assert len({pose.rings for pose in poses}) > 3
    hand.stop()
    assert not hand.moving


def test_the_hand_keeps_still_for_who_wants_no_movement(app, stage, monkeypatch):
    from kiosk.window.stage import theme
    from kiosk.window.stage.screens.attract.gesture import STILL

    calm = replace(theme.current().comfort, still=True)
    monkeypatch.setattr(theme.current(), "comfort", calm)
    hand = app.root.current.ids.hand
    hand.start()
    assert hand._pose == STILL and not hand.moving


def test_all_that_is_touched_on_the_posters_is_on_the_desk(app, stage):
    from kiosk.window.stage import theme

    low, high = theme.current().desk
    for handle in ("attract.product", "attract.invite"):
        part = stage.get(handle)
        assert low <= part.y and part.top <= high
        assert min(part.size) >= theme.current().target


def painted():
    """What has been painted, without painting it again."""
    width, height = Window.system_size
    pixels = glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)
    whole = Image.frombytes("RGBA", (width, height), pixels).convert("RGB")
    return whole.transpose(Image.Transpose.FLIP_TOP_BOTTOM)


def mark(x, y):
    """Paint a red spot over what is on the glass, as no frame would."""
    glEnable(GL_SCISSOR_TEST)
    glScissor(x, y, 4, 4)
    glClearColor(1, 0, 0, 1)
    glClear(GL_COLOR_BUFFER_BIT)
    glDisable(GL_SCISSOR_TEST)


@pytest.fixture
def hand(app, stage):
    """The hand at rest before a poster that does not move, and a frame that is done."""
    screen = app.root.current
    hand = screen.ids.hand
    stage.wait_until(lambda: not app.pictures.busy, 8)
    hand.stop()
    screen._stop_waiting()
    hand._show(REST)
    stage.pause(0.6)
    stage.wait_until(lambda: not Window.canvas.needs_redraw, 3)
    yield hand
    screen.enter()


def test_a_moving_hand_repaints_itself_and_leaves_the_poster_as_it_is(hand, stage):
    beside = (100, 100, int(Window.width), int(Window.height))  # without the spot
    for at in (0.5, 0.95, 1.3, 2.0):
        mark(20, 900)
        hand._show(pose(at))
        assert not Window.canvas.needs_redraw
        patched, whole = painted(), stage.image()
        assert patched.getpixel((22, Window.height - 902)) == (255, 0, 0)
        assert whole.getpixel((22, Window.height - 902)) != (255, 0, 0)
        assert ImageChops.difference(patched.crop(beside), whole.crop(beside)).getbbox() is None


def test_a_hand_that_moves_while_more_has_changed_waits_for_the_whole_frame(hand, stage):
    mark(20, 900)
    Window.canvas.ask_update()
    hand._show(pose(0.95))
    assert Window.canvas.needs_redraw
    stage.frames(1)
    assert painted().getpixel((22, Window.height - 902)) != (255, 0, 0)


def test_a_ride_is_told_among_the_posters_and_gone_at_once(app, stage):
    told = Passing(lat=48.863, lon=2.34, age_s=2.0)
    screen = app.root.current
    app.store.set_online(True)
    app.store.hear(PassingChanged((told,)))
    assert [hero.id for hero in screen.view.heroes].index("passing") == 1
    screen._index = 1
    screen._settle()
    assert screen._front.hero.id == "passing"
    app.store.hear(PassingChanged(()))
    assert screen._front.hero.id != "passing"
    app.store.hear(PassingChanged((told,)))
    app.store.set_online(False)
    assert "passing" not in [hero.id for hero in screen.view.heroes]
    app.store.hear(PassingChanged(()))
