"""Words on the real window: the face, the lines and the side of every script."""

import pytest

from kiosk.window.stage import theme as themes
from kiosk.window.stage.script.breaking import NO_BEGIN
from kiosk.window.stage.widgets.words import Words
from kiosk.window.visit import Comfort

ARABIC = "اطلب الآن: يصلك غدًا الساعة 10:00، بالدراجة حتى بابك."
JAPANESE = "今ご注文いただくと、明日10:00に届きます。お持ち帰りください。"
FRENCH = "La boutique ferme, la vitrine reste ouverte toute la nuit."


@pytest.fixture
def arabic_screen(app, stage):
    theme = themes.current()
    theme.suit(Comfort(), rtl=True)
    yield theme
    theme.suit(Comfort(), rtl=False)


def drawn(text, width=300, **kwargs):
    words = Words(text=text, size_hint=(None, None), width=width, **kwargs)
    words.texture_update()
    return words


def lines_of(words):
    return words._label.text.split("\n")


@pytest.mark.parametrize(
    ("text", "face"),
    [(FRENCH, "text"), (ARABIC, "arabic.text"), (JAPANESE, "japanese.text"), ("128 €", "text")],
)
def test_a_text_is_set_in_the_face_of_its_own_script(app, stage, text, face):
    words = drawn(text)
    assert words._label.options["font_name"] == face
    assert words.texture is not None and words.text == text


def test_a_label_goes_from_script_to_script_and_back(app, stage):
    words = drawn(ARABIC)
    words.text = FRENCH
    words.texture_update()
    assert words._label.options["font_name"] == "text"
    assert words._label.options["padding"] == (0, 0, 0, 0)
    assert words.texture_size == drawn(FRENCH).texture_size


@pytest.mark.parametrize("text", [ARABIC, JAPANESE])
@pytest.mark.parametrize("width", [60, 90, 140, 220])
def test_no_line_is_wider_than_its_box(app, stage, text, width):
    words = drawn(text, width)
    assert len(lines_of(words)) > 1
    assert all(words._label.get_extents(line)[0] <= width for line in lines_of(words))


def test_the_first_line_holds_what_is_read_first(app, stage):
    first = lines_of(drawn(ARABIC, 120))[0]
    # The first word, joined; what is read first stands last.
    assert first.endswith("\ufe90\ufee0\ufec3\ufe8d")


@pytest.mark.parametrize("text", [ARABIC, JAPANESE])
def test_what_does_not_fit_its_lines_ends_in_an_ellipsis(app, stage, text):
    words = drawn(text, 110, lines=2)
    assert len(lines_of(words)) == 2
    assert "…" in lines_of(words)[1]
    narrow = drawn(text, wrap=False, most=80)
    assert narrow.texture_size[0] <= 80 and "…" in narrow._label.text


@pytest.mark.parametrize("text", [ARABIC, JAPANESE])
def test_a_long_text_shrinks_before_it_is_cut(app, stage, text):
    words = drawn(text, 300, role="headline", lines=2, least=0.3)
    assert words._label.options["font_size"] < themes.current().type("headline").size
    assert len(lines_of(words)) <= 2


@pytest.mark.parametrize("text", [ARABIC, JAPANESE])
def test_balanced_lines_are_about_equally_long(app, stage, text):
    plain = drawn(text, 230)
    even = drawn(text, 230, balance=True)
    widths = [even._label.get_extents(line)[0] for line in lines_of(even)]
    assert len(lines_of(plain)) == len(widths)
    assert min(widths) >= 0.5 * max(widths)


def test_a_short_japanese_name_rather_shrinks_than_breaks(app, stage):
    words = drawn("すべての品", 120, role="headline", lines=2, least=0.3)
    assert len(lines_of(words)) == 1
    assert words._label.get_extents(lines_of(words)[0])[0] <= 120


def test_japanese_lines_begin_with_no_stop(app, stage):
    for width in range(50, 300, 25):
        assert all(line[0] not in NO_BEGIN for line in lines_of(drawn(JAPANESE, width)))


def test_each_paragraph_has_a_direction_of_its_own(app, stage):
    first, second = lines_of(drawn("14, rue de la Lucarne.\nدار.", 400))
    assert first == "14, rue de la Lucarne."
    assert second.startswith(".")


def test_a_text_fits_into_its_own_natural_width(app, stage):
    for text in ("أضف إلى السلة", "أرسل الطلب", ARABIC, JAPANESE):
        assert len(lines_of(drawn(text, drawn(text, 2000).natural))) == 1


def test_left_is_where_reading_begins(arabic_screen):
    assert drawn(ARABIC).halign == "right"
    assert drawn(ARABIC, align="right").halign == "left"
    assert drawn(FRENCH).halign == "right"
    assert drawn(FRENCH, align="center").halign == "center"


def test_in_a_mirror_words_stand_upright(app, stage, arabic_screen):
    seen = drawn(ARABIC).texture
    arabic_screen.suit(Comfort(left=True), rtl=True)
    plain = drawn(ARABIC).texture
    assert not arabic_screen.mirrored
    assert seen.tex_coords[0] > seen.tex_coords[2]
    assert plain.tex_coords[0] < plain.tex_coords[2]
    assert seen.size == plain.size


def test_the_last_sign_of_the_first_line_in_a_face_is_whole(app, stage):
    """There is no other text of 237 %, so that no line of that face was drawn before."""

    def ends(text):
        texture = drawn(text, wrap=False, role="headline").texture
        across = texture.width * 4
        rows = [texture.pixels[y * across : (y + 1) * across] for y in range(texture.height)]
        return max(x for x in range(texture.width) if any(row[x * 4 + 3] for row in rows))

    theme = themes.current()
    theme.suit(Comfort(text=237), rtl=False)
    first, roomy = ends("AVATAR, To. Vaugrain|"), ends("AVATAR, To. Vaugrain|\u00a0\u00a0")
    theme.suit(Comfort(), rtl=False)
    assert first == roomy


def test_nothing_takes_no_room(app, stage):
    words = Words()
    words.wrap = False
    assert words.size == [0, 0]
