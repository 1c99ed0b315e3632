"""How many bytes of textures may lie ready beside what hangs on the glass."""

from kivy.core.window import Window

from kiosk.window.stage.patch import on_software


def ready_bytes(usual: int, glasses: float) -> int:
    """`usual` bytes where a graphics card keeps them.

    On software GL they are this process's own memory, of which a small box has little, and what
    was let go of is made again in a few milliseconds: as many as cover the window `glasses` times.
    """
    if not on_software():
        return usual
    width, height = Window.system_size
    return min(usual, int(width * height * 4 * glasses))
