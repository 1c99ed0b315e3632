"""What the screens say: only the truth, in clock time, in two languages."""

from datetime import datetime, timedelta

import pytest
from visiting import (
    NIGHT,
    PARIS,
    Journey,
    profile,
    promise,
    quote,
    receipt,
    scarf,
    vase,
)

from kiosk.shop.order import ReviewReason
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import Screen, World, actions, new_visit, views

COURIER, COLLECT = Fulfilment.COURIER, Fulfilment.COLLECT
TOKEN = "t" * 22


def on(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def promises(at: datetime, language: str = "en") -> tuple[str, str]:
    journey = Journey(at).at_fulfilment().do(actions.SetLanguage(language))
    courier, collect = views.fulfilment(journey.visit, journey.world).choices
    return courier.promise, collect.promise


# ---- hours and promises -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "courier", "collect"),
    [
        (on(24, 15), "Prepared now, with you at 15:55.", "Prepared now, ready at 15:30."),
        (
            on(24, 19, 1),  # half an hour's work no longer fits before 19:30
            "Prepared tomorrow at 10:00, with you by 10:55.",
            "Prepared tomorrow at 10:00, ready at 10:30.",
        ),
        (
            on(24, 12, 40),  # nor before lunch
            "Prepared at 14:00, with you by 14:55.",
            "Prepared at 14:00, ready at 14:30.",
        ),
        (
            on(24, 13, 30),
            "Prepared at 14:00, with you by 14:55.",
            "Prepared at 14:00, ready at 14:30.",
        ),
        (
            on(24, 3),
            "Prepared at 10:00, with you by 10:55.",
            "Prepared at 10:00, ready at 10:30.",
        ),
        (
            on(28, 23),  # Saturday night: Sunday and Monday are closed
            "Prepared on Tuesday at 10:00, with you by 10:55.",
            "Prepared on Tuesday at 10:00, ready at 10:30.",
        ),
        (
            on(30, 9),  # Monday
            "Prepared tomorrow at 10:00, with you by 10:55.",
            "Prepared tomorrow at 10:00, ready at 10:30.",
        ),
        (on(21, 11, 0, 12), "Prepared now, with you at 11:55.", "Prepared now, ready at 11:30."),
        (
            on(24, 20, 45, 12),  # Christmas Eve: the 25th is closed, then comes Saturday
            "Prepared on Saturday at 10:00, with you by 10:55.",
            "Prepared on Saturday at 10:00, ready at 10:30.",
        ),
    ],
)
def test_a_promise_is_a_clock_time(at: datetime, courier: str, collect: str) -> None:
    assert promises(at) == (courier, collect)


def test_a_promise_in_french() -> None:
    assert promises(on(28, 23), "fr") == (
        "Préparée mardi à\u00a010:00, chez vous à\u00a010:55.",
        "Préparée mardi à\u00a010:00, prête à\u00a010:30.",
    )


def test_the_back_offices_promise_counts_for_the_chosen_way() -> None:
    journey = Journey().at_fulfilment().do(actions.SetLanguage("en"))
    later = promise(done=on(25, 11, 30))
    journey.do(actions.QuoteArrived(quote(journey.visit, promise=later)))
    courier, collect = views.fulfilment(journey.visit, journey.world).choices
    assert courier.promise.endswith("by 11:30.")
    assert collect.promise.endswith("at 10:30.")


def test_without_any_opening_no_time_is_promised() -> None:
    hours = profile().hours
    closed = profile(hours=type(hours)("Europe/Paris", ((),) * 7))
    journey = Journey(shop=closed).at_fulfilment().do(actions.SetLanguage("en"))
    view = views.fulfilment(journey.visit, journey.world)
    assert {c.promise for c in view.choices} == {"We cannot promise a time yet."}
    assert view.status == "Closed"


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (on(24, 15), "Open until 19:30"),
        (on(24, 13), "Closed. Opens at 14:00."),
        (on(24, 19, 30), "Closed. Opens tomorrow at 10:00."),
        (on(29, 12), "Closed. Opens on Tuesday at 10:00."),
        (on(25, 12, 0, 12), "Closed (Christmas). Opens tomorrow at 10:00."),
        (on(21, 13, 30, 12), "Open until 19:30"),
    ],
)
def test_the_hours_in_words(at: datetime, status: str) -> None:
    journey = Journey(at).do(actions.SetLanguage("en"))
    assert views.chrome(journey.visit, journey.world).status == status


def test_at_night_the_glass_is_dark_and_by_day_it_is_not() -> None:
    def palette(at: datetime) -> str:
        return views.chrome(Journey().visit, Journey(at).world).palette

    assert palette(NIGHT) == "night"
    assert palette(on(24, 12)) == palette(on(26, 20, 30)) == "day"  # Thursday, open until 21:00


# ---- basket -------------------------------------------------------------------------------------


def test_an_empty_basket_says_so() -> None:
    journey = Journey().do(actions.Wake(), actions.SetLanguage("en"), actions.OpenBasket())
    view = views.basket(journey.visit, journey.world)
    assert view.empty == "Your basket is empty."
    assert not view.can_checkout and view.totals == () and view.why_not == ""


def test_a_line_names_what_was_chosen_and_counts() -> None:
    journey = Journey().at_basket().do(actions.SetQuantity("vase-s", 2), actions.SetLanguage("en"))
    view = views.basket(journey.visit, journey.world)
    (line,) = view.lines
    assert (line.title, line.kind, line.total, line.most) == (
        "Celadon vase",
        "Small · €48",
        "€96",
        4,
    )
    assert view.totals[-1].amount == "€96"
    assert view.can_checkout


@pytest.mark.parametrize(
    ("stock", "problem"), [(0, "No longer in stock"), (1, "Only 1 left"), (3, "")]
)
def test_a_line_that_cannot_be_had_is_marked(stock: int, problem: str) -> None:
    journey = Journey().at_basket().do(actions.SetQuantity("vase-s", 3), actions.SetLanguage("en"))
    journey.stocks(vase(stock), scarf())
    view = views.basket(journey.visit, journey.world)
    assert view.lines[0].problem == problem
    assert view.can_checkout is not bool(problem)
    assert bool(view.why_not) is bool(problem)


def test_a_piece_that_left_the_shop_keeps_its_line_until_it_is_removed() -> None:
    journey = Journey().at_basket().stocks(scarf()).do(actions.SetLanguage("en"))
    view = views.basket(journey.visit, journey.world)
    assert view.lines[0].title == "A piece that has left the shop"
    assert view.lines[0].problem and not view.can_checkout
    assert view.lines[0].picture is None


def test_a_shop_that_sells_only_while_open_says_why_not() -> None:
    journey = Journey(shop=profile(orders_when_closed=False)).at_basket()
    journey.do(actions.SetLanguage("en"))
    view = views.basket(journey.visit, journey.world)
    assert view.why_not == "Orders are taken while the shop is open."


# ---- fulfilment and details ---------------------------------------------------------------------


def test_the_couriers_fee_is_in_the_total_and_free_from_a_sum() -> None:
    journey = Journey().at_fulfilment().do(actions.SetLanguage("en"))
    view = views.fulfilment(journey.visit, journey.world)
    assert [t.amount for t in view.totals] == ["€48", "€5.90", "€53.90"]
    assert "€72 more" in view.choices[0].detail
    journey.do(actions.ChooseFulfilment(COLLECT))
    view = views.fulfilment(journey.visit, journey.world)
    assert [t.amount for t in view.totals] == ["€48"]
    assert [c.selected for c in view.choices] == [False, True]


def test_a_piece_sold_meanwhile_is_said_before_the_order() -> None:
    journey = Journey().at_fulfilment().do(actions.SetLanguage("en"))
    sold = quote(journey.visit, reasons=[ReviewReason.SOLD_OUT])
    journey.do(actions.QuoteArrived(sold))
    assert "just been sold" in views.fulfilment(journey.visit, journey.world).warning


def test_collecting_asks_for_no_address() -> None:
    def names(way: Fulfilment) -> list[str]:
        journey = Journey().at_details(way)
        groups = views.details(journey.visit, journey.world).groups
        return [field.name for group in groups for field in group]

    assert names(COLLECT) == ["name", "phone", "email"]
    assert names(COURIER) == ["name", "phone", "email", "line1", "postcode", "city", "note"]


def test_problems_stand_under_their_fields() -> None:
    journey = Journey().at_details().do(actions.SetLanguage("en"), actions.PlaceOrder())
    groups = views.details(journey.visit, journey.world).groups
    problems = {f.name: f.problem for group in groups for f in group if f.problem}
    assert set(problems) == {"name", "phone", "line1", "postcode", "city"}
    assert problems["city"] == "Please give the town."
    assert [f.name for group in groups for f in group if f.focused] == ["name"]


def test_who_is_paid_and_where() -> None:
    journey = Journey().at_details(COURIER).do(actions.SetLanguage("en"))
    assert "courier" in views.details(journey.visit, journey.world).payment
    journey = Journey().at_details(COLLECT).do(actions.SetLanguage("en"))
    assert "counter" in views.details(journey.visit, journey.world).payment


# ---- around -------------------------------------------------------------------------------------


def test_the_idle_warning_counts_down_from_twenty() -> None:
    journey = Journey().filled().do(actions.SetLanguage("en"), actions.IdleWarning(NIGHT))
    view = views.idle(journey.visit, journey.world)
    assert view is not None
    assert (view.seconds_left, view.countdown) == (
        20,
        "Everything you entered is erased in 20 seconds.",
    )
    later = World(NIGHT + timedelta(seconds=19, milliseconds=400), journey.world.profile)
    assert views.idle(journey.visit, later).countdown.endswith("in 1 second.")  # type: ignore[union-attr]
    assert views.idle(Journey().visit, later) is None


def test_after_the_order_the_warning_does_not_frighten() -> None:
    journey = Journey().accepted().do(actions.SetLanguage("en"), actions.IdleWarning(NIGHT))
    view = views.idle(journey.visit, journey.world)
    assert view is not None and "Your order is safe" in view.countdown


def test_back_is_offered_where_it_leads_somewhere() -> None:
    def can(journey: Journey) -> bool:
        return views.chrome(journey.visit, journey.world).can_go_back

    assert not can(Journey())
    assert not can(Journey().do(actions.Wake()))
    assert can(Journey().at_basket())
    assert not can(Journey().placed())
    assert not can(Journey().accepted())
    assert can(Journey().followed())


def test_the_link_being_away_is_said_and_stops_nobody() -> None:
    journey = Journey().do(actions.SetLanguage("en"))
    away = World(NIGHT, journey.world.profile, online=False)
    assert views.chrome(journey.visit, away).offline


def test_every_screen_has_its_words_in_both_languages() -> None:
    journeys = [
        (Journey().at_basket(), views.basket),
        (Journey().at_fulfilment(), views.fulfilment),
        (Journey().filled(), views.details),
        (Journey().accepted(), views.thanks),
        (Journey().followed(), views.tracking),
    ]
    for journey, draw in journeys:
        titles = set()
        for language in ("fr", "en"):
            journey.do(actions.SetLanguage(language))
            titles.add(draw(journey.visit, journey.world).title)
        assert len(titles) == 2


def test_the_window_without_a_shop_says_that_it_is_being_prepared() -> None:
    world = World(NIGHT, None)
    visit = new_visit("en", ready=False)
    assert visit.screen is Screen.PREPARING
    view = views.preparing(visit, world, 3, 12)
    assert view.progress == 0.25 and view.title == "The window is being prepared"
    assert views.preparing(visit, world).progress is None
    assert receipt(Journey().kept().intent).number
