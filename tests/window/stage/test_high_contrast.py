"""High contrast in pixels: what has an edge on the glass, and what lies under the words."""

import pytest

from kiosk.contract.contrast import contrast
from kiosk.window.stage.focus.order import box, middle
from kiosk.window.visit import Screen, actions


@pytest.fixture
def stark(app, stage, send):
    """A visit in high contrast, at the shelves."""
    send(actions.Wake())
    send(actions.SetComfort("contrast", True))
    there(app, stage, Screen.BROWSE)
    return stage


def there(app, stage, screen):
    stage.wait_until(lambda: app.root.current_name is screen and app.root.at_rest, 10, screen.value)
    stage.frames(3)


def pixel(picture, x, y):
    return "#" + "".join(
        f"{c:02X}" for c in picture.getpixel((int(x), picture.height - 1 - int(y)))
    )


def test_the_floor_turns_black_with_the_words(app, stage, send):
    send(actions.Wake())
    there(app, stage, Screen.BROWSE)
    send(actions.SetComfort("contrast", True))
    there(app, stage, Screen.BROWSE)
    wall = app.root.current.ids.wall
    stage.wait_until(lambda: not wall.busy, 20, "the cards")
    assert pixel(stage.image(), 2, wall.center_y) == app.root._theme.hex("paper")


def test_every_key_has_an_edge(app, stark):
    stark.tap("browse.search")
    there(app, stark, Screen.FIND)
    stark.wait_until(lambda: app.root.current.keyboard.shown == 1, 5, "the keyboard")
    stark.frames(3)
    picture = stark.image()
    for handle in ("key:a", "key:space", "key:backspace"):
        left, _, right, _ = box(stark.get(handle))
        y = middle(stark.get(handle))[1]
        edge = [pixel(picture, x, y) for x in range(int(left) - 1, int((left + right) / 2))]
        assert max(contrast(p, edge[0]) for p in edge[:5]) >= 4.5, (handle, edge[:5])


def test_a_field_that_is_written_into_has_one_ground(app, stark, send):
    send(actions.OpenProduct("vase-galbe"))
    stark.wait_until(lambda: app.store.visit.variant_id, 10, "the piece")
    send(actions.AddToBasket())
    send(actions.OpenBasket())
    send(actions.Checkout())
    send(actions.GoToDetails())
    send(actions.FocusField("name"))
    there(app, stark, Screen.DETAILS)
    left, bottom, right, top = box(stark.get("details.field:name").ids.box)
    picture = stark.image()
    inside = [
        pixel(picture, left + share * (right - left), (bottom + top) / 2)
        for share in (0.2, 0.3, 0.5, 0.7, 0.8)
    ]
    assert set(inside) == {app.root._theme.hex("raised")}


def test_the_name_over_a_photograph_lies_on_a_band(app, stark, send):
    send(actions.OpenLookbook())
    there(app, stark, Screen.LOOKBOOK)
    theme = app.root._theme
    x, y, width, height = *app.root.current.pane_pos, *app.root.current.pane_size
    picture = stark.image()
    for down in (2, 10, 36):
        assert pixel(picture, x + width / 2, y + height - theme.mm(down)) == theme.hex("paper")


def test_the_words_of_what_cannot_be_pressed_are_still_read(app, stark):
    from kiosk.window.stage.handles import walk
    from kiosk.window.stage.widgets.words import Words

    back = stark.get("bar.back")
    assert back.disabled, "nothing lies behind the shelves"
    word = next(w for w in walk(back) if isinstance(w, Words) and w.text)
    x, y = word.to_window(word.x, word.y)
    picture = stark.image()
    inks = {
        pixel(picture, x + across, y + up)
        for across in range(int(word.width))
        for up in range(int(word.height))
    }
    paper = app.root._theme.hex("paper")
    assert max(contrast(ink, paper) for ink in inks) >= 4.5


def test_a_press_and_what_cannot_be_pressed_show_without_shades(app, stark):
    way = stark.get("browse.search")
    at_rest, ink, paper = list(way.fill), app.root._theme.ink, app.root._theme.paper
    way.state = "down"
    assert list(way.fill) == list(ink) != at_rest
    assert list(way.text_tint) == list(paper)
    way.state = "normal"
    assert list(way.fill) == at_rest
    edge = list(way.edge)
    way.disabled = True
    assert list(way.edge) != edge
    way.disabled = False
    assert list(way.edge) == edge
