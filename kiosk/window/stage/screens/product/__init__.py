"""One piece: its photographs, what is said of it, its variants, and the button that sells it."""

from kivy.clock import Clock
from kivy.properties import (
    BooleanProperty,
    ListProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)

from kiosk.window.stage import kvload
from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.stage.screens.product.choices import OptionRow, Rated  # noqa: F401  (product.kv)
from kiosk.window.stage.screens.product.phone import PhoneSheet
from kiosk.window.stage.screens.product.story import StorySheet
from kiosk.window.stage.widgets import page, stars, tile  # noqa: F401  (names in product.kv)
from kiosk.window.stage.widgets.chrome import BottomBar, Plinth  # noqa: F401
from kiosk.window.stage.widgets.gallery import Dots, Gallery  # noqa: F401
from kiosk.window.visit import actions

ADDED_S = 2.2
_STOCK_TONES = {"in": "positive", "few": "warning", "out": "danger"}


class ProductScreen(StageScreen):
    """Draws a ProductView. The pane is the gallery; all that is touched lies on the desk."""

    title = StringProperty("")
    maker = StringProperty("")
    pitch = StringProperty("")
    text_language = StringProperty("")
    price = StringProperty("")
    before = StringProperty("")
    stock_text = StringProperty("")
    stock_tone = StringProperty("positive")
    story_title = StringProperty("")
    rated = StringProperty("")
    stars = NumericProperty(0.0)
    phone_text = StringProperty("")
    phone_why = StringProperty("")
    read_text = StringProperty("")
    beside_title = StringProperty("")
    no_orders = StringProperty("")
    add = StringProperty("")
    can_add = BooleanProperty(False)
    added = StringProperty("")
    ready = BooleanProperty(False)
    options = ListProperty([])
    band = NumericProperty(0)
    reviews = ObjectProperty(None, allownone=True)

    def __init__(self, services, **kwargs):
        super().__init__(services, **kwargs)
        self._story = StorySheet(handle="story")
        self._phone = PhoneSheet(handle="phone")
        self._calm_down = None

    def show(self, view):
        other = self.view is None or self.view.product_id != view.product_id
        super().show(view)
        self.ready = not view.loading
        self.title, self.maker, self.pitch = view.title, _made(view), view.pitch
        self.text_language = view.text_language
        self.price, self.before = view.price, view.before
        self.stock_text, self.stock_tone = view.stock_text, _STOCK_TONES[view.stock]
        self.story_title = view.story_title if view.story or view.facts else ""
        self.reviews = view.reviews
        self.rated = view.reviews.summary if view.reviews else ""
        self.stars = view.reviews.share if view.reviews else 0.0
        self.phone_text = view.phone.label if view.phone else ""
        self.phone_why = view.phone.why if view.phone else ""
        self.read_text = view.read
        self.add, self.can_add = view.add, view.can_add
        self.ids.gallery.more = view.alt
        self.ids.gallery.show(view.pictures, view.picture, view.product_id, view.title)
        self._show_options(view.options)
        self.beside_title = view.beside_title
        self.no_orders = view.no_orders
        self.ids.beside.show(view.beside)
        if other:
            self.ids.scroll.scroll_y = 1
            self.close_sheets()
            return
        # A sheet is filled when it is opened: what it costs nobody waits for before.
        if self._story.parent is not None:
            self._story.show(view)
        if self._phone.parent is not None:
            self._phone.show(view.phone)

    @property
    def first(self):
        return self.ids.gallery if self.ids.gallery.loaded else None

    def _show_options(self, options):
        box = self.ids.options
        rows = list(reversed(box.children))
        if len(rows) != len(options):
            box.clear_widgets()
            rows = [OptionRow(send=self.send) for _ in options]
            for row in rows:
                box.add_widget(row)
        for row, option in zip(rows, options, strict=True):
            row.show(option)

    def say(self, text, icon):
        """The button itself says that the piece is in the basket."""
        if icon != "check":
            return False
        self.added = text
        if self._calm_down is not None:
            self._calm_down.cancel()
        self._calm_down = Clock.schedule_once(self._calm, ADDED_S)
        return True

    def _calm(self, *_):
        self.added = ""

    def add_to_basket(self):
        self.send(actions.AddToBasket())

    def turn_to(self, index):
        self.send(actions.ShowPicture(int(index)))

    def open_piece(self, product_id):
        self.send(actions.OpenProduct(product_id))

    def read_aloud(self):
        self.send(actions.ReadAloud())

    def open_story(self, *, reviews=False):
        self._story.show(self.view)
        self._story.open(self)
        self._story.begin_with(reviews=reviews)

    def open_phone(self):
        self._phone.services = self.services
        self._phone.show(self.view.phone)
        self._phone.open(self)

    def close_sheets(self):
        for sheet in (self._story, self._phone):
            if sheet.parent is not None:
                sheet.parent.remove_widget(sheet)
        self._phone.clear()

    def enter(self):
        self.added = ""

    def leave(self):
        self.ids.gallery.let_go()
        self.close_sheets()

    def forget(self):
        self._phone.clear()
        self.view = None


def _made(view):
    """Who made it and how far away: the first of its facts, else the maker's name."""
    fact = next((fact for fact in view.facts if fact.icon == "maker"), None)
    return fact.text if fact else view.maker


def build(services):
    return ProductScreen(services)


kvload.load(__file__, "product.kv")
