"""What is on the glass, and what would be if all of it was painted now."""

from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels


def shown(stage):
    """The pixels (RGBA) as the frames so far have left them."""
    width, height = stage.window.system_size
    return glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)


def painted_whole(stage):
    stage.window.dispatch("on_draw")
    return shown(stage)
