"""Photographs as they come in: checked, turned upright, stripped, and cut to the window's sizes."""

import hashlib
import io
import warnings
from typing import TypedDict

from PIL import Image, ImageCms, ImageOps

from kiosk.backoffice.catalogue.media import store_media
from kiosk.backoffice.catalogue.models import Picture

WIDTHS = (540, 1080, 2160)  # px
QUALITY = 86
MAX_BYTES = 20_000_000
MAX_PIXELS = 50_000_000
MAX_SIDE = 8192  # px
_FORMATS = ("PNG", "JPEG", "WEBP")
_PAPER = (255, 255, 255)


class PictureError(ValueError):
    """The bytes are no picture that may be shown; the message says what to send instead."""


class _Stored(TypedDict):
    sha256: str
    width: int
    height: int
    bytes: int


def store_picture(content: bytes, source: str = "") -> Picture:
    """Keep a photograph in all sizes; the same bytes are kept once. Raises PictureError.

    `source` is where it came from. A pending Picture of that source becomes this one.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    known = Picture.objects.filter(sha256=sha256, state=Picture.State.READY).first()
    if known:
        return known
    renditions = [
        _Stored(sha256=store_media(data), width=width, height=height, bytes=len(data))
        for data, width, height in render(content)
    ]
    picture = Picture.objects.filter(sha256=sha256).first()
    if picture is None and source:
        picture = Picture.objects.filter(source=source, state=Picture.State.PENDING).first()
    picture = picture or Picture(source=source)
    picture.sha256 = sha256
    picture.renditions = renditions
    picture.state = Picture.State.READY
    picture.problem = ""
    picture.save()
    return picture


def render(content: bytes) -> list[tuple[bytes, int, int]]:
    """JPEG bytes, width and height of each size, smallest first. Raises PictureError."""
    image = decoded(content)
    done: list[tuple[bytes, int, int]] = []
    for width in sorted(_widths(image.width), reverse=True):
        height = max(1, round(image.height * width / image.width))
        if (width, height) != image.size:
            image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=QUALITY)
        done.append((out.getvalue(), width, height))
    return done[::-1]


def _widths(original: int) -> set[int]:
    return {min(width, original) for width in WIDTHS}


def check_bytes(size: int) -> None:
    """Raises PictureError for a file of so many bytes that it need not be read."""
    if size > MAX_BYTES:
        raise PictureError(f"a picture may have {MAX_BYTES // 1_000_000} MB: send a smaller one")


def decoded(content: bytes) -> Image.Image:
    """An upright RGB picture without anything else that came along. Raises PictureError."""
    check_bytes(len(content))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=_FORMATS)
            _check_size(image)
            image.draft("RGB", (max(WIDTHS), max(WIDTHS)))
            image.load()
            return _upright_rgb(image)
    except PictureError:
        raise
    except Exception as error:  # Pillow's decoders raise nearly anything on broken bytes
        raise PictureError(
            "this is no whole PNG, JPEG or WebP picture: export it again as one of these"
        ) from error


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise PictureError(
            f"{image.width} × {image.height} px is more than {MAX_PIXELS // 1_000_000} million: "
            "send a smaller picture"
        )


def _upright_rgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        with_alpha = image.convert("RGBA")
        image = Image.new("RGB", image.size, _PAPER)
        image.paste(with_alpha, mask=with_alpha.getchannel("A"))
    elif profile and image.mode in ("RGB", "CMYK"):
        image = _to_srgb(image, profile)
    image = image if image.mode == "RGB" else image.convert("RGB")
    if max(image.size) > MAX_SIDE:
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    image.info.clear()
    return image


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile must not cost the picture
    return converted if converted is not None else image
