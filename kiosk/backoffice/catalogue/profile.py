"""The shop's profile as windows read it, with its shelves and posters."""

from collections.abc import Iterator

from kiosk.backoffice.catalogue.models import Category, Lookbook
from kiosk.backoffice.catalogue.quick import quick_pieces
from kiosk.backoffice.catalogue.wire import picture_on_wire
from kiosk.backoffice.orders.opening import current_key
from kiosk.backoffice.platform.models import Hero
from kiosk.backoffice.platform.plan import dark_hours, the_plan
from kiosk.backoffice.platform.shop import collect_rules, courier_rules, opening_hours, the_shop
from kiosk.contract import HeroCard, ShopAddress, ShopProfile
from kiosk.shop import catalogue as shop
from kiosk.shop.geo import Point
from kiosk.shop.lookbook import MAX_LOOKBOOK_PIECES
from kiosk.shop.lookbook import Lookbook as ShownLookbook


def shop_profile(public_url: str = "") -> ShopProfile:
    """The profile as windows read it, holidays included. Raises NoShopError.

    `public_url` is where phones reach this back office.
    """
    row = the_shop()
    return ShopProfile(
        version=row.version,
        shop_id=row.shop_id,
        name=row.name,
        tagline=row.tagline,
        currency=row.currency,
        country=row.country,
        languages=row.languages,
        default_language=row.default_language,
        window_languages=row.window_languages,
        address=ShopAddress(
            line1=row.line1,
            postcode=row.postcode,
            city=row.city,
            country=row.country,
            location=Point(row.lat, row.lon),
        ),
        phone=row.phone,
        email=row.email,
        website=row.website,
        hours=opening_hours(row),
        collect=collect_rules(row),
        courier=courier_rules(row),
        postcodes=row.postcodes,
        orders_when_closed=row.orders_when_closed,
        categories=list(_categories()),
        lookbooks=list(_lookbooks()),
        quick=quick_pieces(),
        public_url=public_url,
        sealing_key=current_key(),
        heroes=list(_heroes(planned_only=False)),
        windows=the_plan(),
        window_heroes=list(_heroes(planned_only=True)),
        dark_hours=dark_hours(row),
        map_sha256=row.map_sha256,
        map_invented=row.map_invented,
        demo=row.demo,
    )


def _categories() -> Iterator[shop.Category]:
    for row in Category.objects.all():
        yield shop.Category(row.id, row.title, row.position)


def _heroes(*, planned_only: bool) -> Iterator[HeroCard]:
    for hero in Hero.objects.filter(planned_only=planned_only).select_related("picture"):
        picture = picture_on_wire(hero.picture)
        if picture is not None:
            yield HeroCard.model_validate(
                {
                    "id": str(hero.pk),
                    "picture": picture,
                    "when": hero.when,
                    "line": hero.line,
                    "product_id": hero.product_id or "",
                }
            )


def _lookbooks() -> Iterator[ShownLookbook]:
    for book in Lookbook.objects.select_related("picture").prefetch_related("pieces"):
        cover = picture_on_wire(book.picture)
        if cover is None:
            continue
        pieces = tuple(piece.product_id for piece in book.pieces.all())
        yield ShownLookbook(
            id=str(book.pk),
            title=book.title,
            picture=cover,
            text=book.text,
            product_ids=pieces[:MAX_LOOKBOOK_PIECES],
        )
