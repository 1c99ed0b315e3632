"""What was read from a catalogue's file, as a back office sends it to windows."""

from typing import Any

from kiosk.backoffice.importing.model import ImportedProduct
from kiosk.shop.catalogue import Option, OptionValue, Product, Variant


def as_sent(read: ImportedProduct, position: int, **more: Any) -> Product:
    """`more` is what the file alone does not say: pictures, reviews."""
    return Product(
        id=read.id,
        handle=read.handle,
        version=1,
        category_id=read.category_key,
        title=read.title,
        variants=tuple(
            Variant(v.id, v.sku, v.price, v.options, v.gtin, v.compare_at, v.stock, v.picture)
            for v in read.variants
        ),
        position=position,
        pitch=read.pitch,
        story=read.story,
        maker=read.maker,
        maker_town=read.maker_town,
        maker_km=read.maker_km,
        material=read.material,
        care=read.care,
        meaning=read.meaning,
        meaning_proof=read.meaning_proof,
        weight_g=read.weight_g,
        options=tuple(
            Option(o.id, o.title, tuple(OptionValue(v.id, v.title, v.swatch) for v in o.values))
            for o in read.options
        ),
        related=read.related,
        **more,
    )
