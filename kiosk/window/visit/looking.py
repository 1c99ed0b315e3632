"""What a visitor who looks around has before them besides the piece: stories, what goes with it."""

from dataclasses import dataclass

MAX_TRAIL = 12


@dataclass(frozen=True, slots=True)
class Looking:
    """`related` are ids of pieces beside the one that is open, best first.

    `trail` are the pieces that led to it, oldest first: "back" goes to the last of them.
    `lookbook_id` is the lookbook that is open, "" for none.
    """

    related: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    lookbook_id: str = ""
