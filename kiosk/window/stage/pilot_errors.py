"""What the pilot raises. Knows no Kivy, so that a tour can be written before Kivy is prepared."""


class NotThere(AssertionError):
    """What should be touched or awaited is not on the glass; the message lists what is."""
