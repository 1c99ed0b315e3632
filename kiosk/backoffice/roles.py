"""Who may what on the staff's pages: this table and nothing else. Pure data.

An owner may everything that a page offers to anybody. Nobody may what no page offers, such as
deleting an order. Everything that is not named here is refused to everybody but owners.
"""

from enum import StrEnum


class Role(StrEnum):
    """A person has one. The values of all but the owner's are the names of their groups."""

    OWNER = "owner"
    MANAGER = "manager"
    TEAM = "team"
    COURIER_DESK = "courier_desk"
    READER = "reader"


# All but owners, in the order of the columns below.
GROUPS = (Role.MANAGER, Role.TEAM, Role.COURIER_DESK, Role.READER)

_SEE = "view"
_KEEP = "view change"
_MAKE = "view add change"
_ALL = "view add change delete"

# What each may with a table's rows:
#                              manager  team    courier desk  reader
MODELS: dict[str, tuple[str, str, str, str]] = {
    "orders.order":           (_KEEP,   _KEEP,  _SEE,         ""),
    "catalogue.product":      (_MAKE,   _MAKE,  "",           _SEE),
    "catalogue.variant":      (_ALL,    _ALL,   "",           _SEE),
    "catalogue.productpicture": (_ALL,  _ALL,   "",           _SEE),
    "catalogue.category":     (_MAKE,   _MAKE,  "",           _SEE),
    "catalogue.review":       (_KEEP,   _KEEP,  "",           _SEE),
    "catalogue.relatedpiece": (_ALL,    _ALL,   "",           _SEE),
    "catalogue.lookbook":     (_ALL,    _ALL,   "",           _SEE),
    "catalogue.lookbookpiece": (_ALL,   _ALL,   "",           _SEE),
    "catalogue.quickpiece":   (_ALL,    _ALL,   "",           _SEE),
    "platform.hero":          (_ALL,    _ALL,   "",           _SEE),
    "platform.plannedwindow": (_ALL,    _ALL,   "",           _SEE),
    "platform.shop":          (_KEEP,   _SEE,   "",           _SEE),
    "platform.device":        (_MAKE,   "",     "",           ""),
    "courier.courier":        (_ALL,    _SEE,   _MAKE,        ""),
    "privacy.purgerun":       (_SEE,    "",     "",           ""),
    "auth.user":              ("",      "",     "",           ""),
    "access.personalread":    ("",      "",     "",           ""),
}  # fmt: skip

# To which steps somebody may move an order. Named here: these and no others; else: what its
# table says ("change").
STEPS: dict[Role, tuple[str, ...]] = {
    Role.COURIER_DESK: ("handed_over", "completed"),
}

# Pages that are no row of a table, by the name of their URL: the right that opens them;
# "" opens one to everybody who has signed in.
PAGES: dict[str, str] = {
    "index": "",
    "orders_board": "orders.view_order",
    "orders_step": "orders.view_order",
    "orders_message": "orders.change_order",
    "orders_rights": "orders.change_order",
    "orders_handover": "orders.change_order",
    "orders_courier": "orders.view_order",
    "orders_where": "orders.view_order",
    "orders_photo": "orders.view_order",
    "courier_way_in": "courier.change_courier",
    "orders_kept": "orders.view_order",
    "platform_plannedwindow_shown": "platform.view_plannedwindow",
    "auth_user_password_change": "auth.change_user",
    "auth_user_reset_second_factor": "auth.change_user",
    "auth_user_sign_out": "auth.change_user",
    "me": "",
    "me_codes": "",
    "me_factor_off": "",
    "me_sign_out": "",
    "search": "",
    "autocomplete": "",
    "jsi18n": "",
    "password_change": "",
    "password_change_done": "",
    "logout": "",
    "app_list": "",
    "view_on_site": "",
}

# Without one of these at hand nobody of the role comes in.
SECOND_FACTOR_COMPULSORY = frozenset({Role.OWNER})

# How long a browser may rest before it has to sign in again, and at most all in all; seconds.
IDLE_S: dict[Role | None, int] = {Role.OWNER: 3600}
IDLE_OTHERS_S = 12 * 3600
SESSION_S = 14 * 24 * 3600
