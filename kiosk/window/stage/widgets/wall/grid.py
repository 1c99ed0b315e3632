"""Where the cards of a wall lie. Pure: no Kivy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """`count` cards of `width` x `height` in `columns`, `gap` apart, below a `head`; all in pixels.

    A wall that has been moved by `offset` shows what lies `offset` below its beginning.
    """

    columns: int
    width: int
    height: int
    gap: int
    head: int
    count: int

    @property
    def pitch(self) -> int:
        """From one row to the next."""
        return self.height + self.gap

    @property
    def length(self) -> int:
        """From the beginning to the foot of the last row."""
        return self.head + -(-self.count // self.columns) * self.pitch - self.gap

    def row_top(self, index: int) -> int:
        """The offset at which a card's row has come to where the first one was."""
        return index // self.columns * self.pitch

    def place(self, index: int) -> tuple[int, int]:
        """The lower left corner of a card, from the upper left of the beginning, upwards."""
        row, column = divmod(index, self.columns)
        return column * (self.width + self.gap), -self.head - row * self.pitch - self.height

    def at_first(self, room: int) -> int:
        """How many cards are seen in a wall `room` high that has not been moved."""
        return self.columns * max(0, (room - self.head) // self.pitch + 1)

    def visible(self, offset: float, room: int) -> range:
        """The cards that are seen in a wall `room` high, and one row more on each side."""
        top = int(offset - self.head)
        first = max(0, top // self.pitch - 1)
        last = (top + room) // self.pitch + 1
        return range(first * self.columns, min(self.count, (last + 1) * self.columns))

    def at(self, across: float, down: float) -> int | None:
        """The card at so many pixels from the upper left of the beginning; None in a gap."""
        column, right = divmod(across, self.width + self.gap)
        row, below = divmod(down - self.head, self.pitch)
        index = int(row * self.columns + column)
        inside = column < self.columns and right <= self.width and below <= self.height
        return index if inside and 0 <= index < self.count else None
