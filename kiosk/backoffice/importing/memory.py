"""What the last import wrote, so that the next one touches only what the file changed.

Staff's own edits to a product, and the stock that orders have taken, stay until the file says
something else about that very product.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from kiosk.backoffice.importing.model import ImportedProduct
from kiosk.backoffice.importing.sources import Source
from kiosk.backoffice.platform.models import Setting

_KEY = "catalogue-import"


@dataclass(slots=True)
class Memory:
    """Digests by id, and the stock that the file said by variant."""

    products: dict[str, str] = field(default_factory=dict)
    stock: dict[str, int | None] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    shop: str = ""
    heroes: str = ""
    lookbooks: str = ""
    quick: str = ""
    reviews: dict[str, str] = field(default_factory=dict)
    windows: str = ""


def recall() -> Memory:
    """What was kept; an empty memory before the first import."""
    value = Setting.objects.filter(key=_KEY).values_list("value", flat=True).first()
    return Memory(**value) if isinstance(value, dict) else Memory()


def keep(memory: Memory) -> None:
    Setting.objects.update_or_create(key=_KEY, defaults={"value": asdict(memory)})


def digest(value: Any) -> str:
    """A short digest of anything that JSON can hold; 80 bits tell versions of one thing apart."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]


def product_digest(product: ImportedProduct, sources: dict[str, Source]) -> str:
    """Of everything that the file says about a product but its place, rows and stock."""
    said = asdict(product)
    del said["row"]
    for variant in said["variants"]:
        del variant["row"], variant["stock"]
    if not product.related:
        del said["related"]  # as before there was such a column: nothing has changed
    shots = [sources.get(picture.source) for picture in product.pictures]
    said["bytes"] = [shot and shot.sha256 for shot in shots]
    return digest(said)
