"""The focus on the real window: by keys, and in words."""

import re

from focusing import at_rest, browsing, every_screen, piece_of, press, spoken, texts

from kiosk.contract.contrast import contrast
from kiosk.window.stage.focus.focusable import Focusable
from kiosk.window.stage.focus.order import box, lines, middle
from kiosk.window.stage.handles import visible, walk
from kiosk.window.stage.widgets.words import Words
from kiosk.window.visit import actions

__all__ = ["browsing", "spoken"]

NEXT, PREVIOUS, RIGHT, LEFT, ENTER, ESCAPE = 274, 273, 275, 276, 13, 27
LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "ar", "ja")
# A handle ("bar.language", "card.amphore") is nothing to say to anybody.
RAW = re.compile(r"\b[a-z_]+[.:][a-z_][\w.:-]*")


# ---- keys ------------------------------------------------------------------------------------


def test_the_arrows_walk_through_all_and_come_back(app, browsing):
    guide = app.root.guide
    press(browsing, NEXT)
    first, seen = guide.place.handle, []
    for _ in range(400):
        seen.append(guide.place.handle)
        assert visible(guide.place)
        press(browsing, NEXT)
        if guide.place.handle == first:
            break
    assert guide.place.handle == first
    assert {"bar.comfort", "bar.language", "category.all"} <= set(seen)
    assert len({h for h in seen if h.startswith("card.")}) == app.root.current.ids.wall.count
    press(browsing, PREVIOUS)
    assert guide.place.handle == seen[-1]


def test_right_and_left_go_along_a_line(app, browsing):
    guide = app.root.guide
    press(browsing, NEXT)
    above = guide.place
    press(browsing, RIGHT)
    assert middle(guide.place)[0] > middle(above)[0]
    assert box(guide.place)[3] == box(above)[3]
    press(browsing, LEFT)
    assert guide.place is above


def test_tab_goes_on_and_shift_tab_goes_back(app, browsing):
    guide = app.root.guide
    press(browsing, 9)
    first = guide.place.handle
    press(browsing, 9)
    assert guide.place.handle != first
    press(browsing, 9, "shift")
    assert guide.place.handle == first


def test_enter_chooses_and_escape_goes_back(app, browsing):
    press(browsing, NEXT)
    card = app.root.guide.place.handle
    press(browsing, ENTER)
    browsing.wait_until(lambda: app.store.visit.screen == "product", 10, "the piece")
    assert card == f"card.{app.store.visit.product_id}"
    press(browsing, ESCAPE)
    assert app.store.visit.screen == "browse"


def test_a_key_that_repeats_chooses_once(app, browsing, send):
    send(actions.OpenProduct(piece_of(app).id))
    browsing.wait_until(lambda: app.store.visit.variant_id, 10, "the piece")
    at_rest(app, browsing)
    app.root.guide.focus(browsing.get("product.add"))
    for _ in range(5):
        browsing.window.dispatch("on_key_down", ENTER, 0, None, [])
        browsing.frames(3)
    browsing.window.dispatch("on_key_up", ENTER, 0)
    assert app.store.visit.basket.pieces == 1


def test_the_focus_stays_in_a_dialogue(app, browsing, send):
    send(actions.SetComfort("shown", True))
    sheet = browsing.wait_for("comfort.contrast")
    seen = set()
    for _ in range(30):
        press(browsing, NEXT)
        seen.add(app.root.guide.place.handle)
    assert sheet.handle in seen and "comfort.text.200" in seen
    assert all(handle.startswith("comfort") for handle in seen)
    press(browsing, ESCAPE)
    assert not app.store.visit.comfort.shown


def test_a_key_begins_the_spoken_mode(app, browsing, heard):
    press(browsing, 278)
    assert app.store.visit.comfort.spoken
    browsing.wait_until(lambda: any("vous parle" in t for t in texts(heard)), 10, "the welcome")


# ---- the ring --------------------------------------------------------------------------------


def hexed(pixel):
    return "#" + "".join(f"{channel:02X}" for channel in pixel)


def test_the_ring_is_seen_around_every_place(app, browsing):
    guide = app.root.guide
    press(browsing, NEXT)
    for _ in range(12):
        press(browsing, PREVIOUS)
        left, bottom, width, height = guide._ring.frame
        window = browsing.window
        assert left >= 0 and left + width <= window.width
        assert bottom >= 0 and bottom + height <= window.height
        picture = browsing.image()
        across = [
            hexed(picture.getpixel((left + width // 2, window.height - 1 - y)))
            for y in range(bottom, bottom + guide._ring.thickness)
        ]
        ring = max(across, key=lambda pixel: contrast(pixel, app.root._theme.hex("paper")))
        assert contrast(ring, across[0]) >= 3, (guide.place.handle, across)
        assert contrast(ring, across[-1]) >= 3, (guide.place.handle, across)


def test_a_finger_takes_the_ring_away(app, browsing):
    press(browsing, NEXT)
    assert app.root.guide._ring.frame
    browsing.tap("category.all")
    assert app.root.guide._ring.frame is None


# ---- words -----------------------------------------------------------------------------------


def test_every_part_of_every_screen_is_described_in_every_language(app, browsing, send):
    for screen in every_screen(app, browsing, send):
        for language in LANGUAGES:
            send(actions.SetLanguage(language))
            at_rest(app, browsing)
            assert app.store.visit.language == language
            places = [w for w in app.root.guide.places() if isinstance(w, Focusable)]
            assert places
            for place in places:
                told = place.describe()
                assert told, f"{place.handle or place} on {screen} says nothing in {language}"
                assert not RAW.search(told), f"{place.handle} on {screen}: {told!r}"
        send(actions.SetLanguage("fr"))
        at_rest(app, browsing)


def test_a_word_has_its_language(app, browsing, send):
    said = {}
    for language in ("en", "fr"):
        send(actions.SetLanguage(language))
        browsing.frames(3)
        said[language] = browsing.get("bar.comfort").describe()
    assert said == {"en": "Ease of use, button.", "fr": "Confort, bouton."}


def test_a_screen_says_its_title_and_a_notice_what_it_says(app, spoken, send, heard):
    piece = piece_of(app)
    send(actions.OpenProduct(piece.id))
    spoken.wait_until(lambda: any(piece.title["fr"] in t for t in texts(heard)), 10, "the title")
    send(actions.AddToBasket())
    spoken.wait_until(lambda: "Dans votre panier." in texts(heard), 10, "the notice")


def test_the_idle_question_is_said_and_any_key_answers_it(app, spoken, send, heard):
    send(actions.IdleWarning(app.store.now))
    spoken.wait_until(lambda: any("toujours là" in t for t in texts(heard)), 10, "the question")
    press(spoken, NEXT)
    assert app.store.visit.warned_at is None


def test_the_orders_confirmation_is_said(app, spoken, send, heard):
    for _ in every_screen(app, spoken, send):
        at_rest(app, spoken)
    title = app.root.current.view.title
    spoken.wait_until(lambda: any(t.startswith(title) for t in texts(heard)), 10, "the thanks")


def test_a_code_to_scan_is_found_by_what_it_leads_to(app, spoken, send):
    app.store.set_online(True)
    send(actions.OpenQuick())
    spoken.wait_until(lambda: app.root.current_name == "quick", 10, "the three")
    code = spoken.wait_for("quick.code")
    at_rest(app, spoken)
    spoken.hold(middle(code), 0.3)
    assert app.root.guide.place is code
    assert code.describe() == "Un scan, et tout est sur votre téléphone, QR code."
    send(actions.SetComfort("spoken", False))
    at_rest(app, spoken)
    assert "quick.code" not in [p.handle for p in app.root.guide.places()]
    app.store.set_online(False)


def test_what_is_typed_is_never_said(app, spoken, send, heard):
    screens = every_screen(app, spoken, send)
    while next(screens) != "details, typing":
        pass
    for name, text in {"name": "Zyxophile", "email": "zyx@mail.example"}.items():
        send(actions.EditField(name, text))
    at_rest(app, spoken)
    told = [w.describe() if isinstance(w, Focusable) else w.text for w in app.root.guide.places()]
    assert any("rempli" in t for t in told)
    for _ in range(12):
        press(spoken, NEXT)
    assert not any("Zyx" in t or "zyx" in t for t in [*told, *texts(heard)])


def test_the_volume_and_all_else_is_gone_with_the_visit(app, spoken, send, heard):
    send(actions.SetComfort("volume", 9))
    press(spoken, NEXT)
    spoken.wait_until(lambda: any("-a 180 " in how for how, _ in heard()), 10, "a loud voice")
    send(actions.IdleWarning(app.store.now))
    send(actions.IdleOver())
    spoken.wait_until(lambda: app.root.current_name == "attract", 10, "the posters")
    assert app.store.visit.comfort == type(app.store.visit.comfort)()
    assert not app.root.guide.spoken and app.root.guide._ring.frame is None
    assert spoken.find("keypad.next") is None
    send(actions.Wake())
    send(actions.SetComfort("spoken", True))
    spoken.wait_until(lambda: heard() and "-a 100 " in heard()[-1][0], 10, "the usual voice")


def test_a_silent_visit_says_nothing(app, browsing, heard):
    for _ in range(4):
        press(browsing, NEXT)
    browsing.tap("category.all")
    browsing.pause(0.3)
    assert heard() == []


def test_what_is_scrolled_off_the_glass_is_found_and_ends_the_search(app, stage, send):
    """A window is its own parent: a walk upwards that forgets it never ends."""
    send(actions.Wake("vase-galbe"))
    stage.tap("product.story")
    close = stage.wait_for("story.close")
    body = next(w for w in walk(app.root) if isinstance(w, Words) and len(w.text) > 400)
    body.y -= 3 * stage.window.height
    assert not visible(body)
    assert body in [place for line in lines(app.root, texts=True) for place in line]
    assert close in app.root.guide.places()
