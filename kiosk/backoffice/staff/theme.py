"""The staff's pages in the house's colours: settings of the page toolkit."""

from typing import Any

# Plaster to ink, and brick as the one colour of action; assets/brand/theme.toml has the contrasts.
_BASE = {
    "50": "#fbf7f0",
    "100": "#f6f0e6",
    "200": "#e4dacb",
    "300": "#d3c7b5",
    "400": "#a5978a",
    "500": "#716757",
    "600": "#5f564a",
    "700": "#463f36",
    "800": "#2f2a23",
    "900": "#1f1b16",
    "950": "#14110d",
}
_PRIMARY = {
    "50": "#fcf1ec",
    "100": "#f8e0d6",
    "200": "#efc0ae",
    "300": "#e29a80",
    "400": "#cc6a4a",
    "500": "#b8492a",
    "600": "#a5391c",
    "700": "#8a2e15",
    "800": "#702612",
    "900": "#57200f",
    "950": "#351107",
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
    ]
    window = [
        _item(_("The shop"), "storefront", "platform_shop_changelist"),
        _item(_("Posters"), "wallpaper", "platform_hero_changelist"),
    ]
    if may("platform.view_device"):
        window.append(_item(_("Windows"), "tv", "platform_device_changelist"))
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


def icon(request: Any) -> str:
    from django.templatetags.static import static

    return static("buyer/icon.svg")


UNFOLD: dict[str, Any] = {
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
    "COLORS": {
        "base": _BASE,
        "primary": _PRIMARY,
        "font": {
            "subtle-light": "#5f564a",
            "subtle-dark": "#bdb8a8",
            "default-light": "#3a332a",
            "default-dark": "#e6dccb",
            "important-light": "#1f1b16",
            "important-dark": "#f5ebdb",
        },
    },
    "STYLES": [stylesheet],
    "SIDEBAR": {"show_search": False, "show_all_applications": False, "navigation": navigation},
}
