"""The three pieces for people in a hurry: the shop's choice, else what is ordered most."""

from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from kiosk.backoffice.catalogue.models import Product, QuickPiece
from kiosk.backoffice.orders.models import OrderLine
from kiosk.shop.order import OrderStatus

# More than are shown: a window passes over what is sold out.
MOST = 6
LOOKED_BACK = timedelta(days=90)
_NOT_SOLD = (OrderStatus.REFUSED, OrderStatus.CANCELLED)


def quick_pieces() -> list[str]:
    """Ids of products, best first; [] where nothing was chosen nor ordered."""
    chosen = list(
        QuickPiece.objects.filter(product__hidden=False).values_list("product_id", flat=True)
    )
    return chosen[:MOST] or _most_ordered()


def _most_ordered() -> list[str]:
    since = timezone.now() - LOOKED_BACK
    counted = (
        OrderLine.objects.filter(order__created_at__gte=since)
        .exclude(order__status__in=[status.value for status in _NOT_SOLD])
        .values("product_id_then")
        .annotate(pieces=Sum("quantity"))
        .order_by("-pieces", "product_id_then")
    )
    ids = [str(row["product_id_then"]) for row in counted[: 4 * MOST]]
    shown = set(Product.objects.filter(pk__in=ids, hidden=False).values_list("pk", flat=True))
    return [id for id in ids if id in shown][:MOST]
