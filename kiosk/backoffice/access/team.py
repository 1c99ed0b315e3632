"""Groups and rights, made from the table of roles and kept in step with it."""

import hashlib
import json

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db import transaction

from kiosk.backoffice.platform.models import Setting
from kiosk.backoffice.roles import GROUPS, MODELS, PAGES, STEPS, Role
from kiosk.shop.order import OrderStatus

_KEPT = "roles"
# Which right a page of a table's rows wants, by how the name of its URL ends.
_DEEDS = {
    "changelist": "view",
    "change": "view",
    "history": "view",
    "simple_history": "view",
    "add": "add",
    "delete": "delete",
}
_FORMS = ("change", "simple_history")
_ALL_STEPS = frozenset(status.value for status in OrderStatus)


def rights(role: Role) -> set[str]:
    """What `role` may beside what everybody may: "orders.view_order" and so on. Not the owner's."""
    column = GROUPS.index(role)
    found = set()
    for label, deeds in MODELS.items():
        app, _, model = label.partition(".")
        found |= {f"{app}.{deed}_{model}" for deed in deeds[column].split()}
    return found


def keep_groups() -> None:
    """Make the groups what the table says, unless it was so already. People stay in theirs."""
    wanted = {role.value: sorted(rights(role)) for role in GROUPS}
    mark = hashlib.sha256(json.dumps(wanted).encode()).hexdigest()
    if Setting.objects.filter(key=_KEPT, value=mark).exists():
        return
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    if not known.keys() >= set().union(*wanted.values()):
        return  # rights are made after the tables, app by app: the last ones are still to come
    with transaction.atomic():
        for name, names in wanted.items():
            group, _ = Group.objects.get_or_create(name=name)
            group.permissions.set([known[right] for right in names])
        Setting.objects.update_or_create(key=_KEPT, defaults={"value": mark})


def role_of(user: object) -> Role | None:
    """The role of a person who may sign in; None for strangers and groups of another making."""
    if not isinstance(user, User) or not (user.is_active and user.is_staff):
        return None
    if user.is_superuser:
        return Role.OWNER
    names = set(user.groups.filter(name__in=GROUPS).values_list("name", flat=True))
    return next((role for role in GROUPS if role in names), None)


def give_role(user: User, role: Role) -> None:
    """Make `role` the person's one role; groups that the table does not know stay theirs."""
    with transaction.atomic():
        user.is_staff = True
        user.is_superuser = role is Role.OWNER
        user.save(update_fields=["is_staff", "is_superuser"])
        user.groups.remove(*Group.objects.filter(name__in=set(GROUPS) - {role}))
        if role is not Role.OWNER:
            user.groups.add(Group.objects.get(name=role))


def may_open(user: User | AnonymousUser, page: str, *, writes: bool = False) -> bool:
    """Whether somebody who has signed in may open the staff's page whose URL has this name.

    `writes`: whether something is sent to it. To see a row is not to change it.
    """
    right = PAGES.get(page)
    if right is not None:
        return not right or user.has_perm(right)
    app, _, rest = page.partition("_")
    model, _, ending = rest.partition("_")
    if f"{app}.{model}" not in MODELS or ending not in _DEEDS:
        return False
    deed = _DEEDS[ending]
    changes = user.has_perm(f"{app}.change_{model}")
    if deed == "view" and (changes or (writes and ending in _FORMS)):
        return changes
    return user.has_perm(f"{app}.{deed}_{model}")


def steps_of(user: User | AnonymousUser) -> frozenset[str]:
    """The statuses to which this person may move orders."""
    if not user.has_perm("orders.view_order"):
        return frozenset()
    named = STEPS.get(role_of(user) or Role.READER)
    if named is not None:
        return frozenset(named)
    return _ALL_STEPS if user.has_perm("orders.change_order") else frozenset()
