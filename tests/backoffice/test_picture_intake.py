"""Photographs: upright, stripped, in the window's sizes; bombs and junk stay outside."""

import io
import struct
import zlib

import pytest
from backoffice_data import Window, make_product, make_shop
from PIL import Image, PngImagePlugin

from kiosk.backoffice.catalogue.media import media_path
from kiosk.backoffice.catalogue.models import Picture, ProductPicture
from kiosk.backoffice.catalogue.pictures import PictureError, store_picture

pytestmark = pytest.mark.usefixtures("database")


def photo(width: int, height: int, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise((64, 64), 80).convert("RGB").resize((width, height))
    noise.save(out, form, **options)
    return out.getvalue()


def widths(picture: Picture) -> list[int]:
    return [r["width"] for r in picture.renditions]


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        (300, [300]),
        (540, [540]),
        (800, [540, 800]),
        (1080, [540, 1080]),
        (1500, [540, 1080, 1500]),
        (2160, [540, 1080, 2160]),
        (3000, [540, 1080, 2160]),
    ],
)
def test_renditions_are_never_enlarged(original: int, expected: list[int]) -> None:
    picture = store_picture(photo(original, original // 2))
    assert widths(picture) == expected
    for rendition in picture.renditions:
        content = media_path(rendition["sha256"]).read_bytes()
        image = Image.open(io.BytesIO(content))
        assert (image.format, image.size) == (
            "JPEG",
            (rendition["width"], rendition["height"]),
        )
        assert len(content) == rendition["bytes"]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_three_formats_are_read(form: str) -> None:
    assert store_picture(photo(600, 400, form)).state == "ready"


def test_the_same_bytes_are_kept_once() -> None:
    content = photo(600, 400)
    assert store_picture(content).pk == store_picture(content).pk


def test_a_picture_is_turned_upright_and_stripped() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "CANARY camera"
    picture = store_picture(photo(800, 400, exif=exif))
    assert widths(picture) == [400]
    content = media_path(picture.renditions[0]["sha256"]).read_bytes()
    assert b"CANARY" not in content and b"Exif" not in content


def test_transparency_becomes_paper_and_text_chunks_go() -> None:
    out = io.BytesIO()
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "CANARY")
    Image.new("RGBA", (100, 100), (255, 0, 0, 0)).save(out, "PNG", pnginfo=words)
    picture = store_picture(out.getvalue())
    content = media_path(picture.renditions[0]["sha256"]).read_bytes()
    pixel = Image.open(io.BytesIO(content)).getpixel((50, 50))
    assert pixel == (255, 255, 255) and b"CANARY" not in content


def test_of_an_animation_the_first_frame_is_shown() -> None:
    out = io.BytesIO()
    red, blue = (Image.new("RGB", (80, 80), c) for c in ("red", "blue"))
    red.save(out, "WEBP", save_all=True, append_images=[blue], lossless=True)
    picture = store_picture(out.getvalue())
    content = media_path(picture.renditions[0]["sha256"]).read_bytes()
    red_part, _, blue_part = Image.open(io.BytesIO(content)).getpixel((40, 40))
    assert red_part > 200 > 60 > blue_part


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims a great size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 100,
        b"SIMPLE  =                    T" + b" " * 2850,
        photo(600, 400)[:3000],
        photo(600, 400, "PNG")[:-200],
        bomb(60_000, 60_000),
        bomb(8_000, 7_000),
        bomb(2**31 - 1, 2**31 - 1),
        b"\xff\xd8" + b"\0" * 20_000_001,
    ],
    ids=[
        "empty",
        "text",
        "svg",
        "gif",
        "fits",
        "cut jpeg",
        "cut png",
        "bomb",
        "56 MP",
        "huge",
        "heavy",
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureError):
        store_picture(content)
    assert not Picture.objects.exists()


def test_a_picture_that_becomes_ready_reaches_the_feed_and_is_served() -> None:
    make_shop()
    product, window = make_product(), Window()
    pending = Picture.objects.create(source="https://pictures.example/a.jpg")
    ProductPicture.objects.create(product=product, picture=pending, alt={"fr": "Un vase"})
    page = window.changes()
    assert page["upserts"][0]["pictures"] == []
    picture = store_picture(photo(1080, 720), source=pending.source)
    assert picture.pk == pending.pk
    delta = window.changes(page["cursor"])
    shown = delta["upserts"][0]["pictures"][0]
    assert shown["alt"] == {"fr": "Un vase"}
    sha256 = shown["renditions"][0]["sha256"]
    answer = window.get(f"pictures/{sha256}")
    assert answer.content == media_path(sha256).read_bytes()
    assert answer["Content-Type"] == "image/jpeg" and "immutable" in answer["Cache-Control"]
    assert window.get(f"pictures/{sha256}", **{"If-None-Match": answer["ETag"]}).status_code == 304
