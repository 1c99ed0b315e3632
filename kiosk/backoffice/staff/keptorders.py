"""An order that lies on a window because it was not taken here: who it is for, and what."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kiosk.backoffice.access.reads import What, note_read
from kiosk.backoffice.buyer.lines import ShownLine, first_pictures, of_variant
from kiosk.backoffice.catalogue.models import Variant
from kiosk.backoffice.catalogue.wire import label_of, title_of
from kiosk.backoffice.orders.models import ParkedOrder
from kiosk.backoffice.orders.parked import ShownParked, read_parked
from kiosk.backoffice.staff.alarms import reference
from kiosk.backoffice.staff.fields import spoken_languages
from kiosk.backoffice.staff.words import fulfilment_word, moment, money
from kiosk.contract import MoneyClaim, OrderLine, OrderRequest
from kiosk.shop.contact import phone_of
from kiosk.shop.money import Money
from kiosk.shop.text import pick


def kept_order(request: HttpRequest, intent_id: UUID, context: dict[str, Any]) -> HttpResponse:
    """The page of one; posting to it says that somebody has dealt with it."""
    row = ParkedOrder.objects.filter(pk=intent_id).select_related("device").first()
    if row is None or not request.user.has_perm("orders.view_order"):
        raise Http404
    if request.method == "POST":
        if not request.user.has_perm("orders.change_order"):
            raise Http404
        ParkedOrder.objects.filter(pk=row.pk, resolved_at=None).update(
            resolved_at=timezone.now(), resolved_by_id=request.user.pk
        )
        return redirect("admin:index")
    note_read(request.user, What.ORDER, [reference(row)])
    found = {**context, **_shown(read_parked(row)), "title": reference(row)}
    return TemplateResponse(request, "staff/kept_order.html", found)


def _shown(shown: ShownParked) -> dict[str, Any]:
    row, asked, buyer = shown.row, shown.asked, shown.buyer
    contact = buyer.contact if buyer else None
    return {
        "row": row,
        "since": moment(row.kept_at),
        "contact": contact,
        "phone": phone_of(contact.phone) if contact else "",
        "address": buyer.address if buyer else None,
        "way": fulfilment_word(asked.fulfilment) if asked else "",
        "problem": _problem(row),
        "lines": _lines(asked) if asked else [],
        "total": money(_seen(asked.seen_total)) if asked else "",
    }


def _problem(row: ParkedOrder) -> str:
    status = row.problem.partition(" ")[0]
    if status.isdigit() and int(status) >= 500:
        return _("Taking it fails here each time (%(problem)s).") % {"problem": row.problem}
    return _("It is refused here each time (%(problem)s).") % {"problem": row.problem}


def _lines(asked: OrderRequest) -> list[tuple[ShownLine, str, str]]:
    """What was ordered as its buyer saw it, with the price of one and of all of a line."""
    wanted = [line.variant_id for line in asked.lines]
    found = Variant.objects.select_related("product", "picture__picture").in_bulk(wanted)
    first = first_pictures(variant.product_id for variant in found.values())
    lines = [_line(line, found.get(line.variant_id), first) for line in asked.lines]
    return [(line, money(line.unit), money(line.total)) for line in lines]


def _line(asked: OrderLine, variant: Variant | None, first: Mapping[str, str]) -> ShownLine:
    unit, language = _seen(asked.seen_unit), spoken_languages()[0]
    title = pick(title_of(variant.product), language, language) if variant else ""
    return ShownLine(
        title=title or asked.variant_id,
        variant=pick(label_of(variant), language, language) if variant else "",
        sku=variant.sku if variant else "",
        quantity=asked.quantity,
        unit=unit,
        total=Money(unit.minor * asked.quantity, unit.currency),
        thumbnail=of_variant(variant, first) if variant else "",
    )


def _seen(claim: MoneyClaim) -> Money:
    return Money(claim.minor, claim.currency)
