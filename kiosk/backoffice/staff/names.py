"""What the staff's pages call the tables and their columns.

The tables speak the developers' English; here they get the words of a shop, in its language.
"""

from typing import Any

from django.apps import apps
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

_APPS: dict[str, LazyText] = {
    "orders": _("Orders"),
    "catalogue": _("On sale"),
    "platform": _("Shop"),
    "courier": _("Couriers"),
    "privacy": _("What is kept"),
    "auth": _("Team"),
    "access": _("Team"),
}
_MODELS: dict[str, tuple[LazyText, LazyText]] = {
    "orders.Order": (_("order"), _("orders")),
    "catalogue.Product": (_("product"), _("products")),
    "catalogue.Variant": (_("variant"), _("variants")),
    "catalogue.Category": (_("shelf"), _("shelves")),
    "catalogue.Review": (_("review"), _("reviews")),
    "catalogue.Lookbook": (_("lookbook"), _("lookbooks")),
    "catalogue.QuickPiece": (_("piece for people in a hurry"), _("pieces for people in a hurry")),
    "catalogue.ProductPicture": (_("photograph"), _("photographs")),
    "platform.Shop": (_("shop"), _("shop")),
    "platform.Hero": (_("poster"), _("posters")),
    "platform.PlannedWindow": (_("planned window"), _("the plan")),
    "platform.Device": (_("window"), _("windows")),
    "courier.Courier": (_("courier"), _("couriers")),
    "privacy.PurgeRun": (_("what is kept"), _("what is kept")),
    "auth.User": (_("person"), _("people")),
    "access.PersonalRead": (_("view of buyers’ details"), _("views of buyers’ details")),
}
_FIELDS: dict[str, dict[str, LazyText]] = {
    "orders.Order": {"name": _("name"), "demo": _("demonstration")},
    "catalogue.Product": {
        "category": _("shelf"),
        "hidden": _("hidden"),
        "maker": _("maker"),
        "maker_town": _("maker's town"),
        "maker_km": _("distance in km"),
        "weight_g": _("weight in g"),
    },
    "catalogue.Variant": {
        "picture": _("photograph"),
        "price_minor": _("price"),
        "stock": _("stock"),
    },
    "catalogue.Review": {
        "product": _("product"),
        "author": _("first name"),
        "stars": _("stars"),
        "on": _("written on"),
        "bought_here": _("bought here"),
        "state": _("decision"),
    },
    "catalogue.LookbookPiece": {"product": _("product")},
    "catalogue.RelatedPiece": {"other": _("product")},
    "catalogue.QuickPiece": {"product": _("product")},
    "platform.Hero": {
        "when": _("time of day"),
        "product": _("opens"),
        "position": _("place"),
        "planned_only": _("only where the plan names it"),
    },
    "platform.PlannedWindow": {
        "since": _("first day"),
        "until": _("last day"),
        "heroes": _("posters"),
        "products": _("products"),
        "drop_at": _("sold from"),
    },
    "platform.Device": {"name": _("name")},
    "courier.Courier": {
        "name": _("name"),
        "phone": _("phone"),
        "relay_phone": _("relay number"),
        "vehicle": _("rides"),
        "language": _("language of the page"),
        "active": _("works for the shop"),
    },
    "platform.Shop": {
        "name": _("name"),
        "phone": _("phone"),
        "email": _("e-mail"),
        "website": _("website"),
        "public_holidays": _("closed on public holidays"),
        "collect_enabled": _("collect in the shop"),
        "collect_prepare_minutes": _("minutes to prepare"),
        "courier_enabled": _("delivery by courier"),
        "courier_prepare_minutes": _("minutes to prepare"),
        "courier_ride_minutes": _("minutes to ride"),
        "courier_radius_m": _("radius in metres"),
        "orders_when_closed": _("take orders while closed"),
        "dark_around_opening": _("minutes around the opening hours that stay lit"),
        "demo": _("demonstration"),
        "line1": _("street"),
        "postcode": _("postcode"),
        "city": _("town"),
        "country": _("country"),
        "lat": _("latitude"),
        "lon": _("longitude"),
        "timezone": _("time zone"),
        "shop_id": _("short name"),
        "default_language": _("default language"),
        "currency": _("currency"),
    },
}
_HELP: dict[str, dict[str, LazyText]] = {
    "platform.PlannedWindow": {
        "drop_at": _("Makes it a drop: announced with a countdown, and not sold before."),
    },
    "courier.Courier": {
        "name": _("First name and name; buyers read “Inès D.”."),
        "relay_phone": _(
            "A number that your telephone provider forwards to this courier. Buyers may call it "
            "during the ride. Never the courier’s own number."
        ),
        "active": _("Otherwise signed out at once, and no order is given to them."),
    },
    "catalogue.Product": {"hidden": _("Not shown on any window.")},
    "platform.Shop": {
        "website": _("https://…: where people order when a window cannot."),
        "public_holidays": _("A special day wins over a holiday of the same date."),
        "dark_around_opening": _(
            "Never dark while the shop is open, nor for so many minutes before and after."
        ),
        "orders_when_closed": _("Otherwise the window only shows, outside the opening hours."),
        "country": _("Two letters: FR, PT, CZ…"),
        "shop_id": _("Letters, digits and dashes; it should not change."),
        "demo": _("The courier is simulated, and every page says so."),
    },
}
_DECISIONS = [("pending", _("to read")), ("published", _("shown")), ("refused", _("refused"))]
_TIMES = [("day", _("by day")), ("night", _("by night")), ("any", _("always"))]


def name_everything() -> None:
    """Put the words in place; called once, when all tables are known."""
    from kiosk.backoffice.staff.words import VEHICLE

    for label, name in _APPS.items():
        config: Any = apps.get_app_config(label)
        config.verbose_name = name
    for label, (one, many) in _MODELS.items():
        options: Any = apps.get_model(label)._meta
        options.verbose_name, options.verbose_name_plural = one, many
    for label, names in _FIELDS.items():
        for field, name in names.items():
            _field(label, field).verbose_name = name
    for label, helps in _HELP.items():
        for field, said in helps.items():
            _field(label, field).help_text = said
    _field("platform.Hero", "when").choices = _TIMES
    _field("catalogue.Review", "state").choices = _DECISIONS
    _field("courier.Courier", "vehicle").choices = list(VEHICLE.items())


def _field(label: str, name: str) -> Any:
    return apps.get_model(label)._meta.get_field(name)
