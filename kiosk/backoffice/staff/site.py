"""The staff's pages: one site, in the shop's own time zone."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from kiosk.backoffice.access.models import PersonalRead
from kiosk.backoffice.access.reads import What, note_read
from kiosk.backoffice.access.team import may_open
from kiosk.backoffice.catalogue.models import (
    Category,
    Lookbook,
    Product,
    QuickPiece,
    Review,
    Variant,
)
from kiosk.backoffice.courier.models import Courier
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.models import Device, Hero, PlannedWindow, Shop
from kiosk.backoffice.privacy.models import PurgeRun
from kiosk.backoffice.staff.board import board, numbers_on
from kiosk.backoffice.staff.couriers import CourierAdmin
from kiosk.backoffice.staff.entrance import PasswordForm, PasswordView, entrance_urls
from kiosk.backoffice.staff.kept import KeptAdmin
from kiosk.backoffice.staff.orders import OrderAdmin
from kiosk.backoffice.staff.plan import PlanAdmin
from kiosk.backoffice.staff.products import CategoryAdmin, ProductAdmin, VariantAdmin
from kiosk.backoffice.staff.reads import ReadAdmin
from kiosk.backoffice.staff.shop import DeviceAdmin, HeroAdmin, ShopAdmin
from kiosk.backoffice.staff.stories import LookbookAdmin, QuickAdmin, ReviewAdmin
from kiosk.backoffice.staff.team import PersonAdmin

View = Callable[..., HttpResponseBase]


def shop_zone() -> ZoneInfo:
    """The shop's time zone; Paris before there is a shop."""
    return ZoneInfo(Shop.objects.values_list("timezone", flat=True).first() or "Europe/Paris")


class StaffSite(UnfoldAdminSite):
    """What staff see under /staff/."""

    index_title = _("Now")
    login_form = PasswordForm
    enable_nav_sidebar = True

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What to do next."""
        context = {**self.each_context(request), "title": self.index_title, **board(request)}
        note_read(request.user, What.BOARD, numbers_on(context))
        return TemplateResponse(request, "staff/board.html", context)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The password; PasswordView goes on to the second factor."""
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        context = {
            **self.each_context(request),
            "title": gettext("Log in"),
            "app_path": request.get_full_path(),
            **(extra_context or {}),
        }
        view = PasswordView.as_view(
            extra_context=context,
            authentication_form=self.login_form,
            template_name="admin/login.html",
            next_page="admin:index",
        )
        response: HttpResponse = view(request)  # type: ignore[assignment]
        return response

    def get_urls(self) -> list[URLPattern]:
        return entrance_urls(self) + list(super().get_urls())

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Every page is in the table of roles, and shows the shop's clock, wherever it runs."""
        inner = super().admin_view(view, cacheable)

        def in_shop_time(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with timezone.override(shop_zone()):
                response = self._let_in(inner, request, *args, **kwargs)
                # A template is filled in here, not later: its times belong to this zone.
                if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                    response.render()
                return response

        in_shop_time.__dict__.update(inner.__dict__)
        return in_shop_time

    def _let_in(
        self, view: View, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """The page, or one that says that it is not for this role."""
        page = request.resolver_match.url_name if request.resolver_match else None
        try:
            if page and self.has_permission(request):
                writes = request.method not in ("GET", "HEAD", "OPTIONS")
                if not may_open(request.user, page, writes=writes):
                    raise PermissionDenied
            return view(request, *args, **kwargs)
        except PermissionDenied:
            context = {**self.each_context(request), "title": gettext("Not for your role")}
            return TemplateResponse(request, "staff/not_for_you.html", context, status=403)


site = StaffSite(name="admin")
site.register(Order, OrderAdmin)
site.register(Product, ProductAdmin)
site.register(Variant, VariantAdmin)
site.register(Category, CategoryAdmin)
site.register(Review, ReviewAdmin)
site.register(Lookbook, LookbookAdmin)
site.register(QuickPiece, QuickAdmin)
site.register(Shop, ShopAdmin)
site.register(Hero, HeroAdmin)
site.register(PlannedWindow, PlanAdmin)
site.register(Device, DeviceAdmin)
site.register(Courier, CourierAdmin)
site.register(PurgeRun, KeptAdmin)
site.register(User, PersonAdmin)
site.register(PersonalRead, ReadAdmin)
