"""How the pieces are found that may stand beside another one."""

from kiosk.shop.text import fold
from kiosk.window.replica.feed import LIVE

# Through the index of words: makers have no column. A longer name may contain a shorter one, so
# whoever asks compares the makers once more.
OF_MAKER = f"""
    SELECT product.id FROM words JOIN product ON product.n = words.rowid
    WHERE words MATCH ? AND product.generation = {LIVE}
    ORDER BY product.available DESC, product.position LIMIT ?
"""  # noqa: S608
ON_SHELF = f"""
    SELECT id FROM product WHERE generation = {LIVE} AND category_id = ? AND available = 1
    ORDER BY position, title, id LIMIT ?
"""  # noqa: S608


def maker_phrase(maker: str) -> str:
    """The search for a maker's whole name; "" where there is nothing to search for."""
    words = "".join(c if c.isalnum() else " " for c in fold(maker)).split()
    return f'maker : "{" ".join(words)}"' if words else ""
