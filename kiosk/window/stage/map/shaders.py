"""Lines and discs with soft edges, drawn by the graphics card without multisampling.

A ribbon's vertices carry the direction to move in and the half width; the vertex shader moves
them by the half width in pixels, so that a line keeps a least width at any zoom, and the fragment
shader lets the last pixel fade. u runs across, v beyond the ends: their length rounds ends off.
"""

from collections.abc import Iterable

from kivy.graphics import Mesh, RenderContext

from kiosk.window.stage.map.geometry import Batch

FILL_FORMAT = [(b"vPosition", 2, "float")]
RIBBON_FORMAT = [(b"vPosition", 2, "float"), (b"vN", 2, "float"), (b"vD", 3, "float")]
ROUTE_FORMAT = [
    (b"vPosition", 2, "float"),
    (b"vN", 2, "float"),
    (b"vD", 3, "float"),
    (b"vS", 1, "float"),
]

# Kivy's own shader also reads a texture's coordinates, which a fill has none of: those of whatever
# was drawn before would be read, and may be gone.
_FILL_VS = """$HEADER$
void main(void) {
    gl_Position = projection_mat * modelview_mat * vec4(vPosition.xy, 0.0, 1.0);
    frag_color = color * vec4(1.0, 1.0, 1.0, opacity);
    tex_coord0 = vTexCoords0;
}
"""
_FILL_FS = """$HEADER$
void main(void) {
    gl_FragColor = frag_color;
}
"""
_RIBBON_VS = """$HEADER$
attribute vec2 vN;
attribute vec3 vD;
varying vec3 d;
uniform float ppm;
uniform float grow;
uniform float least;
void main(void) {
    float half_width = max(vD.z * ppm + grow, least);
    d = vec3(vD.xy, half_width);
    vec2 place = vPosition.xy + vN * (half_width + 1.0) / ppm;
    gl_Position = projection_mat * modelview_mat * vec4(place, 0.0, 1.0);
    frag_color = color * vec4(1.0, 1.0, 1.0, opacity);
    tex_coord0 = vTexCoords0;
}
"""
_RIBBON_FS = """$HEADER$
varying vec3 d;
void main(void) {
    float away = length(d.xy) * (d.z + 1.0);
    float inside = clamp(d.z + 0.5 - away, 0.0, 1.0);
    gl_FragColor = vec4(frag_color.rgb, frag_color.a * inside);
}
"""
_ROUTE_VS = """$HEADER$
attribute vec2 vN;
attribute vec3 vD;
attribute float vS;
varying vec4 d;
uniform float ppm;
uniform float half_px;
void main(void) {
    d = vec4(vD.xy, half_px, vS);
    vec2 place = vPosition.xy + vN * (half_px + 1.0) / ppm;
    gl_Position = projection_mat * modelview_mat * vec4(place, 0.0, 1.0);
    frag_color = color * vec4(1.0, 1.0, 1.0, opacity);
    tex_coord0 = vTexCoords0;
}
"""
_ROUTE_FS = """$HEADER$
varying vec4 d;
uniform float travelled;
uniform float ppm;
uniform vec4 done;
void main(void) {
    float away = length(d.xy) * (d.z + 1.0);
    float inside = clamp(d.z + 0.5 - away, 0.0, 1.0);
    float ahead = clamp((d.w - travelled) * ppm + 0.5, 0.0, 1.0);
    vec4 tone = mix(done, frag_color, ahead);
    gl_FragColor = vec4(tone.rgb, tone.a * inside);
}
"""


def fill_context() -> RenderContext:
    return _context(_FILL_VS, _FILL_FS)


def ribbon_context(grow: float = 0.0, least: float = 0.5) -> RenderContext:
    """`grow` and `least` are pixels added to, and the least of, a half width."""
    context = _context(_RIBBON_VS, _RIBBON_FS)
    context["ppm"], context["grow"], context["least"] = 1.0, float(grow), float(least)
    return context


def route_context() -> RenderContext:
    context = _context(_ROUTE_VS, _ROUTE_FS)
    context["ppm"], context["half_px"], context["travelled"] = 1.0, 4.0, -1.0
    context["done"] = (0.0, 0.0, 0.0, 1.0)
    return context


def _context(vertex: str, fragment: str) -> RenderContext:
    context = RenderContext(
        use_parent_projection=True, use_parent_modelview=True, use_parent_frag_modelview=True
    )
    context.shader.vs = vertex
    context.shader.fs = fragment
    if not context.shader.success:
        raise RuntimeError("the map's shaders do not compile on this graphics card")
    return context


def meshes(batches: Iterable[Batch], form: list[tuple[bytes, int, str]]) -> list[Mesh]:
    return [
        Mesh(vertices=b.vertices, indices=b.indices, fmt=form, mode="triangles") for b in batches
    ]
