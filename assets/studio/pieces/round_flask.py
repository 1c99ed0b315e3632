"""A perfume in a round flask: a disc of thick green glass on a cut foot, a walnut cap."""

import bmesh
import numpy as np

from art import printed
from geometry import disc_profile, fillet, lathe, make, place
from materials import brass, glass, paper, wood

RADIUS, DEPTH, WALL = 0.62, 0.50, 0.085
FOOT = 0.575  # from the disc's middle down to the cut
JUICE_TOP = 0.34


def round_flask():
    """50 ml, closed."""
    body = _disc("flask", RADIUS, DEPTH, 0.13, glass("#8fb09a", 1.5, density=3.6))
    _cut(body, -FOOT)
    juice = _disc("perfume", RADIUS - WALL, DEPTH - 2 * WALL, 0.10, glass("#eceadf", 1.36))
    _cut(juice, -FOOT + 0.11)
    _cut(juice, JUICE_TOP, above=True)
    for part in (body, juice):
        place(part, (0, 0, FOOT))
    return [body, juice, *_neck(), _round_label()]


def _disc(name, radius, depth, edge, material):
    """A drum that lies on its side with its axis along y, the middle at the origin."""
    profile = fillet(
        [
            (0.001, -depth / 2),
            (radius * 0.5, -depth / 2),
            (radius, -depth / 2, edge),
            (radius, depth / 2, edge),
            (radius * 0.5, depth / 2),
            (0.001, depth / 2),
        ],
        14,
    )
    ob = lathe(name, profile, sides=240, material=material)
    points = np.zeros(len(ob.data.vertices) * 3, np.float32)
    ob.data.vertices.foreach_get("co", points)
    x, y, z = points.reshape(-1, 3).T
    ob.data.vertices.foreach_set("co", np.stack([x, z, -y], -1).ravel())
    return ob


def _cut(ob, height: float, *, above: bool = False) -> None:
    """Cut what lies below (or above) a height off and close the hole with a softened edge."""
    mesh = bmesh.new()
    mesh.from_mesh(ob.data)
    geometry = [*mesh.verts, *mesh.edges, *mesh.faces]
    cut = bmesh.ops.bisect_plane(
        mesh,
        geom=geometry,
        plane_co=(0, 0, height),
        plane_no=(0, 0, 1),
        clear_inner=not above,
        clear_outer=above,
    )
    edges = [e for e in cut["geom_cut"] if isinstance(e, bmesh.types.BMEdge)]
    filled = bmesh.ops.contextual_create(mesh, geom=edges)["faces"]
    bmesh.ops.bevel(
        mesh,
        geom=[e for face in filled for e in face.edges],
        offset=0.012,
        segments=3,
        profile=0.5,
        affect="EDGES",
        clamp_overlap=True,
    )
    mesh.to_mesh(ob.data)
    mesh.free()
    ob.data.shade_smooth()
    weighted = ob.modifiers.new("weighted", "WEIGHTED_NORMAL")
    weighted.keep_sharp, weighted.weight = False, 80


def _neck():
    """A brass collar on the disc's top and a turned cap of walnut."""
    top = FOOT + RADIUS
    collar = fillet(
        [
            (0.001, top - 0.06),
            (0.215, top - 0.06),
            (0.215, top + 0.03, 0.014),
            (0.175, top + 0.045, 0.008),
            (0.175, top + 0.10),
        ],
        6,
    )
    # Turned larger and scaled down: the grain of a small piece is fine.
    fine, low = 0.3, top + 0.055
    cap = disc_profile(0.245, 0.44, bottom=0.016, top=0.05, steps=8) / fine
    timber = wood("#8a5c3c", "#4d2f1c", 0.4, rings=8, coat=0.15)
    return [
        lathe("collar", collar, sides=140, material=brass("#cdb07a", 0.2)),
        place(lathe("cap", cap, sides=180, material=timber), (0, 0, low), scale=fine),
    ]


def _round_label():
    """A disc of paper on the front; its picture is square."""
    radius, count, thick = 0.36, 160, 0.006
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    x, z = radius * np.cos(turn), radius * np.sin(turn)
    front = np.stack([x, np.full(count, -thick), z], -1)
    back = np.stack([x, np.zeros(count), z], -1)
    faces = [list(range(count))]
    uv = [[(0.5 + a / (2 * radius), 0.5 + b / (2 * radius)) for a, b in zip(x, z, strict=True)]]
    for i in range(count):
        k = (i + 1) % count
        faces.append([i, i + count, k + count, k])
        uv.append([(0.5, 0.01)] * 4)
    material = paper(printed("label-perfume-court"), grain=0.2)
    disc = make("label", np.r_[front, back], faces, uv, material, smooth=False)
    return place(disc, (0, -DEPTH / 2 - 0.001, FOOT))
