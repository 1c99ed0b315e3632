"""Shapes: profiles in the plane, then meshes. 1 unit is 10 cm, z is up, the viewer is at -y."""

from .clay import fuse, strap, throw, turned
from .mesh import box, disc_profile, grid, lathe, make, quad, smooth_subdivide, sweep, thicken
from .pose import group, place, settle
from .profile import circle, fillet, inset, resample_loop, rounded_rectangle, spline
from .thread import stitches

__all__ = [
    "box",
    "circle",
    "disc_profile",
    "fillet",
    "fuse",
    "grid",
    "group",
    "inset",
    "lathe",
    "make",
    "place",
    "quad",
    "resample_loop",
    "rounded_rectangle",
    "settle",
    "smooth_subdivide",
    "spline",
    "stitches",
    "strap",
    "sweep",
    "thicken",
    "throw",
    "turned",
]
