"""The page that says what is kept of people, and for how long."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from kiosk.backoffice.privacy.models import PurgeRun
from kiosk.backoffice.privacy.policy import POLICY, Purpose, choose_days, kept_days
from kiosk.backoffice.privacy.purge import due_at, is_doubtful, latest_trace
from kiosk.backoffice.staff.words import moment


@dataclass(frozen=True, slots=True)
class KeptRow:
    """`gone` is what the latest purge removed of it."""

    purpose: Purpose
    days: int
    gone: int


class KeptAdmin(ModelAdmin):
    """One page in place of a list: the policy, and how the latest purge went."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            _choose(request)
            return redirect("admin:privacy_purgerun_changelist")
        context = {
            **self.admin_site.each_context(request),
            **_kept(),
            "opts": self.opts,
            "title": _("What is kept, and for how long"),
            "may_change": self.has_change_permission(request),
        }
        return TemplateResponse(request, "staff/kept.html", context)


def problems(request: HttpRequest) -> str:
    """A mark in the sidebar where the latest purge did not do all of its work."""
    last = PurgeRun.objects.first()
    return "!" if last and last.problem else ""


def _kept() -> dict[str, Any]:
    days = kept_days()
    last = PurgeRun.objects.first()
    removed = last.removed if last else {}
    now, due = timezone.now(), due_at()
    return {
        "rows": [KeptRow(p, days[p.key], removed.get(p.key, 0)) for p in POLICY],
        "last": moment(last.started_at) if last else "",
        "removed_anything": any(removed.values()),
        "problem": last.problem if last else "",
        "doubtful": is_doubtful(now, latest_trace()),
        "next": moment(due) if due and due > now else "",
    }


def _choose(request: HttpRequest) -> None:
    """Keep what was chosen, all of it or nothing."""
    wanted, now = {}, kept_days()
    for purpose in POLICY:
        text = request.POST.get(purpose.key, "").strip()
        days = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1
        if not purpose.least <= days <= purpose.most:
            said = _("%(what)s: write %(least)s to %(most)s days.")
            bounds = {"what": purpose.title, "least": purpose.least, "most": purpose.most}
            messages.error(request, said % bounds)
            return
        if days != now[purpose.key]:
            wanted[purpose.key] = days
    user = request.user if isinstance(request.user, User) else None
    for key, days in wanted.items():
        choose_days(key, days, user.pk if user else None)
    if wanted:
        said = ngettext("%(n)s period is changed.", "%(n)s periods are changed.", len(wanted))
        messages.success(request, said % {"n": len(wanted)})
