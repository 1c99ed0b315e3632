"""Catalogue files as they come, and what is said of them."""

from pathlib import Path

import pytest

from kiosk.backoffice.importing.model import Problem, identifier
from kiosk.backoffice.importing.read import Catalogue, read_catalogue
from kiosk.backoffice.importing.texts import paragraphs, unmix
from tests.backoffice.importing.feeds import google, item, real_feed, row, shopify


def said(catalogue: Catalogue) -> str:
    return "\n".join(map(str, catalogue.report.problems))


def errors(catalogue: Catalogue) -> list[Problem]:
    return [p for p in catalogue.report.problems if p.severity == "error"]


# ---- real files ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "products", "variants"),
    [
        ("shopify_jewelery.csv", 20, 23),
        ("shopify_apparel.csv", 20, 22),
        ("shopify_home-and-garden.csv", 20, 21),
        ("bilali.csv", 48, 130),
        ("shopify_wow.csv", 1062, 1105),
        ("gmc_importpc.xml", 1254, 1254),
        ("gmc_ar.xml", 5, 5),
    ],
)
def test_real_catalogues_can_be_imported(name: str, products: int, variants: int) -> None:
    catalogue = read_catalogue(real_feed(name))
    assert not errors(catalogue)
    assert len(catalogue.products) == products
    assert sum(len(p.variants) for p in catalogue.products) == variants
    skus = [v.sku for p in catalogue.products for v in p.variants]
    assert len(set(skus)) == len(skus)
    for product in catalogue.products:
        for text in (*product.title.values(), *product.story.values()):
            assert "<p" not in text and "\0" not in text and "�" not in text


def test_the_duplicate_of_a_feed_is_named_and_its_first_kept() -> None:
    catalogue = read_catalogue(real_feed("gmc_importpc.xml"))
    assert catalogue.currency == "CZK"
    assert "row 1008: id 'BC-FU-LI3560' stands twice" in said(catalogue)


@pytest.mark.parametrize("name", ["bmxpc7.xlsx", "prestashop_products_import.csv"])
def test_another_format_is_refused_in_one_line(name: str) -> None:
    catalogue = read_catalogue(real_feed(name))
    assert len(errors(catalogue)) == 1 and "\n" not in said(catalogue)
    assert "CSV" in said(catalogue)


# ---- Shopify -------------------------------------------------------------------------------------


def test_rows_of_one_handle_need_not_be_adjacent(tmp_path: Path) -> None:
    path = shopify(
        tmp_path / "p.csv",
        row("vase", "Vase", "12.50", Option1_Name="Colour", Option1_Value="Red", Image_Src="a.png"),
        row("cup", "Cup", "8"),
        row("vase", price="13", Option1_Value="Blue", Variant_Image="b.png"),
        row("vase", Image_Src="c.png", Image_Position="1"),
    )
    vase, cup = read_catalogue(path).products
    assert [v.price.minor for v in vase.variants] == [1250, 1300]
    assert [v.id for v in vase.variants] == ["vase:red", "vase:blue"]
    assert vase.options[0].title == {"fr": "Colour"}
    assert [p.source for p in vase.pictures] == ["c.png", "a.png", "b.png"]
    assert vase.variants[1].picture == 2
    assert not cup.options and cup.variants[0].sku == "cup"


def test_both_generations_of_headers_read_the_same(tmp_path: Path) -> None:
    older = {
        "Handle": "cup",
        "Title": "Cup",
        "Body (HTML)": "<p>Round.</p>",
        "Variant SKU": "C1",
        "Variant Price": "9.90",
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": "3",
        "Image Src": "a.png",
    }
    newer = {
        "URL handle": "cup",
        "Title": "Cup",
        "Description": "<p>Round.</p>",
        "SKU": "C1",
        "Price": "9.90",
        "Inventory tracker": "shopify",
        "Inventory quantity": "3",
        "Product image URL": "a.png",
    }
    one = read_catalogue(shopify(tmp_path / "older.csv", older)).products
    two = read_catalogue(shopify(tmp_path / "newer.csv", newer)).products
    assert one == two
    assert one[0].variants[0].stock == 3


def test_our_columns_carry_languages_and_words(tmp_path: Path) -> None:
    def meta(key: str, of: str = "product") -> str:
        return f"X ({of}.metafields.vitrine.{key})"

    path = shopify(
        tmp_path / "p.csv",
        {
            "Handle": "vase",
            "Title": "Vase",
            "Type": "Céramique",
            "Variant Price": "12",
            "Option1 Name": "Couleur",
            "Option1 Value": "Céladon",
            meta("title_en"): "Vase, thrown",
            meta("type_en"): "Ceramics",
            meta("option1_name_en"): "Colour",
            meta("option1_value_en", "variant"): "Celadon",
            meta("option1_swatch", "variant"): "#5E9F88",
            meta("maker_km"): "157",
            meta("meaning"): "Un arbre planté.",
        },
    )
    (vase,) = read_catalogue(path, "EUR", "fr").products
    assert vase.title == {"fr": "Vase", "en": "Vase, thrown"}
    assert vase.category == {"fr": "Céramique", "en": "Ceramics"}
    assert vase.category_key == "ceramique"
    option = vase.options[0]
    assert option.title == {"fr": "Couleur", "en": "Colour"}
    assert option.values[0].title == {"fr": "Céladon", "en": "Celadon"}
    assert option.values[0].swatch == "#5e9f88"
    assert (vase.maker_km, vase.meaning) == (157, {"fr": "Un arbre planté."})


def test_stock_is_counted_only_where_the_shop_counts_it(tmp_path: Path) -> None:
    def stock(**cells: str) -> int | None:
        path = shopify(tmp_path / "p.csv", row("cup", "Cup", "8", **cells))
        return read_catalogue(path).products[0].variants[0].stock

    quantity = {"Variant_Inventory_Qty": "4"}
    assert stock(**quantity) == 4
    assert stock(Variant_Inventory_Tracker="shopify", **quantity) == 4
    assert stock(Variant_Inventory_Tracker="", **quantity) is None
    assert stock(Variant_Inventory_Policy="continue", **quantity) is None
    assert stock(Variant_Inventory_Qty="-2") == 0
    assert stock(Variant_Inventory_Qty="lots") == 0
    assert stock() is None


def test_one_bad_price_refuses_the_file_and_a_missing_one_only_its_product(tmp_path: Path) -> None:
    fine = row("cup", "Cup", "8")
    missing = read_catalogue(shopify(tmp_path / "a.csv", fine, row("vase", "Vase", "")))
    assert [p.handle for p in missing.products] == ["cup"]
    assert "row 3: no price" in said(missing) and not errors(missing)
    for price in ("-3", "NaN", "Infinity", "99999999999999", "twelve", "1e9"):
        bad = read_catalogue(shopify(tmp_path / "b.csv", fine, row("vase", "Vase", price)))
        assert errors(bad)[0].row == 3, price


def test_hidden_products_stay_hidden(tmp_path: Path) -> None:
    path = shopify(
        tmp_path / "p.csv",
        row("a", "A", "1", Published="FALSE", Status="active"),
        row("b", "B", "1", Published="true", Status="draft"),
        row("c", "C", "1", Published="true", Status="active"),
    )
    assert [p.hidden for p in read_catalogue(path).products] == [True, True, False]


# ---- Merchant Center -----------------------------------------------------------------------------


def test_items_of_a_group_become_one_product_with_choices(tmp_path: Path) -> None:
    path = google(
        tmp_path / "f.xml",
        item("1", "Linen scarf - Red", item_group_id="s", color="Red", size="M"),
        item("9", "Cup", price="599 CZK", availability="in_stock").replace("599 CZK", "8 EUR"),
        item("2", "Linen scarf - Blue", item_group_id="s", color="Blue", size="M"),
    )
    scarf, cup = read_catalogue(path).products
    assert scarf.title == {"fr": "Linen scarf"}
    assert [o.id for o in scarf.options] == ["color"]
    assert [v.id for v in scarf.variants] == ["1", "2"]
    assert cup.id == "9" and not cup.options


def test_prices_sales_and_availability(tmp_path: Path) -> None:
    path = google(
        tmp_path / "f.xml",
        item("1", price="200 AED", sale_price="150 AED", availability="in stock"),
        item("2", price="200 AED", availability="out_of_stock")
        + "<g:shipping><g:price>0 AED</g:price></g:shipping>",
        item(
            "3",
            price="200 AED",
            sale_price="150 AED",
            sale_price_effective_date="2020-01-01T00:00Z/2020-02-01T00:00Z",
        ),
    )
    sale, gone, over = (p.variants[0] for p in read_catalogue(path).products)
    assert (sale.price.minor, sale.compare_at and sale.compare_at.minor) == (15000, 20000)
    assert sale.stock is None and gone.stock == 0
    assert gone.price.minor == over.price.minor == 20000


def test_a_tab_separated_feed_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "f.tsv"
    path.write_text('id\ttitle\tprice\timage link\n7\t5" cup\t8.00 EUR\thttps://x.example/a.jpg\n')
    (cup,) = read_catalogue(path).products
    assert cup.title == {"fr": '5" cup'}
    assert cup.pictures[0].source == "https://x.example/a.jpg"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
        "<!DOCTYPE html>",
    ],
)
def test_a_document_type_is_refused(tmp_path: Path, head: str) -> None:
    catalogue = read_catalogue(google(tmp_path / "f.xml", item("1"), head=head))
    assert "declares a document type" in said(catalogue) and not catalogue.products


def test_depth_and_truncation_of_xml(tmp_path: Path) -> None:
    deep = tmp_path / "deep.xml"
    deep.write_text("<a>" * 100_000)
    assert "nested deeper" in said(read_catalogue(deep))
    whole = google(tmp_path / "f.xml", item("1"), item("2")).read_text()
    cut = tmp_path / "cut.xml"
    cut.write_text(whole[: len(whole) - 30])
    catalogue = read_catalogue(cut)
    assert catalogue.report.refused and "broken" in said(catalogue)


def test_two_currencies_are_refused(tmp_path: Path) -> None:
    path = google(tmp_path / "f.xml", item("1"), item("2"), item("3", price="9 USD"))
    assert "1 prices are not in EUR, the first in USD" in said(read_catalogue(path))


# ---- broken text ---------------------------------------------------------------------------------


def test_mixed_encodings_nuls_and_byte_order_marks(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(
        b"\xef\xbb\xbfHandle;Title;Body (HTML);Variant Price\r\n"
        + 'a;Café;"deux\nlignes";8,50\r\n'.encode()
        + "b;Fenêtre;;9\r\n".encode("cp1252")
        + b"c;N\0UL;;10\r\n"
    )
    catalogue = read_catalogue(path)
    assert [p.title["fr"] for p in catalogue.products] == ["Café", "Fenêtre", "NUL"]
    assert catalogue.products[0].variants[0].price.minor == 850
    assert catalogue.products[0].story == {"fr": "deux\nlignes"}
    assert "not UTF-8" in said(catalogue) and "NUL" in said(catalogue)


def test_utf16_as_a_spreadsheet_exports_it(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_bytes("Handle\tTitle\tVariant Price\nété\tÉté\t8\n".encode("utf-16"))
    (product,) = read_catalogue(path).products
    assert product.title == {"fr": "Été"}
    assert product.id.startswith("ete-")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('Handle,Title,Variant Price\na,"A,8\nb,B,9\n', "quote"),
        ("Handle,Title,Variant Price\na,A,8\nb,B", "cut off"),
        ("Handle,Title,Variant Price\n" + "a," + "x" * 2_000_000, "1 MiB"),
        ("", "empty"),
        ("Handle,Title,Variant Price\n", "nothing in it can be sold"),
        ("name;prix\n", "no format"),
    ],
)
def test_broken_tables_are_refused_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "p.csv"
    path.write_text(text)
    catalogue = read_catalogue(path)
    assert catalogue.report.refused and reason in said(catalogue)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    assert "larger than" in said(read_catalogue(path))


def test_html_becomes_paragraphs_and_scripts_vanish() -> None:
    html = "<p>One &amp; two</p><ul><li>a</li><li>b</li></ul><script>x()</script><br>end"
    assert paragraphs(html) == "One & two\n\n– a\n– b\n\nend"
    assert paragraphs("a < b & c") == "a < b & c"


def test_mojibake_is_mended_and_french_is_left_alone() -> None:
    assert unmix("cafÃ© â€™ Â°") == "café ’ °"
    french = "serré\u00a0» É’ œuvre à l’été — «\u00a0Â me\u00a0»"
    assert unmix(french) == french


def test_ids_fit_the_wire_and_never_meet() -> None:
    assert identifier("vase-galbe") == "vase-galbe"
    assert identifier("Été 1") != identifier("ete 1")
    assert identifier("منتج") and len(identifier("x" * 500)) <= 64
