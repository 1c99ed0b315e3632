"""Pictures by hash: what is refused, what leaves, what stays."""

import io
import os

import pytest
from PIL import Image
from replica_data import picture_bytes, sha

from kiosk.window.replica import NoRoom, PictureRefused, PictureStore


@pytest.fixture
def store(tmp_path):
    return PictureStore(tmp_path, 1_000_000)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_under_its_hash_across_restarts(tmp_path, store, form):
    data = picture_bytes(7, form=form)
    assert store.path(sha(data)) is None
    kept = store.put(sha(data), data)
    assert kept.read_bytes() == data
    again = PictureStore(tmp_path, 1_000_000)
    assert again.path(sha(data)) == kept
    assert again.used_bytes == len(data)


def animated():
    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), (n, 0, 0)) for n in (1, 200)]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def of_form(form):
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG"),
        (b"", "no JPEG"),
        (of_form("GIF"), "no JPEG"),
        (of_form("TIFF"), "no JPEG"),
        (animated(), "animated"),
        (picture_bytes(size=(4097, 2)), "4097x2"),
        (picture_bytes()[:20], "no JPEG"),
    ],
)
def test_what_is_no_plain_picture_is_refused(store, data, why):
    with pytest.raises(PictureRefused, match=why):
        store.put(sha(data), data)
    assert store.used_bytes == 0


def test_a_pixel_bomb_is_refused_by_its_header(store):
    header = bytearray(picture_bytes())
    header[16:24] = (20000).to_bytes(4, "big") * 2
    import zlib

    header[29:33] = zlib.crc32(header[12:29]).to_bytes(4, "big")
    with pytest.raises(PictureRefused, match="pixels"):
        store.put(sha(bytes(header)), bytes(header))


def test_another_hash_is_refused(store):
    data = picture_bytes(1)
    with pytest.raises(PictureRefused, match="SHA-256"):
        store.put(sha(picture_bytes(2)), data)
    with pytest.raises(PictureRefused, match="at most"):
        store.put(sha(data), data + b"0" * 10_500_000)


def test_the_longest_unused_leave_and_the_pinned_stay(tmp_path):
    pictures = [picture_bytes(n) for n in range(6)]
    size = max(len(p) for p in pictures)
    store = PictureStore(tmp_path, size * 4)
    hashes = [sha(p) for p in pictures]
    store.pin([hashes[0]])
    for data in pictures[:4]:
        store.put(sha(data), data)
    store.path(hashes[1])
    store.put(hashes[4], pictures[4])
    store.put(hashes[5], pictures[5])
    kept = [n for n, h in enumerate(hashes) if store.path(h)]
    assert kept == [0, 1, 4, 5]
    assert store.used_bytes <= size * 4
    assert sum(len(files) for _, _, files in os.walk(tmp_path / "pictures")) == 4


def test_what_is_pinned_is_never_dropped_for_something_else(tmp_path):
    first, second = picture_bytes(1), picture_bytes(2)
    store = PictureStore(tmp_path, len(first) + 5)
    store.pin([sha(first)])
    store.put(sha(first), first)
    with pytest.raises(NoRoom):
        store.put(sha(second), second)
    assert store.path(sha(first)) is not None
    assert store.shed(10**9) == 0


def test_unfinished_files_are_removed_at_the_start(tmp_path, store):
    data = picture_bytes(3)
    kept = store.put(sha(data), data)
    left = kept.with_name(".half")
    left.write_bytes(b"x")
    PictureStore(tmp_path, 1_000_000)
    assert not left.exists()


def test_maps_are_kept_by_hash_and_older_ones_leave(store):
    maps = [bytes([n]) * 50 for n in range(3)]
    for data in maps:
        store.put_map(sha(data), data)
    assert [store.map_path(sha(d)) is not None for d in maps] == [False, True, True]
    with pytest.raises(PictureRefused):
        store.put_map(sha(maps[0]), maps[1])
    assert store.map_path("../../etc/passwd") is None
