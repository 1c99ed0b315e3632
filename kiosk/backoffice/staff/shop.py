"""The shop's profile, its posters, its windows."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from kiosk.backoffice.platform.devices import add_device, revoke_device
from kiosk.backoffice.platform.models import Device, Hero, Shop
from kiosk.backoffice.staff.alarms import of_window
from kiosk.backoffice.staff.fields import (
    PhotoForm,
    TextColumn,
    spoken_languages,
    text_fields,
    with_languages,
)
from kiosk.backoffice.staff.products import PublishedAdmin, picture_tag
from kiosk.backoffice.staff.shopform import DAYS, ShopForm, dark_name, with_days
from kiosk.backoffice.staff.words import moment


class ShopAdmin(SimpleHistoryAdmin, PublishedAdmin):
    """The one shop."""

    form = ShopForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Shop.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is only one: straight to it."""
        shop = Shop.objects.first()
        if shop is None:
            return redirect("admin:platform_shop_add")
        return redirect("admin:platform_shop_change", shop.pk)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = with_days(with_languages(ShopForm))
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        taglines = [name for code in spoken_languages() for name in text_fields(ShopForm, code)]
        place = ["line1", ("postcode", "city"), ("country", "timezone"), ("lat", "lon")]
        identity = ["shop_id", ("spoken", "default_language"), "offered", "currency"]
        courier = [
            "courier_enabled",
            ("courier_prepare_minutes", "courier_ride_minutes"),
            ("courier_fee_minor", "courier_free_from_minor"),
            "courier_radius_m",
            "area",
        ]
        dark = [*(dark_name(n) for n, _label in DAYS), "dark_dates", "dark_around_opening"]
        tab = {"classes": ["tab"]}
        return [
            (None, {"fields": ["name", *taglines, ("phone", "email"), "website"]}),
            (_("Hours"), tab | {"fields": [n for n, _label in DAYS]}),
            (_("Dark hours"), tab | {"fields": dark}),
            (_("Special days"), tab | {"fields": ["special", "public_holidays"]}),
            (_("Orders"), tab | {"fields": ["orders_when_closed", "demo"]}),
            (_("Collect"), tab | {"fields": ["collect_enabled", "collect_prepare_minutes"]}),
            (_("Courier"), tab | {"fields": courier}),
            (_("Address"), tab | {"fields": place}),
            (_("Identity"), tab | {"fields": identity}),
        ]


class HeroForm(PhotoForm):
    """A poster: its picture by upload."""

    text_columns = {"line": TextColumn(gettext_lazy("Line"), 120)}
    photo = forms.FileField(label=gettext_lazy("Picture"), required=False)
    photo_missing = gettext_lazy("A poster needs a picture.")

    class Meta:
        model = Hero
        fields = ("when", "product", "position", "planned_only")


class HeroAdmin(PublishedAdmin):
    """The posters of the window, in their order."""

    list_display = ("shown", "__str__", "when", "product", "position")
    list_display_links = ("shown", "__str__")
    ordering_field = "position"
    hide_ordering_field = True
    readonly_fields = ("shown",)
    autocomplete_fields = ("product",)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = with_languages(HeroForm)
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        words = [name for code in spoken_languages() for name in text_fields(HeroForm, code)]
        return [*(["shown"] if obj else []), "photo", *words, "when", "product", "planned_only"]

    @display(description=gettext_lazy("poster"))
    def shown(self, hero: Hero) -> SafeString:
        return picture_tag(hero.picture, large=True)


class DeviceForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Device
        fields = ("name",)
        labels = {"name": gettext_lazy("Name")}
        help_texts = {"name": gettext_lazy("Where it stands: “Window, rue des Arts”.")}


class DeviceAdmin(ModelAdmin):
    """Windows that may ask. A token is shown once, when its window is added."""

    form = DeviceForm
    list_display = ("name", "state", "trouble", "seen", "added")
    actions = ("revoke",)
    list_fullwidth = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Nothing of a window can be edited; the list still needs the right to act.
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        device, token = add_device(obj.name)
        obj.__dict__.update(device.__dict__)
        obj.shown_token = token

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": obj.name,
            "device": obj,
            "token": obj.shown_token,
            "back": reverse("admin:platform_device_changelist"),
            "address": request.build_absolute_uri("/").rstrip("/"),
        }
        response = TemplateResponse(request, "staff/device_added.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    @display(
        description=gettext_lazy("state"), label={"off": "danger", "on": "success", "new": "info"}
    )
    def state(self, device: Device) -> tuple[str, str]:
        if device.revoked_at:
            return "off", _("revoked")
        return ("on", _("active")) if device.last_seen else ("new", _("never seen"))

    @display(description=gettext_lazy("to look at"))
    def trouble(self, device: Device) -> str:
        return " · ".join(alarm.title for alarm in of_window(device)) or "–"

    @display(description=gettext_lazy("last seen"), ordering="last_seen")
    def seen(self, device: Device) -> str:
        return moment(device.last_seen) if device.last_seen else "–"

    @display(description=gettext_lazy("added"), ordering="created_at")
    def added(self, device: Device) -> str:
        return moment(device.created_at)

    @action(description=gettext_lazy("Revoke: shut out at once"), permissions=["change"])
    def revoke(self, request: HttpRequest, devices: Any) -> None:
        for device in devices.filter(revoked_at=None):
            revoke_device(device)
            messages.success(request, _("%(name)s is shut out.") % {"name": device.name})
