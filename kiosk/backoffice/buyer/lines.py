"""The lines of an order with their pictures, for every page that shows an order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.backoffice.catalogue.models import Picture, Product, ProductPicture, Variant
from kiosk.backoffice.orders.models import Order, OrderLine
from kiosk.shop.money import Money
from kiosk.shop.text import pick


@dataclass(frozen=True, slots=True)
class ShownLine:
    """`thumbnail` is the SHA-256 of a small rendition, "" where there is no picture."""

    title: str
    variant: str
    sku: str
    quantity: int
    unit: Money
    total: Money
    thumbnail: str


def shown_lines(order: Order, language: str, default: str) -> list[ShownLine]:
    """The order's lines in `language`, else the shop's `default`."""
    return lines_of([order], language, default)[order.pk]


def lines_of(orders: Iterable[Order], language: str, default: str) -> dict[int, list[ShownLine]]:
    """The lines of many orders by the order's key, in three queries."""
    found: dict[int, list[ShownLine]] = {order.pk: [] for order in orders}
    lines = list(
        OrderLine.objects.filter(order__in=list(found))
        .select_related("order", "variant__picture__picture")
        .order_by("order_id", "position")
    )
    first = first_pictures(line.product_id_then for line in lines)
    for line in lines:
        found[line.order_id].append(_shown(line, first, language, default))
    return found


def _shown(line: OrderLine, first: Mapping[str, str], language: str, default: str) -> ShownLine:
    currency = line.order.currency
    return ShownLine(
        title=pick(line.title, language, default) or line.asked_variant_id,
        variant=pick(line.variant_label, language, default),
        sku=line.sku,
        quantity=line.quantity,
        unit=Money(line.unit_minor, currency),
        total=Money(line.unit_minor * line.quantity, currency),
        thumbnail=(of_variant(line.variant, first) if line.variant else "")
        or first.get(line.product_id_then, ""),
    )


def first_pictures(product_ids: Iterable[str]) -> dict[str, str]:
    """The thumbnail of each product's first picture that is ready."""
    products = Product.objects.filter(pk__in={id for id in product_ids if id})
    uses = (
        ProductPicture.objects.filter(product__in=products, picture__state=Picture.State.READY)
        .select_related("picture")
        .order_by("product_id", "-position", "-id")
    )
    return {use.product_id: thumbnail(use.picture) for use in uses}


def thumbnail(picture: Picture) -> str:
    """The SHA-256 of a picture's smallest rendition; "" until it is ready."""
    return str(picture.renditions[0]["sha256"]) if picture.renditions else ""


def of_variant(variant: Variant, first: Mapping[str, str]) -> str:
    """The thumbnail of its own picture, else of its product's `first_pictures`."""
    use = variant.picture
    own = thumbnail(use.picture) if use else ""
    return own or first.get(variant.product_id, "")
