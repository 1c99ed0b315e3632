"""A piece taken to the phone: the code of its public page, or why there is none now."""

from kivy.properties import ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.window.stage.widgets.panels import Sheet
from kiosk.window.stage.widgets.qr import QrCode  # noqa: F401  (product.kv)


class PhoneCode(BoxLayout):
    """The words, the code and its host."""

    lead = StringProperty("")
    url = StringProperty("")
    host = StringProperty("")
    why = StringProperty("")
    services = ObjectProperty(None, allownone=True)


class PhoneSheet(Sheet):
    """Draws a PhoneView."""

    services = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._code = PhoneCode()
        self.fill(self._code)
        self.bind(services=self._code.setter("services"))

    def show(self, phone):
        if phone is None or (self.parent is None and not self.services):
            return
        self.title = phone.title
        code = self._code
        code.lead, code.url, code.host, code.why = phone.lead, phone.url, phone.host, phone.why

    def clear(self):
        """Leave no code behind."""
        self._code.url = self._code.host = ""
