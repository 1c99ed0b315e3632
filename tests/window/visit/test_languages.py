"""Which languages the glass offers, and what it says of texts that are not in them."""

import pytest
from visiting import Journey, profile

from kiosk.contract import ShopProfile
from kiosk.window.visit import Screen, actions, views

EIGHT = ("fr", "en", "de", "es", "it", "nl", "ar", "ja")


def offered(journey: Journey) -> tuple[str, ...]:
    return tuple(code for code, _ in views.chrome(journey.visit, journey.world).languages)


def test_all_languages_of_the_glass_are_offered_the_shops_own_first() -> None:
    assert offered(Journey()) == EIGHT
    dutch = Journey(shop=profile(languages=["en", "nl"], default_language="nl"))
    assert offered(dutch)[:2] == ("nl", "en")
    assert sorted(offered(dutch)) == sorted(EIGHT)


def test_each_is_named_as_its_speakers_name_it() -> None:
    journey = Journey(shop=profile(languages=["fr", "cs"]))
    names = dict(views.chrome(journey.visit, journey.world).languages)
    assert (names["ar"], names["ja"], names["nl"]) == ("العربية", "日本語", "Nederlands")
    assert names["cs"] == "Čeština"


def test_a_shop_may_choose_and_order_what_the_window_offers() -> None:
    shop = profile(window_languages=["ja", "fr", "xx", "en"])
    journey = Journey(shop=shop)
    assert offered(journey) == ("ja", "fr", "en")
    assert journey.visit.language == "fr"
    journey.unchanged_by(actions.SetLanguage("de"))
    none_left = Journey(shop=profile(window_languages=["xx"]))
    assert offered(none_left) == EIGHT


def test_the_greeting_is_always_one_that_is_offered() -> None:
    journey = Journey(shop=profile(window_languages=["en", "de"]))
    assert journey.world.greeting == "en"


def test_a_profile_of_an_older_back_office_is_read() -> None:
    said = profile().model_dump(mode="json")
    del said["window_languages"]
    assert ShopProfile.model_validate(said).window_languages == []


@pytest.mark.parametrize("language", EIGHT)
def test_a_whole_visit_goes_in_every_language(language: str) -> None:
    journey = Journey().do(actions.SetLanguage(language)).filled()
    assert journey.visit.language == language
    assert views.details(journey.visit, journey.world).title
    journey.do(actions.StartAgain())
    assert (journey.visit.screen, journey.visit.language) == (Screen.ATTRACT, "fr")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Text auf Französisch"),
        ("es", "Texto en francés"),
        ("it", "Testo in francese"),
        ("nl", "Tekst in het Frans"),
        ("ar", "النص بالفرنسية"),
        ("ja", "フランス語の文章です"),
        ("fr", ""),
        ("en", ""),
    ],
)
def test_a_text_that_falls_back_says_so(language: str, said: str) -> None:
    journey = Journey().do(actions.SetLanguage(language), actions.Wake("vase"))
    assert views.product(journey.visit, journey.world).text_language == said
    shelves = [("ceramics", {"fr": "Céramique", "en": "Ceramics"}, 3)]
    assert views.browse(journey.visit, journey.world, shelves).text_language == said


def test_a_poster_says_in_which_language_its_line_is() -> None:
    shop = profile(heroes=[], tagline={"fr": "Ouvert la nuit", "en": "Open at night"})
    journey = Journey(shop=shop).do(actions.SetLanguage("de"))
    (poster,) = views.attract(journey.visit, journey.world).heroes
    assert (poster.line, poster.second) == ("Ouvert la nuit", "Open at night")
    assert poster.text_language == "Text auf Französisch"
