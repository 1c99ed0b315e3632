"""From the posters to a piece in the basket, with real touches on a real window."""

import pytest

from kiosk.window.visit import Screen, actions


def current(app):
    return app.root.current_name


@pytest.fixture
def browsing(app, stage):
    stage.tap("attract.invite")
    stage.wait_until(lambda: current(app) is Screen.BROWSE, 3)
    wall = app.root.current.ids.wall
    stage.wait_until(lambda: not wall.busy and stage.find("card.vase-galbe"), 10, "the wall")
    return stage


def test_the_first_touch_anywhere_wakes_the_window(app, stage):
    stage.tap((30.0, 30.0))
    assert current(app) is Screen.BROWSE


def test_a_touch_on_the_posters_piece_opens_that_piece(app, stage):
    name = app.root.current.ids.tag.name
    hero = next(h for h in app.root.current.view.heroes if h.product == name)
    stage.tap("attract.product")
    stage.wait_until(lambda: current(app) is Screen.PRODUCT, 3)
    assert app.store.visit.product_id == hero.product_id


def test_the_posters_say_what_is_true_now(app, stage):
    view = app.root.current.view
    assert app.root.current.now == view.now
    assert "10:00" in view.status  # closed on a Tuesday night, opens at ten
    assert view.offer and view.offer in view.now


def test_a_card_opens_its_piece_and_the_way_back_keeps_the_place(app, browsing):
    wall = app.root.current.ids.wall
    browsing.drag(wall, 0, wall.height * 0.8, steps=6)
    browsing.wait_until(lambda: not wall.busy, 10)
    place = wall.scrolled
    assert place > 0
    card = next(h for h in browsing.handles() if h.startswith("card."))
    browsing.tap(card)
    browsing.wait_until(lambda: current(app) is Screen.PRODUCT, 3)
    assert app.store.visit.product_id == card.removeprefix("card.")
    browsing.tap("bar.back")
    browsing.wait_until(lambda: current(app) is Screen.BROWSE, 3)
    assert wall.scrolled == place


def looking_at(wall):
    """The first piece of the row that lies where the wall's first row lay."""
    line = -wall.head - wall.scrolled
    used = wall._slots.used
    row = [i for i, s in used.items() if 0 <= line - s.box.pos[1] <= s.box.size[1] + wall._gap]
    return used[min(row)].key.product_id


@pytest.fixture
def down_the_wall(app, browsing):
    """The shelves, with the wall moved on into its ninth row."""
    wall = app.root.current.ids.wall
    wall._scroll.jump(8.4 * wall._grid.pitch)
    wall.wake()
    browsing.wait_until(lambda: not wall.busy, 10)
    assert looking_at(wall) != "vase-galbe"
    return browsing


@pytest.mark.parametrize(
    "asked",
    [
        actions.SetComfort("low", True),
        actions.SetComfort("left", True),
        actions.SetComfort("text", 200),
        actions.SetLanguage("ar"),
    ],
    ids=["low", "left", "large", "arabic"],
)
def test_shelves_built_anew_are_where_they_were(app, down_the_wall, send, asked):
    before = app.root.current.ids.wall
    piece = looking_at(before)
    send(asked)
    wall = app.root.current.ids.wall
    assert wall is not before
    down_the_wall.frames(5)
    down_the_wall.wait_until(lambda: not wall.busy, 10)
    assert looking_at(wall) == piece


def test_back_on_shelves_built_anew_meanwhile_the_place_is_kept(app, down_the_wall, send):
    piece = looking_at(app.root.current.ids.wall)
    send(actions.OpenProduct("vase-galbe"))
    send(actions.SetComfort("low", True))
    send(actions.SetComfort("left", True))
    send(actions.Back())
    wall = app.root.current.ids.wall
    down_the_wall.frames(5)
    down_the_wall.wait_until(lambda: not wall.busy, 10)
    assert looking_at(wall) == piece
    down_the_wall.drag(wall, 0, -wall.height * 0.6, steps=6)
    down_the_wall.wait_until(lambda: not wall.busy, 10)
    assert looking_at(wall) != piece, "the wall moves on from there"


@pytest.mark.parametrize(
    "on", [actions.StartAgain(), actions.OpenCategory("luminaires")], ids=["visit", "shelf"]
)
def test_another_visit_and_another_shelf_begin_at_the_top(app, down_the_wall, send, on):
    send(actions.OpenProduct("vase-galbe"))
    send(actions.SetComfort("low", True))
    for action in (on, actions.Wake()):
        send(action)
    wall = app.root.current.ids.wall
    down_the_wall.frames(5)
    down_the_wall.wait_until(lambda: not wall.busy, 10)
    assert wall.scrolled == 0 < wall._scroll.most


def test_a_drag_is_not_a_tap(app, browsing):
    browsing.drag("card.vase-galbe", 0, 120, steps=5)
    assert current(app) is Screen.BROWSE


def test_a_category_shows_its_pieces_only(app, browsing):
    browsing.tap("category.luminaires")
    wall = app.root.current.ids.wall
    browsing.wait_until(lambda: not wall.busy and browsing.find("card.lampe-terre"), 10)
    assert app.store.visit.category_id == "luminaires"
    assert "card.vase-galbe" not in browsing.handles()


def test_adding_answers_on_the_button_and_in_the_bar(app, stage, send):
    send(actions.Wake("vase-galbe"))
    send(actions.OpenProduct("vase-galbe"))
    stage.tap("product.add")
    assert app.store.visit.basket.pieces == 1
    stage.wait_for("bar.basket")
    assert app.root.current.added


def test_choosing_a_variant_shows_its_picture(app, stage, send):
    send(actions.Wake("vase-galbe"))
    stage.tap("variant.vase-galbe:nuit")
    piece = app.store.world.products["vase-galbe"]
    assert app.store.visit.variant_id == "vase-galbe:nuit"
    gallery = app.root.screen(Screen.PRODUCT).ids.gallery
    stage.wait_until(lambda: gallery.place == piece.variant("vase-galbe:nuit").picture, 3)


def test_a_swipe_turns_to_the_next_photograph(app, stage, send):
    send(actions.Wake("vase-galbe"))
    stage.wait_for("product.add")
    stage.drag("product.gallery", -260, 0, steps=6)
    stage.wait_until(lambda: app.store.visit.picture == 1, 3)


def test_the_story_opens_and_a_touch_beside_it_closes_it(app, stage, send):
    send(actions.Wake("vase-galbe"))
    stage.tap("product.story")
    stage.wait_for("story.close")
    stage.pause(0.5)
    stage.tap((270.0, 900.0))
    stage.wait_until(lambda: stage.find("story.close") is None, 3)
    assert current(app) is Screen.PRODUCT


def test_the_language_changes_what_is_written(app, browsing):
    before = app.root.current.title
    browsing.tap("bar.language")
    browsing.tap("languages.en")
    assert app.store.visit.language == "en"
    assert app.root.current.title != before


def test_start_again_leaves_nothing_of_the_visitor(app, stage, send):
    send(actions.Wake("vase-galbe"))
    stage.tap("product.add")
    stage.tap("bar.start_again")
    stage.wait_until(lambda: current(app) is Screen.ATTRACT, 3)
    assert not app.store.visit.basket
    assert app.store.visit.language == "fr"


def test_every_target_is_large_enough_for_a_finger(app, browsing):
    theme = __import__("kiosk.window.stage.theme", fromlist=["current"]).current()
    small = [
        h
        for h in browsing.handles()
        if min(browsing.get(h).size) < theme.mm(20) - 1 and not h.startswith("card.")
    ]
    assert small == []


def test_the_words_of_a_way_that_leads_nowhere_are_as_quiet_as_its_icon(app, stage, send):
    from kiosk.window.stage.handles import walk
    from kiosk.window.stage.widgets.words import Words

    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE and app.root.at_rest, 5)
    back = stage.get("bar.back")
    word = next(w for w in walk(back) if isinstance(w, Words) and w.text)
    assert back.disabled and list(word.disabled_color) == list(back.text_tint)
    assert word.disabled_color[3] == 1, "blended once"
