"""The story of a piece: its maker, what a purchase means with its proof, and what buyers say."""

from kivy.clock import Clock
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.window.stage import theme as themes
from kiosk.window.stage.widgets.panels import Hairline, Sheet
from kiosk.window.stage.widgets.stars import Stars  # noqa: F401  (product.kv)
from kiosk.window.stage.widgets.words import Words


class FactRow(BoxLayout):
    """A name and what is true: maker, material, care."""

    label = StringProperty("")
    text = StringProperty("")


class Meaning(BoxLayout):
    """What the purchase means, with its proof."""

    text = StringProperty("")
    proof = StringProperty("")


class ReviewRow(BoxLayout):
    """Stars, words, and by whom; the stars are said in words beside them."""

    share = NumericProperty(0.0)
    stars_text = StringProperty("")
    text = StringProperty("")
    by = StringProperty("")
    bought = StringProperty("")


class ReviewsHead(BoxLayout):
    """The mean of all reviews, drawn and said."""

    title = StringProperty("")
    share = NumericProperty(0.0)
    summary = StringProperty("")
    invented = StringProperty("")


class StorySheet(Sheet):
    """Draws what a ProductView says beyond the pitch."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._drawn = None
        self._reviews = None

    def show(self, view):
        """The same words again cost nothing."""
        drawn = (view.title, view.story, view.meaning, view.facts, view.reviews)
        if drawn == self._drawn:
            return
        self._drawn, self.title = drawn, view.title
        self.fill(self._content(view))

    def begin_with(self, *, reviews):
        """Open at the story, or at what buyers say."""
        if reviews and self._reviews is not None:
            Clock.schedule_once(lambda *_: self._scroll_to(self._reviews), 0)
        else:
            self.ids.body.parent.scroll_y = 1

    def _scroll_to(self, widget):
        scroll = self.ids.body.parent
        beyond = self.ids.body.height - scroll.height
        if beyond > 0:
            above = self.ids.body.top - widget.top
            scroll.scroll_y = 1 - min(1.0, above / beyond)

    def _content(self, view):
        theme = themes.current()
        content = BoxLayout(
            orientation="vertical",
            size_hint_y=None,
            spacing=theme.mm(8),
            padding=(0, 0, theme.mm(4), 0),
        )
        content.bind(minimum_height=content.setter("height"))
        if view.story:
            content.add_widget(Words(text=view.story, role="body"))
        if view.meaning:
            content.add_widget(Meaning(text=view.meaning, proof=view.meaning_proof))
        for fact in view.facts:
            content.add_widget(Hairline())
            content.add_widget(FactRow(label=fact.label, text=fact.text))
        self._reviews = self._add_reviews(content, view.reviews)
        return content

    def _add_reviews(self, content, reviews):
        if reviews is None:
            return None
        content.add_widget(Hairline())
        head = ReviewsHead(
            title=reviews.title,
            share=reviews.share,
            summary=reviews.summary,
            invented=reviews.invented,
        )
        content.add_widget(head)
        for line in reviews.lines:
            content.add_widget(
                ReviewRow(
                    share=line.stars / 5,
                    stars_text=line.spoken_stars,
                    text=line.text,
                    by=line.by,
                    bought=line.bought,
                )
            )
        return head
