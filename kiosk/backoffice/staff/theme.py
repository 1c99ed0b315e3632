"""The staff's pages in the shop's colours: settings of the page toolkit."""

from itertools import pairwise
from typing import Any

from kiosk.contract.brand import Brand

_STEPS = ("50", "100", "200", "300", "400", "500", "600", "700", "800", "900", "950")


def scale(stops: dict[str, str]) -> dict[str, str]:
    """A colour for each of the toolkit's eleven steps: `stops` themselves, mixed in between."""
    known = [step for step in _STEPS if step in stops]
    made = {}
    for low, high in pairwise(known):
        first, last = _STEPS.index(low), _STEPS.index(high)
        for place in range(first, last + 1):
            made[_STEPS[place]] = _mix(stops[low], stops[high], (place - first) / (last - first))
    return made


def _mix(one: str, other: str, share: float) -> str:
    """`share` of the way from #RRGGBB `one` to `other`."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _colours(brand: Brand) -> dict[str, Any]:
    day, night = brand.day, brand.night
    quiet = {
        "50": _mix(day["raised"], day["paper"], 0.6),
        "100": day["paper"],
        "300": day["line"],
        "600": day["ink_soft"],
        "900": day["ink"],
        "950": _mix(day["ink"], "#000000", 0.35),
    }
    loud = {
        "50": _mix(day["raised"], day["accent"], 0.05),
        "600": day["accent"],
        "950": _mix(day["accent"], "#000000", 0.7),
    }
    return {
        "base": scale(quiet),
        "primary": scale(loud),
        "font": {
            "subtle-light": day["ink_soft"],
            "subtle-dark": night["ink_soft"],
            "default-light": _mix(day["ink"], day["ink_soft"], 0.4),
            "default-dark": _mix(night["ink"], night["ink_soft"], 0.4),
            "important-light": day["ink"],
            "important-dark": night["ink"],
        },
    }


def _item(title: str, icon: str, page: str, **more: Any) -> dict[str, Any]:
    from django.urls import reverse_lazy

    return {"title": title, "icon": icon, "link": reverse_lazy(f"admin:{page}"), **more}


def navigation(request: Any) -> list[dict[str, Any]]:
    """The sidebar: the day's work first."""
    from django.utils.translation import gettext as _

    def may(permission: str) -> bool:
        return bool(request.user.has_perm(permission))

    work = [
        _item(_("Now"), "checklist", "index", badge="kiosk.backoffice.staff.board.waiting"),
        _item(_("All orders"), "receipt_long", "orders_order_changelist"),
    ]
    shelf = [
        _item(_("Products"), "inventory_2", "catalogue_product_changelist"),
        _item(_("Stock and prices"), "tag", "catalogue_variant_changelist"),
        _item(_("Shelves"), "shelves", "catalogue_category_changelist"),
        _item(
            _("Reviews"),
            "reviews",
            "catalogue_review_changelist",
            badge="kiosk.backoffice.staff.board.unread_reviews",
        ),
    ]
    window = [
        _item(_("The shop"), "storefront", "platform_shop_changelist"),
        _item(_("Posters"), "wallpaper", "platform_hero_changelist"),
        _item(_("The plan"), "event", "platform_plannedwindow_changelist"),
        _item(_("What it shows"), "visibility", "platform_plannedwindow_shown"),
        _item(_("Lookbooks"), "auto_stories", "catalogue_lookbook_changelist"),
        _item(_("In 20 seconds"), "timer", "catalogue_quickpiece_changelist"),
    ]
    if may("platform.view_device"):
        window.append(_item(_("Windows"), "tv", "platform_device_changelist"))
    if may("privacy.view_purgerun"):
        window.append(
            _item(
                _("What is kept"),
                "auto_delete",
                "privacy_purgerun_changelist",
                badge="kiosk.backoffice.staff.kept.problems",
            )
        )
    if may("auth.view_user"):
        window.append(_item(_("Team"), "group", "auth_user_changelist"))
    return [
        {"items": work},
        {"title": _("On sale"), "separator": True, "items": shelf},
        {"title": _("Shop"), "separator": True, "items": window},
    ]


def shop_name(request: Any) -> str:
    """The shop's name, or ours before there is a shop."""
    from kiosk.backoffice.platform.models import Shop

    return Shop.objects.values_list("name", flat=True).first() or "Vitrine"


def stylesheet(request: Any) -> str:
    from django.templatetags.static import static

    return static("staff/staff.css")


def brand_stylesheet(request: Any) -> str:
    from kiosk.backoffice.platform.branding import branding

    return branding().address("brand.css")


def icon(request: Any) -> str:
    from kiosk.backoffice.platform.branding import branding

    return branding().address("icon.svg")


def unfold(brand: Brand) -> dict[str, Any]:
    """The toolkit's settings in the colours of a brand."""
    return {
        "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": icon}],
        "SITE_TITLE": shop_name,
        "SITE_HEADER": shop_name,
        "SITE_SUBHEADER": "Vitrine",
        "SITE_URL": None,
        "SITE_SYMBOL": "storefront",
        "SHOW_VIEW_ON_SITE": False,
        "SHOW_BACK_BUTTON": True,
        "THEME": "light",
        "BORDER_RADIUS": "6px",
        "COLORS": _colours(brand),
        "STYLES": [brand_stylesheet, stylesheet],
        "SIDEBAR": {
            "show_search": False,
            "show_all_applications": False,
            "navigation": navigation,
        },
    }
