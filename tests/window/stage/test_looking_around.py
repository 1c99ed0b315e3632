"""Looking closely and looking around, with real fingers on the real window."""

from urllib.parse import parse_qs, urlsplit

import pytest
import qrcode
from demo_shop import PUBLIC
from PIL import Image

from kiosk.window.stage import theme as themes
from kiosk.window.visit import Screen, actions


@pytest.fixture
def gallery(app, stage, send):
    """The vase's photographs, all that is in sight decoded."""
    send(actions.Wake("vase-galbe"))
    stage.wait_for("product.add")
    shown = app.root.current.ids.gallery
    stage.wait_until(lambda: not app.pictures.awaited and app.root.at_rest, 15, "the photographs")
    return shown


def rests(stage, gallery, scale):
    stage.wait_until(lambda: abs(gallery.scale - scale) < 0.001, 5, f"scale {scale}")


# ---- closer ------------------------------------------------------------------------------------


def test_two_fingers_bring_the_photograph_closer_in_all_its_pixels(app, stage, gallery):
    stage.pinch(gallery, 60, 150)
    stage.wait_until(lambda: 2.0 < gallery.scale < 3.0, 5, "a closer look")
    assert gallery.zoomed
    stage.wait_until(lambda: gallery._closeup.shown, 10, "the large picture")
    assert gallery._closeup._box.texture.width > gallery.photo_size[0] * 1.2


def test_a_pinch_beyond_the_ends_gives_a_little_and_comes_back(stage, gallery):
    from kiosk.window.stage.widgets.gallery.zoom import CLOSEST

    stage.pinch(gallery, 20, 400)
    assert gallery.scale > CLOSEST, "the edge gives"
    rests(stage, gallery, CLOSEST)
    stage.pinch(gallery, 300, 8)
    rests(stage, gallery, 1.0)
    middle = pytest.approx((0, 0), abs=0.01)
    stage.wait_until(lambda: (gallery.shift_x, gallery.shift_y) == middle, 5, "the middle")
    assert not gallery.zoomed


def test_two_taps_bring_it_closer_where_they_fall_and_two_more_back(stage, gallery):
    x, y = gallery._frames[0].center_x + 30, gallery.center_y
    stage.double_tap((x, y))
    rests(stage, gallery, 2.5)
    # What lay under the finger lies there still.
    assert gallery.shift_x == pytest.approx(30 - 30 * 2.5, abs=2)
    stage.double_tap((x, y))
    rests(stage, gallery, 1.0)


def test_neither_end_of_the_row_leaves_a_side_empty(app, stage, gallery):
    assert gallery.photo_size[0] * 2 < gallery.width < gallery.photo_size[0] * gallery.count
    for index in range(gallery.count):
        assert gallery.index == index
        stage.wait_until(lambda: gallery.place == gallery.index, 5, "at rest")
        frames = gallery._frames.values()
        assert min(frame.x for frame in frames) <= gallery.x
        assert max(frame.right for frame in frames) >= gallery.right
        assert any(f.x >= gallery.x - 1 and f.right <= gallery.right + 1 for f in frames), "whole"
        gallery.adjust(1)


def test_no_edge_can_be_pulled_into_the_room(stage, gallery):
    stage.double_tap(gallery)
    rests(stage, gallery, 2.5)
    for dx, dy in ((900, 0), (-1800, 0), (0, 900), (0, -1800)):
        stage.drag(gallery, dx, dy, steps=4)
        stage.wait_until(lambda: inside(gallery), 5, "the photograph back within its bounds")


def inside(gallery):
    width, height = (side * gallery.scale for side in gallery.photo_size)
    across = max(0.0, (width - gallery.width) / 2)
    up = max(0.0, (height - gallery.height) / 2)
    return abs(gallery.shift_x) <= across + 0.5 and abs(gallery.shift_y) <= up + 0.5


def test_looked_at_closely_a_finger_pulls_and_turns_no_page(app, stage, gallery):
    stage.double_tap(gallery)
    rests(stage, gallery, 2.5)
    before = gallery.shift_x
    stage.drag(gallery, -120, 0, steps=6)
    assert gallery.shift_x < before
    assert app.store.visit.picture == 0


def test_turning_the_page_and_leaving_end_the_closer_look(app, stage, gallery):
    stage.double_tap(gallery)
    rests(stage, gallery, 2.5)
    stage.tap("product.next")
    assert app.store.visit.picture == 1 and gallery.scale == 1
    stage.double_tap(gallery)
    rests(stage, gallery, 2.5)
    stage.tap("bar.back")
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 5)
    assert gallery.scale == 1 and not gallery._closeup.shown


def test_every_gesture_has_a_button(app, stage, gallery):
    stage.tap("product.next")
    assert app.store.visit.picture == 1
    stage.tap("product.previous")
    assert app.store.visit.picture == 0
    stage.tap("product.closer")
    rests(stage, gallery, 2.5)
    stage.tap("product.closer")
    rests(stage, gallery, 1.0)


def test_twenty_pinches_leave_one_scale_and_no_finger(stage, gallery):
    for turn in range(20):
        stage.pinch(gallery, 40 + 11 * turn % 90, 200 - 17 * turn % 160, steps=3)
    stage.wait_until(lambda: 1 <= gallery.scale <= 4 and inside(gallery), 5)
    stage.pause(0.5)
    assert gallery._scaling.x == gallery._scaling.y == gallery.scale
    assert gallery._hand.empty
    assert 1 <= gallery.scale <= 4 and inside(gallery)


def test_a_palm_is_two_fingers_at_most(stage, gallery):
    points = [(gallery.center_x + x, gallery.center_y + y) for x in (-40, 0, 40) for y in (-30, 30)]
    stage.tap_together(points)
    assert gallery._hand.empty
    rests(stage, gallery, 1.0)


# ---- variants ----------------------------------------------------------------------------------


def test_a_variant_shows_its_own_photograph_and_stock(app, stage, gallery):
    screen = app.root.current
    assert screen.stock_text == "En stock"
    stage.tap("variant.vase-galbe:nuit")
    stage.wait_until(lambda: gallery.place == 1, 5, "its photograph")
    assert screen.stock_text == "Plus que 3"
    assert "3" in stage.get("variant.vase-galbe:nuit").describe()


def test_what_is_sold_out_is_struck_and_can_be_looked_at(app, stage, send):
    send(actions.Wake("sac-demi-lune"))
    cognac = stage.wait_for("variant.sac-demi-lune:cognac")
    assert cognac.struck
    stage.tap(cognac)
    assert app.store.visit.variant_id == "sac-demi-lune:cognac"
    assert stage.get("product.add").disabled
    assert app.root.current.stock_text == "Épuisé"


# ---- around ------------------------------------------------------------------------------------


def beside(stage):
    return {h.removeprefix("beside.") for h in stage.handles() if h.startswith("beside.")}


def test_what_goes_with_it_leads_on_and_is_never_in_the_basket(app, stage, send):
    send(actions.Wake("soliflores-trio"))
    stage.tap("product.add")
    send(actions.Back())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 5)
    send(actions.OpenProduct("vase-galbe"))
    stage.wait_until(lambda: len(beside(stage)) == 4, 5, "what goes with it")
    assert "soliflores-trio" not in beside(stage)
    assert "pichet-verse" in beside(stage), "the shop's own choice"
    app.root.current.ids.scroll.scroll_y = 0
    stage.frames(3)
    stage.tap("beside.pichet-verse")
    stage.wait_until(lambda: app.store.visit.product_id == "pichet-verse", 5)
    stage.tap("bar.back")
    assert app.store.visit.product_id == "vase-galbe"


def test_reviews_are_said_in_words_and_open_where_they_begin(app, stage, gallery):
    assert "4,6 sur 5, 5 avis" in stage.get("product.reviews").describe()
    stage.tap("product.reviews")
    stage.wait_for("story.close")


def modules(text):
    code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    return code.get_matrix()


def read_code(stage, handle):
    """The dark and light modules of a code as they are on the glass, its card left out."""
    widget = stage.wait_for(handle)
    stage.wait_until(lambda: widget.ready, 10, "the code")
    stage.pause(0.6)
    x, y = widget.to_window(*widget._code.pos)
    width, height = widget._code.size
    top = stage.window.height - y - height
    code = stage.image().crop((round(x), round(top), round(x + width), round(top + height)))
    count = len(modules(widget.text))
    small = code.convert("L").resize((count, count), Image.Resampling.BOX)
    return [[small.getpixel((c, r)) < 128 for c in range(count)] for r in range(count)]


@pytest.mark.parametrize(
    ("handle", "screen"), [("attract.quick", Screen.QUICK), ("attract.stories", Screen.LOOKBOOK)]
)
def test_from_the_posters_both_are_one_touch_away(app, stage, handle, screen):
    stage.tap(handle)
    stage.wait_until(lambda: app.root.current_name is screen and app.root.at_rest, 5)
    stage.tap("bar.back")
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 5)


def test_one_code_takes_the_quick_three_along(app, stage, send):
    app.store.set_online(True)
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 5)
    stage.tap("browse.quick")
    stage.wait_until(lambda: app.root.current_name is Screen.QUICK and app.root.at_rest, 5)
    shown = [h.removeprefix("quick.") for h in stage.handles() if h.startswith("quick.")]
    pieces = set(shown) - {"code"}
    text = stage.get("quick.code").text
    asked = parse_qs(urlsplit(text).query)
    assert text.startswith(f"{PUBLIC}/p/fr?") and set(asked["p"]) == pieces and len(pieces) == 3
    assert read_code(stage, "quick.code") == modules(text)
    assert not [h for h in stage.handles() if h.startswith(("beside.", "card.", "bar.basket"))]
    app.store.set_online(False)


@pytest.mark.parametrize("low", [False, True])
def test_the_quick_code_is_whole_on_a_low_glass_and_brought_down(app, low_glass, send, low):
    app.store.set_online(True)
    send(actions.Wake())
    send(actions.SetComfort("low", low))
    send(actions.OpenQuick())
    low_glass.wait_until(lambda: app.root.current_name is Screen.QUICK and app.root.at_rest, 5)
    assert app.root.current.aside is low
    low_glass.wait_until(lambda: low_glass.find("quick.code") is not None, 5, "the code")
    code = low_glass.get("quick.code")
    low_glass.frames(5)
    (left, low_edge), screen = code.to_window(*code.pos), app.root.current
    beneath = 0 if low else screen.main_pos[1]
    assert low_edge >= beneath and low_edge + code.height <= screen.ids.header.y
    assert (left < screen.desk_pos[0]) is low
    assert min(code.size) >= themes.current().true(35)
    app.store.set_online(False)


def test_the_quick_three_stand_on_one_line_in_large_text(app, stage, send):
    send(actions.Wake())
    send(actions.SetComfort("text", 200))
    send(actions.OpenQuick())
    stage.wait_until(lambda: app.root.current_name is Screen.QUICK and app.root.at_rest, 5)
    row = app.root.current.ids.three
    stage.wait_until(lambda: len(row.children) == 3, 5, "the three")
    stage.frames(3)
    assert len({tile.ids.words.height for tile in row.children}) > 1
    assert len({round(tile.ids.photo.top) for tile in row.children}) == 1


def test_the_code_of_a_piece_is_gone_with_the_visit(app, stage, send, gallery):
    app.store.set_online(True)
    stage.tap("product.phone")
    text = stage.wait_for("phone.code").text
    assert parse_qs(urlsplit(text).query) == {"p": ["vase-galbe"], "v": ["vase-galbe:celadon"]}
    assert read_code(stage, "phone.code") == modules(text)
    code = stage.get("phone.code")
    app.store.set_online(False)
    send(actions.StartAgain())
    stage.wait_until(lambda: app.root.current_name is Screen.ATTRACT and app.root.at_rest, 5)
    assert code.text == ""


def test_out_of_reach_the_button_says_why_there_is_no_code(app, stage, gallery):
    button = stage.get("product.phone")
    assert button.disabled
    assert "injoignable" in app.root.current.phone_why


def test_a_lookbook_opens_and_lies_where_it_was_left(app, stage, send):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 5)
    stage.tap("browse.stories")
    stage.wait_until(lambda: app.root.current_name is Screen.LOOKBOOK and app.root.at_rest, 5)
    screen = app.root.current
    assert screen.title == "Une table pour sept heures"
    stage.wait_until(lambda: stage.find("piece.pichet-verse"), 5, "its pieces")
    screen.ids.scroll.scroll_y = 0
    stage.frames(3)
    stage.tap("piece.bols-gigognes")
    stage.wait_until(lambda: app.root.current_name is Screen.PRODUCT and app.root.at_rest, 5)
    stage.tap("bar.back")
    stage.wait_until(lambda: app.root.current_name is Screen.LOOKBOOK and app.root.at_rest, 5)
    assert screen.ids.scroll.scroll_y == 0
    stage.wait_until(lambda: stage.find("lookbook.1"), 5)
    screen.ids.scroll.scroll_y = 1
    stage.frames(3)
    stage.tap("lookbook.1")
    assert screen.title == "Après vingt-deux heures"
