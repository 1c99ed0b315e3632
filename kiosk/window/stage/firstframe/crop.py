"""What of a poster is seen where the glass is less tall than it. Light: no Kivy."""

SHAPE = 16 / 9  # height over width of a picture that was made for the glass
FLOOR = 0.2  # its share below what it shows
FRAMED_ANCHOR = 0.45  # what a photograph shows stands somewhat above its middle


def crop(width: float, height: float) -> tuple[float, float]:
    """The share of a poster that is seen on `width` x `height`, and of its floor that is not.

    The floor goes first, then some wall.
    """
    seen = min(1.0, height / max(1.0, width * SHAPE))
    return seen, min(FLOOR, 1 - seen)


def anchor(width: float, height: float) -> float:
    """Where the middle of what is seen lies, as a share of the poster from above."""
    seen, floor = crop(width, height)
    return 1 - floor - seen / 2
