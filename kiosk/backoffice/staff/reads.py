"""Who read what of the buyers: a page for owners. Nothing on it can be changed."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise as LazyText
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from kiosk.backoffice.access.models import PersonalRead
from kiosk.backoffice.staff.words import moment

What = PersonalRead.What
WHAT: dict[str, str | LazyText] = {
    What.BOARD: gettext_lazy("The board"),
    What.LIST: gettext_lazy("List of orders"),
    What.ORDER: gettext_lazy("An order’s page"),
    What.EXPORT: gettext_lazy("Export"),
    What.BUYER_READ: gettext_lazy("The buyer’s own page"),
    What.BUYER_EXPORT: gettext_lazy("The buyer’s own copy"),
    What.BUYER_ERASURE: gettext_lazy("Erased by the buyer"),
    What.COURIER: gettext_lazy("The courier’s page"),
}
_SHOWN = 12  # numbers of one row; the rest are counted


class WhoFilter(DropdownFilter):
    """People who have read something, also those who are gone."""

    title = gettext_lazy("person")
    parameter_name = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = PersonalRead.objects.order_by("who").exclude(person_id=None)
        return [(str(pk), who) for pk, who in people.values_list("person_id", "who").distinct()]

    def queryset(
        self, request: HttpRequest, reads: QuerySet[PersonalRead]
    ) -> QuerySet[PersonalRead]:
        wanted = self.value()
        return reads.filter(person_id=int(wanted)) if wanted and wanted.isdecimal() else reads


class ReadAdmin(ModelAdmin):
    """One row for one view of a page, the latest first."""

    list_display = ("when", "person", "shown_what", "orders")
    list_display_links = None
    list_filter = (WhoFilter,)
    search_fields = ("numbers",)
    search_help_text = gettext_lazy("An order’s number")
    list_per_page = 50
    list_fullwidth = True
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description=gettext_lazy("when"), ordering="at")
    def when(self, read: PersonalRead) -> str:
        return moment(read.at)

    @display(description=gettext_lazy("who"))
    def person(self, read: PersonalRead) -> str:
        return read.who or _("The buyer")

    @display(description=gettext_lazy("what"), ordering="what")
    def shown_what(self, read: PersonalRead) -> str:
        return str(WHAT[read.what])

    @display(description=gettext_lazy("orders"))
    def orders(self, read: PersonalRead) -> SafeString:
        numbers = read.numbers.split()
        more = f" + {len(numbers) - _SHOWN}" if len(numbers) > _SHOWN else ""
        # A number is not broken at its hyphen.
        shown = [(number,) for number in numbers[:_SHOWN]]
        return format_html("{}{}", format_html_join(", ", "<span>{}</span>", shown), more)
