"""Looking for something on a real window: typed with its own keys, narrowed with its own chips."""

import pytest
from painting import painted_whole, shown

from kiosk.shop.selection import Selection
from kiosk.window.stage.finder import Finder
from kiosk.window.stage.patch import NOWHERE, meeting, on_software, patches
from kiosk.window.stage.upright import window_box
from kiosk.window.stage.widgets.wall.shelf import PAGE
from kiosk.window.stage.widgets.wall.slot import Slots
from kiosk.window.visit import Screen, actions
from kiosk.window.visit.finding import Mode


@pytest.fixture
def browsing(app, stage):
    stage.tap("attract.invite")
    stage.wait_until(lambda: app.root.current_name is Screen.BROWSE, 5)
    stage.wait_until(lambda: app.root.at_rest, 5)
    return stage


@pytest.fixture
def searching(app, browsing):
    browsing.tap("browse.search")
    arrived(app, browsing, Screen.FIND)
    browsing.wait_until(lambda: app.root.current.keyboard.shown == 1, 5, "the keyboard")
    return browsing


def arrived(app, stage, screen):
    stage.wait_until(lambda: app.root.current_name is screen, 5, screen.value)
    stage.wait_until(lambda: app.root.at_rest, 5, "the screen at rest")


def answered(app, stage):
    finding = app.store.visit.finding
    stage.wait_until(
        lambda: (
            app.store.visit.finding.answer
            and app.store.visit.finding.answer.selection == app.store.visit.finding.selection
        ),
        5,
        f"an answer in {finding.mode.value}",
    )
    wall = app.root.current.ids.wall
    stage.wait_until(lambda: not wall.busy, 10, "the wall")


def titles(app):
    wall = app.root.current.ids.wall
    rows = [wall._row(index) for index in range(int(wall.count))]
    return [next(iter(row.title.values())) for row in rows if row]


def test_results_come_while_the_visitor_types(app, searching):
    for letters, count in (("v", None), ("ase", 4), (" celadon", 6)):
        searching.type("space" if sign == " " else sign for sign in letters)
        answered(app, searching)
        if count:
            assert len(titles(app)) == count
    assert titles(app)[0] == "Vase galbé"
    assert app.root.current.counted == "6 pièces"


def test_an_answer_is_painted_from_the_keys_to_the_header_and_nothing_else(
    app, searching, monkeypatch
):
    if not on_software():
        pytest.skip("a graphics card paints all of the glass")
    painted, draw = [], patches._draw
    monkeypatch.setattr(patches, "_draw", lambda boxes: painted.extend(boxes) or draw(boxes))
    searching.wait_until(lambda: patches.ready, 5, "nothing else to be painted")
    app.root.current._write("vase")
    answered(app, searching)
    screen, keys = app.root.current, window_box(app.root.current.keyboard)
    foot, top = keys[1] + keys[3], int(screen.ids.header.y)
    whole = (0, foot, int(screen.width), top - foot)
    assert whole in painted
    assert all(meeting(box, whole) == box for box in painted if box != NOWHERE)


@pytest.mark.parametrize(("name", "value"), [("low", True), ("text", 150), ("text", 200)])
@pytest.mark.parametrize("language", ["fr", "ja"])
def test_all_that_an_answer_moves_is_painted(app, browsing, send, language, name, value):
    send(actions.SetLanguage(language))
    send(actions.SetComfort(name, value))
    browsing.wait_until(lambda: app.root.at_rest, 10, "the screen")
    send(actions.OpenSearch())
    arrived(app, browsing, Screen.FIND)
    browsing.wait_until(lambda: app.root.current.keyboard.shown == 1, 5, "the keyboard")
    for words in ("c", "ce", "celadon", "celadonz", "celadonzz", "celadon", ""):
        send(actions.SearchFor(words))
        if words:
            answered(app, browsing)
        browsing.frames(3)
        assert shown(browsing) == painted_whole(browsing), words


def test_results_stand_at_once_and_shelves_fade_in(app, searching, send, monkeypatch):
    faded, fade_in = [], Slots.fade_in
    monkeypatch.setattr(Slots, "fade_in", lambda s, i: faded.append(i) or fade_in(s, i))
    searching.type("bag")
    answered(app, searching)
    assert titles(app) and not faded
    send(actions.StartAgain())
    arrived(app, searching, Screen.ATTRACT)
    send(actions.Wake())
    for shelf in app.store.world.shop.categories:
        send(actions.OpenCategory(shelf.id))
        searching.wait_until(lambda: not app.root.current.ids.wall.busy, 10, "the wall")
    assert faded


def test_what_was_found_stays_until_what_is_found_next_is_made(app, searching):
    searching.type("vase")
    answered(app, searching)
    wall = app.root.current.ids.wall
    before, seen = titles(app), []
    searching.type("backspace" for _ in range(4))
    searching.type("sac")

    def other():
        seen.extend(wall._slots.used[i].box.texture is wall._blank for i in (0, 1))
        return titles(app) != before and not wall.busy

    searching.wait_until(other, 10, "other pieces")
    assert seen and not any(seen)


def laid_on(stage, handle):
    """A finger that stays; lift it by `stage._fingers.put("end", finger)`."""
    finger = stage._put_down(*stage._point(handle))
    stage.frames(2)
    return finger


def test_the_answer_is_ready_before_the_finger_is_lifted(app, searching, monkeypatch):
    asked, read = [], Finder._read
    monkeypatch.setattr(Finder, "_read", lambda s, x: asked.append(x.words) or read(s, x))
    wall, catalogue = app.root.current.ids.wall, app.link.catalogue
    answered(app, searching)
    finger = laid_on(searching, "key:b")
    searching.wait_until(lambda: catalogue.first_page(Selection(words="b"), PAGE), 5, "an answer")
    searching.wait_until(lambda: not wall._maker.busy, 5, "cards")
    assert app.store.visit.finding.words == ""
    searching._fingers.put("end", finger)
    searching.frames(1)
    assert app.store.visit.finding.answer.selection.words == "b"
    seen = [slot for slot in wall._slots.used.values() if wall._in_sight(slot)]
    assert seen and all(slot.ready for slot in seen)
    assert asked == ["b"]


def test_another_answer_than_the_one_that_was_looked_for_ahead(app, searching):
    finger = laid_on(searching, "key:v")
    searching.type("sac")  # a second finger commits what lies under the first
    searching._fingers.put("end", finger)
    answered(app, searching)
    assert app.store.visit.finding.answer.selection.words == "vsac"


def test_what_was_looked_for_ahead_is_gone_with_the_visit(app, searching, send):
    finger = laid_on(searching, "key:c")
    send(actions.StartAgain())
    searching._fingers.put("end", finger)
    arrived(app, searching, Screen.ATTRACT)
    searching.wait_until(lambda: app.link.catalogue._kept is None, 5, "nothing kept")
    searching.pause(0.2)
    assert app.link.catalogue._kept is app.link.catalogue._ready is None
    assert app.store._finder._early is None


def test_a_piece_opens_from_the_results_and_the_way_back_keeps_words_and_place(app, searching):
    searching.type("sapi")
    answered(app, searching)
    wall, before = app.root.current.ids.wall, titles(app)
    searching.tap("key:done")
    searching.wait_until(lambda: app.root.current.keyboard.shown == 0, 5)
    searching.drag(wall, 0, wall.height * 0.6, steps=6)
    searching.wait_until(lambda: not wall.busy, 10)
    place = wall.scrolled
    assert place > 0
    searching.tap(next(h for h in searching.handles() if h.startswith("card.")))
    arrived(app, searching, Screen.PRODUCT)
    searching.tap("bar.back")
    arrived(app, searching, Screen.FIND)
    assert wall.scrolled == place
    assert (titles(app), app.store.visit.finding.words) == (before, "sapi")


def test_results_built_anew_are_where_they_were(app, browsing, send):
    browsing.tap("browse.filters")
    arrived(app, browsing, Screen.FIND)
    answered(app, browsing)
    send(actions.ShowFound())
    browsing.frames(3)
    before = app.root.current.ids.wall
    browsing.drag(before, 0, before.height * 0.6, steps=6)
    browsing.wait_until(lambda: not before.busy, 10)
    place = before.scrolled
    assert place > 0
    send(actions.SetComfort("left", True))
    wall = app.root.current.ids.wall
    assert wall is not before
    browsing.frames(5)
    browsing.wait_until(lambda: not wall.busy, 10)
    assert wall.scrolled == place


def test_nothing_found_leads_on_to_the_nearest_spelling(app, searching):
    searching.type("chandelle")
    answered(app, searching)
    assert "chandelle" in app.root.current.empty
    searching.tap("find.spelling")
    answered(app, searching)
    assert app.store.visit.finding.words == "candle"
    assert titles(app)


def test_filters_count_what_they_lead_to_and_are_taken_off_again(app, browsing):
    browsing.tap("browse.filters")
    arrived(app, browsing, Screen.FIND)
    answered(app, browsing)
    assert browsing.get("find.show").text == "Voir 50 pièces"
    browsing.tap("find.on.colour.green")
    answered(app, browsing)
    green = len(titles(app))
    assert browsing.get("find.show").text == f"Voir {green} pièces"
    browsing.tap("find.show")
    browsing.wait_until(lambda: app.store.visit.finding.mode is Mode.RESULTS, 3)
    browsing.wait_for("find.off.colour.green")
    browsing.tap("find.off.colour.green")
    answered(app, browsing)
    assert len(titles(app)) == 50 > green


def test_the_last_filter_is_brought_into_sight_and_taken(app, browsing, send):
    send(actions.SetComfort("text", 200))
    browsing.tap("browse.filters")
    arrived(app, browsing, Screen.FIND)
    answered(app, browsing)
    last = [o for g in app.root.current.shown.groups for o in g.options if o.possible][-1]
    widget = browsing.find(last.handle)
    assert widget.to_window(*widget.center)[1] < browsing.get("find.show").top
    browsing.tap(last.handle)
    answered(app, browsing)
    groups = app.root.current.shown.groups
    assert [o.handle for g in groups for o in g.options if o.selected] == [last.handle]


def test_the_empty_field_opens_where_it_would_be_erased(app, browsing, send):
    browsing.tap("browse.filters")
    arrived(app, browsing, Screen.FIND)
    send(actions.ShowFound())
    browsing.frames(5)
    browsing.wait_for("find.field")
    erase = browsing.find("find.erase")
    assert erase.opacity == 0
    browsing.tap(erase)
    assert app.store.visit.finding.mode is Mode.TYPING


def test_what_would_lead_to_nothing_cannot_be_pressed(app, browsing, send):
    browsing.tap("browse.filters")
    arrived(app, browsing, Screen.FIND)
    answered(app, browsing)
    browsing.tap("find.on.price.0")
    answered(app, browsing)
    groups = app.root.current.shown.groups
    dead = [o for g in groups for o in g.options if not o.possible]
    assert dead
    before = app.store.visit.finding
    widget = browsing.get(dead[0].handle)
    assert widget.disabled
    browsing.tap(widget)
    assert app.store.visit.finding == before


def test_nothing_that_was_typed_is_left_on_the_glass_or_in_the_replica(app, searching, send):
    from kiosk.window.stage.handles import walk

    searching.type("canari")
    answered(app, searching)
    screen = app.root.current
    send(actions.StartAgain())
    arrived(app, searching, Screen.ATTRACT)
    texts = [str(getattr(w, "text", "")) for w in walk(screen)]
    assert not [t for t in texts if "canari" in t]
    assert screen.view is None and screen.ids.wall._shelf.rows == []
    assert app.link.catalogue._kept is None
