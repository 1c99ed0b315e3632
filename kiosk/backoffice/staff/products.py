"""Products, stock and shelves."""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from kiosk.backoffice.buyer.lines import thumbnail
from kiosk.backoffice.catalogue.models import Category, Picture, Product, ProductPicture, Variant
from kiosk.backoffice.catalogue.pictures import PictureError
from kiosk.backoffice.catalogue.services import one_change
from kiosk.backoffice.staff.beside import RelatedInline
from kiosk.backoffice.staff.fields import (
    MinorField,
    TextColumn,
    TextsForm,
    language_name,
    spoken_languages,
    stored_photo,
    text_fields,
    with_languages,
)
from kiosk.backoffice.staff.productforms import (
    PlaceForm,
    ProductForm,
    VariantForm,
    option_field,
    variant_form,
)
from kiosk.backoffice.staff.words import money
from kiosk.shop.catalogue import MAX_TITLE
from kiosk.shop.money import Money
from kiosk.shop.text import pick


class PublishedAdmin(ModelAdmin):
    """An admin whose saves reach the windows as one change, whole or not at all."""

    list_fullwidth = True
    show_full_result_count = False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        self._take_photos(request)
        with one_change():
            return super().changeform_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, *args, **kwargs)
        with one_change():
            return super().changelist_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with one_change():
            return super().delete_view(request, *args, **kwargs)

    def _take_photos(self, request: HttpRequest) -> None:
        """Cut uploads to size before anything is locked: no order waits for a photograph."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            return
        for _name, files in request.FILES.lists():
            for file in files:
                # What is wrong with it is said by its form.
                with suppress(PictureError):
                    stored_photo(file)


def picture_tag(picture: Picture | None, *, large: bool = False) -> SafeString:
    """A thumbnail; an empty frame until the picture is ready."""
    size = "kiosk-thumb large" if large else "kiosk-thumb"
    shown = thumbnail(picture) if picture else ""
    if not shown:
        return format_html('<span class="{}"></span>', size)
    return format_html(
        '<img class="{}" src="{}" alt="" loading="lazy">', size, reverse("picture", args=[shown])
    )


class VariantInline(TabularInline):
    model = Variant
    form = VariantForm
    extra = 0
    verbose_name = gettext_lazy("variant")
    verbose_name_plural = gettext_lazy("Variants, prices and stock")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs["form"] = variant_form(obj)
        return super().get_formset(request, obj, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        choices = [option_field(option) for option in obj.options] if obj else []
        fields = ["sku", *choices, "price_minor", "compare_at_minor", "stock", "gtin"]
        return [*fields, "picture"] if obj else fields

    def get_min_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class PlaceInline(TabularInline):
    model = ProductPicture
    form = PlaceForm
    extra = 0
    max_num = 0
    ordering_field = "position"
    hide_ordering_field = True
    readonly_fields = ("shown",)
    verbose_name = gettext_lazy("photograph")
    verbose_name_plural = gettext_lazy("Photographs, the first one leads")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs["form"] = with_languages(PlaceForm)
        return super().get_formset(request, obj, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        alts = [name for code in spoken_languages() for name in text_fields(PlaceForm, code)]
        return ["shown", *alts, "position"]

    @display(description=gettext_lazy("Photograph"))
    def shown(self, place: ProductPicture) -> SafeString:
        return picture_tag(place.picture, large=True)


class ProductAdmin(SimpleHistoryAdmin, PublishedAdmin):
    """What is on sale, in the window's order."""

    form = ProductForm
    inlines = (VariantInline, PlaceInline, RelatedInline)
    list_display = ("picture", "name", "shelf", "prices", "pieces", "shown_state")
    list_display_links = ("picture", "name")
    list_filter = ("category", "hidden")
    list_per_page = 50
    search_fields = ("handle", "title", "maker", "variants__sku", "variants__gtin")
    search_help_text = gettext_lazy("Name, maker, SKU or barcode")
    actions = ("hide", "show")
    warn_unsaved_form = True

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = with_languages(ProductForm)
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        sale = ["category", "hidden", "choices", "photos"]
        sets: list[Any] = [(None, {"fields": sale})]
        for code in spoken_languages():
            name = _("Words · %(language)s") % {"language": language_name(code)}
            sets.append((name, {"classes": ["tab"], "fields": text_fields(ProductForm, code)}))
        maker = ["maker", "maker_town", "maker_km", "weight_g"]
        return [*sets, (_("Maker"), {"classes": ["tab"], "fields": maker})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        products: QuerySet[Product] = super().get_queryset(request)
        return products.select_related("category").prefetch_related("variants", "pictures__picture")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        product = form.instance
        place = product.pictures.count()
        for picture in form.cleaned_data.get("photos") or []:
            alt = {code: title for code, title in product.title.items() if title}
            ProductPicture.objects.create(product=product, picture=picture, position=place, alt=alt)
            place += 1
        for position, variant in enumerate(product.variants.order_by("position", "id")):
            if variant.position != position:
                Variant.objects.filter(pk=variant.pk).update(position=position)

    @display(description="")
    def picture(self, product: Product) -> SafeString:
        places = list(product.pictures.all())
        return picture_tag(places[0].picture if places else None)

    @display(description=gettext_lazy("name"), header=True, ordering="handle")
    def name(self, product: Product) -> list[str]:
        return [str(product), product.maker]

    @display(description=gettext_lazy("shelf"), ordering="category")
    def shelf(self, product: Product) -> str:
        return str(product.category or "–")

    @display(description=gettext_lazy("price"))
    def prices(self, product: Product) -> str:
        prices = [Money(v.price_minor, v.currency) for v in product.variants.all()]
        if not prices:
            return "–"
        lowest = min(prices, key=lambda m: m.minor)
        if len({price.minor for price in prices}) == 1:
            return money(lowest)
        return _("from %(price)s") % {"price": money(lowest)}

    @display(
        description=gettext_lazy("stock"),
        label={
            "none": "danger",
            "few": "warning",
            "enough": "success",
            "uncounted": "default",
        },
    )
    def pieces(self, product: Product) -> tuple[str, str]:
        stocks = [variant.stock for variant in product.variants.all()]
        counted = [stock for stock in stocks if stock is not None]
        if not stocks or len(counted) < len(stocks):
            return "uncounted", _("not counted")
        total = sum(counted)
        if total == 0:
            return "none", _("sold out")
        gone = sum(stock == 0 for stock in counted)
        said = ngettext("%(n)s piece", "%(n)s pieces", total) % {"n": total}
        if gone:
            said += " · " + ngettext("%(n)s variant out", "%(n)s variants out", gone) % {"n": gone}
        return ("few" if gone or total <= 2 else "enough"), said

    @display(description=gettext_lazy("window"), label={"hidden": "warning", "shown": "success"})
    def shown_state(self, product: Product) -> tuple[str, str]:
        return ("hidden", _("hidden")) if product.hidden else ("shown", _("shown"))

    @action(description=gettext_lazy("Hide from the window"), permissions=["change"])
    def hide(self, request: HttpRequest, products: QuerySet[Product]) -> None:
        self._set_hidden(request, products, True)

    @action(description=gettext_lazy("Show in the window"), permissions=["change"])
    def show(self, request: HttpRequest, products: QuerySet[Product]) -> None:
        self._set_hidden(request, products, False)

    def _set_hidden(self, request: HttpRequest, products: QuerySet[Product], hidden: bool) -> None:
        count = 0
        for product in products:
            if product.hidden != hidden:
                product.hidden = hidden
                product.save()
                count += 1
        said = ngettext("%(n)s product changed.", "%(n)s products changed.", count) % {"n": count}
        messages.success(request, said)


class StockForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of the stock list."""

    price_minor = MinorField(label=gettext_lazy("Price"))

    class Meta:
        model = Variant
        fields = ("price_minor", "stock")


class VariantAdmin(PublishedAdmin):
    """Stock and prices of everything, to be changed in the list."""

    list_display = ("picture_shown", "product_name", "choice", "sku", "price_minor", "stock")
    list_display_links = None
    list_editable = ("price_minor", "stock")
    list_filter = ("product__category",)
    list_per_page = 100
    ordering = ("product__position", "product__handle", "position")
    search_fields = ("sku", "gtin", "product__title", "product__handle")
    search_help_text = gettext_lazy("Name, SKU or barcode")
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, **{**kwargs, "form": StockForm})

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "price_minor":
            return MinorField(label=_("Price"))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "stock" and field:
            field.widget.attrs["class"] += " kiosk-narrow"
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[Variant]:
        variants: QuerySet[Variant] = super().get_queryset(request)
        return variants.select_related("product", "picture__picture").prefetch_related(
            "product__pictures__picture"
        )

    @display(description="")
    def picture_shown(self, variant: Variant) -> SafeString:
        place = variant.picture or next(iter(variant.product.pictures.all()), None)
        return picture_tag(place.picture if place else None)

    @display(description=gettext_lazy("product"), ordering="product__handle")
    def product_name(self, variant: Variant) -> SafeString:
        url = reverse("admin:catalogue_product_change", args=[variant.product_id])
        return format_html('<a class="kiosk-link" href="{}">{}</a>', url, variant.product)

    @display(description=gettext_lazy("choice"))
    def choice(self, variant: Variant) -> str:
        language = spoken_languages()[0]
        words = [
            pick(value["title"], language, language)
            for option in variant.product.options
            for value in option["values"]
            if value["id"] == variant.options.get(option["id"])
        ]
        return " · ".join(words) or "–"


class CategoryForm(TextsForm):
    text_columns = {"title": TextColumn(gettext_lazy("Name"), MAX_TITLE)}
    text_required = ("title",)

    class Meta:
        model = Category
        fields = ("id", "position")
        labels = {"id": gettext_lazy("Short name"), "position": gettext_lazy("Place")}


class CategoryAdmin(PublishedAdmin):
    """The shelves, in the window's order."""

    list_display = ("__str__", "products_count", "position")
    ordering_field = "position"
    hide_ordering_field = True
    ordering = ("position", "id")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = with_languages(CategoryForm)
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        words = [name for code in spoken_languages() for name in text_fields(CategoryForm, code)]
        return words if obj else ["id", *words]

    @display(description=gettext_lazy("products"))
    def products_count(self, category: Category) -> int:
        return category.products.count()
