"""Reading a piece aloud: what is said, in which language, and when it falls silent."""

from dataclasses import replace

import pytest
from visiting import Journey

from kiosk.window.visit import actions, effects

BOTH = frozenset({"fr", "en"})


def at_the_vase(speaks=BOTH, language="fr", **texts):
    journey = Journey()
    vase = replace(journey.world.products["vase"], **texts)
    products = {**journey.world.products, "vase": vase}
    journey.world = replace(journey.world, speaks=speaks, products=products)
    return journey.do(actions.Wake(), actions.SetLanguage(language), actions.OpenProduct("vase"))


def said(journey):
    """The one thing that the last action had said."""
    (say,) = (e for e in journey.effects if isinstance(e, effects.Say))
    return say


def hushed(journey):
    return effects.Hush() in journey.effects


def test_name_price_pitch_and_story_are_read():
    texts = {"pitch": {"fr": "Un vase. Une fleur."}, "story": {"fr": "Tourné à la main."}}
    journey = at_the_vase(**texts).do(actions.ReadAloud())
    assert [x.text for x in said(journey).said] == [
        "Vase céladon",
        "48\xa0€",
        "Un vase. Une fleur.",
        "Tourné à la main.",
    ]
    assert journey.visit.aloud.reading


def test_a_text_is_read_in_the_language_it_is_written_in():
    journey = at_the_vase(language="en", story={"fr": "Tourné à la main."})
    languages = {x.text: x.language for x in said(journey.do(actions.ReadAloud())).said}
    assert languages["Celadon vase"] == "en"
    assert languages["Tourné à la main."] == "fr"


def test_the_same_touch_again_makes_it_quiet():
    journey = at_the_vase().do(actions.ReadAloud(), actions.ReadAloud())
    assert not journey.visit.aloud.reading
    assert journey.effects == [effects.Hush()]


@pytest.mark.parametrize(
    "away", [actions.Back(), actions.OpenBasket(), actions.StartAgain(), actions.SetLanguage("en")]
)
def test_what_leaves_the_screen_is_no_longer_read(away):
    journey = at_the_vase().do(actions.ReadAloud(), away)
    assert not journey.visit.aloud.reading
    assert hushed(journey)


def test_the_end_of_one_reading_does_not_end_the_next():
    journey = at_the_vase().do(actions.ReadAloud())
    first = said(journey).count
    second = said(journey.do(actions.ReadAloud(), actions.ReadAloud())).count
    assert journey.do(actions.SpeechOver(first)).visit.aloud.reading
    assert not journey.do(actions.SpeechOver(second)).visit.aloud.reading
    assert not journey.effects


def test_a_window_without_a_voice_reads_nothing():
    journey = at_the_vase(speaks=frozenset()).do(actions.ReadAloud())
    assert not journey.effects and not journey.visit.aloud.reading


def test_nothing_is_read_where_no_piece_is_shown():
    journey = at_the_vase().do(actions.Back(), actions.ReadAloud())
    assert not journey.effects
