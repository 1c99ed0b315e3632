"""An Arabic screen, a left-handed one: reflected as a whole, and nothing to be read reversed."""

import numpy as np
import pytest
from kivy.graphics import Color, Rectangle
from PIL import Image

from kiosk.window.stage import shapes
from kiosk.window.stage import theme as themes
from kiosk.window.stage.reflection import Reflection
from kiosk.window.stage.upright import window_box
from kiosk.window.stage.widgets.icon import Icon
from kiosk.window.stage.widgets.panels import Wordmark
from kiosk.window.stage.widgets.picture import PictureFrame
from kiosk.window.stage.widgets.qr import QrCode
from kiosk.window.stage.widgets.words import Words
from kiosk.window.visit import Comfort, Screen, actions

LEFT_HANDED, BOX = Comfort(left=True), (120, 120)
AT = (60, 400)


@pytest.fixture
def scene(app, stage):
    """A function: what a leaf looks like in the scene that a visitor's wishes make of it."""
    theme, window = themes.current(), stage.window
    hung = []

    def look(make, *, comfort=None, rtl=False):
        theme.suit(comfort or Comfort(), rtl=rtl)
        root = Reflection(size=window.size, mirrored=theme.mirrored)
        with root.canvas:
            Color(rgba=theme.colour("paper"))
            Rectangle(size=window.size)
        leaf = make()
        leaf.pos = AT
        root.add_widget(leaf)
        hung.append(root)
        window.add_widget(root)
        stage.frames(3)
        if hasattr(leaf, "ready"):
            stage.wait_until(lambda: leaf.ready, 5)
            stage.frames(2)
        x, y, width, height = window_box(leaf)
        top = window.height - y - height
        seen = stage.image().crop((x, top, x + width, top + height))
        window.remove_widget(root)
        return np.asarray(seen.convert("RGB"), dtype=int), (x, y)

    yield look
    theme.suit(Comfort(), rtl=False)
    for root in hung:
        root.clear_widgets()


def alike(one, other):
    return np.abs(one - other).mean() < 1.5


def half_red():
    image = Image.new("RGBA", BOX, (20, 60, 200, 255))
    image.paste((200, 30, 30, 255), (0, 0, BOX[0] // 2, BOX[1]))
    frame = PictureFrame(size_hint=(None, None), size=BOX)
    frame._arrive(shapes.upload(image), True)
    return frame


def word():
    made = Words(text="Lucarne", role="title", wrap=False)
    made.texture_update()
    made._fit_box()
    return made


LEAVES = {
    "words": word,
    "photograph": half_red,
    "icon": lambda: Icon(name="phone", size_mm=60),
    "mark": lambda: Wordmark(height_mm=14),
}


@pytest.mark.parametrize("leaf", LEAVES)
def test_what_is_read_is_never_reversed(scene, leaf):
    plain, at = scene(LEAVES[leaf])
    assert not alike(plain, plain[:, ::-1]), "this leaf could not tell a mirror"
    for comfort, rtl in ((LEFT_HANDED, False), (None, True)):
        mirrored, there = scene(LEAVES[leaf], comfort=comfort, rtl=rtl)
        assert there[0] > at[0]
        assert alike(plain, mirrored)


def test_a_code_can_be_scanned_in_every_scene(scene, app):
    def code():
        made = QrCode(size_hint=(None, None))
        made.size, made.services, made.text = (121, 121), app.root._services, "https://example.org/"
        return made

    plain, _ = scene(code)
    assert not alike(plain, plain[:, ::-1])
    assert alike(plain, scene(code, rtl=True)[0])


@pytest.mark.parametrize("name", ["back", "chevron-right", "backspace"])
def test_arrows_follow_the_language_not_the_hand(scene, name):
    def arrow():
        return Icon(name=name, size_mm=60)

    plain, _ = scene(arrow)
    assert alike(plain, scene(arrow, comfort=LEFT_HANDED)[0])
    assert alike(plain[:, ::-1], scene(arrow, rtl=True)[0])
    assert alike(plain[:, ::-1], scene(arrow, comfort=LEFT_HANDED, rtl=True)[0])


def test_the_wall_lies_where_it_is_seen(app, stage, send):
    """The first card hangs on the right, and a touch on what is seen opens what is seen."""
    send(actions.SetLanguage("ar"))
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 3)
    wall = app.root.current.ids.wall
    stage.wait_until(lambda: not wall.busy and stage.find("card.vase-galbe"), 10, "the wall")
    card = stage.find("card.vase-galbe")
    x, _, width, _ = window_box(card)
    assert x > stage.window.width / 2
    left, _, _, _ = window_box(wall)
    assert wall._frame.clip.x == left
    stage.tap((x + width / 2, window_box(card)[1] + 40))
    stage.wait_until(lambda: app.root.current_name is Screen.PRODUCT, 3)
    assert app.store.visit.product_id == "vase-galbe"
    send(actions.StartAgain())
