"""Where things stand on the glass: within reach, large enough, clear of the keyboard."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.contract import (
    CourierCard,
    DeliveryView,
    OrderReceipt,
    OrderView,
    PositionFix,
)
from kiosk.shop.delivery import DeliveryStatus
from kiosk.shop.geo import Point
from kiosk.shop.money import Money
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment
from kiosk.window.reach import Glass
from kiosk.window.visit import Screen, actions

SHOP, DOOR = Point(48.86, 2.34), Point(48.8659, 2.3526)
PAGE = "https://maison-lucarne.example/o/Zk2vQ8r1T6yXb0nWcE5uHg"
TOKEN = "t" * 22
FIELDS = {
    "name": "Inès D",
    "phone": "0612345678",
    "line1": "3 passage du Cerf",
    "postcode": "75002",
    "city": "Paris",
}


@pytest.fixture
def landscape(app, stage):
    """The same glass, turned."""
    from kivy.core.window import Window

    width, height = Window.size
    Window.size = (height, width)
    stage.frames(4)
    yield stage
    Window.size = (width, height)
    stage.frames(4)


def walk(app, stage, way=Fulfilment.COURIER):
    """From the posters to the ride; yields each screen on the way as it comes."""
    send = app.store.dispatch
    send(actions.Wake("vase-galbe"))
    stage.wait_until(lambda: app.store.visit.variant_id, 5, "the piece")
    steps = [
        (Screen.BASKET, [actions.AddToBasket(), actions.OpenBasket()]),
        (Screen.FULFILMENT, [actions.Checkout(), actions.ChooseFulfilment(way)]),
        (Screen.DETAILS, [actions.GoToDetails()]),
        (
            Screen.THANKS,
            [*(actions.EditField(k, v) for k, v in FIELDS.items()), actions.PlaceOrder()],
        ),
        (Screen.TRACKING, None),
    ]
    for name, doing in steps:
        for step in doing if doing is not None else [answer(app), actions.FollowOrder()]:
            send(step)
        stage.wait_until(lambda name=name: app.root.current_name is name, 5, name)
        yield name


def settle(app, stage):
    stage.wait_until(lambda: app.root.at_rest, 10, "the screen at rest")
    stage.frames(3)


def walk_to(app, stage, screen, way=Fulfilment.COURIER):
    next(name for name in walk(app, stage, way) if name is screen)
    settle(app, stage)
    return app.root.current


def answer(app):
    placed = app.store.visit.placed
    return actions.OrderAnswered(
        OrderReceipt(
            intent_id=placed.intent_id,
            number="ML-1042",
            status=OrderStatus.ACCEPTED,
            pickup_code="4827",
            token=TOKEN,
            page_url=PAGE,
            total=Money(13390, "EUR"),
            promise=placed.promise,
        )
    )


def fix(seq, share=0.3):
    now = datetime.now(UTC)
    return PositionFix(
        seq=seq,
        fix_time=now,
        received_at=now,
        lat=SHOP.lat + (DOOR.lat - SHOP.lat) * share,
        lon=SHOP.lon + (DOOR.lon - SHOP.lon) * share,
        accuracy_m=6,
    )


def order(status, ride=None, version=2, position=None):
    now = datetime(2026, 11, 24, 22, 5, tzinfo=UTC)
    return OrderView(
        number="ML-1042",
        version=version,
        status=status,
        status_at=now,
        fulfilment=Fulfilment.COURIER,
        pickup_code="4827",
        page_url=PAGE,
        lines=[],
        subtotal=Money(12800, "EUR"),
        fee=Money(590, "EUR"),
        total=Money(13390, "EUR"),
        delivery=ride
        and DeliveryView(
            version=version,
            status=ride,
            status_at=now,
            pickup=SHOP,
            dropoff=DOOR,
            route=[SHOP, DOOR],
            route_s=[0.0, 600.0],
            eta=now + timedelta(minutes=9),
            courier=CourierCard(display_name="Inès D."),
            position=position,
            simulated=True,
        ),
        demo=True,
    )


def touchables(stage):
    found = [stage.find(h) for h in set(stage.handles())]
    return [w for w in found if hasattr(w, "on_release") and not w.disabled]


def box_of(widget):
    x, y = widget.to_window(*widget.pos)
    return x, y, x + widget.width, y + widget.height


def test_a_turned_glass_keeps_everything_on_it(app, stage, landscape):
    for screen in walk(app, stage):
        settle(app, stage)
        for widget in touchables(stage):
            left, low, right, high = box_of(widget)
            assert left >= 0 and low >= 0, (screen, widget.handle)
            assert right <= stage.window.width and high <= stage.window.height, widget.handle


@pytest.mark.parametrize("turned", [False, True])
def test_the_field_that_is_typed_into_stays_above_the_keyboard(app, stage, request, turned):
    if turned:
        request.getfixturevalue("landscape")
    screen = walk_to(app, stage, Screen.DETAILS)
    for field in ("name", "email", "city", "note"):
        app.store.dispatch(actions.FocusField(""))
        stage.wait_until(lambda: screen.keyboard.shown == 0, 5, "the keyboard put away")
        app.store.dispatch(actions.FocusField(field))
        stage.pause(0.8)
        _, low, _, high = box_of(screen._boxes[field].ids.box)
        assert low > screen.keyboard.top, field
        assert high <= app.root._theme.desk[1], field
        assert "key:done" in stage.handles()


def test_keys_are_at_least_twenty_millimetres(app, stage):
    walk_to(app, stage, Screen.DETAILS)
    theme = app.root._theme
    for field in ("name", "email", "phone", "postcode"):
        app.store.dispatch(actions.FocusField(field))
        stage.pause(0.4)
        for key in app.root.current.keyboard._keys:
            if key.spec.code:
                assert min(key.size) >= theme.mm(20), key.spec.code


# ---- the code to take along ---------------------------------------------------------------------


def test_the_code_is_exact_dark_on_light_and_quiet_around(app, stage):
    from kiosk.window.stage.widgets.qr import QUIET_MODULES, drawn

    screen = walk_to(app, stage, Screen.THANKS)
    assert screen.ids.qr.text == ""  # nothing to scan before the shop has answered
    app.store.dispatch(answer(app))
    code = screen.ids.qr
    stage.wait_until(lambda: code._code.texture is not None, 5, "the code")
    stage.pause(0.3)
    assert screen.qr_host == "maison-lucarne.example"
    day = app.root._theme.brand.day
    expected = drawn(PAGE, int(min(code.size)), day["ink"], day["raised"]).convert("RGB")
    assert len(expected.getcolors()) == 2
    left, low = (int(v) for v in code.to_window(*code._code.pos))
    width, height = (int(v) for v in code._code.size)
    shot = stage.image().crop((left, shot_y(stage, low + height), left + width, shot_y(stage, low)))
    assert shot.tobytes() == expected.tobytes()
    module = width // (len(qr_matrix(PAGE)) + 2 * QUIET_MODULES)
    assert module >= 3


def shot_y(stage, y):
    return int(stage.window.height - y)


def qr_matrix(text):
    import qrcode

    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    return code.get_matrix()


@pytest.mark.parametrize(("size_mm", "above"), [((398, 708), False), ((685, 1218), True)])
def test_what_was_ordered_stands_once_where_there_is_room(app, stage, size_mm, above):
    from kiosk.window.stage import theme as themes
    from kiosk.window.stage.handles import visible, walk
    from kiosk.window.stage.widgets.picture import PictureFrame

    usual = themes.current().glass
    app.root.hang(Glass(*size_mm, lower_edge=500 if above else 700))
    try:
        screen = walk_to(app, stage, Screen.THANKS)
        app.store.dispatch(answer(app))
        stage.frames(3)
        ordered = app.store.visit.placed.pieces
        drawn = [w for w in walk(screen) if isinstance(w, PictureFrame) and visible(w)]
        assert len(drawn) == len(ordered) == 1
        assert (box_of(drawn[0])[1] >= themes.current().desk[1]) is above
        assert drawn[0].height >= themes.current().mm(60)
    finally:
        app.store.dispatch(actions.StartAgain())
        app.root.hang(usual)
        app.store.refresh()
        stage.frames(4)


@pytest.mark.parametrize("way", list(Fulfilment))
def test_brought_down_on_a_low_glass_the_chosen_way_and_the_way_on_stand_whole(
    app, low_glass, send, way
):
    walk_to(app, low_glass, Screen.FULFILMENT, way)
    send(actions.SetComfort("low", True))
    low_glass.wait_until(lambda: app.root.at_rest, 10, "the screen brought down")
    low_glass.frames(5)
    screen = app.root.current
    _, low, _, high = box_of(screen._cards[way])
    assert low >= screen.main_pos[1] - 1
    assert high <= screen.main_pos[1] + screen.main_size[1] + 1
    _, low, _, high = box_of(low_glass.get("fulfilment.continue"))
    assert app.root._theme.desk[0] <= low and high <= screen.main_pos[1]


# ---- the ride -----------------------------------------------------------------------------------


@pytest.fixture
def ride(app, stage):
    """The tracking screen with the demonstration's quarter on the box."""
    import hashlib
    from dataclasses import replace
    from pathlib import Path

    data = (Path(__file__).parents[3] / "assets/demo_map/quartier.vmap").read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    app.link.pictures.put_map(sha256, data)
    screen = walk_to(app, stage, Screen.TRACKING)
    shown = screen.show

    def with_map(view):
        shown(replace(view, map_sha256=sha256))

    screen.show = with_map
    yield screen
    del screen.show


def test_the_courier_moves_only_while_news_come(app, stage, ride):
    send = app.store.dispatch
    told = order(OrderStatus.HANDED_OVER, DeliveryStatus.ENROUTE_TO_DROPOFF, position=fix(1, 0.2))
    send(actions.OrderChanged(TOKEN, told, time.monotonic()))
    map_frame = ride._ride
    stage.wait_until(lambda: map_frame._map is not None, 10, "the map")
    stage.wait_until(lambda: map_frame._last is not None, 3, "the courier")
    assert ride.eta and ride.simulated
    before = map_frame._last.at
    stage.pause(1.0)
    send(actions.PositionChanged(TOKEN, fix(2, 0.22), time.monotonic()))
    stage.pause(1.5)
    assert map_frame._last.at != before
    done = order(OrderStatus.COMPLETED, DeliveryStatus.DELIVERED, version=5)
    send(actions.OrderChanged(TOKEN, done))
    stage.pause(0.5)
    assert ride.well and ride.code == "" and map_frame._ticking is None
    assert map_frame._motion is None


def test_nothing_of_a_ride_is_left_for_the_next_visitor(app, stage, ride):
    told = order(OrderStatus.HANDED_OVER, DeliveryStatus.ENROUTE_TO_DROPOFF, position=fix(1, 0.2))
    app.store.dispatch(actions.OrderChanged(TOKEN, told, time.monotonic()))
    map_frame = ride._ride
    stage.wait_until(lambda: map_frame._last is not None, 10, "the courier")
    stage.tap("tracking.finish")
    stage.wait_until(lambda: app.root.current_name is Screen.ATTRACT, 5)
    assert map_frame._view is None and map_frame._last is None
    assert ride.qr == "" and ride.code == ""
    assert map_frame._map._pin_at.keys() <= {"shop"}


def test_an_order_that_was_cancelled_shows_no_map_and_no_code(app, stage, ride):
    app.store.dispatch(actions.OrderChanged(TOKEN, order(OrderStatus.CANCELLED)))
    stage.frames(3)
    assert ride._ride.parent is None
    assert ride.code == "" and ride.finished and not ride.well
