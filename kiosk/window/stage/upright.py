"""What must not be read in a mirror: a picture that is turned over once more.

In a scene that `Reflection` shows in a mirror, a texture whose coordinates run the other way
stands as it was made.
"""

from kivy.graphics.texture import Texture

from kiosk.window.stage import theme as themes


def upright(texture: Texture) -> Texture:
    """`texture` as it must be drawn so that it is seen as it is; the given one is left alone."""
    if not themes.current().mirrored:
        return texture
    turned = texture.get_region(0, 0, *texture.size)
    turned.flip_horizontal()
    return turned
