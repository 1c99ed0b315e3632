"""What each screen shows, as frozen data with all texts ready to draw. No Kivy."""

from kiosk.window.visit.views.around import (
    LookbookChip,
    LookbookView,
    PhoneView,
    PieceCard,
    QuickPiece,
    QuickView,
    ReviewLine,
    ReviewsView,
    lookbook,
    quick,
)
from kiosk.window.visit.views.checkout import (
    BasketLine,
    BasketView,
    Choice,
    DetailsView,
    Field,
    FulfilmentView,
    Total,
    basket,
    details,
    fulfilment,
)
from kiosk.window.visit.views.comfort import ComfortView, Switch, TextSize, comfort
from kiosk.window.visit.views.common import Chrome, IdleView, chrome, idle, notice
from kiosk.window.visit.views.completion import CompletionView, Suggestion
from kiosk.window.visit.views.dark import DarkView, dark
from kiosk.window.visit.views.elsewhere import ElsewhereView, elsewhere
from kiosk.window.visit.views.finding import FindView, Group, Option, find
from kiosk.window.visit.views.heroes import Hero
from kiosk.window.visit.views.lookup import LookupView, ScanView, lookup
from kiosk.window.visit.views.piece import Fact, OptionView, ProductView, ValueView, product
from kiosk.window.visit.views.posters import AttractView, attract
from kiosk.window.visit.views.ride import ride_note
from kiosk.window.visit.views.shopping import (
    BrowseView,
    CardText,
    CategoryChip,
    PreparingView,
    browse,
    card,
    preparing,
)
from kiosk.window.visit.views.thanks import ThanksView, thanks
from kiosk.window.visit.views.tracking import Step, TrackingView, tracking

__all__ = [
    "AttractView",
    "BasketLine",
    "BasketView",
    "BrowseView",
    "CardText",
    "CategoryChip",
    "Choice",
    "Chrome",
    "ComfortView",
    "CompletionView",
    "DarkView",
    "DetailsView",
    "ElsewhereView",
    "Fact",
    "Field",
    "FindView",
    "FulfilmentView",
    "Group",
    "Hero",
    "IdleView",
    "LookbookChip",
    "LookbookView",
    "LookupView",
    "Option",
    "OptionView",
    "PhoneView",
    "PieceCard",
    "PreparingView",
    "ProductView",
    "QuickPiece",
    "QuickView",
    "ReviewLine",
    "ReviewsView",
    "ScanView",
    "Step",
    "Suggestion",
    "Switch",
    "TextSize",
    "ThanksView",
    "Total",
    "TrackingView",
    "ValueView",
    "attract",
    "basket",
    "browse",
    "card",
    "chrome",
    "comfort",
    "dark",
    "details",
    "elsewhere",
    "find",
    "fulfilment",
    "idle",
    "lookbook",
    "lookup",
    "notice",
    "preparing",
    "product",
    "quick",
    "ride_note",
    "thanks",
    "tracking",
]
