"""Orders: the list of all, and the page of one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, IntegerField, QuerySet, Sum, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import CheckboxFilter
from unfold.decorators import display

from kiosk.backoffice.access.reads import What, note_read, note_renewed_board
from kiosk.backoffice.access.team import steps_of
from kiosk.backoffice.orders.models import Delivery, Order, OrderEvent
from kiosk.backoffice.privacy.digits import Outcome, closed, open_again
from kiosk.backoffice.privacy.erasing import open_erasure
from kiosk.backoffice.staff import flow
from kiosk.backoffice.staff.board import board, card, numbers_on
from kiosk.backoffice.staff.couriers import carried, give_to_courier, photo, where
from kiosk.backoffice.staff.fields import spoken_languages
from kiosk.backoffice.staff.handovers import hand_over, handed_over
from kiosk.backoffice.staff.keptorders import kept_order
from kiosk.backoffice.staff.mails import deal_with_message, messages_of
from kiosk.backoffice.staff.words import (
    STATUS,
    cancel_reason_of,
    delivery_of,
    fulfilment_of,
    fulfilment_word,
    moment,
    money,
    reasons_of,
    status_of,
)
from kiosk.shop.contact import phone_of
from kiosk.shop.money import Money
from kiosk.shop.order import OrderStatus
from kiosk.shop.promise import Fulfilment

# Whether the buyer's way to their details is closed, as the template reads it.
_SHUT = {None: "", Outcome.LATER: "hour", Outcome.NEVER: "ever"}


class StatusFilter(CheckboxFilter):
    """Statuses in the staff's words."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(key), word) for key, word in STATUS.items() if key != OrderStatus.RECEIVED]

    def queryset(self, request: HttpRequest, orders: QuerySet[Order]) -> QuerySet[Order]:
        wanted = self.value()
        return orders.filter(status__in=wanted) if wanted else orders


class WayFilter(CheckboxFilter):
    """Courier or collect."""

    title = _("how")
    parameter_name = "way"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(way.value, fulfilment_word(way)) for way in Fulfilment]

    def queryset(self, request: HttpRequest, orders: QuerySet[Order]) -> QuerySet[Order]:
        wanted = self.value()
        return orders.filter(fulfilment__in=wanted) if wanted else orders


class OrderAdmin(ModelAdmin):
    """All orders, the open ones first."""

    list_display = ("shown_number", "shown_status", "promise", "way", "pieces", "name", "total")
    list_filter = (StatusFilter, WayFilter, "demo")
    list_display_links = ("shown_number",)
    search_fields = ("number", "name", "phone", "pickup_code", "email", "intent_id__istartswith")
    search_help_text = _("Number, reference, name, phone or code")
    list_per_page = 40
    list_fullwidth = True
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        orders: QuerySet[Order] = super().get_queryset(request)
        return orders.annotate(piece_count=Sum("lines__quantity"))

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        rank = Case(
            *(When(status=status, then=Value(place)) for place, status in enumerate(flow.OPEN)),
            default=Value(len(flow.OPEN)),
            output_field=IntegerField(),
        )
        return (rank, "-created_at")

    @display(description=_("number"), header=True)
    def shown_number(self, order: Order) -> list[str]:
        review = order.state is OrderStatus.NEEDS_REVIEW
        return [order.number, " · ".join(reasons_of(order)) if review else moment(order.created_at)]

    @display(
        description=_("status"),
        label={
            "needs_review": "warning",
            "accepted": "info",
            "preparing": "info",
            "ready": "success",
            "handed_over": "success",
            "completed": "default",
            "cancelled": "default",
            "refused": "danger",
        },
    )
    def shown_status(self, order: Order) -> tuple[str, str]:
        return order.status, status_of(order.status)

    @display(description=_("promise"), ordering="promise_done_by")
    def promise(self, order: Order) -> str:
        return moment(order.promise_done_by) if order.promise_done_by else "–"

    @display(description=_("how"), ordering="fulfilment")
    def way(self, order: Order) -> str:
        return fulfilment_of(order)

    @display(description=_("pieces"))
    def pieces(self, order: Order) -> int:
        return int(getattr(order, "piece_count", 0) or 0)

    @display(description=_("total"), ordering="total_minor")
    def total(self, order: Order) -> str:
        return money(order.total)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("board/", wrap(self.board_view), name="orders_board"),
            path("kept/<uuid:intent_id>/", wrap(self.kept_view), name="orders_kept"),
            path("<int:order_id>/step/", wrap(flow.take_step), name="orders_step"),
            path("<int:order_id>/handover/", wrap(hand_over), name="orders_handover"),
            path("<int:order_id>/courier/", wrap(give_to_courier), name="orders_courier"),
            path("<int:order_id>/where/", wrap(self.where_view), name="orders_where"),
            path("<int:order_id>/photo/", wrap(photo), name="orders_photo"),
            path("<int:order_id>/message/", wrap(deal_with_message), name="orders_message"),
            path("<int:order_id>/rights/", wrap(open_rights), name="orders_rights"),
        ]
        return own + list(super().get_urls())

    def board_view(self, request: HttpRequest) -> HttpResponse:
        """The board alone, for the page to renew itself."""
        if not request.user.has_perm("orders.view_order"):
            raise Http404
        context = board(request)
        note_renewed_board(request.user, numbers_on(context))
        return TemplateResponse(request, "staff/board_columns.html", context)

    def where_view(self, request: HttpRequest, order_id: int) -> HttpResponse:
        """Where the courier of an order is."""
        return where(request, order_id, self.admin_site.each_context(request))

    def kept_view(self, request: HttpRequest, intent_id: UUID) -> HttpResponse:
        """An order that lies on a window."""
        may_settle = request.user.has_perm("orders.change_order")
        context = {**self.admin_site.each_context(request), "may_settle": may_settle}
        return kept_order(request, intent_id, context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list names the buyers of the orders on this page of it."""
        response: HttpResponse = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", {}).get("cl")
        if shown is not None:
            note_read(request.user, What.LIST, [order.number for order in shown.result_list])
        return response

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One order; it is moved on by buttons and never edited."""
        order = self.get_object(request, object_id)
        if order is None or not self.has_view_permission(request, order):
            raise Http404
        note_read(request.user, What.ORDER, [order.number])
        page = order_page(order)
        steps, way_out = steps_of(request.user), page["way_out"]
        context = {
            **self.admin_site.each_context(request),
            **page,
            "deeds": [deed for deed in page["card"].deeds if deed.to in steps],
            "way_out": way_out if way_out and way_out.to in steps else None,
            "may_change": request.user.has_perm("orders.change_order"),
            "opts": self.opts,
            "title": order.number,
        }
        return TemplateResponse(request, "staff/order.html", context)


@require_POST
def open_rights(request: HttpRequest, order_id: int) -> HttpResponse:
    """Let a buyer try their digits again, after too many wrong ones of whomever."""
    order = Order.objects.filter(pk=order_id).first()
    if order is not None and closed(order):
        open_again(order)
        messages.success(request, gettext("The buyer may try again now."))
    return redirect("admin:orders_order_change", order_id)


def order_page(order: Order) -> dict[str, Any]:
    """What the template of one order reads."""
    shown = card(order, spoken_languages()[0])
    delivery = Delivery.objects.filter(order=order).first()
    erasure = open_erasure(order)
    events = OrderEvent.objects.filter(order=order).select_related("actor")
    return {
        "order": order,
        "card": shown,
        "way_out": flow.way_out(order),
        "phone": phone_of(order.phone),
        "original": order,
        "lines": [(line, money(line.unit), money(line.total)) for line in shown.lines],
        "subtotal": money(Money(order.subtotal_minor, order.currency)),
        "fee": money(Money(order.fee_minor, order.currency)) if order.fee_minor else "",
        "total": money(order.total),
        "seen_total": money(Money(order.seen_total_minor, order.currency))
        if order.seen_total_minor != order.total_minor
        else "",
        "until": moment(order.promise_until) if order.promise_until else "",
        "start": moment(order.promise_from) if order.promise_from else "",
        "history": [
            (moment(event.at), status_of(event.status), _actor(event), event.note)
            for event in events
        ],
        "told": messages_of(order),
        "shut": _SHUT[closed(order)],
        "erasure": moment(erasure.asked_at) if erasure else "",
        "delivery": delivery,
        **handed_over(order),
        **carried(order),
        "delivery_status": delivery_of(delivery.status) if delivery else "",
        "why_stopped": cancel_reason_of(delivery.cancel_reason) if delivery else "",
        "why_cancel": [(reason.value, cancel_reason_of(reason)) for reason in flow.REASONS]
        if delivery and not (delivery.state.final or delivery.state.stopped)
        else [],
    }


def _actor(event: OrderEvent) -> str:
    if event.actor is None:
        return ""
    return event.actor.get_full_name() or event.actor.get_username()
