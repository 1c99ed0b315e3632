"""What a window is told before it starts: where it hangs, whom it asks, what it may keep."""

from dataclasses import dataclass, field
from pathlib import Path

from kiosk.window.camera import check_camera
from kiosk.window.reach import Glass

# A 43-inch screen, the usual one behind a shop's glass: its long and short side.
LONG_SIDE_MM = 952.0
SHORT_SIDE_MM = 535.0
TOUCH = ("pointer", "evdev")
SPEECH = ("auto", "espeak-ng", "speechd", "off")
# How high its lower edge hangs above the ground, upright and across.
UPRIGHT_EDGE_MM, ACROSS_EDGE_MM = 600.0, 700.0


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """Settings of one window.

    `base_url` and `token` reach the back office (`ca_file` where its certificate is the shop's
    own); without a `base_url` the window lives from what it has. `data` is the folder the
    window owns: its replica, pictures and outbox. `brand` is the folder that holds theme.toml.
    `addresses` is a file of streets to complete addresses from, in the format of the Base
    Adresse Nationale; without one the streets of the quarter's map are offered.
    `width` and `height` are pixels; `screen_mm` is the real size of the glass (width, height),
    from which every size on it follows; left out, a 43-inch screen is assumed. `lower_edge_mm`
    is how high the glass's lower edge hangs above the ground, from which follows where hands
    reach; left out, 600 mm upright and 700 mm across. `idle_s` passes
    without a touch before the visit is asked whether somebody is still there, `idle_warning_s`
    before it ends. `touch` is "pointer" (SDL's mouse events, which every driver can make) or
    "evdev" (the kernel's touch device itself): one of the two, since both together double every
    tap. `speech` is "auto", "espeak-ng", "speechd" (speech-dispatcher) or "off". `speech_volume`
    (0–10) is the level at which every visit begins: whoever hangs the window measures which one
    gives at most 65 dBA where people stand (EN 301 549 5.1.3.13). `frames` is a file to which
    is added what frames cost, None for nobody to count. `camera` is where pictures come from that
    phones' codes are read in (see kiosk.window.camera), "" where the window has none.
    """

    base_url: str
    data: Path
    brand: Path
    token: str = field(default="", repr=False)
    ca_file: Path | None = None
    addresses: Path | None = None
    width: int = 1080
    height: int = 1920
    fullscreen: bool = False
    screen_mm: tuple[float, float] | None = None
    lower_edge_mm: float | None = None
    language: str = ""
    idle_s: float = 60.0
    idle_warning_s: float = 20.0
    touch: str = TOUCH[0]
    speech: str = SPEECH[0]
    speech_volume: int = 5
    show_cursor: bool = False
    demo: bool = False
    frames: Path | None = None
    camera: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.width < 240 or self.height < 240:
            raise ValueError(f"a window of {self.width}x{self.height} px is too small to use")
        if self.screen_mm is not None and min(self.screen_mm) < 50:
            raise ValueError("screen_mm is the size of the glass in millimetres, width then height")
        if self.lower_edge_mm is not None and not 0 <= self.lower_edge_mm <= 3000:
            raise ValueError("lower_edge_mm is from the ground to the glass, 0 to 3000 millimetres")
        if self.touch not in TOUCH:
            raise ValueError(f"touch is {' or '.join(TOUCH)}, not {self.touch!r}")
        if self.speech not in SPEECH:
            raise ValueError(f"speech is {', '.join(SPEECH)}, not {self.speech!r}")
        if not 0 <= self.speech_volume <= 10:
            raise ValueError(f"speech_volume is 0 to 10, not {self.speech_volume}")
        if self.camera:
            check_camera(self.camera)

    @property
    def portrait(self) -> bool:
        return self.height >= self.width

    @property
    def glass_mm(self) -> tuple[float, float]:
        """Width and height of the glass in millimetres."""
        if self.screen_mm is not None:
            return self.screen_mm
        sides = (SHORT_SIDE_MM, LONG_SIDE_MM)
        return sides if self.portrait else (sides[1], sides[0])

    @property
    def glass(self) -> Glass:
        """The glass as it hangs."""
        usual = UPRIGHT_EDGE_MM if self.portrait else ACROSS_EDGE_MM
        edge = usual if self.lower_edge_mm is None else self.lower_edge_mm
        return Glass(*self.glass_mm, edge)

    @property
    def px_per_mm(self) -> float:
        return self.width / self.glass_mm[0]
