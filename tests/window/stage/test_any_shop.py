"""A shop that is not the brand's own: its name, its posters without pictures, its initials."""

from kiosk.window.visit import Screen

NAME = "Épicerie du Grand-Cerf"


def test_a_shop_of_another_name_does_not_stand_under_the_brands_wordmark(app, stage, become):
    from kiosk.window.stage import shapes, theme

    own = shapes.mark("wordmark", 30)
    assert theme.current().sign == ""
    become(name=NAME)
    assert theme.current().sign == NAME
    assert shapes.mark("wordmark", 30) is not own
    assert shapes.mark("monogram", 30).size[1] > 30, "the accent stands above the capital"
    become(name="MAISON LUCARNE")
    assert shapes.mark("wordmark", 30) is own


def test_without_posters_the_pieces_hang_in_frames(app, stage, become):
    become(heroes=[], tagline={})
    screen = app.root.screen(Screen.ATTRACT)
    poster, tag = screen.ids.wall.children[0], screen.ids.tag
    stage.wait_until(lambda: poster.framed and poster.ids.photo.loaded, 8, "the photograph")
    first = screen.view.heroes[0]
    assert poster.line == first.product
    assert poster.ids.photo.top < stage.window.height * 0.8
    assert (tag.name, tag.price) == (first.product, first.price)
    stage.tap("attract.product")
    stage.wait_until(lambda: app.root.current_name is Screen.PRODUCT, 3)
    assert app.store.visit.product_id == first.product_id


def test_a_letter_stands_where_a_photograph_is_missing(app, stage, become):
    from kiosk.window.stage import shapes

    assert shapes.initial("élan", 40).size == shapes.initial("Étui", 40).size
    assert shapes.initial("سوق", 40).size > (1, 1) and shapes.initial("青磁", 40).size > (1, 1)
    assert shapes.initial("ร้าน", 40).size == (1, 1), "a box would be worse than nothing"
    become(heroes=[], name=NAME, tagline={})
    before = stage.image()
    become(heroes=[], name=NAME, tagline={"fr": "Ouvert la nuit"})
    screen = app.root.screen(Screen.ATTRACT)
    stage.wait_until(lambda: screen.ids.wall.children[0].line == "Ouvert la nuit", 3)
    stage.pause(0.4)
    assert not screen.ids.wall.children[0].ids.photo.loaded
    assert stage.image() != before


def test_no_word_of_a_poster_is_left_alone_on_a_line(app, stage):
    from kiosk.window.stage.widgets.words import Words

    for given in ("Closed. But not to you.", "Repasovaný hardware"):
        words = Words(text=given, role="poster", lines=3, least=0.6, balance=True)
        words.size_hint_x, words.width = None, 160
        while words.width < 600:
            words.width += 37
            words.texture_update()
            lines = words._label.text.split("\n")
            assert " ".join(lines) == given, "broken between words only"
            longest = max(len(line) for line in lines)
            assert min(len(line) for line in lines) >= min(longest / 2, len("hardware"))
