"""What the brand planned, on the glass: collections, drops with a countdown, dark hours."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from visiting import NIGHT, PARIS, Journey, profile

from kiosk.contract import HeroCard, ShopProfile
from kiosk.shop.catalogue import Picture, Rendition
from kiosk.shop.schedule import FRENCH_LAW, Daypart, PlannedWindow
from kiosk.window.visit import Screen, actions, views
from kiosk.window.visit.plan import poster_pieces

TALL = Picture((Rendition("c" * 64, 1080, 1920),))
DROP_AT = NIGHT + timedelta(hours=5, minutes=12)
DROP = PlannedWindow(
    "drop", {"fr": "Nouveau", "en": "New"}, {"fr": "Deux cents."}, products=("scarf",),
    drop_at=DROP_AT,
)  # fmt: skip
ONE_AM = datetime(2026, 11, 25, 1, tzinfo=PARIS)


def card(key: str, when: str = "any", **said: object) -> HeroCard:
    return HeroCard.model_validate(
        {"id": key, "picture": TALL, "when": when, "line": {"fr": key}, **said}
    )


def planned(*windows: PlannedWindow, **changes: object) -> ShopProfile:
    usual = [card("usual", "day"), card("usual-night", "night")]
    return profile(heroes=usual, windows=list(windows), **changes)


def attract(journey: Journey) -> views.AttractView:
    return views.attract(journey.visit, journey.world)


def lines(journey: Journey) -> list[str]:
    return [hero.line for hero in attract(journey).heroes]


# ---- collections and themes --------------------------------------------------------------------


def test_a_collection_takes_the_place_of_the_usual_posters_in_its_hours() -> None:
    evening = PlannedWindow(
        "evening",
        {"fr": "L’hiver"},
        heroes=("usual-night", "own"),
        products=("scarf",),
        dayparts=(Daypart.parse("18:00-23:00"),),
    )
    shop = planned(evening, window_heroes=[card("own")])
    journey = Journey(shop=shop)
    assert lines(journey) == ["usual-night", "own", "Carré de soie « Nuit »"]
    assert {hero.eyebrow for hero in attract(journey).heroes} == {"L’hiver"}
    assert lines(journey.later(hours=1)) == ["usual-night"], "23:30: over"


def test_a_windows_line_stands_on_its_first_poster_without_one() -> None:
    silk = PlannedWindow("silk", line={"fr": "Doux."}, products=("vase", "scarf"))
    assert lines(Journey(shop=planned(silk))) == ["Doux.", "Carré de soie « Nuit »"]


def test_a_collection_of_pieces_that_are_gone_leaves_the_usual_posters() -> None:
    journey = Journey(shop=planned(PlannedWindow("old", products=("sold",))))
    assert lines(journey) == ["usual-night"]


def test_a_theme_is_a_palette_or_a_name_for_the_brand() -> None:
    def chrome(theme: str) -> views.Chrome:
        journey = Journey(shop=planned(PlannedWindow("w", theme=theme)))
        return views.chrome(journey.visit, journey.world)

    assert chrome("").palette == "night"
    assert chrome("day").palette == "day"
    assert (chrome("winter").palette, chrome("winter").theme) == ("night", "winter")


def test_the_pieces_of_all_posters_are_read_at_once() -> None:
    shop = planned(DROP, window_heroes=[card("own", product_id="vase")])
    assert poster_pieces(shop) == {"scarf", "vase"}
    assert poster_pieces(None) == set()


# ---- drops -------------------------------------------------------------------------------------


def test_a_drop_is_announced_before_all_others_with_its_countdown() -> None:
    first, second = attract(Journey(shop=planned(DROP))).heroes
    assert (first.line, first.eyebrow, first.product_id) == ("Deux cents.", "Nouveau", "scarf")
    assert first.opens == "En vente demain à\xa003:42"
    assert first.left == "Encore 5\xa0h\xa012\xa0min"
    assert (second.line, second.left) == ("usual-night", "")


@pytest.mark.parametrize(
    ("before", "left", "by_seconds"),
    [
        (timedelta(days=12, hours=1), "Encore 12\xa0jours", False),
        (timedelta(hours=47, minutes=59, seconds=30), "Encore 48\xa0h\xa000\xa0min", False),
        (timedelta(minutes=59, seconds=59), "Encore 1\xa0h\xa000\xa0min", False),
        (timedelta(minutes=5, seconds=1), "Encore 6\xa0min", False),
        (timedelta(minutes=5), "Encore 5:00", True),
        (timedelta(seconds=0.2), "Encore 0:01", True),
    ],
)
def test_the_countdown_tells_minutes_then_at_last_seconds(
    before: timedelta, left: str, by_seconds: bool
) -> None:
    view = attract(Journey(DROP_AT.astimezone(UTC) - before, planned(DROP)))
    assert (view.heroes[0].left, view.by_seconds) == (left, by_seconds)


def test_from_its_moment_on_a_drop_is_a_piece_like_any_other() -> None:
    journey = Journey(DROP_AT, planned(DROP))
    hero = attract(journey).heroes[0]
    assert (hero.line, hero.opens, hero.left) == ("Deux cents.", "", "")
    journey.do(actions.Wake("scarf"), actions.AddToBasket())
    assert journey.visit.basket.pieces == 1


def test_before_its_moment_nothing_brings_it_into_the_basket() -> None:
    journey = Journey(shop=planned(DROP)).do(actions.Wake("scarf"))
    view = views.product(journey.visit, journey.world)
    assert not view.can_add
    assert (view.add, view.stock_text) == (
        "Encore 5\xa0h\xa012\xa0min",
        "En vente demain à\xa003:42",
    )
    journey.unchanged_by(actions.AddToBasket())


def test_what_became_a_drop_while_it_lay_in_the_basket_is_not_ordered() -> None:
    journey = Journey(shop=planned())
    journey.do(actions.Wake("scarf"), actions.AddToBasket(), actions.OpenBasket())
    journey.world = replace(journey.world, profile=planned(DROP))
    journey.unchanged_by(actions.Checkout())


def test_the_product_page_counts_seconds_at_the_end() -> None:
    journey = Journey(DROP_AT - timedelta(seconds=90), planned(DROP)).do(actions.Wake("scarf"))
    assert views.product(journey.visit, journey.world).by_seconds


# ---- dark hours --------------------------------------------------------------------------------


def dark(at: datetime, **changes: object) -> Journey:
    return Journey(at, planned(dark_hours=FRENCH_LAW, **changes))


def test_the_glass_goes_dark_at_its_hour_and_comes_back_after() -> None:
    journey = dark(ONE_AM - timedelta(minutes=1)).do(actions.TimePassed())
    assert journey.visit.screen is Screen.ATTRACT
    journey.later(minutes=1).do(actions.TimePassed())
    assert journey.visit.screen is Screen.DARK
    journey.unchanged_by(actions.TimePassed(), actions.IdleWarning(ONE_AM), actions.Back())
    journey.later(hours=6).do(actions.TimePassed())
    assert journey.visit.screen is Screen.ATTRACT


def test_a_touch_wakes_it_for_a_visit_and_it_is_dark_again_after() -> None:
    journey = dark(ONE_AM).do(actions.TimePassed(), actions.Wake())
    assert journey.visit.screen is Screen.BROWSE
    journey.do(actions.TimePassed())
    assert journey.visit.screen is Screen.BROWSE
    journey.do(actions.StartAgain())
    assert journey.visit.screen is Screen.DARK


def test_a_visit_in_progress_is_never_cut() -> None:
    journey = dark(ONE_AM - timedelta(minutes=5)).filled()
    before = journey.visit
    journey.later(minutes=10).do(actions.TimePassed())
    assert journey.visit == before
    journey.do(actions.IdleWarning(journey.world.now), actions.IdleOver())
    assert journey.visit.screen is Screen.DARK


def test_a_window_that_starts_at_night_starts_dark() -> None:
    journey = dark(ONE_AM)
    journey.visit = replace(journey.visit, screen=Screen.PREPARING)
    assert journey.do(actions.ShopReady()).visit.screen is Screen.DARK


def test_the_dark_glass_leads_to_the_shop_and_burns_nothing_in() -> None:
    usual = [card("usual", product_id="vase")]
    shop = planned(dark_hours=FRENCH_LAW, public_url="https://shop.example")
    journey = Journey(ONE_AM, shop.model_copy(update={"heroes": usual})).do(actions.TimePassed())
    places = set()
    for _ in range(72):
        view = views.dark(journey.visit, journey.world)
        assert view.address == "https://shop.example/p/fr?p=vase-celadon"
        assert 0 <= view.across <= 1 and 0 <= view.up <= 1
        places.add((view.across, view.up))
        again = views.dark(journey.visit, journey.later(minutes=1).world)
        assert (again.across, again.up) == (view.across, view.up)
        journey.later(minutes=4)
    assert len(places) > 40


def test_no_dark_hours_no_dark() -> None:
    journey = Journey(ONE_AM, planned()).do(actions.TimePassed())
    assert journey.visit.screen is Screen.ATTRACT


def test_dates_are_the_shops() -> None:
    today = PlannedWindow("today", heroes=("usual",), since=date(2026, 11, 25))
    assert lines(Journey(shop=planned(today))) == ["usual-night"]
    assert lines(Journey(ONE_AM, planned(today))) == ["usual"], "half past midnight UTC is enough"
