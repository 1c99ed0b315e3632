"""Loads layouts. Only files beside our own modules, each once for a process."""

from pathlib import Path

from kivy.lang import Builder

_loaded: set[Path] = set()


def load(module_file: str, name: str) -> None:
    """Load `name` from the folder of `module_file`; a second call does nothing.

    Kivy appends rules again when a file is loaded twice, which doubles every drawing.
    """
    path = Path(module_file).resolve().with_name(name)
    if path not in _loaded:
        _loaded.add(path)
        Builder.load_file(str(path))
