"""The staff's pages: one site, in the shop's own time zone."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from kiosk.backoffice.catalogue.models import (
    Category,
    Lookbook,
    Product,
    QuickPiece,
    Review,
    Variant,
)
from kiosk.backoffice.orders.models import Order
from kiosk.backoffice.platform.models import Device, Hero, PlannedWindow, Shop
from kiosk.backoffice.privacy.models import PurgeRun
from kiosk.backoffice.staff.board import board
from kiosk.backoffice.staff.kept import KeptAdmin
from kiosk.backoffice.staff.orders import OrderAdmin
from kiosk.backoffice.staff.plan import PlanAdmin
from kiosk.backoffice.staff.products import CategoryAdmin, ProductAdmin, VariantAdmin
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
    enable_nav_sidebar = True

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What to do next."""
        context = {**self.each_context(request), "title": self.index_title, **board(request)}
        if not request.user.has_perm("orders.view_order"):
            context["columns"] = []
        return TemplateResponse(request, "staff/board.html", context)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Every page shows the shop's clock, wherever the server stands."""
        inner = super().admin_view(view, cacheable)

        def in_shop_time(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with timezone.override(shop_zone()):
                response = inner(request, *args, **kwargs)
                # A template is filled in here, not later: its times belong to this zone.
                if hasattr(response, "is_rendered") and not response.is_rendered:
                    response.render()
                return response

        in_shop_time.__dict__.update(inner.__dict__)
        return in_shop_time


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
site.register(PurgeRun, KeptAdmin)
site.register(User, PersonAdmin)
