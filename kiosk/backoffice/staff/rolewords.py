"""Roles in a shop's words."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from kiosk.backoffice.roles import Role

ROLE: dict[Role, str | LazyText] = {
    Role.OWNER: _("Owner"),
    Role.MANAGER: _("Manager"),
    Role.TEAM: _("Counter"),
    Role.COURIER_DESK: _("Courier desk"),
    Role.READER: _("Reader"),
}
MAY: dict[Role, str | LazyText] = {
    Role.OWNER: _("everything, people and their roles, too; always with a second factor"),
    Role.MANAGER: _("orders, everything on sale, posters and plan, the shop, its windows"),
    Role.TEAM: _("orders, everything on sale, posters and plan"),
    Role.COURIER_DESK: _("sees orders and hands them to couriers and buyers"),
    Role.READER: _("sees what is on sale and shown; no orders, nobody’s name"),
}


def role_word(role: Role | None) -> str:
    return str(ROLE[role]) if role else "–"
