"""The shop's couriers: who they are, how they come in, and which order goes with whom."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display

from kiosk.backoffice.access.reads import What, note_read
from kiosk.backoffice.buyer.map import route_map
from kiosk.backoffice.courier import passes
from kiosk.backoffice.courier.errands import AtServiceError, assign, pause_all, relay_anew
from kiosk.backoffice.courier.looks import Kind, note_look
from kiosk.backoffice.courier.models import Courier, Errand, PositionLook, Proof
from kiosk.backoffice.courier.portrait import take_away
from kiosk.backoffice.courier.proof import has_photo, photo_of
from kiosk.backoffice.courier.rounding import CELL_M, door_of, rounded
from kiosk.backoffice.courier.words import WORDS, words_in
from kiosk.backoffice.orders.models import Delivery, Order
from kiosk.backoffice.orders.views import delivery_view
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.staff.entrance import qr
from kiosk.backoffice.staff.fields import language_name
from kiosk.backoffice.staff.words import VEHICLE, clock, moment
from kiosk.shop.contact import normal_phone, phone_of
from kiosk.shop.order import TransitionError


class CourierForm(forms.ModelForm):  # type: ignore[type-arg]
    """A phone number is kept as it is dialled from anywhere: +33…

    What buyers may call is no courier's own number.
    """

    class Meta:
        model = Courier
        fields = ("name", "phone", "relay_phone", "vehicle", "language", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who may only see it has no fields.
        field: Any = self.fields.get("language")
        if field is not None:
            field.choices = [(code, language_name(code)) for code in WORDS]

    def clean_phone(self) -> str:
        return _number(self.cleaned_data["phone"])

    def clean_relay_phone(self) -> str:
        given = self.cleaned_data["relay_phone"]
        return _number(given) if given else ""

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        phone, relay = known.get("phone"), known.get("relay_phone")
        others = Courier.objects.filter(active=True).exclude(pk=self.instance.pk)
        if relay and relay == phone:
            self.add_error("relay_phone", _("This is the courier’s own number."))
        elif relay and relay in {_e164(other.phone) for other in others}:
            self.add_error("relay_phone", _("This is another courier’s own number."))
        if phone and known.get("active") and others.filter(relay_phone=phone).exists():
            self.add_error("phone", _("Buyers may call this number: it can be nobody’s own."))
        return known


def _number(given: str) -> str:
    number = _e164(given)
    if number is None:
        raise forms.ValidationError(_("This is no phone number."))
    return number


def _e164(given: str) -> str | None:
    country = Shop.objects.values_list("country", flat=True).first() or "FR"
    return normal_phone(given, country)


class CourierAdmin(ModelAdmin):
    """Couriers; what they carry is on the page of its order."""

    form = CourierForm
    list_display = ("name", "shown_phone", "shown_vehicle", "state", "carries")
    actions = None
    list_fullwidth = True
    change_form_template = "staff/courier.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        under_way = Count("errands", filter=Q(errands__ended_at=None))
        return super().get_queryset(request).annotate(under_way=under_way)

    @display(description=gettext_lazy("phone"))
    def shown_phone(self, courier: Courier) -> str:
        return phone_of(courier.phone)

    @display(description=gettext_lazy("rides"))
    def shown_vehicle(self, courier: Courier) -> str:
        return str(VEHICLE.get(courier.vehicle, courier.vehicle))

    @display(
        description=gettext_lazy("page"), label={"in": "success", "out": "default", "off": "danger"}
    )
    def state(self, courier: Courier) -> tuple[str, str]:
        if not courier.active:
            return "off", _("shut out")
        return ("in", _("signed in")) if passes.is_signed_in(courier) else ("out", _("not yet"))

    @display(description=gettext_lazy("carries"))
    def carries(self, courier: Any) -> str:
        return str(courier.under_way) if courier.under_way else "–"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            # The rest is the courier's own, and may have changed since it was read.
            obj.save(update_fields=form.changed_data)
        else:
            super().save_model(request, obj, form, change)
        if not obj.active:
            _shut_out(obj)
        if change and not {"relay_phone", "active"}.isdisjoint(form.changed_data):
            relay_anew(obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Who follows a ride of theirs must not go on seeing or calling them."""
        _shut_out(obj)
        obj.active = False
        relay_anew(obj)
        super().delete_model(request, obj)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """What a new courier needs first is the link."""
        return redirect("admin:courier_way_in", obj.pk)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = path("<int:courier_id>/way-in/", wrap(self.way_in), name="courier_way_in")
        return [own, *super().get_urls()]

    def way_in(self, request: HttpRequest, courier_id: int) -> HttpResponse:
        """The link for the page, and the address for another app; each is shown once."""
        courier = Courier.objects.filter(pk=courier_id).first()
        if courier is None:
            raise Http404
        if request.POST.get("what") == "no_photo":
            take_away(courier)
            messages.success(request, _("The photo of %(name)s is gone.") % {"name": courier.name})
            return redirect("admin:courier_courier_change", courier.pk)
        made = _make(request, courier) if request.method == "POST" else {}
        context = {
            **self.admin_site.each_context(request),
            **made,
            "opts": self.opts,
            "title": courier.name,
            "courier": courier,
            "signed_in": passes.is_signed_in(courier),
            "has_source": passes.has_source(courier),
        }
        response = TemplateResponse(request, "staff/courier_way_in.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response


def _make(request: HttpRequest, courier: Courier) -> dict[str, Any]:
    """What the button asks for; what the template then shows."""
    what = request.POST.get("what", "")
    base = settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
    if what == "link" and courier.active:
        token, until = passes.new_link(courier)
        link = base + reverse("courier:come_in", args=[token])
        shop = Shop.objects.values_list("name", flat=True).first() or "Vitrine"
        text = f"{shop}: {words_in(courier.language)['title']} {link}"
        return {
            "link": link,
            "qr": qr(link),
            "until": moment(until),
            "sms": f"sms:{courier.phone}?&body={quote(text)}",
        }
    if what == "source" and courier.active:
        token = passes.new_source(courier)
        return {"address": f"{base}/api/v1/couriers/{token}"}
    if what == "no_source":
        passes.end_source(courier)
    if what == "shut_out":
        _shut_out(courier)
        messages.success(request, _("%(name)s is signed out.") % {"name": courier.name})
    return {}


def _shut_out(courier: Courier) -> None:
    passes.shut_out(courier)
    pause_all(courier)
    take_away(courier)  # nobody's phone could any more


@require_POST
def give_to_courier(request: HttpRequest, order_id: int) -> HttpResponse:
    """Name who carries an order, or somebody else than before."""
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise Http404
    wanted = request.POST.get("courier", "")
    courier = Courier.objects.filter(pk=wanted, active=True).first() if wanted.isdecimal() else None
    if courier is None:
        messages.warning(request, _("Choose a courier."))
    else:
        try:
            assign(order, courier, request.user if isinstance(request.user, User) else None)
            said = {"number": order.number, "name": courier.name}
            messages.success(request, _("%(name)s carries %(number)s.") % said)
        except AtServiceError:
            messages.warning(request, _("A service has it already."))
        except TransitionError:
            messages.warning(request, _("This order has ended: nobody needs to carry it."))
    return redirect("admin:orders_order_change", order_id)


def where(request: HttpRequest, order_id: int, context: dict[str, Any]) -> HttpResponse:
    """Where a courier is, asked for by a colleague: it is written down before it is shown."""
    order = Order.objects.filter(pk=order_id).first()
    delivery = Delivery.objects.filter(order=order).first() if order else None
    if order is None or delivery is None or not request.user.has_perm("orders.view_order"):
        raise Http404
    note_look(delivery, Kind.STAFF, request.user.get_username())
    view = delivery_view(delivery)
    if view.position:
        note_read(request.user, What.ORDER, [order.number])  # the map shows the buyer's door
        view = view.model_copy(update={"position": rounded(view.position, door_of(delivery))})
    found = {
        **context,
        "order": order,
        "title": order.number,
        "map": route_map(view) if view.position else None,
        "courier": delivery.courier_name,
        "at": clock(view.position.fix_time) if view.position else "",
        "rough": bool(view.position and view.position.accuracy_m >= CELL_M),
    }
    response = TemplateResponse(request, "staff/where.html", found)
    response.headers["Cache-Control"] = "no-store"
    return response


def photo(request: HttpRequest, order_id: int) -> HttpResponse:
    """The photograph of a handover."""
    order = Order.objects.filter(pk=order_id).first()
    content = photo_of(order) if order and request.user.has_perm("orders.view_order") else None
    if order is None or content is None:
        raise Http404
    note_read(request.user, What.ORDER, [order.number])
    response = HttpResponse(content, "image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    return response


def carried(order: Order) -> dict[str, Any]:
    """What the page of an order says of its courier."""
    errands = Errand.objects.filter(delivery__order=order).select_related(
        "courier", "assigned_by", "delivery"
    )
    errand = errands.filter(ended_at=None).first()
    delivery = Delivery.objects.filter(order=order).first()
    proof = Proof.objects.filter(delivery=delivery).first() if delivery else None
    return {
        "where_shown": bool(delivery and delivery.position and delivery.state.position_public),
        "proof": _proved(proof) if proof else "",
        "proof_photo": has_photo(order),
        "looks": [_looked(look) for look in delivery.looks.all()] if delivery else [],
        "errand": errand,
        "courier_phone": phone_of(errand.courier.phone) if errand and errand.courier else "",
        "couriers": list(Courier.objects.filter(active=True)) if not order.state.final else [],
        "errands": [_line(found) for found in errands],
    }


def _line(errand: Errand) -> tuple[str, str, str]:
    """When, who, and what became of it."""
    name = errand.courier.name if errand.courier else "–"
    if errand.riding_s:
        km = f"{errand.distance_m / 1000:.1f}"
        minutes = max(1, round(errand.riding_s / 60))
        said = _("%(km)s km in %(minutes)s min") % {"km": km, "minutes": minutes}
    elif errand.ended_at:
        said = _("ended")
    elif errand.started_at is None:
        said = _("not left yet")
    elif errand.consented_at is None:
        said = _("rides without being followed")
    else:
        said = _("paused") if errand.paused_at else _("position shared")
    return moment(errand.assigned_at), name, said


def _proved(proof: Proof) -> str:
    if proof.kind == Proof.Kind.CODE:
        return _("Handed over for the buyer’s code, %(time)s") % {"time": moment(proof.at)}
    return _("Left with a photograph, %(time)s") % {"time": moment(proof.at)}


def _looked(look: PositionLook) -> tuple[str, str]:
    """Who, and from when to when."""
    who = {Kind.BUYER: _("The buyer"), Kind.WINDOW: _("The window")}.get(Kind(look.kind), look.who)
    first, last = moment(look.first_at), clock(look.last_at)
    return who, first if first.endswith(last) else f"{first} – {last}"
