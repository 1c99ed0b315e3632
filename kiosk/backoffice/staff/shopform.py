"""The shop's profile as people write it: hours as text, fees in full units."""

from datetime import date, time
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.staff.fields import (
    MinorField,
    PartsField,
    TextColumn,
    TextsForm,
    extended,
    spoken_languages,
)
from kiosk.shop.hours import Interval
from kiosk.shop.links import checked_website
from kiosk.shop.text import clean, pick

DAYS = (
    ("monday", gettext_lazy("Monday")),
    ("tuesday", gettext_lazy("Tuesday")),
    ("wednesday", gettext_lazy("Wednesday")),
    ("thursday", gettext_lazy("Thursday")),
    ("friday", gettext_lazy("Friday")),
    ("saturday", gettext_lazy("Saturday")),
    ("sunday", gettext_lazy("Sunday")),
)
MAX_SPECIAL_DAYS = 200


class HoursField(forms.CharField):
    """ "10:00-13:00, 14:00-19:30"; empty: closed. Cleans to a list of intervals as text."""

    def __init__(self, **options: Any) -> None:
        widget = UnfoldAdminTextInputWidget(attrs={"placeholder": _("closed")})
        super().__init__(widget=widget, required=False, max_length=120, **options)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return parse_hours(str(value or ""))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != (initial or []))
        except ValidationError:
            return True


class ShopForm(TextsForm):
    """The whole profile; see `sections` for what stands together."""

    text_columns = {"tagline": TextColumn(gettext_lazy("Tagline"), 120)}
    courier_fee_minor = MinorField(label=gettext_lazy("Delivery fee"), required=False)
    courier_free_from_minor = MinorField(label=gettext_lazy("Free from"), required=False)
    special = forms.CharField(
        label=gettext_lazy("Special days"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "One line a day: “2026-12-24 10:00-16:00 Christmas Eve”; without hours: closed."
        ),
    )
    dark_dates = forms.CharField(
        label=gettext_lazy("Other nights"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One line a night, by the date on which it begins: “2026-12-31 04:00-07:00”; without "
            "hours: not dark."
        ),
    )
    area = forms.CharField(
        label=gettext_lazy("The courier's postcodes"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text=gettext_lazy("Separated by commas; empty: no limit."),
    )
    spoken = forms.CharField(
        label=gettext_lazy("Languages"),
        widget=UnfoldAdminTextInputWidget(),
        help_text=gettext_lazy("Two-letter codes separated by commas: fr, en."),
    )

    offered = forms.CharField(
        label=gettext_lazy("The window's languages"),
        required=False,
        widget=UnfoldAdminTextInputWidget(),
        help_text=gettext_lazy("What visitors may choose, in order; empty: every one it speaks."),
    )

    class Meta:
        model = Shop
        exclude = (
            "weekly",
            "special_days",
            "dark_weekly",
            "dark_special",
            "postcodes",
            "languages",
            "window_languages",
            "tagline",
            "map_sha256",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shop = self.instance
        for place, (name, _label) in enumerate(DAYS):
            day = shop.weekly[place] if place < len(shop.weekly) else []
            self.initial.setdefault(name, day)
            night = shop.dark_weekly[place] if place < len(shop.dark_weekly) else []
            self.initial.setdefault(dark_name(name), night)
        self.initial.setdefault("dark_dates", special_text(shop.dark_special))
        self.initial.setdefault("special", special_text(shop.special_days))
        self.initial.setdefault("area", ", ".join(shop.postcodes))
        self.initial.setdefault("spoken", ", ".join(shop.languages))
        self.initial.setdefault("offered", ", ".join(shop.window_languages))

    def clean_special(self) -> list[dict[str, Any]]:
        return parse_special(self.cleaned_data["special"], self.instance.special_days)

    def clean_dark_dates(self) -> list[dict[str, Any]]:
        return parse_nights(self.cleaned_data["dark_dates"])

    def clean_area(self) -> list[str]:
        return _listed(self.cleaned_data["area"].upper())

    def clean_spoken(self) -> list[str]:
        codes = _codes(self.cleaned_data["spoken"])
        if not codes:
            raise ValidationError(_("Write two-letter codes such as fr, en."))
        return codes

    def clean_website(self) -> str:
        try:
            return checked_website(self.cleaned_data["website"])
        except ValueError:
            raise ValidationError(
                _("Write the address of your website: https://shop.example.")
            ) from None

    def clean_offered(self) -> list[str]:
        return _codes(self.cleaned_data["offered"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        shop = self.instance
        shop.weekly = [data.get(name) or [] for name, _label in DAYS]
        shop.dark_weekly = [data.get(dark_name(name)) or [] for name, _label in DAYS]
        shop.dark_special = data.get("dark_dates", shop.dark_special)
        shop.special_days = data.get("special", shop.special_days)
        shop.postcodes = data.get("area", shop.postcodes)
        shop.languages = data.get("spoken", shop.languages)
        shop.window_languages = data.get("offered", shop.window_languages)
        return data


def _codes(text: str) -> list[str]:
    codes = _listed(text.lower())
    if not all(len(c) == 2 and c.isascii() and c.isalpha() for c in codes):
        raise ValidationError(_("Write two-letter codes such as fr, en."))
    return codes


def with_days(form: type[TextsForm]) -> type[TextsForm]:
    """`form` with one field of opening and one of dark hours for each day of the week."""
    days: dict[str, Any] = {name: HoursField(label=capfirst(str(label))) for name, label in DAYS}
    days |= {dark_name(name): PartsField(label=capfirst(str(label))) for name, label in DAYS}
    return extended(form, days)


def dark_name(day: str) -> str:
    """The field of the dark hours that begin on a day of the week."""
    return f"dark_{day}"


def parse_hours(text: str) -> list[str]:
    """The intervals of a day in order. Raises ValidationError with what to write."""
    words = text.replace("–", "-").replace(";", ",").strip()
    if not words or words.casefold() in ("fermé", "closed", "-"):
        return []
    try:
        intervals = [Interval.parse(part) for part in words.split(",") if part.strip()]
    except ValueError:
        raise ValidationError(_("Write 10:00-13:00, 14:00-19:30, or nothing: closed.")) from None
    for before, after in pairwise(intervals):
        if before.closes.hour == before.closes.minute == 0 or before.closes > after.opens:
            raise ValidationError(_("These hours overlap: write them in order."))
    return [f"{i.opens:%H:%M}-{_closing(i)}" for i in intervals]


def _closing(interval: Interval) -> str:
    return "24:00" if interval.closes == time(0) else f"{interval.closes:%H:%M}"


def special_text(days: list[dict[str, Any]]) -> str:
    """One line a day, in the shop's default language."""
    language = spoken_languages()[0]
    lines = []
    for day in days:
        hours = ",".join(day.get("intervals", []))
        reason = pick(day.get("reason", {}), language, language)
        lines.append(" ".join(part for part in (day["date"], hours, reason) if part))
    return "\n".join(lines)


def parse_special(text: str, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Special days from lines; a reason that did not change keeps its translations."""
    language = spoken_languages()[0]
    before = {day["date"]: day.get("reason", {}) for day in known}
    found: dict[str, dict[str, Any]] = {}
    for line in text.splitlines():
        words = line.split()
        if not words:
            continue
        try:
            when = date.fromisoformat(words[0]).isoformat()
        except ValueError:
            raise ValidationError(
                _("%(line)s: begin with the date, 2026-12-24.") % {"line": line.strip()[:60]}
            ) from None
        hours = [w for w in words[1:] if w[0].isdigit() and "-" in w]
        reason = clean(" ".join(w for w in words[1:] if w not in hours), 200)
        reasons = before.get(when, {})
        if reasons.get(language, "") != reason:
            reasons = {language: reason} if reason else {}
        intervals = parse_hours(",".join(hours))
        found[when] = {"date": when, "intervals": intervals, "reason": reasons}
    if len(found) > MAX_SPECIAL_DAYS:
        raise ValidationError(_("Too many days: remove the past ones."))
    return [found[when] for when in sorted(found)]


def parse_nights(text: str) -> list[dict[str, Any]]:
    """Nights that differ, from lines of a date and its dark hours."""
    found: dict[str, dict[str, Any]] = {}
    for line in text.splitlines():
        when, _gap, hours = line.strip().partition(" ")
        if not when:
            continue
        try:
            day = date.fromisoformat(when).isoformat()
        except ValueError:
            raise ValidationError(
                _("%(line)s: begin with the date, 2026-12-24.") % {"line": line.strip()[:60]}
            ) from None
        found[day] = {"date": day, "intervals": PartsField().to_python(hours)}
    return [found[day] for day in sorted(found)]


def _listed(text: str) -> list[str]:
    parts = text.replace(";", ",").replace("\n", ",").split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
