"""Twenty seconds: the three pieces that people come for, and one code that takes them along."""

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty

from kiosk.window.stage import kvload
from kiosk.window.stage.widgets import picture, tile  # noqa: F401  (names used in quick.kv)
from kiosk.window.stage.widgets.page import Page
from kiosk.window.stage.widgets.qr import QrCode
from kiosk.window.visit import actions

# Width over height of the hour's picture beside the title.
WIDEST = 1.05
# Lower than this only what it stands on would be seen.
LEAST_MM = 130.0

__all__ = ["QrCode", "QuickScreen", "build"]


class QuickScreen(Page):
    """Draws a QuickView. Nothing on it offers anything else.

    `aside`: brought down on a low glass, the desk has no room for the code; it hangs in the pane.
    """

    url = StringProperty("")
    host = StringProperty("")
    why = StringProperty("")
    scan = StringProperty("")
    none = StringProperty("")
    hero = ObjectProperty(None, allownone=True)
    hero_box = ListProperty([0, 0, 1, 1])
    aside = BooleanProperty(False)

    def show(self, view):
        self.title, self.lead, self.none = view.title, view.lead, view.none
        self.url, self.host = view.phone.url, view.phone.host
        self.why = view.phone.why
        self.scan = view.phone.why or (view.phone.lead if view.phone.url else "")
        pieces = view.pieces
        self.ids.three.show([p.card for p in pieces], [p.when for p in pieces])
        self.hero = view.hero
        self._arrange()
        super().show(view)

    def _lay_pane(self):
        """The hour's picture stands on the ledge: beside the title, or below it across."""
        x, y = self.pane_pos
        width, height = self.pane_size
        margin, gap = self._theme.space("margin"), self._theme.space("gap")
        high = height - self.ids.header.height
        if self._theme.portrait:
            wide = round(min((width - 2 * margin) / 2, high * WIDEST))
            self.beside = wide + gap if self.hero else 0
            self.hero_box = [x + width - margin - wide, y, wide, high]
            super()._lay_pane()
            return
        super()._lay_pane()
        low = min(self.ids.title_words.y, self.ids.lead_words.y) - gap
        room = low - y
        roomy = room > self._theme.mm(LEAST_MM)
        self.hero_box = [x, y, width, room] if roomy else [x, y, 1, 1]
        self.aside = roomy and self._theme.comfort.low

    def open_piece(self, product_id):
        self.send(actions.OpenProduct(product_id))

    def forget(self):
        super().forget()
        self.url = self.host = ""


def build(services):
    return QuickScreen(services)


kvload.load(__file__, "quick.kv")
