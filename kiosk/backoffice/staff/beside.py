"""Products in a row: what stands beside another one, and in a lookbook."""

from django.utils.translation import gettext_lazy
from unfold.admin import TabularInline

from kiosk.backoffice.catalogue.models import LookbookPiece, RelatedPiece
from kiosk.shop.lookbook import MAX_LOOKBOOK_PIECES

MAX_RELATED = 12


class PieceInline(TabularInline):
    """Products in their order, found by typing."""

    extra = 0
    ordering_field = "position"
    hide_ordering_field = True
    verbose_name = gettext_lazy("piece")


class LookbookPieceInline(PieceInline):
    model = LookbookPiece
    fields = ("product", "position")
    autocomplete_fields = ("product",)
    max_num = MAX_LOOKBOOK_PIECES
    verbose_name_plural = gettext_lazy("Pieces, the first one leads")


class RelatedInline(PieceInline):
    model = RelatedPiece
    fk_name = "product"
    fields = ("other", "position")
    autocomplete_fields = ("other",)
    max_num = MAX_RELATED
    verbose_name_plural = gettext_lazy("Shown beside it; empty: chosen by itself")
