"""What the next visitor sees is what the first one saw: no pixel and no texture stays."""

import gc
import weakref

import pytest
from PIL import ImageChops

from kiosk.shop.promise import Fulfilment
from kiosk.window.stage.widgets.qr import QrCode
from kiosk.window.visit import Screen, actions

TYPED = {"name": "Inès", "phone": "0612345678", "line1": "3 passage du Cerf", "city": "Paris"}


@pytest.fixture
def details(app, stage, send):
    """Brings the fields of a new visit onto the glass; gives the picture of them."""

    def go():
        stage.wait_until(lambda: app.root.current_name is Screen.ATTRACT, 5)
        for action in (
            actions.Wake("vase-galbe"),
            actions.AddToBasket(),
            actions.OpenBasket(),
            actions.Checkout(),
            actions.ChooseFulfilment(Fulfilment.COURIER),
            actions.GoToDetails(),
        ):
            send(action)
            stage.wait_until(lambda: app.store.visit.variant_id, 5)
        stage.wait_until(lambda: app.root.current_name is Screen.DETAILS and app.root.at_rest, 5)
        # The word that the piece is in the basket has its own time.
        send(actions.NoticeOver(app.store.visit.notice_count))
        stage.pause(0.5)
        return stage.image()

    return go


def test_a_form_that_was_typed_into_and_left_looks_as_if_it_never_was(app, stage, send, details):
    untouched = details()
    send(actions.FocusField("name"))
    for name, text in TYPED.items():
        send(actions.EditField(name, text))
    stage.pause(0.4)
    written = stage.image()
    assert ImageChops.difference(untouched, written).getbbox() is not None
    drawn = [
        weakref.ref(b._text.texture) for b in app.root.current._boxes.values() if b.field.value
    ]
    send(actions.IdleWarning(app.store.now))
    send(actions.IdleOver())
    again = details()
    assert ImageChops.difference(untouched, again).getbbox() is None
    gc.collect()
    assert [ref() for ref in drawn] == [None] * len(drawn), "a texture of what was typed"


def test_a_code_that_was_shown_is_drawn_nowhere_afterwards(app, stage):
    code = QrCode(text="https://shop.example/o/secret", services=app.root._services)
    code.size_hint, code.size = (None, None), (200, 200)
    app.root.add_widget(code)
    stage.wait_until(lambda: code.ready, 5, "the code")
    drawn = weakref.ref(code._code.texture)
    code.text = ""
    stage.frames(3)
    app.root.remove_widget(code)
    gc.collect()
    assert drawn() is None


@pytest.fixture
def hasty(app):
    """An idle clock that waits for nobody."""
    clock = app.idle_clock
    usual = clock._idle_s, clock._warning_s
    clock.rest()
    clock._idle_s, clock._warning_s = 0.3, 0.3
    yield clock
    clock.rest()
    clock._idle_s, clock._warning_s = usual


def test_a_visit_whose_question_was_answered_by_a_lifted_finger_still_ends(app, stage, send, hasty):
    send(actions.Wake(""))
    stage.wait_until(lambda: app.root.at_rest and app.root.current_name is Screen.BROWSE, 5)
    finger = stage._put_down(stage.window.width / 2, stage.window.height - 6.0)
    stage.wait_until(lambda: app.store.visit.warned_at, 5, "the question")
    stage._fingers.put("end", finger)
    stage.wait_until(lambda: app.root.current_name is Screen.ATTRACT, 5, "the end of the visit")
