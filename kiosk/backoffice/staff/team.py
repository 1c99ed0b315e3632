"""The people who may sign in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminRadioSelectWidget

from kiosk.backoffice.access.secondfactor import (
    has_second_factor,
    needs_second_factor,
    remove_second_factor,
)
from kiosk.backoffice.access.sessions import sign_out_everywhere
from kiosk.backoffice.access.team import give_role, role_of
from kiosk.backoffice.access.throttle import let_in_again
from kiosk.backoffice.roles import Role
from kiosk.backoffice.staff.rolewords import MAY, ROLE, role_word
from kiosk.backoffice.staff.words import moment


class RoleField(forms.TypedChoiceField):
    """One role, each with what it may."""

    def __init__(self) -> None:
        super().__init__(
            coerce=Role,
            choices=[(role.value, role.value) for role in Role],
            label=gettext_lazy("Role"),
            widget=UnfoldAdminRadioSelectWidget(),
            initial=Role.TEAM,
            required=False,
            empty_value=Role.TEAM,
        )
        self.choices = [(role.value, _Said(role)) for role in Role]


class _Said:
    """A role and what it may, in the language of whoever looks."""

    def __init__(self, role: Role) -> None:
        self._role = role

    def __str__(self) -> str:
        return _("%(role)s: %(may)s") % {"role": ROLE[self._role], "may": MAY[self._role]}


class NewPersonForm(UserCreationForm):
    role = RoleField()


class PersonForm(UserChangeForm):
    role = RoleField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = role_of(self.instance) or Role.TEAM

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        stays = data.get("role") is Role.OWNER and data.get("is_active")
        if not stays and _is_last_owner(self.instance):
            raise forms.ValidationError(
                _("This is the last owner: make somebody else an owner first.")
            )
        return data


def _is_last_owner(user: User) -> bool:
    owners = User.objects.filter(is_superuser=True, is_active=True, is_staff=True)
    return owners.filter(pk=user.pk).exists() and owners.count() == 1


class PersonAdmin(UserAdmin, ModelAdmin):  # type: ignore[type-arg]
    """People and their roles. Whoever is added may sign in."""

    form = PersonForm
    add_form = NewPersonForm
    change_password_form = AdminPasswordChangeForm
    change_form_template = "staff/person.html"
    list_display = ("username", "full_name", "role", "second_factor", "is_active", "seen")
    list_filter = ("is_active",)
    filter_horizontal = ()
    actions = None
    fieldsets = (
        (None, {"fields": ("username",)}),
        (gettext_lazy("Person"), {"fields": ("first_name", "last_name", "email")}),
        (gettext_lazy("Rights"), {"fields": ("is_active", "role")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "role", "password1", "password2")}),)

    @display(description=gettext_lazy("name"))
    def full_name(self, user: User) -> str:
        return user.get_full_name() or "–"

    @display(description=gettext_lazy("role"))
    def role(self, user: User) -> str:
        return role_word(role_of(user))

    @display(
        description=gettext_lazy("second factor"),
        label={"on": "success", "missing": "warning", "off": "default"},
    )
    def second_factor(self, user: User) -> tuple[str, str]:
        if has_second_factor(user):
            return "on", _("set up")
        if needs_second_factor(user):
            return "missing", _("at the next sign-in")
        return "off", _("password only")

    @display(description=gettext_lazy("last sign-in"), ordering="last_login")
    def seen(self, user: User) -> str:
        return moment(user.last_login) if user.last_login else _("never")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and (obj == request.user or _is_last_owner(obj)):
            return False
        return bool(super().has_delete_permission(request, obj))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.is_staff = True
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "role" in form.cleaned_data:
            give_role(form.instance, form.cleaned_data["role"])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        person = kwargs.get("obj")
        context["has_factor"] = person is not None and has_second_factor(person)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path(
                "<int:person_id>/reset-second-factor/",
                wrap(self.reset_second_factor),
                name="auth_user_reset_second_factor",
            ),
            path("<int:person_id>/sign-out/", wrap(self.sign_out), name="auth_user_sign_out"),
        ]
        return own + list(super().get_urls())

    def reset_second_factor(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """For who lost their phone and their codes; who needs one sets up a new one at once."""

        @require_POST
        def reset(request: HttpRequest) -> HttpResponse:
            person = self._person(request, person_id)
            remove_second_factor(person)
            let_in_again(person.get_username())
            said = _("%(name)s signs in without the lost phone now.")
            messages.success(request, said % {"name": person.get_username()})
            return redirect("admin:auth_user_change", person.pk)

        return reset(request)

    def sign_out(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """End all sessions of somebody."""

        @require_POST
        def leave(request: HttpRequest) -> HttpResponse:
            person = self._person(request, person_id)
            sign_out_everywhere(person)
            said = _("%(name)s is signed out everywhere.")
            messages.success(request, said % {"name": person.get_username()})
            return redirect("admin:auth_user_change", person.pk)

        return leave(request)

    def _person(self, request: HttpRequest, person_id: int) -> User:
        person = User.objects.filter(pk=person_id).first()
        if person is None or not self.has_change_permission(request, person):
            raise Http404
        return person
