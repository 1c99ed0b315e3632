"""The two speeds: the quick three, and stories with what goes with a piece."""

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from visiting import NIGHT, Journey, picture, profile, scarf, vase

from kiosk.contract import HeroCard
from kiosk.shop.lookbook import Lookbook
from kiosk.shop.reviews import Rating, Review
from kiosk.shop.schedule import PlannedWindow
from kiosk.window.visit import Screen, World, actions, effects, views

BASE = "https://maison-lucarne.example"


def bowl(id: str = "bowl", stock: int | None = 3):
    return replace(vase(stock), id=id, handle=id, title={"fr": id.title()}, options=())


def world(*pieces, **shop) -> World:
    given = {
        "quick": ["vase", "scarf", "bowl", "cup"],
        "public_url": BASE,
        "lookbooks": [
            Lookbook("1", {"fr": "La table"}, picture(), {"fr": "Un vase."}, ("vase", "bowl")),
            Lookbook("2", {"fr": "La nuit"}, picture(), {}, ("scarf",)),
        ],
    }
    known = pieces or (vase(), scarf(), bowl(), bowl("cup"))
    return World(NIGHT, profile(**{**given, **shop}), products={p.id: p for p in known})


def at(screen: Screen, around: World | None = None) -> Journey:
    journey = Journey()
    journey.world = around or world()
    assert journey.visit.screen is Screen.ATTRACT
    if screen is Screen.BROWSE:
        journey.do(actions.Wake())
    return journey


@pytest.mark.parametrize("screen", [Screen.ATTRACT, Screen.BROWSE])
def test_the_quick_three_are_one_touch_away_and_lead_back_to_the_shelves(screen) -> None:
    journey = at(screen)
    journey.do(actions.OpenQuick())
    assert journey.visit.screen is Screen.QUICK
    journey.do(actions.Back())
    assert journey.visit.screen is Screen.BROWSE


def test_the_quick_three_are_the_first_that_can_be_had() -> None:
    sold_out = replace(scarf(), variants=(replace(scarf().variants[0], stock=0),))
    around = world(vase(), sold_out, bowl(), bowl("cup"))
    assert [p.id for p in around.quick] == ["vase", "bowl", "cup"]
    coming = PlannedWindow("d", products=("vase",), drop_at=NIGHT + timedelta(days=1))
    assert [p.id for p in world(windows=[coming]).quick] == ["scarf", "bowl", "cup"]


def test_a_shop_that_chose_none_shows_what_its_posters_show() -> None:
    heroes = [HeroCard(id="h", picture=picture(), product_id="scarf")]
    around = replace(world(quick=[], heroes=heroes), posters=("vase", "gone"))
    assert [p.id for p in around.quick] == ["scarf", "vase"]


def test_a_window_with_nothing_to_sell_has_no_way_to_the_quick_three() -> None:
    journey = at(Screen.BROWSE, replace(world(), products={}))
    journey.do(actions.OpenQuick())
    assert journey.visit.screen is Screen.BROWSE


def test_one_code_takes_all_three_along_and_offers_nothing_else() -> None:
    journey = at(Screen.ATTRACT)
    journey.do(actions.OpenQuick())
    view = views.quick(journey.visit, journey.world)
    asked = parse_qs(urlsplit(view.phone.url).query)
    assert asked == {"p": ["vase-celadon", "carre-nuit", "bowl"]}
    assert view.phone.url.startswith(f"{BASE}/p/{journey.visit.language}?")
    assert view.pieces[0].card.price == "dès 48\u00a0€"
    assert all("mercredi" in quick.when or "demain" in quick.when for quick in view.pieces)
    assert view.chrome.basket == ""


@pytest.mark.parametrize(
    ("changes", "shop", "why"),
    [
        ({"online": False}, {}, "injoignable"),
        ({}, {"public_url": ""}, "pas encore de pages"),
    ],
)
def test_where_no_page_can_be_reached_the_reason_stands_for_the_code(changes, shop, why) -> None:
    around = replace(world(**shop), **changes)
    journey = at(Screen.BROWSE, around)
    journey.do(actions.OpenProduct("vase"))
    phone = views.product(journey.visit, around).phone
    assert phone.url == "" and phone.host == "" and why in phone.why


def test_the_code_of_a_piece_names_the_variant_that_was_chosen() -> None:
    journey = at(Screen.BROWSE)
    journey.do(actions.OpenProduct("vase"), actions.ChooseVariant("vase-l"))
    url = views.product(journey.visit, journey.world).phone.url
    assert parse_qs(urlsplit(url).query) == {"p": ["vase-celadon"], "v": ["vase-l"]}
    journey.do(actions.Back(), actions.OpenProduct("scarf"))
    url = views.product(journey.visit, journey.world).phone.url
    assert parse_qs(urlsplit(url).query) == {"p": ["carre-nuit"]}


def test_a_lookbook_opens_with_its_pieces_and_the_others_beside_it() -> None:
    journey = at(Screen.ATTRACT)
    journey.do(actions.OpenLookbook())
    assert journey.effects[-1] == effects.LoadPieces(("vase", "bowl"))
    view = views.lookbook(journey.visit, journey.world)
    assert (view.title, view.text) == ("La table", "Un vase.")
    assert [card.product_id for card in view.pieces] == ["vase", "bowl"]
    assert [(c.id, c.selected) for c in view.others] == [("1", True), ("2", False)]
    journey.do(actions.OpenLookbook("2"))
    assert views.lookbook(journey.visit, journey.world).title == "La nuit"
    journey.do(actions.OpenLookbook("unknown"))
    assert journey.visit.looking.lookbook_id == "2"


def test_from_a_lookbook_a_piece_opens_and_the_way_back_is_the_same_lookbook() -> None:
    journey = at(Screen.BROWSE)
    journey.do(actions.OpenLookbook("2"), actions.OpenProduct("scarf"))
    assert journey.visit.screen is Screen.PRODUCT
    journey.do(actions.Back())
    assert journey.visit.screen is Screen.LOOKBOOK
    assert journey.visit.looking.lookbook_id == "2"
    journey.do(actions.Back())
    assert journey.visit.screen is Screen.BROWSE


def related(journey: Journey, product_id: str, *ids: str) -> None:
    found = tuple(journey.world.products[i] for i in ids)
    journey.do(actions.RelatedLoaded(product_id, found))


def beside(journey: Journey) -> list[str]:
    return [c.product_id for c in views.product(journey.visit, journey.world).beside]


def test_what_goes_with_a_piece_is_never_what_is_in_the_basket() -> None:
    journey = at(Screen.BROWSE)
    journey.do(actions.OpenProduct("scarf"), actions.AddToBasket(), actions.Back())
    journey.do(actions.OpenProduct("vase"))
    related(journey, "vase", "scarf", "bowl", "cup")
    assert beside(journey) == ["bowl", "cup"]
    journey.do(actions.OpenProduct("bowl"))
    related(journey, "bowl", "vase", "cup")
    assert beside(journey) == ["vase", "cup"]
    journey.do(actions.AddToBasket(), actions.Back())
    related(journey, "vase", "scarf", "bowl", "cup")
    assert beside(journey) == ["cup"]


def test_what_arrives_for_another_piece_changes_nothing() -> None:
    journey = at(Screen.BROWSE)
    journey.do(actions.OpenProduct("vase"))
    related(journey, "scarf", "bowl")
    assert beside(journey) == []


def test_back_goes_from_piece_to_piece_the_way_it_came() -> None:
    journey = at(Screen.BROWSE)
    for piece in ("vase", "bowl", "cup"):
        journey.do(actions.OpenProduct(piece))
    seen = []
    while journey.visit.screen is Screen.PRODUCT:
        seen.append(journey.visit.product_id)
        journey.do(actions.Back())
    assert seen == ["cup", "bowl", "vase"]
    assert journey.visit.screen is Screen.BROWSE


def test_round_and_round_never_makes_a_way_back_without_end() -> None:
    journey = at(Screen.BROWSE)
    for _ in range(40):
        journey.do(actions.OpenProduct("vase"), actions.OpenProduct("bowl"))
    assert len(journey.visit.looking.trail) <= 12
    steps = 0
    while journey.visit.screen is Screen.PRODUCT:
        journey.do(actions.Back())
        steps += 1
    assert steps <= 13


def test_reviews_say_their_mean_in_words_and_the_visitors_language_first() -> None:
    said = (
        Review("1", "Tom", 5, date(2026, 9, 2), {"en": "Lovely."}, bought_here=True),
        Review("2", "Zoé", 4, date(2026, 8, 1), {"fr": "Très beau."}),
    )
    piece = replace(vase(), reviews=said, rating=Rating(55, 12))
    journey = at(Screen.BROWSE, world(piece))
    journey.do(actions.OpenProduct("vase"))
    shown = views.product(journey.visit, journey.world).reviews
    assert shown is not None
    assert shown.summary == "4,6 sur 5, 12 avis" and shown.share == pytest.approx(0.92)
    assert [line.text for line in shown.lines] == ["Très beau.", "Lovely."]
    assert shown.lines[1].by == "Tom · mercredi 2 septembre 2026"
    assert shown.lines[1].bought and not shown.lines[0].bought
    assert shown.invented, "a demonstration's reviews are nobody's"
    journey.do(actions.SetLanguage("ar"))
    shown = views.product(journey.visit, journey.world).reviews
    assert shown is not None
    assert shown.lines[0].by == "\u200fTom · الأربعاء، 2 سبتمبر 2026", "read from the right"


def test_a_variant_says_its_stock_with_its_name() -> None:
    journey = at(Screen.BROWSE, world(vase(stock=0)))
    journey.do(actions.OpenProduct("vase"))
    (option,) = views.product(journey.visit, journey.world).options
    assert [v.spoken for v in option.values] == ["Petit, Épuisé", "Grand, Plus que 1"]
    assert [v.stock for v in option.values] == ["out", "few"]
    journey.do(actions.ChooseVariant("vase-s"))
    assert journey.visit.variant_id == "vase-s", "what is sold out can still be looked at"


def test_before_a_drop_the_time_stands_in_place_of_the_button() -> None:
    drop = PlannedWindow("d", products=("vase",), drop_at=NIGHT + timedelta(hours=2, minutes=14))
    journey = at(Screen.BROWSE, world(windows=[drop]))
    journey.do(actions.OpenProduct("vase"), actions.AddToBasket())
    view = views.product(journey.visit, journey.world)
    assert "2" in view.add and "14" in view.add and not view.can_add
    assert not journey.visit.basket


def test_reading_aloud_is_offered_where_there_is_a_voice_for_it() -> None:
    journey = at(Screen.BROWSE)
    journey.do(actions.OpenProduct("vase"))
    assert views.product(journey.visit, journey.world).read == ""
    assert views.product(journey.visit, replace(journey.world, speaks=frozenset({"fr"}))).read
