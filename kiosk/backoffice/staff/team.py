"""The people who may sign in."""

from typing import Any

from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

TEAM = "team"
# What somebody behind the counter needs; windows and people are the owner's.
_MAY = (
    ("orders", "order", ("view", "change")),
    ("catalogue", "product", ("view", "add", "change")),
    ("catalogue", "variant", ("view", "add", "change", "delete")),
    ("catalogue", "productpicture", ("view", "add", "change", "delete")),
    ("catalogue", "category", ("view", "add", "change")),
    ("catalogue", "review", ("view", "change")),
    ("catalogue", "relatedpiece", ("view", "add", "change", "delete")),
    ("catalogue", "lookbook", ("view", "add", "change", "delete")),
    ("catalogue", "lookbookpiece", ("view", "add", "change", "delete")),
    ("catalogue", "quickpiece", ("view", "add", "change", "delete")),
    ("platform", "hero", ("view", "add", "change", "delete")),
    ("platform", "plannedwindow", ("view", "add", "change", "delete")),
    ("platform", "shop", ("view", "change")),
)


def make_team() -> None:
    """The group of the people behind the counter; left alone once it exists."""
    if Group.objects.filter(name=TEAM).exists():
        return
    wanted = [
        permission
        for app, model, deeds in _MAY
        for permission in Permission.objects.filter(
            content_type__app_label=app, codename__in=[f"{deed}_{model}" for deed in deeds]
        )
    ]
    # Permissions are made after the tables, app by app: wait for the last ones.
    if len(wanted) == sum(len(deeds) for _app, _model, deeds in _MAY):
        Group.objects.create(name=TEAM).permissions.set(wanted)


class PersonAdmin(UserAdmin, ModelAdmin):  # type: ignore[type-arg]
    """Whoever is added here belongs to the team and may sign in."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "first_name", "last_name", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "is_superuser", "groups")}),
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.is_staff = True
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        team = Group.objects.filter(name=TEAM).first()
        if team and not change:
            form.instance.groups.add(team)
