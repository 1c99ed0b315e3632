"""The plan: what the windows show by date and hour, and what they would show at any other."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
)

from kiosk.backoffice.platform.branding import branding
from kiosk.backoffice.platform.models import Hero, PlannedWindow, Shop
from kiosk.backoffice.platform.plan import dark_hours, the_plan
from kiosk.backoffice.platform.shop import readable_hours
from kiosk.backoffice.staff.fields import (
    PartsField,
    TextColumn,
    TextsForm,
    spoken_languages,
    text_fields,
    with_languages,
)
from kiosk.backoffice.staff.products import PublishedAdmin
from kiosk.backoffice.staff.shopform import DAYS
from kiosk.backoffice.staff.words import moment
from kiosk.shop.schedule import showing


class PlanForm(TextsForm):
    """A collection, a drop or a theme."""

    text_columns = {
        "title": TextColumn(gettext_lazy("Title"), 60),
        "line": TextColumn(gettext_lazy("Line"), 120),
    }
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Weekdays"),
        required=False,
        coerce=int,
        choices=[(place, label) for place, (_name, label) in enumerate(DAYS)],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=gettext_lazy("None: every day."),
    )
    parts = PartsField(
        label=gettext_lazy("Hours"),
        help_text=gettext_lazy(
            "Empty: all day. Hours that go over midnight belong to the day on which they begin."
        ),
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"), required=False, widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = PlannedWindow
        fields = ("since", "until", "heroes", "products", "drop_at", "theme", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(name, name) for name in branding().brand.themes]
        ours = [("", "–"), ("day", _("by day")), ("night", _("by night"))]
        kept = [(self.instance.theme, self.instance.theme)] if self.instance.theme else []
        self.fields["theme"].choices = list(dict([*kept, *ours, *own]).items())  # type: ignore[attr-defined]
        self.initial.setdefault("days", self.instance.weekdays)
        self.initial.setdefault("parts", self.instance.dayparts)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            raise ValidationError({"until": _("The last day lies before the first.")})
        if data.get("drop_at") and not data.get("products"):
            raise ValidationError({"products": _("A drop needs the products that it brings.")})
        self.instance.weekdays = sorted(data.get("days") or [])
        self.instance.dayparts = data.get("parts") or []
        return data


class PlanAdmin(PublishedAdmin):
    """The windows that are planned; the first that is on counts."""

    list_display = ("__str__", "kind", "when", "theme", "on_now")
    ordering_field = "position"
    hide_ordering_field = True
    autocomplete_fields = ("products",)
    filter_horizontal = ("heroes",)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = with_languages(PlanForm)
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        words = [name for code in spoken_languages() for name in text_fields(PlanForm, code)]
        return [
            (None, {"fields": words}),
            (_("When"), {"fields": [("since", "until"), "days", "parts"]}),
            (_("What"), {"fields": ["heroes", "products", "drop_at", "theme"]}),
        ]

    def get_urls(self) -> list[Any]:
        shown = self.admin_site.admin_view(self.preview)
        return [path("shown/", shown, name="platform_plannedwindow_shown"), *super().get_urls()]

    def preview(self, request: HttpRequest) -> HttpResponse:
        """What the windows show at a date and an hour, now where none is given."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        at = _asked(request.GET.get("at", ""))
        context = {
            **self.admin_site.each_context(request),
            "title": _("What the window shows"),
            "at": timezone.localtime(at).strftime("%Y-%m-%dT%H:%M"),
            **_shown(at),
        }
        return TemplateResponse(request, "staff/plan_shown.html", context)

    @display(description=gettext_lazy("kind"))
    def kind(self, window: PlannedWindow) -> str:
        if window.drop_at:
            return _("drop")
        shows = window.heroes.exists() or window.products.exists()
        return _("collection") if shows else _("theme")

    @display(description=gettext_lazy("when"))
    def when(self, window: PlannedWindow) -> str:
        dates = [day.isoformat() if day else "…" for day in (window.since, window.until)]
        parts = [" – ".join(dates), *window.dayparts]
        if window.drop_at:
            parts.append(_("sold from %(when)s") % {"when": moment(window.drop_at)})
        return ", ".join(parts)

    @display(description=gettext_lazy("on the glass"), boolean=True)
    def on_now(self, window: PlannedWindow) -> bool:
        found = showing(the_plan(), timezone.now(), timezone.get_current_timezone())
        shown = [*found.drops, *([found.collection] if found.collection else [])]
        return str(window.pk) in {plan.id for plan in shown} or bool(
            window.theme and found.theme == window.theme
        )


def _asked(text: str) -> datetime:
    """ "2026-12-24T22:00" by the shop's clock; now where it is no moment."""
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None:
        return timezone.now()
    return at if at.tzinfo else timezone.make_aware(at)


def _shown(at: datetime) -> dict[str, Any]:
    shop = Shop.objects.first()
    hours = readable_hours(shop) if shop else None
    if shop is None or hours is None:
        return {"dark": False, "drops": [], "collection": None, "posters": [], "theme": ""}
    found = showing(the_plan(), at, hours.zone)
    rows = PlannedWindow.objects.in_bulk()
    collection = rows.get(int(found.collection.id)) if found.collection else None
    usual = Hero.objects.filter(planned_only=False).select_related("picture")
    return {
        "dark": dark_hours(shop).is_dark(at, hours),
        "drops": [(rows[int(drop.id)], drop.is_ahead(at)) for drop in found.drops],
        "collection": collection,
        "products": list(collection.products.all()) if collection else [],
        "posters": list(collection.heroes.select_related("picture")) if collection else list(usual),
        "theme": found.theme,
    }
