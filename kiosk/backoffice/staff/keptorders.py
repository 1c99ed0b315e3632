"""An order that lies on a window because it was not taken here: who it is for, and what."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from kiosk.backoffice.access.reads import What, note_read
from kiosk.backoffice.catalogue.models import Variant
from kiosk.backoffice.orders.models import ParkedOrder
from kiosk.backoffice.orders.parked import ShownParked, read_parked
from kiosk.backoffice.staff.alarms import reference
from kiosk.backoffice.staff.words import fulfilment_word, moment, phone_of


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
        "lines": [(line.quantity, _named(line.variant_id)) for line in asked.lines]
        if asked
        else [],
    }


def _named(variant_id: str) -> str:
    variant = Variant.objects.filter(pk=variant_id).select_related("product").first()
    return f"{variant.product} · {variant.sku}" if variant else variant_id
