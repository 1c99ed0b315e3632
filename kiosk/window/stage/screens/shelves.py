"""What the screens with a wall of pieces have in common."""

from kiosk.window.stage.screens.base import StageScreen
from kiosk.window.visit import actions


class WallScreen(StageScreen):
    """Its kv has a CardWall `wall`. `_clear()` takes away what the visit has left.

    That is done once the screen is out of sight: nobody sees the wall jump, or words go.
    """

    def __init__(self, services, **kwargs):
        self._forgotten = False
        super().__init__(services, **kwargs)

    def _clear(self):
        self.ids.wall.forget()

    @property
    def whereabouts(self):
        return None if self._forgotten else self.ids.wall.whereabouts

    def resume(self, whereabouts):
        self.ids.wall.resume(whereabouts)

    def enter(self):
        self._empty_now()

    def leave(self):
        self.ids.wall.let_go()
        self._empty_now()

    def forget(self):
        self._forgotten = True
        if self.parent is None:
            self._empty_now()

    def _empty_now(self):
        if self._forgotten:
            self._forgotten = False
            self._clear()

    def picture_arrived(self, sha256):
        self.ids.wall.picture_arrived(sha256)

    def open_search(self):
        self.send(actions.OpenSearch())

    def open_filters(self):
        self.send(actions.OpenFilters())

    def prepare_card(self, product_id):
        self.send(actions.PrepareProduct(product_id))

    def open_card(self, product_id):
        self.send(actions.OpenProduct(product_id))
