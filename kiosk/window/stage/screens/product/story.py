"""The story of a piece, as the content of a sheet."""

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.window.stage import theme as themes
from kiosk.window.stage.widgets.panels import Hairline
from kiosk.window.stage.widgets.words import Words


class FactRow(BoxLayout):
    """A name and what is true: maker, material, care."""

    label = StringProperty("")
    text = StringProperty("")


class Meaning(BoxLayout):
    """What the purchase means, with its proof."""

    text = StringProperty("")
    proof = StringProperty("")


def fill_story(sheet, view):
    """Put story, facts and meaning of a ProductView into the sheet."""
    theme = themes.current()
    content = BoxLayout(
        orientation="vertical",
        size_hint_y=None,
        spacing=theme.mm(8),
        padding=(0, 0, theme.mm(4), 0),
    )
    content.bind(minimum_height=content.setter("height"))
    if view.pitch:
        content.add_widget(Words(text=view.pitch, role="pitch", tone="ink_soft"))
    if view.story:
        content.add_widget(Words(text=view.story, role="body"))
    if view.meaning:
        content.add_widget(Meaning(text=view.meaning, proof=view.meaning_proof))
    for fact in view.facts:
        content.add_widget(Hairline())
        content.add_widget(FactRow(label=fact.label, text=fact.text))
    sheet.fill(content)
