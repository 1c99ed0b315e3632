"""What the posters say of any shop, with or without posters of its own."""

from dataclasses import replace

from visiting import NIGHT, SHOP_POINT, Journey, picture, profile, vase

from kiosk.contract import HeroCard, Passing, ShopAddress
from kiosk.shop.catalogue import Picture, Rendition
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import actions, views

TALL = Picture((Rendition("c" * 64, 1080, 1920),))


def attract(journey: Journey, *, posters: tuple[str, ...] = ()) -> views.AttractView:
    return views.attract(journey.visit, replace(journey.world, posters=posters))


def with_hero(**said: object) -> Journey:
    hero = HeroCard.model_validate({"id": "1", "picture": TALL, "when": "any", **said})
    return Journey(shop=profile(heroes=[hero]))


def test_a_posters_own_line_is_said_in_two_languages() -> None:
    (hero,) = attract(with_hero(line={"fr": "La nuit", "en": "The night"})).heroes
    assert (hero.line, hero.second, hero.framed) == ("La nuit", "The night", False)


def test_a_photograph_that_is_no_poster_is_framed_under_the_pieces_name() -> None:
    (hero,) = attract(with_hero(picture=picture(), product_id="vase")).heroes
    assert hero.framed
    assert hero.line == hero.product == "Vase céladon"


def test_without_posters_the_first_pieces_stand_in_for_them() -> None:
    shop = Journey(shop=profile(heroes=[]))
    shown = attract(shop, posters=("vase", "scarf")).heroes
    assert [h.product_id for h in shown] == ["vase", "scarf"]
    assert [h.line for h in shown] == [h.product for h in shown]
    assert all(h.framed and h.price for h in shown)


def test_a_tagline_comes_before_the_pieces() -> None:
    shop = profile(heroes=[], tagline={"fr": "Ouvert la nuit", "en": "Open at night"})
    first, second = attract(Journey(shop=shop), posters=("vase",)).heroes
    assert (first.line, first.second, first.product_id) == ("Ouvert la nuit", "Open at night", "")
    assert second.product_id == "vase"


def test_an_empty_shop_still_says_its_name() -> None:
    (only,) = attract(Journey(shop=profile(heroes=[]))).heroes
    assert (only.line, only.picture, only.product) == ("Maison Lucarne", None, "")


def test_a_poster_gives_the_pitch_and_the_price_of_its_piece() -> None:
    piece = replace(vase(), pitch={"fr": "Trois tiges suffisent. Il fait le reste."})
    journey = with_hero(line={"fr": "La nuit"}, product_id="vase").stocks(piece)
    (hero,) = attract(journey).heroes
    assert (hero.line, hero.pitch) == ("La nuit", "Trois tiges suffisent. Il fait le reste.")
    assert (hero.product, hero.price) == ("Vase céladon", "dès 48\xa0€")


def test_what_is_true_now_is_said_in_clock_time() -> None:
    closed = attract(Journey())
    assert closed.now == f"{closed.status} {closed.offer}"
    assert closed.now == (
        "Fermé. Ouvre demain à\xa010:00. Commandez maintenant, chez vous demain avant\xa010:55."
    )
    open_now = attract(Journey(NIGHT.replace(hour=15)))
    assert (
        open_now.now == "Ouvert jusqu’à\xa019:30. Commandez maintenant, chez vous avant\xa016:25."
    )
    english = Journey().do(actions.SetLanguage("en"))
    assert attract(english).offer == "Order now, with you tomorrow by 10:55."


def test_a_shop_of_which_only_the_town_is_known_says_it_once() -> None:
    known = profile().address
    for line1, place in (
        ("Paris", "Paris"),
        ("", "Paris"),
        ("2, rue Haute", "2, rue Haute, Paris"),
    ):
        address = ShopAddress(**(known.model_dump() | {"line1": line1}))
        journey = Journey(shop=profile(address=address)).at_fulfilment()
        choices = views.fulfilment(journey.visit, journey.world).choices
        assert next(c.detail for c in choices if c.fulfilment is Fulfilment.COLLECT) == place


def test_a_piece_without_a_photograph_waits_until_the_others_were_seen() -> None:
    bare, seen = (
        replace(vase(), id="bare", pictures=()),
        replace(vase(), id="seen", pictures=(TALL,)),
    )
    shop = Journey(shop=profile(heroes=[])).stocks(bare, seen)
    shown = attract(shop, posters=("bare", "seen")).heroes
    assert [hero.product_id for hero in shown] == ["seen", "bare"]
    tagline = profile(heroes=[], tagline={"fr": "Ouvert la nuit"})
    first = attract(Journey(shop=tagline).stocks(bare, seen), posters=("seen",)).heroes[0]
    assert first.line == "Ouvert la nuit", "words alone lack nothing"


# ---- a ride through the quarter ----------------------------------------------------------------


def told(*rides: Passing, language: str = "en", online: bool = True) -> list[views.Hero]:
    journey = Journey(shop=profile(heroes=[]))
    journey.do(actions.SetLanguage(language))
    world = replace(journey.world, passing=rides, online=online, posters=("vase", "scarf"))
    shown = views.attract(journey.visit, world).heroes
    return [hero for hero in shown if hero.id == "passing"]


def ride(north_m: float = 400, *, simulated: bool = False) -> Passing:
    lat = SHOP_POINT.lat + north_m / 111_195
    return Passing(lat=lat, lon=SHOP_POINT.lon, age_s=3.0, simulated=simulated)


def test_passers_by_are_told_of_a_ride_and_of_nobody() -> None:
    (poster,) = told(ride(430))
    assert poster.line == "An order is on its way through the quarter."
    assert poster.second == "Une commande traverse le quartier."
    assert poster.opens == "Now, about 400 m from here"
    assert not (poster.product_id or poster.eyebrow) and poster.framed


def test_it_hangs_in_the_picture_of_the_hour() -> None:
    journey = with_hero(line={"fr": "La nuit"})
    world = replace(journey.world, passing=(ride(),))
    poster = views.attract(journey.visit, world).heroes[1]
    assert (poster.id, poster.picture, poster.framed) == ("passing", TALL, False)


def test_several_rides_are_one_poster() -> None:
    (poster,) = told(ride(900), ride(40))
    assert poster.line == "2 orders are on their way through the quarter."
    assert poster.opens == "Now, just around the corner"


def test_a_simulated_ride_is_called_one() -> None:
    assert "simulated" in told(ride(simulated=True))[0].eyebrow


def test_nobody_is_told_what_nobody_can_know() -> None:
    assert not told() and not told(ride(), online=False)
