"""Form fields for what the tables keep as minor units and as texts by language."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import new_class
from typing import Any, TypeVar

from babel import Locale, UnknownLocaleError
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from kiosk.backoffice.catalogue.models import Picture
from kiosk.backoffice.catalogue.pictures import PictureError, check_bytes, store_picture
from kiosk.backoffice.platform.models import Shop
from kiosk.backoffice.platform.shop import shop_currency
from kiosk.shop.money import Money, MoneyError
from kiosk.shop.schedule import Daypart
from kiosk.shop.text import clean

FormType = TypeVar("FormType", bound=forms.BaseForm)


class MinorField(forms.CharField):
    """A price as people write it ("12,50"), kept as whole minor units of the shop's currency."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "class": "kiosk-narrow"}
        options.setdefault("widget", UnfoldAdminTextInputWidget(attrs=attrs))
        options.pop("min_value", None)
        options.pop("max_value", None)
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            money = Money.parse(str(text), _currency())
        except MoneyError:
            raise ValidationError(_("Write an amount such as 12.50.")) from None
        if money.currency != _currency():
            raise ValidationError(_("The shop sells in %(code)s.") % {"code": _currency()})
        if money.minor < 0:
            raise ValidationError(_("An amount cannot be below zero."))
        return money.minor

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            text = str(Money(value, _currency()).decimal)
            return text.replace(".", ",") if (get_language() or "").startswith("fr") else text
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class PartsField(forms.CharField):
    """ "18:00-02:00, 22:00-24:00"; empty: nothing. Cleans to a list of parts as text."""

    def __init__(self, **options: Any) -> None:
        attrs = {"placeholder": "18:00-02:00"}
        options.setdefault("widget", UnfoldAdminTextInputWidget(attrs=attrs))
        super().__init__(required=False, max_length=120, **options)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = str(value or "").replace("–", "-").replace(";", ",")
        try:
            return [str(Daypart.parse(part)) for part in words.split(",") if part.strip()]
        except ValueError:
            raise ValidationError(_("Write 18:00-02:00, or nothing.")) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != (initial or []))
        except ValidationError:
            return True


def _currency() -> str:
    return shop_currency() or "EUR"


class _ManyFiles(UnfoldAdminFileFieldWidget):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of files at once."""

    def __init__(self, **options: Any) -> None:
        attrs = {"multiple": True, "accept": "image/jpeg,image/png,image/webp"}
        super().__init__(widget=_ManyFiles(attrs=attrs), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(PhotosField, self).clean(file, initial) for file in files]


def stored_photo(file: Any) -> Picture:
    """An uploaded photograph in all sizes; quick where it is known. Raises PictureError."""
    check_bytes(file.size)
    file.seek(0)
    return store_picture(file.read(), source=file.name)


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of texts by language: how it is called and how long a text may be."""

    label: Any
    limit: int
    rows: int = 1
    help: Any = ""


def spoken_languages() -> list[str]:
    """The shop's languages, the default one first."""
    shop = Shop.objects.first()
    if shop is None:
        return ["fr", "en"]
    return list(dict.fromkeys([shop.default_language, *shop.languages]))


def language_name(code: str) -> str:
    """ "français", in the language of the page; the code where it has no name."""
    try:
        return str(Locale.parse(code).get_display_name(get_language() or "fr") or code)
    except (UnknownLocaleError, ValueError):
        return code


class TextsForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form with one labelled field per language for each of its `text_columns`."""

    text_columns: dict[str, TextColumn] = {}
    text_required: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.text_columns:
            kept = getattr(self.instance, name) or {}
            for language in spoken_languages():
                self.initial.setdefault(f"{name}_{language}", kept.get(language, ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, column in self.text_columns.items():
            texts = dict(getattr(self.instance, name) or {})
            for language in spoken_languages():
                if f"{name}_{language}" not in data:
                    continue
                text = clean(data[f"{name}_{language}"], column.limit, lines=column.rows > 1)
                texts.pop(language, None)
                if text:
                    texts[language] = text
            setattr(self.instance, name, texts)
        return data


class PhotoForm(TextsForm):
    """A form for something that is nothing without its picture, which is uploaded as `photo`."""

    photo_missing: Any = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        file = data.get("photo")
        if file:
            try:
                self.instance.picture = stored_photo(file)
            except PictureError as error:
                raise ValidationError({"photo": str(error)}) from None
        elif self.instance.picture_id is None:
            raise ValidationError({"photo": self.photo_missing})
        return data


def with_languages(form: type[TextsForm]) -> type[TextsForm]:
    """`form` with its text fields in the shop's languages."""
    languages = spoken_languages()
    fields: dict[str, Any] = {}
    for name, column in form.text_columns.items():
        for language in languages:
            required = name in form.text_required and language == languages[0]
            fields[f"{name}_{language}"] = _text_field(column, language, required)
    return extended(form, fields)


def extended(form: type[FormType], fields: dict[str, Any]) -> type[FormType]:
    """`form` with more fields: its metaclass collects them from a class body only."""
    made: type[FormType] = new_class(form.__name__, (form,), {}, lambda body: body.update(fields))
    return made


def text_fields(form: type[TextsForm], language: str) -> list[str]:
    """The names of a form's text fields in one language."""
    return [f"{name}_{language}" for name in form.text_columns]


def _text_field(column: TextColumn, language: str, required: bool) -> forms.CharField:
    label = f"{column.label} · {language_name(language)}"
    if column.rows > 1:
        widget: Any = UnfoldAdminTextareaWidget(attrs={"rows": column.rows})
    else:
        widget = UnfoldAdminTextInputWidget()
    widget.attrs["lang"] = language
    return forms.CharField(
        label=label,
        required=required,
        max_length=column.limit,
        widget=widget,
        help_text=column.help,
    )
