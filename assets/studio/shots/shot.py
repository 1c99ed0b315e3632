"""One product picture: what stands on the paper, how it is framed, how it is lit."""

from collections.abc import Callable
from dataclasses import dataclass, field

from stage import Framing, Light


@dataclass(frozen=True)
class Shot:
    """`build` returns the objects to frame; `samples` overrides the usual number for each pixel."""

    build: Callable[[], list]
    framing: Framing = field(default_factory=Framing)
    light: Light = field(default_factory=Light)
    samples: int | None = None
