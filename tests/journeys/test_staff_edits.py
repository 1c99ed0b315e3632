"""What staff change, the window shows: within seconds, and also what it missed while it was off."""

import io
import re
from pathlib import Path

from PIL import Image

from kiosk.shop.catalogue import Product, Variant
from kiosk.shop.selection import EVERYTHING
from kiosk.window.visit import Screen
from tests.journeys.demo_house import demo_house
from tests.journeys.evening import evening, settings
from tests.journeys.own_process import in_own_process
from tests.journeys.staff import Staff

__all__ = ["demo_house"]

SOON_S = 12.0


def a_picture() -> bytes:
    buffer = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").resize((600, 750)).save(buffer, "JPEG")
    return buffer.getvalue()


def play_edits(folder: Path) -> None:
    with evening(folder) as held:
        visitor = held.visitor
        staff = Staff(held.address)
        visitor.wake()
        visitor.open_a_piece()
        # The vase has four pictures; they come in one by one.
        visitor.see(lambda: len(visitor.piece.pictures) == 4, "the piece's pictures", 90)
        piece = visitor.piece
        seen_on_the_glass(visitor, staff, piece)
        hide_and_add(visitor, staff, piece)


def seen_on_the_glass(visitor, staff, piece: Product) -> None:
    """Price, stock, text and picture of the very piece that somebody looks at."""
    sku = chosen(visitor, piece).sku
    path = staff.product_path(sku)
    data = staff.form(path)
    prefix = next(k for k, v in data.items() if k.endswith("-sku") and v == sku)[: -len("sku")]
    data |= {
        prefix + "price_minor": "199.50",
        prefix + "stock": "2",
        "title_fr": "Vase d’un autre nom",
    }
    staff.submit(path, data, files={"photos": ("new.jpg", a_picture(), "image/jpeg")})

    def shown() -> bool:
        view = visitor.app.root.current.view
        return (
            view.title == "Vase d’un autre nom"
            and view.price == "199,50\u00a0€"
            and view.stock == "few"
            and len(view.pictures) == len(piece.pictures) + 1
        )

    visitor.see(shown, "the edited piece", SOON_S)
    new = visitor.app.root.current.view.pictures[-1].renditions[-1].sha256
    visitor.see(lambda: visitor.app.link.pictures.path(new), "the new picture on the box", SOON_S)
    visitor.let_pictures_come()


def hide_and_add(visitor, staff, piece: Product) -> None:
    path = staff.product_path(chosen(visitor, piece).sku)
    staff.submit(path, staff.form(path) | {"hidden": "on"})
    visitor.see(lambda: visitor.visit.screen is Screen.BROWSE, "back at the shelves", SOON_S)
    visitor.see(lambda: f"card.{piece.id}" not in visitor.cards(), "the shelf without it", SOON_S)
    add = "/staff/catalogue/product/add/"
    data = staff.form(add)
    category = re.search(r'<option value="([^"]+)"', staff.page(add).split('name="category"')[1])
    assert category
    data |= {"title_fr": "Tout nouveau", "title_en": "Brand new", "category": category[1]}
    slot = next(k for k in data if re.fullmatch(r"variants-\d+-sku", k)).removesuffix("sku")
    data |= {slot + "sku": "NEW-1", slot + "price_minor": "12.00", slot + "stock": "9"}
    staff.submit(add, data)

    def on_the_shelf() -> bool:
        return any(
            product.title.get("fr") == "Tout nouveau" and product.price_from.minor == 1200
            for product in everything(visitor)
        )

    visitor.see(on_the_shelf, "the new piece", SOON_S)


def everything(visitor) -> list[Product]:
    catalogue = visitor.app.link.catalogue
    rows = catalogue.page(EVERYTHING, None, 100).rows
    return list(catalogue.products([row.product_id for row in rows]).values())


def chosen(visitor, piece: Product) -> Variant:
    variant = piece.variant(visitor.visit.variant_id or "")
    assert variant is not None
    return variant


def test_staff_edits_reach_the_glass_within_seconds(tmp_path: Path) -> None:
    in_own_process(play_edits, tmp_path)


def play_first_evening(folder: Path) -> None:
    with evening(folder) as held:
        held.visitor.wake()
        held.visitor.see(lambda: len(everything(held.visitor)) > 20, "the whole catalogue")


def play_next_morning(folder: Path) -> None:
    """The back office was edited before the window came on again."""
    import os

    from kiosk.ops.embedded import EmbeddedBackOffice
    from kiosk.ops.tour.visitor import Visitor
    from kiosk.window.stage import environment
    from tests.journeys.evening import CATALOGUE

    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    with EmbeddedBackOffice(folder / "backoffice", CATALOGUE) as office:
        address = office.wait()
        Staff(address).edit_variant("ML-CER-001-CEL", price_minor="77.00")
        told = settings(folder, address.url, address.device_token)
        environment.prepare(told)
        from kiosk.window.stage.pilot import open_window

        with open_window(told) as (app, pilot):
            visitor = Visitor(app, pilot)
            visitor.wake()

            def told_the_price() -> bool:
                prices = [v.price.minor for p in everything(visitor) for v in p.variants]
                return 7700 in prices

            visitor.see(told_the_price, "the price changed meanwhile", SOON_S)


def test_a_window_that_was_off_catches_up(demo_house: Path) -> None:
    in_own_process(play_first_evening, demo_house)
    in_own_process(play_next_morning, demo_house)
