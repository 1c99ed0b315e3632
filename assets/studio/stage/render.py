"""An empty scene, the renderer's settings, the picture on disk."""

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

import bpy


@dataclass(frozen=True)
class Quality:
    """Size in pixels, samples for each pixel, the noise at which a pixel is left alone."""

    width: int
    height: int
    samples: int
    noise: float = 0.025
    threads: int = 2


def start_scene():
    """An empty scene with a world to light."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.world = bpy.data.worlds.new("world")
    scene.world.use_nodes = True
    return scene


def ambient(strength: float, colour=(1.0, 0.985, 0.96)) -> None:
    """An even light from everywhere."""
    tree = bpy.context.scene.world.node_tree
    tree.nodes.clear()
    output = tree.nodes.new("ShaderNodeOutputWorld")
    background = tree.nodes.new("ShaderNodeBackground")
    background.inputs[0].default_value = (*colour, 1)
    background.inputs[1].default_value = strength
    tree.links.new(background.outputs[0], output.inputs[0])


def develop(path: Path, quality: Quality, *, exposure: float, diffuse_bounces: int = 3) -> float:
    """Render the scene to a PNG and return the seconds it took."""
    scene = bpy.context.scene
    _set_cycles(scene, quality, diffuse_bounces)
    scene.render.resolution_x, scene.render.resolution_y = quality.width, quality.height
    scene.render.resolution_percentage = 100
    scene.view_settings.view_transform = "Khronos PBR Neutral"
    scene.view_settings.look = "None"
    scene.view_settings.exposure = exposure
    image = scene.render.image_settings
    image.file_format, image.color_mode, image.color_depth = "PNG", "RGB", "8"
    scene.render.filepath = str(path)
    begun = time.monotonic()
    with _quiet():
        bpy.ops.render.render(write_still=True)
    return time.monotonic() - begun


def _set_cycles(scene, quality: Quality, diffuse_bounces: int) -> None:
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.seed = "CPU", 7
    cycles.samples = quality.samples
    cycles.use_adaptive_sampling = True
    cycles.adaptive_threshold = quality.noise
    cycles.adaptive_min_samples = 8
    cycles.use_denoising = True
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    cycles.denoising_prefilter = "FAST"
    cycles.denoising_quality = "HIGH"
    cycles.max_bounces = cycles.transmission_bounces = 12
    cycles.diffuse_bounces, cycles.glossy_bounces = diffuse_bounces, 6
    cycles.transparent_max_bounces = 16
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.blur_glossy, cycles.sample_clamp_indirect = 0.5, 6
    cycles.pixel_filter_type, cycles.filter_width = "BLACKMAN_HARRIS", 1.5
    cycles.use_light_tree = False
    scene.render.threads_mode, scene.render.threads = "FIXED", quality.threads
    scene.render.film_transparent = False
    scene.render.use_persistent_data = False


@contextlib.contextmanager
def _quiet():
    """Blender prints a line for every tile; keep the terminal for us."""
    kept, null = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(null)
        os.close(kept)
