"""The demo shop's data and brand: complete, typeset, lawful, and legible."""

import csv
import re
import tomllib
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PIL import Image, ImageFont

from kiosk.contract.contrast import contrast
from kiosk.shop.reviews import first_name
from kiosk.window.stage.script import joined
from kiosk.window.visit.languages import OWN_NAMES
from kiosk.window.visit.words import LOCALES

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "catalog"
BRAND = ROOT / "assets" / "brand"
TRANSLATED = ("title", "pitch", "story", "material", "care", "type")
PAIRED = ("meaning", "meaning_proof", "option1_name", "option2_name", "image_alt")
PLAIN = {
    "title": "Title",
    "story": "Body (HTML)",
    "type": "Type",
    "option1_name": "Option1 Name",
    "option2_name": "Option2 Name",
    "option1_value": "Option1 Value",
    "option2_value": "Option2 Value",
    "image_alt": "Image Alt Text",
}
Row = dict[str, str]


def rows() -> list[Row]:
    """Rows with metafield columns renamed to their key's last part."""
    with (CATALOG / "products.csv").open(encoding="utf-8", newline="") as file:
        return [
            {re.sub(r".*\(\w+\.metafields\.vitrine\.(\w+)\)", r"\1", k): v for k, v in row.items()}
            for row in csv.DictReader(file)
        ]


ROWS = rows()
HEADS = [row for row in ROWS if row["Title"]]
with (CATALOG / "reviews.csv").open(encoding="utf-8", newline="") as _file:
    REVIEWS = list(csv.DictReader(_file))
SHOP = tomllib.loads((CATALOG / "shop.toml").read_text("utf-8"))
THEME = tomllib.loads((BRAND / "theme.toml").read_text("utf-8"))
LATIN = {name for name in THEME["fonts"].values() if isinstance(name, str)}
SCRIPTS = {
    script: {name for name in faces.values() if isinstance(name, str)}
    for script, faces in THEME["fonts"].items()
    if isinstance(faces, dict)
}
FACES = LATIN.union(*SCRIPTS.values())
SPACES = set("\u00a0\u202f\u200e\u200f \n")


def both(row: Row, key: str) -> tuple[str, str]:
    """A text in French and in English."""
    return row[PLAIN.get(key, key)], row[f"{key}_en"]


def french_is_typeset(text: str) -> None:
    assert not re.search(r"['\"]", text), "straight quote"
    assert not re.search(r"(?<!\u202f)[;:!?»](?!\w)", text), "no narrow space before"
    assert not re.search(r"«(?!\u202f)", text)


def english_is_typeset(text: str) -> None:
    assert not re.search(r"['\"]|[ \u202f][;:!?]", text)


TYPESET = {"fr": french_is_typeset, "en": english_is_typeset}


def words(html: str) -> int:
    return len(re.findall(r"[\w’\-]+", re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("row", HEADS, ids=lambda row: row["Handle"])
class TestProduct:
    def test_speaks_both_languages(self, row: Row) -> None:
        for key in TRANSLATED:
            assert all(both(row, key)), f"{key} is missing in a language"
        for key in PAIRED:
            french, english = both(row, key)
            if french != "Title":
                assert bool(french) == bool(english), f"{key} stands in one language only"
        assert bool(row["meaning"]) == bool(row["meaning_proof"])

    def test_pitch_is_two_short_sentences(self, row: Row) -> None:
        for pitch in both(row, "pitch"):
            assert len(pitch) <= 140
            assert len(re.findall(r"[.!?…](?:\s|$)", pitch)) <= 2

    def test_story_has_a_readable_length(self, row: Row) -> None:
        for story in both(row, "story"):
            assert re.fullmatch(r"(<p>[^<>]+</p>)+", story)
            assert 80 <= words(story) <= 150

    def test_french_is_typeset(self, row: Row) -> None:
        for key in (*TRANSLATED, *PAIRED):
            french_is_typeset(re.sub(r"</?p>", "", both(row, key)[0]))

    def test_english_is_typeset(self, row: Row) -> None:
        for key in (*TRANSLATED, *PAIRED):
            english_is_typeset(both(row, key)[1])

    def test_type_is_a_shelf(self, row: Row) -> None:
        assert SHOP["categories"][row["Type"]]["en"] == row["type_en"]

    def test_maker_is_told(self, row: Row) -> None:
        assert row["Vendor"]
        assert row["maker_town"]
        assert int(row["maker_km"]) >= 1


def variants() -> list[Row]:
    return [row for row in ROWS if row["Variant SKU"]]


@pytest.mark.parametrize("row", variants(), ids=lambda row: row["Variant SKU"])
def test_variant_can_be_sold(row: Row) -> None:
    code = row["Variant Barcode"]
    assert re.fullmatch(r"0(2\d|4\d)\d{10}", code), "GTIN-13 in the restricted range"
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(code))
    assert total % 10 == 0, "check digit"
    assert re.fullmatch(r"ML-[A-Z]{3}-\d{3}-[A-Z0-9]{2,3}", row["Variant SKU"])
    assert re.fullmatch(r"[1-9]\d*\.\d\d", row["Variant Price"])
    if row["Variant Compare At Price"]:
        assert float(row["Variant Compare At Price"]) > float(row["Variant Price"])
    assert int(row["Variant Grams"]) > 0
    assert int(row["Variant Inventory Qty"]) >= 0
    for number in (1, 2):
        value = row[f"Option{number} Value"]
        assert (value not in ("", "Default Title")) == bool(row[f"option{number}_value_en"])
    assert re.fullmatch(r"(#[0-9A-F]{6})?", row["option1_swatch"])


def test_numbers_are_unique() -> None:
    for column in ("Variant SKU", "Variant Barcode", "Image Src"):
        values = [row[column] for row in ROWS if row[column]]
        assert len(values) == len(set(values)), column
    assert len(HEADS) == len({row["Handle"] for row in ROWS})


def test_the_house_is_whole() -> None:
    assert len(HEADS) >= 48
    shelves = Counter(row["Type"] for row in HEADS)
    assert list(SHOP["categories"]) == list(dict.fromkeys(row["Type"] for row in HEADS))
    assert len(shelves) == 8 and min(shelves.values()) >= 5
    assert sum(bool(row["meaning"]) for row in HEADS) >= 12
    proofs = [row["meaning_proof"] for row in HEADS if row["meaning"]]
    assert len(set(proofs)) == len(proofs), "the same proof twice convinces nobody"


def test_every_product_has_a_second_picture_and_every_colour_its_own() -> None:
    chosen_by_colour = 0
    for head in HEADS:
        mine = [row for row in ROWS if row["Handle"] == head["Handle"]]
        pictures = [row["Image Src"] for row in mine if row["Image Src"]]
        assert len(pictures) >= 2, head["Handle"]
        colours = {row["Option1 Value"]: row for row in mine if row["option1_swatch"]}
        if len(colours) > 1:
            chosen_by_colour += 1
            own = {row["Variant Image"] for row in colours.values()}
            assert "" not in own and len(own) == len(colours), head["Handle"]
    assert chosen_by_colour >= 12


def test_every_picture_is_used_and_every_used_one_is_there() -> None:
    used = {row["Image Src"] for row in ROWS if row["Image Src"]}
    posters = {hero["picture"] for hero in (*SHOP["heroes"], *SHOP["lookbooks"])}
    there = {f"pictures/{path.name}" for path in (CATALOG / "pictures").iterdir()}
    assert used | posters == there
    assert {row["Variant Image"] for row in ROWS} - {""} <= used
    assert {hero["product"] for hero in SHOP["heroes"]} <= {row["Handle"] for row in ROWS}
    assert Counter(hero["when"] for hero in SHOP["heroes"]) == {"day": 3, "night": 3}


@pytest.mark.parametrize("path", sorted((CATALOG / "pictures").iterdir()), ids=lambda p: p.stem)
def test_a_picture_is_light_and_of_its_size(path: Path) -> None:
    poster = path.stem.startswith("hero-")
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("WEBP", (1080, 1920) if poster else (960, 1200))
    assert path.stat().st_size <= 150_000


def test_first_pictures_lie_on_the_colour_of_the_cards() -> None:
    """The upper corners of every ground are close to `sheet`, so that a card needs no frame."""
    sheet = [int(THEME["day"]["sheet"][i : i + 2], 16) for i in (1, 3, 5)]
    for row in ROWS:
        if row["Image Position"] != "1":
            continue
        with Image.open(CATALOG / row["Image Src"]) as picture:
            small = picture.convert("RGB").resize((48, 60), Image.Resampling.BOX)
        for corner in ((1, 1), (46, 1)):
            pixel = small.getpixel(corner)
            off = max(abs(a - b) for a, b in zip(pixel, sheet, strict=True))
            assert off <= 30, (row["Image Src"], pixel)


@pytest.mark.parametrize("hero", SHOP["heroes"], ids=lambda hero: Path(hero["picture"]).stem)
def test_a_posters_words_are_legible_on_its_wall(hero: dict[str, str]) -> None:
    """On 98 % of the upper third, where they stand, with the shade that is drawn beneath them."""
    scheme = THEME["night" if hero["when"] == "night" else "day"]
    with Image.open(CATALOG / hero["picture"]) as picture:
        small = picture.convert("RGB").resize((54, 96), Image.Resampling.BOX)
    shade, opacity = scheme["hero_shade"], scheme["hero_shade_opacity"]
    over = [int(shade[i : i + 2], 16) * opacity for i in (1, 3, 5)]
    found = []
    for place in range(54 * 35):
        pixel = small.getpixel((place % 54, place // 54))
        wall = "".join(
            f"{round(a * (1 - opacity) + b):02x}" for a, b in zip(pixel, over, strict=True)
        )
        found.append(contrast(scheme["hero_ink"], f"#{wall}"))
    assert sorted(found)[len(found) // 50] >= 4.5


def test_the_set_of_pictures_stays_small() -> None:
    assert sum(path.stat().st_size for path in (CATALOG / "pictures").iterdir()) <= 25_000_000


def test_picture_positions_count_from_one() -> None:
    positions = defaultdict(list)
    for row in ROWS:
        if row["Image Src"]:
            positions[row["Handle"]].append(int(row["Image Position"]))
    for handle, found in positions.items():
        assert sorted(found) == list(range(1, len(found) + 1)), handle


def test_reviews_are_modest_dated_and_of_pieces_that_are_sold() -> None:
    handles = {row["Handle"] for row in HEADS}
    for review in REVIEWS:
        assert review["product_handle"] in handles
        assert review["rating"] in tuple("12345")
        assert date(2025, 6, 1) <= date.fromisoformat(review["review_date"])
        assert first_name(review["reviewer_name"]) == review["reviewer_name"]
        assert 20 <= len(review["body"]) <= 200
        assert review["curated"] == "ok" and review["bought_here"] in ("true", "false")
        TYPESET[review["language"]](review["body"])
    assert len({review["body"] for review in REVIEWS}) == len(REVIEWS)
    assert len({review["product_handle"] for review in REVIEWS}) >= 12
    assert {review["language"] for review in REVIEWS} == {"fr", "en"}
    stars = Counter(review["rating"] for review in REVIEWS)
    assert stars["5"] < 0.75 * len(REVIEWS), "nobody believes a shop that only has five stars"


def test_lookbooks_are_whole_in_both_languages() -> None:
    handles = {row["Handle"] for row in HEADS}
    assert len(SHOP["lookbooks"]) == 3
    for book in SHOP["lookbooks"]:
        assert set(book["products"]) <= handles
        assert 4 <= len(book["products"]) == len(set(book["products"]))
        for language in SHOP["shop"]["languages"]:
            sentences = re.findall(r"[.!?…](?:\s|$)", book["text"][language])
            assert 2 <= len(sentences) <= 3
            assert len(book["title"][language].split()) <= 5
            TYPESET[language](book["text"][language])


def test_what_is_put_beside_a_piece_is_sold_and_is_another_piece() -> None:
    handles = {row["Handle"] for row in HEADS}
    named = 0
    for row in HEADS:
        beside = [handle for handle in row["related"].split(", ") if handle]
        assert set(beside) <= handles - {row["Handle"]}
        named += len(beside)
    assert named >= 20
    assert len(SHOP["quick"]) >= 3 and set(SHOP["quick"]) <= handles


def test_hero_lines_are_posters() -> None:
    for hero in SHOP["heroes"]:
        for language in SHOP["shop"]["languages"]:
            assert len(hero["line"][language].split()) <= 6


def test_theme_comments_tell_the_true_contrast() -> None:
    """Every "6.4 on paper" in a comment is that colour's contrast, rounded."""
    palettes = {scheme: THEME[scheme] for scheme in ("day", "night")}
    for name, schemes in THEME["themes"].items():
        for scheme, changed in schemes.items():
            palettes[f"themes.{name}.{scheme}"] = THEME[scheme] | changed
    scheme = ""
    checked = 0
    for line in (BRAND / "theme.toml").read_text("utf-8").splitlines():
        if line.startswith("["):
            scheme = line.strip("[]") if line.strip("[]") in palettes else ""
        found = re.match(r'\w+ = "(#[0-9A-F]{6})" .*# .*?(\d+\.\d on .*)', line)
        if not (scheme and found):
            continue
        for figure, ground in re.findall(r"(\d+\.\d) on (\w+)", found[2]):
            if ground in palettes[scheme]:
                assert f"{contrast(found[1], palettes[scheme][ground]):.1f}" == figure, line
                checked += 1
    assert checked >= 30


def test_theme_names_files_that_exist() -> None:
    named = [*FACES, *THEME["icons"].values()]
    named += [value for key, value in THEME["wordmark"].items() if key != "text"]
    for path in named:
        assert (BRAND / path).is_file(), path
    assert all(role["font"] in THEME["fonts"] for role in THEME["type"].values())


def test_the_brands_folder_holds_what_a_shop_replaces_and_nothing_else() -> None:
    named = {*FACES, *THEME["icons"].values(), "theme.toml", "README.md"}
    named |= {value for key, value in THEME["wordmark"].items() if key != "text"}
    sources = re.compile(r"icons/svg/[\w-]+\.svg|logo/[\w-]+\.(svg|png)|fonts/OFL-\w+\.txt")
    for path in BRAND.rglob("*"):
        name = path.relative_to(BRAND).as_posix()
        assert path.is_dir() or name in named or sources.fullmatch(name), name
    licences = {path.stem.removeprefix("OFL-") for path in (BRAND / "fonts").glob("OFL-*.txt")}
    assert licences == {Path(font).stem.split("-")[0] for font in FACES}


def words_of(language: str) -> list[str]:
    """Every text of the glass in one language."""
    with (LOCALES / f"{language}.po").open("rb") as file:
        entries = [m.string for m in read_po(file, locale=language) if m.id]
    forms = [[e] if isinstance(e, str) else e for e in entries]
    return [OWN_NAMES[language], *(text for group in forms for text in group)]


@pytest.mark.parametrize("font", sorted(LATIN))
def test_fonts_hold_every_sign_of_the_catalogue(font: str) -> None:
    face = ImageFont.truetype(BRAND / font, 40)
    missing = bytes(face.getmask("\U0010fffd"))
    signs = set("".join("".join(row.values()) for row in (*ROWS, *REVIEWS)))
    signs |= set("".join("".join(b["text"].values()) for b in SHOP["lookbooks"]))
    signs |= set("№×′→–—…ÉŒçřžšěůłąęż")
    for sign in signs - SPACES:
        assert bytes(face.getmask(sign)) != missing, f"U+{ord(sign):04X} {sign}"
    assert face.getlength("\u202f") < face.getlength("\u00a0")


@pytest.mark.parametrize("language", sorted(set(OWN_NAMES) - {"en"}))
def test_every_face_holds_every_sign_of_its_languages(language: str) -> None:
    script = {"ar": "arabic", "ja": "japanese"}.get(language, "")
    # What is drawn are the joined forms of the Arabic letters.
    signs = {form for text in words_of(language) for form in joined(text)} - SPACES
    # And whatever language a screen is in, it holds names, prices and times in Latin letters.
    signs |= set("Maison Lucarne 0123456789 €,.:·–—…éèçœ№") - SPACES
    for font in sorted(SCRIPTS.get(script, LATIN)):
        face = ImageFont.truetype(BRAND / font, 40)
        missing = bytes(face.getmask("\U0010fffd"))
        assert not {s for s in signs if bytes(face.getmask(s)) == missing}, font


def test_figures_of_the_sans_have_one_width() -> None:
    for role in ("text", "text_medium", "text_strong"):
        face = ImageFont.truetype(BRAND / THEME["fonts"][role], 100)
        assert len({face.getlength(digit) for digit in "0123456789"}) == 1, role
