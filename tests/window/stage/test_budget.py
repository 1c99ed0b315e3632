"""On software GL, textures lie in the window's own memory: few are kept that nobody sees."""

from kiosk.window.stage import budget
from kiosk.window.visit import actions

GLASS_BYTES = 540 * 960 * 4


def test_a_graphics_card_keeps_more_than_a_process_does(app, stage, monkeypatch):
    assert budget.ready_bytes(10**9, 3.0) == 3 * GLASS_BYTES
    assert budget.ready_bytes(1000, 3.0) == 1000
    monkeypatch.setattr(budget, "on_software", lambda: False)
    assert budget.ready_bytes(10**9, 3.0) == 10**9


def test_cards_that_have_gone_by_are_let_go_of_but_none_in_sight(app, stage, send):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name == "browse" and app.root.at_rest, 30)
    wall = app.root.current.ids.wall
    stage.wait_until(lambda: not wall.busy and len(wall._maker._cache) > 2, 30, "the first cards")
    maker = wall._maker
    usual, maker._limit = maker._limit, 1
    try:
        wall.bring(wall.count - 1)
        stage.wait_until(lambda: not wall.busy, 30, "the last cards")
        assert len(maker._cache) == len(wall._slots.used)
        assert all(slot.ready for slot in wall._slots.used.values())
    finally:
        maker._limit = usual
        send(actions.StartAgain())
        stage.wait_until(lambda: app.root.current_name == "attract" and app.root.at_rest, 30)


def test_a_wall_keeps_nothing_ready_while_another_is_looked_at(app, stage, send):
    send(actions.Wake())
    stage.wait_until(lambda: app.root.current_name == "browse" and app.root.at_rest, 30)
    shelves = app.root.current.ids.wall
    stage.wait_until(lambda: not shelves.busy and len(shelves._maker._cache) > 2, 30, "cards")
    hanging = [slot.box.texture for slot in shelves._slots.used.values()]
    stage.tap("browse.search")
    stage.wait_until(lambda: app.root.current_name == "find" and app.root.at_rest, 30)
    found = app.root.current.ids.wall
    stage.wait_until(lambda: not found.busy and found._maker and found._maker._cache, 30, "found")
    assert not shelves._maker._cache
    send(actions.Back())
    stage.wait_until(lambda: app.root.current_name == "browse" and app.root.at_rest, 30)
    assert [slot.box.texture for slot in shelves._slots.used.values()] == hanging
    send(actions.StartAgain())
    stage.wait_until(lambda: app.root.current_name == "attract" and app.root.at_rest, 30)


def test_memory_is_given_back_while_the_glass_is_used_and_once_more(app, stage, monkeypatch):
    given = []
    monkeypatch.setattr("kiosk.window.stage.app.tidy", lambda: given.append(1))
    monkeypatch.setattr(app._tidy, "timeout", 0.02)
    stage.pause(0.1)
    given.clear()
    app._touched()
    stage.wait_until(lambda: len(given) == 2, 10, "twice after the last touch")
    stage.pause(0.2)
    assert len(given) == 2
    assert not app._tidy.is_triggered
