"""The pieces that it is about, standing side by side."""

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty
from kivy.uix.widget import Widget

from kiosk.window.stage import theme as themes
from kiosk.window.stage.widgets.picture import PictureFrame

RATIO = 1.25  # the photographs are 4:5
MOST = 3
LEAST_MM = 64.0  # lower than this a photograph says nothing


class StillLife(Widget):
    """Up to three of `pictures` on the lower edge, as large as there is room.

    `stands`: there was room for them.
    """

    services = ObjectProperty(None, allownone=True)
    pictures = ListProperty([])
    stands = BooleanProperty(False)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._theme = themes.current()
        self.size_hint = (None, None)
        for name in ("pictures", "pos", "size", "services"):
            self.fbind(name, self._arrange)

    def _arrange(self, *_):
        shown = self.pictures[:MOST]
        room = self.height >= self._theme.mm(LEAST_MM)
        self.stands = self.services is not None and room and bool(shown)
        if not self.stands:
            self.clear_widgets()
            return
        while len(self.children) > len(shown):
            self.remove_widget(self.children[0])
        while len(self.children) < len(shown):
            self.add_widget(PictureFrame(pictures=self.services.pictures))
        gap = self._theme.space("gap")
        across = max(2, len(shown))
        width = min((self.width - gap * (across - 1)) / across, self.height / RATIO)
        height = min(self.height, round(width * RATIO))
        for place, frame in enumerate(reversed(self.children)):
            frame.picture = shown[place]
            frame.size = round(width), height
            frame.pos = round(self.x + place * (width + gap)), self.y
