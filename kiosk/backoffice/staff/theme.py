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


_UNREAD = "kiosk.backoffice.staff.board.unread_reviews"
_PLAN, _QUICK = "platform.view_plannedwindow", "catalogue.view_quickpiece"
_KEPT, _READS = "privacy.view_purgerun", "access.view_personalread"
_PROBLEMS = "kiosk.backoffice.staff.kept.problems"


def navigation(request: Any) -> list[dict[str, Any]]:
    """The sidebar: the day's work first."""
    from django.utils.module_loading import import_string
    from django.utils.translation import gettext as _

    def may(permission: str) -> bool:
        return bool(request.user.has_perm(permission))

    work = [_item(_("Now"), "checklist", "index", badge="kiosk.backoffice.staff.board.waiting")]
    if may("orders.view_order"):
        work.append(_item(_("All orders"), "receipt_long", "orders_order_changelist"))
    if may("courier.view_courier"):
        work.append(_item(_("Couriers"), "pedal_bike", "courier_courier_changelist"))
    shelf = [
        ("product", _item(_("Products"), "inventory_2", "catalogue_product_changelist")),
        ("variant", _item(_("Stock and prices"), "tag", "catalogue_variant_changelist")),
        ("category", _item(_("Shelves"), "shelves", "catalogue_category_changelist")),
        ("review", _item(_("Reviews"), "reviews", "catalogue_review_changelist", badge=_UNREAD)),
    ]
    shows = "catalogue_lookbook_changelist"
    window = [
        ("platform.view_shop", _item(_("The shop"), "storefront", "platform_shop_changelist")),
        ("platform.view_hero", _item(_("Posters"), "wallpaper", "platform_hero_changelist")),
        (_PLAN, _item(_("The plan"), "event", "platform_plannedwindow_changelist")),
        (_PLAN, _item(_("What it shows"), "visibility", "platform_plannedwindow_shown")),
        ("catalogue.view_lookbook", _item(_("Lookbooks"), "auto_stories", shows)),
        (_QUICK, _item(_("In 20 seconds"), "timer", "catalogue_quickpiece_changelist")),
        ("platform.view_device", _item(_("Windows"), "tv", "platform_device_changelist")),
    ]
    kept = "privacy_purgerun_changelist"
    people = [
        (_KEPT, _item(_("What is kept"), "auto_delete", kept, badge=_PROBLEMS)),
        ("auth.view_user", _item(_("Team"), "group", "auth_user_changelist")),
        (_READS, _item(_("Who read what"), "policy", "access_personalread_changelist")),
    ]
    own = [_item(_("Your sign-in"), "key", "me")]
    groups = [
        ("", work),
        (_("On sale"), [item for name, item in shelf if may(f"catalogue.view_{name}")]),
        (_("Shop"), [item for right, item in window if may(right)]),
        ("", [item for right, item in people if may(right)] + own),
    ]
    for item in (item for _title, items in groups for item in items):
        # The toolkit paints the box of a badge that says nothing, too.
        if "badge" in item and not import_string(item["badge"])(request):
            del item["badge"]
    return [
        {"items": items, "title": title, "separator": items is not work}
        for title, items in groups
        if items
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
