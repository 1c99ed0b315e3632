"""Every product picture by its file name, a module for each shelf of the shop."""

from . import ceramics, leather, lighting, prints, records, scents, silk, stationery
from .shot import Shot

SHOTS: dict[str, Shot] = {
    **ceramics.SHOTS,
    **lighting.SHOTS,
    **scents.SHOTS,
    **leather.SHOTS,
    **silk.SHOTS,
    **records.SHOTS,
    **prints.SHOTS,
    **stationery.SHOTS,
}

__all__ = ["SHOTS", "Shot"]
