"""How the pieces are found that may stand beside another one."""

from kiosk.window.replica.feed import LIVE

OF_MAKER = f"""
    SELECT id FROM product WHERE generation = {LIVE} AND maker = ?
    ORDER BY available DESC, position LIMIT ?
"""  # noqa: S608
ON_SHELF = f"""
    SELECT id FROM product WHERE generation = {LIVE} AND category_id = ? AND available = 1
    ORDER BY position, title, id LIMIT ?
"""  # noqa: S608
