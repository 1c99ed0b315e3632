"""The staff's pages: one site, in the shop's own time zone."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from kiosk.backoffice.platform.models import Shop

View = Callable[..., HttpResponseBase]


def shop_zone() -> ZoneInfo:
    """The shop's time zone; Paris before there is a shop."""
    return ZoneInfo(Shop.objects.values_list("timezone", flat=True).first() or "Europe/Paris")


class StaffSite(UnfoldAdminSite):
    """What staff see under /staff/."""

    index_title = _("Now")
    enable_nav_sidebar = True

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
