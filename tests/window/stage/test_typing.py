"""Typing on the glass: one touch is one sign; a street takes four; what is hidden stays so."""

import pytest
from conftest import BRAND

from kiosk.contract.brand import load_brand
from kiosk.window.reach import Glass
from kiosk.window.stage import theme as themes
from kiosk.window.stage.widgets.field import DOT
from kiosk.window.stage.widgets.keyboard import Keyboard
from kiosk.window.stage.widgets.keyboard.fingers import SAME_KEY_S
from kiosk.window.stage.widgets.keyboard.layouts import layout
from kiosk.window.visit import actions
from kiosk.window.visit.comfort import Comfort

LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "ar", "ja")
KINDS = ("text", "email", "phone", "digits", "number", "code")
GLASSES = {
    "32 inches upright": Glass(398, 708, 700),
    "55 inches upright": Glass(685, 1218, 500),
    "24 inches across": Glass(531, 299, 900),
}


@pytest.fixture
def draft(app):
    return lambda: app.store.visit.draft


def focus(stage, send, name):
    send(actions.FocusField(name))
    stage.wait_until(lambda: "keyboard" in stage.handles(), 3, "the keyboard")
    stage.pause(0.4)


# ---- one touch, one sign ------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0.0, 0.2, 1.0])
def test_a_touch_types_once_however_long_it_lasts(stage, details, send, draft, seconds):
    focus(stage, send, "note")
    stage.hold("key:w", seconds)  # a letter without accents
    assert draft().note == "W"


def test_letters_that_follow_each_other_in_a_hurry_are_all_typed_once(stage, details, send, draft):
    focus(stage, send, "line1")
    stage.type("assommoir")
    assert draft().line1 == "assommoir"


def test_a_second_finger_before_the_first_is_up_types_in_order(stage, details, send, draft):
    focus(stage, send, "line1")
    fingers = []
    for handle in ("key:r", "key:u", "key:w"):
        for finger in fingers[:-1]:  # two thumbs: the third touch is the first one's again
            stage._fingers.put("end", finger)
        fingers = [*fingers[-1:], stage._fingers.new(*stage._share(*stage._point(handle)))]
        stage._fingers.put("begin", fingers[-1])
        stage.pause(0.1)
    for finger in fingers:
        stage._fingers.put("end", finger)
        stage.frames(2)
    assert draft().line1 == "ruw"


def test_a_patient_keyboard_takes_a_trembling_or_resting_finger_for_one_stroke(
    stage, details, send, draft
):
    send(actions.SetComfort("patient", True))
    focus(stage, send, "line1")
    stage.double_tap("key:w")
    assert draft().line1 == "w"
    stage.pause(SAME_KEY_S)
    stage.type("wx")
    assert draft().line1 == "wwx"
    stage.hold("key:backspace", 1.2)
    assert draft().line1 == "ww"
    stage.type(["shift", "shift"])
    stage.pause(SAME_KEY_S)
    stage.type(["shift"])
    assert stage.get("keyboard").shift == "caps"


def test_a_palm_types_nothing(stage, details, send, draft):
    focus(stage, send, "line1")
    stage.tap_together([stage._point(f"key:{c}") for c in "qsdfgh"])
    stage.pause(0.3)
    assert draft().line1 == ""
    stage.tap("key:q")
    assert draft().line1 == "q"


def test_a_slide_from_a_long_press_takes_an_accent(stage, details, send, draft):
    focus(stage, send, "line1")
    finger = stage._fingers.new(*stage._share(*stage._point("key:e")))
    stage._fingers.put("begin", finger)
    stage.wait_until(lambda: stage.find("key:ê") is not None, 3, "the accents")
    there = stage._share(*stage._point("key:ê"))
    stage._fingers.put("update", finger, there)
    stage.frames(2)
    stage._fingers.put("end", finger, there)
    stage.frames(2)
    assert draft().line1 == "ê"
    assert details.keyboard._popover is None


def test_a_touch_beside_the_accents_puts_them_away_and_types_nothing(stage, details, send, draft):
    focus(stage, send, "line1")
    stage.hold("key:e", 0.9)
    assert stage.find("key:ê") is not None
    stage.tap("key:w")
    assert draft().line1 == "" and details.keyboard._popover is None


def test_caps_lock_is_two_taps_and_ends_with_one(stage, details, send, draft):
    focus(stage, send, "line1")
    stage.type(["shift", "shift", "r", "u", "e", "shift", "x"])
    assert draft().line1 == "RUEx"


# ---- scripts ------------------------------------------------------------------------------------


def test_kana_are_voiced_shrunk_and_turned_to_katakana(stage, details, send, draft):
    send(actions.SetLanguage("ja"))
    focus(stage, send, "note")
    stage.type(["か", "mark:voiced", "つ", "mark:small", "こ", "ー"])
    assert draft().note == "がっこー"
    stage.tap("key:page:katakana")
    stage.frames(3)
    stage.type(["ハ", "mark:round"])
    assert draft().note == "がっこーパ"
    stage.tap("key:page:latin")
    stage.frames(3)
    stage.tap("key:3")
    assert draft().note == "がっこーパ3"
    stage.tap("key:page:own")
    stage.frames(3)
    assert stage.find("key:か") is not None


def test_arabic_has_a_switch_to_latin_letters(stage, details, send, draft):
    send(actions.SetLanguage("ar"))
    focus(stage, send, "note")
    stage.type(["ل", "ي", "ل", "ى"])
    assert draft().note == "ليلى"
    stage.tap("key:page:latin")
    stage.frames(3)
    assert stage.find("key:q") is not None and stage.find("key:ل") is None


# ---- completion ---------------------------------------------------------------------------------


def test_a_street_takes_four_touches(app, stage, details, send, draft):
    """From the field to street, postcode and town: three letters and a choice."""
    focus(stage, send, "line1")
    touches = 0
    for key in "hal":
        stage.tap(f"key:{key}", frames=1)
        touches += 1
    stage.wait_until(lambda: app.store.visit.completion.asked == "hal", 5)
    stage.wait_for("suggestion:0")
    stage.tap("suggestion:0")
    touches += 1
    assert touches <= 4
    assert draft().line1.strip() == "avenue des Haleurs"
    assert (draft().postcode, draft().city) == ("75000", "Paris")
    # The number is asked for then: one touch more, or a digit and its key.
    stage.type(["3"])
    stage.wait_for("number:30")
    stage.tap("number:30")
    assert draft().line1 == "30 avenue des Haleurs"
    assert app.store.visit.focus == "name", "on to the first field that is missing"


def test_the_number_may_be_typed_where_the_street_was_chosen(app, stage, details, send, draft):
    focus(stage, send, "line1")
    stage.type("hal")
    stage.tap("suggestion:0")
    stage.type(["3", "1"])
    assert draft().line1 == "31 avenue des Haleurs"
    stage.tap("key:next")
    assert draft().line1 == "31 avenue des Haleurs"
    assert stage.find("suggestion:0") is None


def test_once_the_keyboard_is_away_the_first_field_shows_again(stage, details, send):
    focus(stage, send, "note")
    stage.pause(0.2)
    send(actions.FocusField(""))
    stage.pause(0.5)
    name, scroll = stage.get("details.field:name"), details.ids.scroll
    assert scroll.y <= name.to_window(name.x, name.top)[1] <= scroll.top
    stage.tap("details.mask")
    assert details.masked


def test_what_is_offered_lies_between_the_field_and_the_keyboard(app, stage, details, send):
    focus(stage, send, "line1")
    stage.type("rue")
    row = stage.wait_for("suggestion:0")
    stage.pause(0.3)
    theme = themes.current()
    rows = [stage.get(h) for h in stage.handles() if h.startswith("suggestion:")]
    assert len(rows) > 1 and all(r.height >= theme.target for r in rows)
    box = stage.get("details.field:line1").ids.box
    assert box.to_window(box.x, box.y)[1] >= row.to_window(row.x, row.top)[1] - 1
    assert min(r.to_window(r.x, r.y)[1] for r in rows) >= details.keyboard.top - 1


def test_an_answer_under_the_finger_chooses_no_other_street(app, stage, details, send, draft):
    focus(stage, send, "line1")
    stage.type("hal")
    stage.wait_for("suggestion:0")
    stage.pause(0.3)
    finger = stage._fingers.new(*stage._share(*stage._point("suggestion:0")))
    stage._fingers.put("begin", finger)
    stage.frames(2)
    send(actions.EditField("line1", "ric"))
    stage.wait_until(lambda: "Ricochets" in app.store.visit.completion.found[0].street, 5)
    stage._fingers.put("end", finger)
    stage.frames(3)
    assert draft().line1 == "ric"


# ---- hidden, cleared ----------------------------------------------------------------------------


def test_what_is_typed_hides_on_request_and_the_last_sign_after_a_second(
    app, stage, details, send, draft
):
    stage.tap("details.mask")
    assert app.store.visit.comfort.masked
    focus(stage, send, "line1")
    stage.type("hal")
    box = stage.get("details.field:line1")
    assert box.shown() == DOT * 2 + "l"
    stage.wait_until(lambda: box.shown() == DOT * 3, 5, "three dots")
    stage.tap("key:backspace")
    assert box.shown() == DOT * 2, "taking one away shows none"
    assert draft().line1 == "ha"
    assert stage.find("suggestion:0") is None, "streets would tell what the dots hide"
    stage.tap("key:done") if stage.find("key:done") else send(actions.FocusField(""))
    stage.pause(0.5)
    stage.tap("details.mask")
    assert box.shown() == "ha"


def test_a_cross_clears_the_field_that_is_typed_into(app, stage, details, send, draft):
    send(actions.EditField("line1", "rue fausse"))
    assert stage.find("details.clear:line1") is None or not stage.get("details.field:line1").focused
    focus(stage, send, "line1")
    cross = stage.get("details.clear:line1")
    assert min(cross.size) >= themes.current().target
    stage.tap(cross)
    assert draft().line1 == "" and app.store.visit.focus == "line1"
    stage.type("a")
    assert draft().line1 == "a"


# ---- on every glass -----------------------------------------------------------------------------


@pytest.fixture
def hang(app):
    """hang(glass, low=False): the theme of another glass, two pixels a millimetre."""
    before = themes.current()

    def hang(glass, *, low=False):
        theme = themes.Theme(load_brand(BRAND), 2.0, glass)
        theme.suit(Comfort(low=low), rtl=False)
        themes.install(theme)
        return theme

    yield hang
    themes.install(before)
    # The director builds screens ahead, and may have built one for the other glass meanwhile.
    app.root.hang(before.glass)
    app.store.refresh()


@pytest.mark.parametrize("low", [False, True], ids=["standing", "brought down"])
@pytest.mark.parametrize("glass", GLASSES)
def test_every_key_is_twenty_millimetres_and_within_reach(stage, hang, glass, low):
    theme = hang(GLASSES[glass], low=low)
    share = 1.0 if theme.portrait else 1 - themes.PANE_SHARE
    width = GLASSES[glass].width * 2 * share
    y, top = theme.desk
    for language in LANGUAGES:
        for kind in KINDS:
            keyboard = Keyboard(language=language, kind=kind, width=width, shown=1)
            stage.frames(1)
            for key in (k for k in keyboard._keys if k.spec.code):
                where = f"{glass} {language} {kind} {key.spec.code}"
                assert min(key.size) >= theme.true(20), where
                assert key.y >= y and key.x >= 0 and key.right <= width, where
            # The field that is typed into, and a row of what is offered, are seen above it.
            assert top - keyboard.top >= theme.true(20 + 20), f"{glass} {language} {kind}"


@pytest.mark.parametrize("low", [False, True], ids=["standing", "brought down"])
@pytest.mark.parametrize("glass", GLASSES)
def test_accents_open_on_the_glass_and_within_reach(stage, hang, glass, low):
    theme = hang(GLASSES[glass], low=low)
    width = GLASSES[glass].width * 2 * (1.0 if theme.portrait else 1 - themes.PANE_SHARE)
    for language in LANGUAGES:
        keyboard = Keyboard(language=language, width=width, shown=1)
        stage.frames(1)
        for key in (k for k in keyboard._keys if k.spec.more):
            keyboard._pressed["finger"] = key
            keyboard._offer("finger")
            for cell in keyboard._popover._cells:
                where = f"{glass} {language} {key.spec.code}: {cell.text}"
                assert min(cell.size) >= theme.true(20), where
                assert cell.x >= 0 and cell.right <= width, where
                assert theme.desk[0] <= cell.y and cell.top <= theme.desk[1], where
            assert [c.text for c in keyboard._popover._cells] == list(key.spec.more)
            keyboard.close_popover()


def test_nobodys_keyboard_is_a_mirror_image(stage, hang):
    theme = hang(GLASSES["32 inches upright"])
    theme.suit(Comfort(left=True), rtl=False)
    keyboard = Keyboard(language="fr", width=796, shown=1)
    stage.frames(1)
    row = [k.code for k in layout("fr", "text", last=False)[1]]
    keys = {k.spec.code: k for k in keyboard._keys}
    # The scene is reflected as a whole, so that in it the keys run from right to left.
    places = [keys[code].center_x for code in row]
    assert places == sorted(places, reverse=True)
