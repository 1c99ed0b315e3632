"""Forms of a product, its variants and its pictures, in the staff's words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from kiosk.backoffice.catalogue.models import Picture, Product, ProductPicture, Variant, new_id
from kiosk.backoffice.catalogue.pictures import PictureError
from kiosk.backoffice.importing.model import gtin_problem, identifier, slug
from kiosk.backoffice.platform.shop import shop_currency
from kiosk.backoffice.staff.fields import (
    MinorField,
    PhotosField,
    TextColumn,
    TextsForm,
    extended,
    spoken_languages,
    stored_photo,
)
from kiosk.shop.catalogue import MAX_PITCH, MAX_STORY, MAX_TITLE
from kiosk.shop.text import pick

MAX_OPTIONS = 3
MAX_VALUES = 60


class ProductForm(TextsForm):
    """A product: words by language, choices as lines, photographs by upload."""

    text_columns = {
        "title": TextColumn(gettext_lazy("Name"), MAX_TITLE),
        "pitch": TextColumn(
            gettext_lazy("Pitch"), MAX_PITCH, 2, gettext_lazy("Two sentences at most.")
        ),
        "story": TextColumn(gettext_lazy("Story"), MAX_STORY, 8),
        "material": TextColumn(gettext_lazy("Material"), 400, 2),
        "care": TextColumn(gettext_lazy("Care"), 400, 2),
        "meaning": TextColumn(gettext_lazy("What a purchase means"), 400, 2),
        "meaning_proof": TextColumn(gettext_lazy("Proof of it"), 400, 2),
    }
    text_required = ("title",)

    photos = PhotosField(
        label=gettext_lazy("Add photographs"),
        required=False,
        help_text=gettext_lazy("JPEG, PNG or WebP, up to 20 MB each."),
    )
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One line a choice, for example “Colour: Celadon, Midnight, Ochre”."
        ),
    )

    class Meta:
        model = Product
        fields = ("category", "hidden", "maker", "maker_town", "maker_km", "weight_g")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("choices", choices_text(self.instance.options))

    def clean_photos(self) -> list[Picture]:
        pictures = []
        for file in self.cleaned_data.get("photos") or []:
            try:
                pictures.append(stored_photo(file))
            except PictureError as error:
                raise ValidationError(f"{file.name}: {error}") from None
        return pictures

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "choices" in data:
            self.instance.options = parse_choices(data["choices"], self.instance.options)
        if not self.instance.handle:
            self.instance.handle = _free_handle(self.instance.title)
        return data


class VariantForm(forms.ModelForm):  # type: ignore[type-arg]
    """A variant of `product`: one select for each of its choices."""

    product: Product | None = None
    price_minor = MinorField(label=gettext_lazy("Price"))
    compare_at_minor = MinorField(label=gettext_lazy("Price before"), required=False)
    sku = forms.CharField(
        label=gettext_lazy("SKU"),
        max_length=100,
        required=False,
        widget=UnfoldAdminTextInputWidget(),
    )
    stock = forms.IntegerField(
        label=gettext_lazy("Stock"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget(attrs={"class": "kiosk-narrow"}),
    )

    class Meta:
        model = Variant
        fields = ("sku", "price_minor", "compare_at_minor", "stock", "gtin", "picture")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for option in self._options():
            name = option_field(option)
            if name in self.fields:
                self.initial.setdefault(name, self.instance.options.get(option["id"], ""))
        if "picture" in self.fields:
            field: Any = self.fields["picture"]
            field.queryset = ProductPicture.objects.filter(product=self.product)
            field.label_from_instance = lambda use: f"{use.position + 1} · {use}"

    def clean_gtin(self) -> str:
        gtin = str(self.cleaned_data.get("gtin") or "").strip()
        if gtin and gtin_problem(gtin):
            raise ValidationError(_("This is no valid GTIN: check the digits."))
        return gtin

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        before, now = data.get("compare_at_minor"), data.get("price_minor")
        if before is not None and now is not None and before <= now:
            self.add_error("compare_at_minor", _("Must be more than the price, or empty."))
        chosen = {o["id"]: data.get(option_field(o), "") for o in self._options()}
        self.instance.options = {key: value for key, value in chosen.items() if value}
        self.instance.currency = self.instance.currency or shop_currency()
        if not data.get("sku"):
            data["sku"] = self.instance.sku or new_id()[:12].upper()
        return data

    def _options(self) -> list[dict[str, Any]]:
        return list(self.product.options) if self.product else []


def variant_form(product: Product | None) -> type[VariantForm]:
    """The form of the variants of `product`, with a select for each of its choices."""
    fields: dict[str, Any] = {"product": product}
    for option in product.options if product else ():
        values = [(v["id"], _title(v)) for v in option["values"]]
        fields[option_field(option)] = forms.ChoiceField(
            label=_title(option),
            choices=[("", "–"), *values],
            widget=UnfoldAdminSelectWidget(),
            required=False,
        )
    return extended(VariantForm, fields)


def option_field(option: dict[str, Any]) -> str:
    return f"option_{option['id']}"


def choices_text(options: list[dict[str, Any]]) -> str:
    """ "Couleur: Céladon, Nuit", one line an option, in the shop's default language."""
    return "\n".join(
        f"{_title(option)}: {', '.join(_title(v) for v in option['values'])}" for option in options
    )


def parse_choices(text: str, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Options from lines; what is still called the same keeps its id, swatch and translations."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_OPTIONS:
        raise ValidationError({"choices": _("At most three choices.")})
    options = []
    for line in lines:
        name, colon, values = line.partition(":")
        titles = list(dict.fromkeys(v.strip()[:80] for v in values.split(",") if v.strip()))
        if not colon or not name.strip() or not titles or len(titles) > MAX_VALUES:
            said = _("Write a line such as “Colour: Celadon, Midnight”.")
            raise ValidationError({"choices": said})
        option = _kept(name.strip()[:60], known)
        before = option.get("values", [])
        option["values"] = [_kept(title, before) for title in titles]
        for value in option["values"]:
            value.setdefault("swatch", "")
            value.pop("values", None)
        options.append(option)
    return options


def _kept(title: str, known: list[dict[str, Any]]) -> dict[str, Any]:
    for item in known:
        if _title(item) == title:
            return dict(item)
    return {"id": identifier(slug(title)) or identifier(title), "title": {_language(): title}}


def _title(item: dict[str, Any]) -> str:
    return pick(item.get("title", {}), _language(), _language())


def _language() -> str:
    return spoken_languages()[0]


def _free_handle(title: dict[str, str]) -> str:
    stem = slug(pick(title, _language(), _language()))[:200] or new_id()[:10]
    handle, number = stem, 1
    while Product.objects.filter(handle=handle).exists():
        number += 1
        handle = f"{stem}-{number}"
    return handle


class PlaceForm(TextsForm):
    """A picture's place on a product: what it shows, in words."""

    text_columns = {"alt": TextColumn(gettext_lazy("What it shows"), MAX_TITLE)}

    class Meta:
        model = ProductPicture
        fields = ("position",)
