"""What stands beside something else: marks by fields, tabs by a basket, like by like."""

from dataclasses import replace

import pytest
from ruler import GLASSES, glass, settled, variant
from test_checkout_places import TOKEN, order, ride, walk_to

from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.order import OrderStatus
from kiosk.window.visit import Screen, actions
from kiosk.window.visit.languages import OWN_NAMES

__all__ = ["glass", "ride"]

UPRIGHT = [name for name, hung in GLASSES.items() if hung.portrait]


@pytest.fixture
def filled(app, stage, send):
    """A function: the basket of a visit in that language, of several pieces."""

    def fill(language="fr", text=100):
        send(actions.SetLanguage(language))
        send(actions.SetComfort("text", text))
        send(actions.Wake())
        for piece in ("sac-demi-lune", "vase-galbe"):
            send(actions.OpenProduct(piece))
            stage.wait_until(lambda: variant(app), 5)
            for _ in range(6):
                send(actions.AddToBasket())
            send(actions.Back())
        settled(app, stage)

    return fill


@pytest.mark.parametrize("glass", UPRIGHT, indirect=True)
@pytest.mark.parametrize("language", OWN_NAMES)
def test_a_basket_leaves_an_earlier_order_its_place(app, stage, filled, glass, language):
    filled(language, text=125)
    shown, bar = stage.get("bar.order"), app.root.current.ids.bar
    assert stage.get("bar.basket").x >= shown.right
    for tab in bar.ids.tabs.children:
        word, sign = tab.ids.word, tab.ids.sign
        assert word.y >= bar.y and sign.top <= bar.top and word.top <= sign.y + 1, tab.handle
    stage.tap("bar.order")
    assert app.store.visit.screen is Screen.LOOKUP


def test_the_mark_of_what_scrolls_stands_in_the_margin(app, stage, send, filled):
    filled()
    for step in (actions.OpenBasket(), actions.Checkout(), actions.GoToDetails()):
        send(step)
    settled(app, stage)
    scroll = app.root.current.ids.scroll
    assert scroll.do_scroll_y
    assert scroll.right < scroll._handle_y_pos[0] < app.root.width - scroll.bar_width


@pytest.mark.parametrize("language", OWN_NAMES)
def test_one_promise_is_set_as_large_as_the_other(app, stage, send, filled, language):
    filled(language)
    send(actions.OpenBasket())
    send(actions.Checkout())
    settled(app, stage)
    promises = [card.ids.promise for card in app.root.current._cards.values()]
    assert len({p.lines for p in promises}) == 1
    sizes = [p._label.options["font_size"] for p in promises]
    assert len(set(sizes)) == 1
    scroll = app.root.current.ids.scroll
    assert app.root.current.ids.column.height <= scroll.height + 1, "both in sight"


@pytest.mark.parametrize("glass", UPRIGHT, indirect=True)
def test_a_way_of_a_long_name_stays_within_its_card(app, stage, send, filled, glass):
    filled("de", text=200)
    send(actions.OpenBasket())
    send(actions.Checkout())
    settled(app, stage)
    for card in app.root.current._cards.values():
        title, promise = card.ids.title, card.ids.promise
        assert card.top - title.top >= app.root._theme.mm(8)
        assert promise.top <= title.y + 1 and promise.y >= card.y


@pytest.fixture
def become_and_stay(monkeypatch):
    """Show a screen with these changes, whatever else happens meanwhile and shows it again."""

    def become(screen, **changes):
        show = screen.show
        monkeypatch.setattr(screen, "show", lambda view: show(replace(view, **changes)))
        screen.show(screen.view)

    return become


def test_without_a_code_beside_them_times_stand_at_the_margin(app, stage, ride, become_and_stay):
    told = order(OrderStatus.HANDED_OVER, DeliveryStatus.ENROUTE_TO_DROPOFF)
    app.store.dispatch(actions.OrderChanged(TOKEN, told, 0.0))
    stage.frames(4)
    steps, words = ride.ids.steps, ride.ids.words
    assert steps.right < ride.ids.qr.x
    become_and_stay(ride, qr="", code="", finished=True)
    stage.frames(4)
    assert abs(steps.children[0].ids.time.right - words.right) <= 1


def test_the_letter_of_a_missing_photograph_is_of_the_piece_beside_it(app, stage, send, become):
    become(heroes=[], tagline={})
    screen = app.root.screen(Screen.ATTRACT)
    poster = screen._front
    for name in ("Écharpe", "Bougie"):
        poster.show(replace(screen.view.heroes[0], product=name, picture=None))
        assert poster.ids.photo.initial == name
    send(actions.Wake())
    send(actions.OpenProduct("vase-galbe"))
    stage.wait_until(lambda: variant(app), 5)
    send(actions.AddToBasket())
    send(actions.OpenBasket())
    settled(app, stage)
    line = next(iter(app.root.current._rows.values()))
    assert line.ids.frame.initial == line.line.title


@pytest.mark.parametrize("glass", UPRIGHT, indirect=True)
def test_at_twice_the_size_two_pieces_still_stand_beside_each_other(app, stage, filled, glass):
    filled("de", text=200)
    cards = [stage.get(h) for h in stage.handles() if h.startswith("card.")]
    top = max(card.top for card in cards)
    assert len([card for card in cards if card.top == top]) >= 2


def test_an_order_found_again_has_its_number_in_sight_on_a_low_glass(
    app, stage, low_glass, send, become_and_stay
):
    walk_to(app, stage, Screen.TRACKING)
    send(actions.SetLanguage("ja"))
    send(actions.SetComfort("text", 200))
    settled(app, stage)
    screen = app.root.current
    told = order(OrderStatus.HANDED_OVER, DeliveryStatus.ENROUTE_TO_DROPOFF)
    send(actions.OrderChanged(TOKEN, told, 0.0))
    stage.frames(4)
    become_and_stay(screen, qr="", qr_host="", code="ML-1042", code_label="注文番号")
    stage.frames(4)
    number, label, message = screen.ids.code, screen.ids.code_of, screen.ids.message
    assert number.to_window(0, number.y)[1] >= screen.ids.bar.top
    apart = label.y >= message.top or message.y >= label.top
    assert apart or message.right <= label.right - label.longest


def test_no_time_runs_into_what_leads_to_the_number_of_an_order_found_again(
    app, stage, ride, send, become_and_stay
):
    send(actions.SetLanguage("de"))
    send(actions.SetComfort("text", 200))
    settled(app, stage)
    screen = app.root.current
    told = order(OrderStatus.HANDED_OVER, DeliveryStatus.ENROUTE_TO_DROPOFF)
    send(actions.OrderChanged(TOKEN, told, 0.0))
    stage.frames(4)
    become_and_stay(screen, qr="", qr_host="", code="M-1042", code_label="Bestellnummer")
    stage.frames(4)
    label, gap = screen.ids.code_of, app.root._theme.space("gap")
    assert screen.ids.steps.right + gap <= label.right - label.longest
