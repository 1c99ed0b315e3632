"""What is said around the goods: reviews to moderate, lookbooks, the quick pieces."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action, display

from kiosk.backoffice.catalogue.models import Lookbook, QuickPiece, Review
from kiosk.backoffice.staff.beside import LookbookPieceInline
from kiosk.backoffice.staff.fields import (
    PhotoForm,
    TextColumn,
    spoken_languages,
    text_fields,
    with_languages,
)
from kiosk.backoffice.staff.products import PublishedAdmin, picture_tag
from kiosk.shop.lookbook import MAX_LOOKBOOK
from kiosk.shop.reviews import MOST_STARS


class ReviewAdmin(PublishedAdmin):
    """Reviews, those that nobody has read first. Staff decide; they never rewrite."""

    list_display = ("said", "rating", "product", "by", "on", "decision")
    list_display_links = ("said",)
    list_filter = ("state", "stars", "bought_here")
    list_per_page = 50
    ordering = ("state", "-on", "id")
    search_fields = ("author", "text", "product__title", "product__handle")
    search_help_text = gettext_lazy("Product, first name or words")
    actions = ("let_stand", "refuse")
    readonly_fields = ("product", "author", "rating", "said", "on", "bought_here")
    fields = ("product", "author", "rating", "said", "on", "bought_here", "state")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        reviews: QuerySet[Review] = super().get_queryset(request)
        return reviews.select_related("product")

    @display(description=gettext_lazy("words"))
    def said(self, review: Review) -> SafeString:
        words = [
            format_html('<span lang="{}">{}</span>', code, text)
            for code, text in review.text.items()
        ]
        return SafeString("<br>".join(words)) or SafeString("–")

    @display(description=gettext_lazy("stars"), ordering="stars")
    def rating(self, review: Review) -> str:
        return "★" * review.stars + "☆" * (MOST_STARS - review.stars)

    @display(description=gettext_lazy("by"), ordering="author")
    def by(self, review: Review) -> str:
        bought = _("bought here") if review.bought_here else _("purchase not seen")
        return f"{review.author or '–'} · {bought}"

    @display(
        description=gettext_lazy("window"),
        ordering="state",
        label={"pending": "warning", "published": "success", "refused": "danger"},
    )
    def decision(self, review: Review) -> tuple[str, str]:
        return review.state, review.get_state_display()

    @action(description=gettext_lazy("Show in the window"), permissions=["change"])
    def let_stand(self, request: HttpRequest, reviews: QuerySet[Review]) -> None:
        self._decide(request, reviews, Review.State.PUBLISHED)

    @action(description=gettext_lazy("Refuse"), permissions=["change"])
    def refuse(self, request: HttpRequest, reviews: QuerySet[Review]) -> None:
        self._decide(request, reviews, Review.State.REFUSED)

    def _decide(self, request: HttpRequest, reviews: QuerySet[Review], state: str) -> None:
        decided = list(reviews.exclude(state=state))
        for review in decided:
            review.state = state
            review.save()
        count = len(decided)
        said = ngettext("%(n)s review changed.", "%(n)s reviews changed.", count) % {"n": count}
        messages.success(request, said)


class LookbookForm(PhotoForm):
    """A lookbook: its cover by upload."""

    text_columns = {
        "title": TextColumn(gettext_lazy("Name"), 80),
        "text": TextColumn(
            gettext_lazy("Words"), MAX_LOOKBOOK, 4, gettext_lazy("Two or three sentences.")
        ),
    }
    text_required = ("title",)
    photo = forms.FileField(label=gettext_lazy("Cover"), required=False)
    photo_missing = gettext_lazy("A lookbook needs a cover.")

    class Meta:
        model = Lookbook
        fields = ("position",)


class LookbookAdmin(PublishedAdmin):
    """The lookbooks of the window, in their order."""

    inlines = (LookbookPieceInline,)
    list_display = ("shown", "__str__", "pieces_count", "position")
    list_display_links = ("shown", "__str__")
    ordering_field = "position"
    hide_ordering_field = True
    readonly_fields = ("shown",)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = with_languages(LookbookForm)
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        words = [name for code in spoken_languages() for name in text_fields(LookbookForm, code)]
        return [*(["shown"] if obj else []), "photo", *words]

    @display(description=gettext_lazy("cover"))
    def shown(self, book: Lookbook) -> SafeString:
        return picture_tag(book.picture, large=True)

    @display(description=gettext_lazy("pieces"))
    def pieces_count(self, book: Lookbook) -> int:
        return book.pieces.count()


class QuickAdmin(PublishedAdmin):
    """The pieces for people in a hurry: the first three that can be had are shown."""

    list_display = ("shown", "__str__", "position")
    list_display_links = ("shown", "__str__")
    fields = ("product",)
    autocomplete_fields = ("product",)
    ordering_field = "position"
    hide_ordering_field = True

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.position = QuickPiece.objects.count()
        super().save_model(request, obj, form, change)

    @display(description="")
    def shown(self, piece: QuickPiece) -> SafeString:
        first = piece.product.pictures.select_related("picture").first()
        return picture_tag(first.picture if first else None)
