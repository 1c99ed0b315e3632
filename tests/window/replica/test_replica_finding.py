"""Finding: what people type and choose, on the demo shop and on real catalogue files."""

import pytest
from replica_data import changes, product
from shops import DEMO, read_shop, real_feed

from kiosk.shop.catalogue import Option, OptionValue, Variant
from kiosk.shop.colour import Colour
from kiosk.shop.money import Money
from kiosk.shop.selection import EVERYTHING, PriceBand, Selection, Sort
from kiosk.window.replica import CatalogueReplica


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return read_shop(tmp_path_factory.mktemp("demo"), DEMO)


@pytest.fixture
def replica(tmp_path):
    replica = CatalogueReplica(tmp_path / "catalogue.db")
    yield replica
    replica.close()


def numbers(replica, selection):
    return [int(c.product_id[1:]) for c in replica.page(selection, None, 50).rows]


# ---- words: the demo shop ----------------------------------------------------------------------


def test_the_celadon_vase_is_found_without_its_accent(demo):
    found = demo.replica.found(Selection(words="vase celadon"))
    assert found.whole == 2
    assert demo.titles(Selection(words="vase celadon"))[0] == "Vase galbé"


@pytest.mark.parametrize(
    "typed", ["foulard", "foulards", "FOULARD", "foulrad", "foular", "Fooulard"]
)
def test_a_scarf_is_found_in_any_number_and_with_an_error(demo, typed):
    assert demo.titles(Selection(words=typed)) == ["Carré Nuit", "Carré Toits"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("céladno vaes", "Vase galbé"),
        ("porte cles", "Porte-clés Boucle"),
        ("portecles", "Porte-clés Boucle"),
        ("un sac", "Sac Demi-lune"),
        ("the pen", "Stylo plume Vigie"),
        ("lampes", "Lampe Terre"),
        ("vautrn", "Ismène Vautrin, Sept nuits"),
        ("photofore", "Photophore cannelé"),
        ("ML-CER-002", "Amphore"),
        ("0201400002018", "Amphore"),
    ],
)
def test_what_people_type_finds_what_they_mean(demo, typed, first):
    assert demo.titles(Selection(words=typed))[0] == first


def test_every_key_on_the_way_to_a_word_finds_the_piece(demo):
    for typed in ("ce", "cel", "cela", "celad", "celado", "celadon", "céladon"):
        assert "Vase galbé" in demo.titles(Selection(words=typed))


def test_a_category_and_a_colour_are_found_by_their_names(demo):
    shelf = {p.category_id for p in demo.products if p.handle == "vase-galbe"}
    for typed in ("céramique", "ceramics", "ceramqiue"):
        cards = demo.cards(Selection(words=typed))
        assert sum(c.category_id in shelf for c in cards) == 7
    green = demo.titles(Selection(words="vert"))
    assert {"Vase galbé", "Liseuse Laiton", "Sac Demi-lune"} <= set(green)
    assert set(demo.titles(Selection(words="green"))) & set(green)
    assert demo.titles(Selection(words="sac vert"))[0] == "Sac Demi-lune"


def test_what_was_meant_is_said(demo):
    found = demo.replica.found(Selection(words="vaze celadno"))
    assert found.meant == (("vaze", "vase"), ("celadno", "céladon"))
    assert "vaze" not in repr(found)


def test_nothing_found_names_the_nearest_spelling_that_finds_something(demo):
    assert demo.titles(Selection(words="chandelle")) == []
    assert demo.replica.spelling("chandelle") == "candle"
    assert demo.replica.spelling("zzzzzz") == ""
    assert demo.replica.spelling("vase") == ""


# ---- words: their order ------------------------------------------------------------------------


def test_title_comes_before_maker_before_the_rest(replica):
    replica.apply(
        changes(
            [
                product(1, title={"fr": "Bol"}, pitch={"fr": "Posé près d’un figuier"}),
                product(2, title={"fr": "Bol"}, maker="Maison Figuier"),
                product(3, title={"fr": "Figuier noir"}),
            ]
        )
    )
    assert numbers(replica, Selection(words="figuier")) == [3, 2, 1]


def test_all_words_come_before_some_and_what_can_be_had_before_what_is_sold_out(replica):
    out = (Variant("x", "X", Money(100, "EUR"), stock=0),)
    replica.apply(
        changes(
            [
                product(1, title={"fr": "Vase bleu"}, variants=out),
                product(2, title={"fr": "Vase"}),
                product(3, title={"fr": "Vase"}, pitch={"fr": "Bleu"}),
                product(4, title={"fr": "Vase bleu"}),
                product(5, title={"fr": "Bol"}),
            ]
        )
    )
    assert numbers(replica, Selection(words="bleu vase")) == [4, 1, 3, 2]
    assert replica.found(Selection(words="bleu vase")).whole == 3


def test_a_whole_word_comes_before_a_longer_one(replica):
    replica.apply(changes([product(1, title={"fr": "Linge"}), product(2, title={"fr": "Lin"})]))
    assert numbers(replica, Selection(words="lin")) == [2, 1]


def test_results_come_in_pages_and_in_any_order(replica):
    replica.apply(changes([product(n, title={"fr": f"Vase {9 - n}"}) for n in range(9)]))
    first = replica.page(Selection(words="vase"), None, 4)
    second = replica.page(Selection(words="vase"), first.after, 4)
    assert [r.product_id[-1] for r in (*first.rows, *second.rows)] == list("01234567")
    dear = Selection(words="vase", sort=Sort.DEAREST)
    first = replica.page(dear, None, 4)
    second = replica.page(dear, first.after, 9)
    assert [r.product_id[-1] for r in (*first.rows, *second.rows)] == list("876543210")
    assert second.after is None


def test_a_word_of_many_pieces_shows_the_nearest_of_them_and_says_so(replica):
    out = (Variant("x", "X", Money(100, "EUR"), stock=0),)
    some = [product(n, variants=out) if n < 700 else product(n) for n in range(720)]
    replica.apply(changes(some))
    found = replica.found(Selection(words="vase"))
    assert (len(found.numbers), found.more) == (600, True)
    assert numbers(replica, Selection(words="vase"))[:20] == list(range(700, 720))


# ---- words: other scripts ----------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["花瓶", "青磁", "青磁の花瓶", "花", "ガラス", "がらす", "緑"])
def test_japanese_is_found_without_spaces(replica, typed):
    green = Option("c", {"ja": "色"}, (OptionValue("g", {"ja": "若葉"}, "#527F69"),))
    variants = (Variant("v", "V", Money(100, "JPY"), {"c": "g"}, stock=1),)
    vase = {"ja": "青磁の花瓶"}
    replica.apply(
        changes(
            [
                product(1, title=vase, pitch={"ja": "ガラス"}, options=(green,), variants=variants),
                product(2, title={"ja": "絹"}),
            ]
        )
    )
    assert numbers(replica, Selection(words=typed)) == [1]
    assert numbers(replica, Selection(words="靴")) == []


@pytest.mark.parametrize("typed", ["غسالة", "غساله", "غَسَّالة", "الغسالة", "غسال", "غساةل"])
def test_arabic_is_found_however_it_is_written(tmp_path, typed):
    shop = read_shop(tmp_path, real_feed("gmc_ar.xml"), "ar")
    assert shop.titles(Selection(words=typed))[0] == "غسالة محمولة قابلة للطي"


# ---- words: real files -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "typed", "first"),
    [
        ("shopify_apparel.csv", "leather bags", "Black Leather Bag"),
        ("shopify_apparel.csv", "lether jakcet", "Classic Leather Jacket"),
        ("shopify_jewelery.csv", "bracelets anchor", "Anchor Bracelet Mens"),
        ("shopify_jewelery.csv", "neclace", "Dainty Gold Necklace"),
        ("shopify_home-and-garden.csv", "pot ceramic", "White Ceramic Pot"),
        ("shopify_wow.csv", "naiveté", "Wig Pro 540 Naivete"),
        ("gmc_importpc.xml", "nabijecky movano", "Nabíječka Movano"),
        ("gmc_importpc.xml", "nabijekca do auta", "Nabíječka do auta"),
    ],
)
def test_real_catalogues_are_searched_as_people_type(tmp_path, file, typed, first):
    shop = read_shop(tmp_path, real_feed(file))
    assert shop.titles(Selection(words=typed))[0].startswith(first)


# ---- filters -----------------------------------------------------------------------------------


def test_a_filter_keeps_what_fits_and_pages_through_it(demo):
    cheap = Selection(price=PriceBand(0, 4000), sort=Sort.CHEAPEST)
    after, seen = None, []
    while True:
        page = demo.replica.page(cheap, after, 5)
        seen += page.rows
        after = page.after
        if after is None:
            break
    prices = [c.price_from.minor for c in seen]
    assert prices == sorted(prices)
    assert prices and max(prices) < 4000
    wanted = {p.id for p in demo.products if p.price_from.minor < 4000}
    assert {c.product_id for c in seen} == wanted
    assert demo.replica.count(cheap) == len(wanted)


def test_every_order_goes_through_everything_once(demo):
    for sort in Sort:
        after, seen = None, []
        while True:
            page = demo.replica.page(Selection(sort=sort), after, 7)
            seen += [c.product_id for c in page.rows]
            after = page.after
            if after is None:
                break
        assert sorted(seen) == sorted(p.id for p in demo.products)


def test_green_holds_celadon_and_fir(demo):
    green = demo.titles(Selection(colours=frozenset({Colour.GREEN})))
    assert {"Vase galbé", "Assiettes Lune", "Lampe Terre", "Sac Demi-lune", "Agenda 2027"} <= set(
        green
    )


def test_makers_and_words_and_shelves_narrow_together(demo):
    vaugrain = Selection(makers=frozenset({"Atelier Vaugrain"}))
    assert len(demo.titles(vaugrain)) == 3
    both = Selection(words="vase", makers=frozenset({"Atelier Vaugrain", "Orsel"}))
    assert demo.titles(both) == ["Vase galbé", "Trio de soliflores"]


def two_colours(number, green, red):
    """A piece in green and in red, with so many of each."""
    values = (OptionValue("g", {}, "#1B4431"), OptionValue("r", {}, "#ff0000"))
    variants = (
        Variant(f"g{number}", "G", Money(100, "EUR"), {"c": "g"}, stock=green),
        Variant(f"r{number}", "R", Money(100, "EUR"), {"c": "r"}, stock=red),
    )
    return product(number, options=(Option("c", {"fr": "Couleur"}, values),), variants=variants)


def test_available_today_goes_by_the_colour_that_is_asked_for(replica):
    replica.apply(changes([two_colours(1, 0, 5), two_colours(2, 5, 0), two_colours(3, 0, 0)]))
    green = frozenset({Colour.GREEN})
    assert numbers(replica, Selection(colours=green)) == [1, 2, 3]
    assert numbers(replica, Selection(available=True)) == [1, 2]
    assert numbers(replica, Selection(colours=green, available=True)) == [2]
    replica.apply(changes([two_colours(2, 0, 5)], cursor="c2"))
    assert numbers(replica, Selection(colours=green, available=True)) == []


# ---- facets ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "selection",
    [
        EVERYTHING,
        Selection(words="vase"),
        Selection(colours=frozenset({Colour.GREEN})),
        Selection(price=PriceBand(0, 4000), available=True),
        Selection(makers=frozenset({"Atelier Vaugrain"}), colours=frozenset({Colour.BLUE})),
    ],
)
def test_no_choice_leads_to_nothing_and_every_number_is_kept(demo, selection):
    facets = demo.replica.facets(selection)
    assert facets.count == len(demo.titles(selection))
    choices = [({"price": band}, n) for band, n in facets.bands]
    choices += [({"colours": frozenset({colour})}, n) for colour, n in facets.colours]
    choices += [({"makers": frozenset({maker})}, n) for maker, n in facets.makers]
    choices += [({"available": True}, facets.available)] if facets.available else []
    assert choices
    for change, number in choices:
        narrowed = Selection(
            **{
                "words": selection.words,
                "price": selection.price,
                "colours": selection.colours,
                "makers": selection.makers,
                "available": selection.available,
                **change,
            }
        )
        assert number > 0
        assert len(demo.titles(narrowed)) == number


def test_price_bands_stay_while_other_things_are_chosen(demo):
    bands = {band for band, _ in demo.replica.facets(EVERYTHING).bands}
    narrowed = demo.replica.facets(Selection(colours=frozenset({Colour.GREEN}))).bands
    assert {band for band, _ in narrowed} <= bands
