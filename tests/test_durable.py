"""A file is replaced whole or not at all, and by nobody else's to read."""

from pathlib import Path

import pytest

from kiosk.durable import durably


def test_a_file_takes_the_place_of_another_under_the_inode_of_its_draft(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("old")
    with durably(path) as file:
        file.write(b"new")
        inode = Path(file.name).stat().st_ino
        assert path.read_text() == "old"
    assert path.read_text() == "new" and path.stat().st_ino == inode
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_not_written_to_its_end_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("old")
    with pytest.raises(OSError, match="no space"), durably(path) as file:
        file.write(b"half of it")
        raise OSError("no space")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]
