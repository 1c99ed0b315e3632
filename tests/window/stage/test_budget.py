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
