"""Which of a courier's positions counts: the newest that may still be shown."""

from dataclasses import replace

from kiosk.contract import FollowedOrder, PositionFix
from kiosk.window.visit.state import Visit


def followed(visit: Visit, order: FollowedOrder, heard_at: float) -> Visit:
    """What the back office says of the courier holds: also that nobody may see them now."""
    delivery = order.delivery
    if delivery is None or delivery.position is None or not delivery.status.position_public:
        return replace(visit, fix=None)
    fix = delivery.position
    return moved(visit, fix, heard_at - fix.age_s)


def moved(visit: Visit, fix: PositionFix, made_at: float) -> Visit:
    """A position that came; a repeated or an older one changes nothing, nor one after the end."""
    known, order = visit.fix, visit.placed.order if visit.placed else None
    if known is not None and (fix.rider, fix.seq) <= (known.rider, known.seq):
        return visit
    if order and order.delivery and not order.delivery.status.position_public:
        return visit
    return replace(visit, fix=fix, fix_at=made_at)
