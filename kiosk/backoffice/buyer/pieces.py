"""The page that a window's code takes along: some pieces, and where the shop is. Public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import get_day_names
from django.utils import timezone

from kiosk.backoffice.buyer.words import clock, moment, money, spoken, words_in
from kiosk.backoffice.catalogue.models import Product
from kiosk.backoffice.catalogue.wire import product_on_wire, with_everything
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.platform.shop import readable_hours
from kiosk.contract.pages import MAX_PIECES
from kiosk.shop import catalogue as shop
from kiosk.shop.hours import OpeningHours
from kiosk.shop.text import pick

FEW = 3  # from here down the page says how many are left
PHOTO = 800  # pixels of the width that a phone shows sharply


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """`stock` is in, few or out. `photo` is a rendition's SHA-256, "" where there is none."""

    title: str
    maker: str
    choice: str
    pitch: str
    price: str
    before: str
    stock: str
    stock_text: str
    photo: str
    photo_width: int
    photo_height: int
    alt: str


@dataclass(frozen=True, slots=True)
class OpenDay:
    name: str
    hours: str
    today: bool


@dataclass(frozen=True, slots=True)
class PiecesPage:
    """Everything that the template reads. `place` is a map's address, "" where none is true."""

    words: dict[str, str]
    language: str
    title: str
    pieces: list[ShownPiece]
    status: str
    week: list[OpenDay]
    shop: Shop
    place: str
    demo: str


def pieces_page(language: str, handles: Sequence[str], variant_id: str) -> PiecesPage | None:
    """The page of these pieces in their order; None where the shop sells none of them."""
    row = Shop.objects.first()
    wanted = list(dict.fromkeys(handles))[:MAX_PIECES]
    found = {
        product.handle: product
        for product in with_everything(Product.objects.filter(handle__in=wanted, hidden=False))
    }
    if row is None:
        return None
    pieces = []
    for handle in wanted:
        piece = product_on_wire(found[handle], row.currency) if handle in found else None
        if piece is not None:
            pieces.append(_piece(piece, variant_id, language, row.default_language))
    if not pieces:
        return None
    words, hours = words_in(language), readable_hours(row)
    here = "https://www.openstreetmap.org/?mlat={0:.5f}&mlon={1:.5f}#map=18/{0:.5f}/{1:.5f}"
    return PiecesPage(
        words=words,
        language=spoken(language),
        title=pieces[0].title if len(pieces) == 1 else words["your_pieces"],
        pieces=pieces,
        status=_status(hours, language) if hours else "",
        week=_week(hours, language) if hours else [],
        shop=row,
        place="" if row.map_invented else here.format(row.lat, row.lon),
        demo=words["demo_shop"] if row.demo else "",
    )


def _piece(piece: shop.Product, variant_id: str, language: str, default: str) -> ShownPiece:
    chosen = piece.variant(variant_id)
    variant = chosen or min(
        piece.variants, key=lambda v: (not v.available, v.price.minor)
    )  # the price that the window says
    words = words_in(language)
    index = variant.picture if variant.picture is not None else 0
    picture = piece.pictures[index] if index < len(piece.pictures) else None
    shown = picture.at_least(PHOTO) if picture else None
    price = money(variant.price, language)
    if chosen is None and piece.has_price_range:
        price = words["from"].format(price=price)
    stock, said = _stock(variant, words)
    return ShownPiece(
        title=pick(piece.title, language, default),
        maker=", ".join(part for part in (piece.maker, piece.maker_town) if part),
        choice=piece.variant_label(variant, language, default) if chosen else "",
        pitch=pick(piece.pitch, language, default),
        price=price,
        before=money(variant.compare_at, language) if variant.compare_at else "",
        stock=stock,
        stock_text=said,
        photo=shown.sha256 if shown else "",
        photo_width=shown.width if shown else 0,
        photo_height=shown.height if shown else 0,
        alt=pick(picture.alt, language, default) if picture else "",
    )


def _stock(variant: shop.Variant, words: dict[str, str]) -> tuple[str, str]:
    if not variant.available:
        return "out", words["out"]
    if variant.stock is not None and variant.stock <= FEW:
        return "few", words["one_left" if variant.stock == 1 else "left"].format(n=variant.stock)
    return "in", words["in_stock"]


def _status(hours: OpeningHours, language: str) -> str:
    words, now = words_in(language), timezone.now()
    span = hours.current(now)
    if span:
        return words["open_until"].format(time=clock(span.end, language))
    opens = hours.next_opening(now)
    if opens is None:
        return words["closed"]
    return words["opens"].format(when=moment(opens, hours.local(now).date(), language))


def _week(hours: OpeningHours, language: str) -> list[OpenDay]:
    """The coming seven days, special ones as they are."""
    today = hours.local(timezone.now()).date()
    return [_day(hours, today + timedelta(days=n), n == 0, language) for n in range(7)]


def _day(hours: OpeningHours, on: date, today: bool, language: str) -> OpenDay:
    name = str(get_day_names("wide", "stand-alone", spoken(language))[on.weekday()])
    open_from = [f"{i.opens:%H:%M} – {i.closes:%H:%M}" for i in hours.intervals_on(on)]
    said = ", ".join(open_from).replace("– 00:00", "– 24:00") or words_in(language)["closed"]
    return OpenDay(name[:1].upper() + name[1:], said, today)
