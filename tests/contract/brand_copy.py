"""A copy of the demo's brand, to spoil."""

import shutil
from pathlib import Path

import pytest

BRAND = Path(__file__).parents[2] / "assets" / "brand"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "brand"
    shutil.copytree(BRAND, made)
    return made


def change(folder, old, new):
    file = folder / "theme.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
