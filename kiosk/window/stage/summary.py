"""What the box keeps of an order in words, beside what it sends."""

from kiosk.contract import OrderRequest
from kiosk.window.replica import OrderSummary, SummaryLine
from kiosk.window.visit import Visit, World, views
from kiosk.window.visit.ordering import total_seen


def summary_of(request: OrderRequest, visit: Visit, world: World) -> OrderSummary:
    """The lines, the total and the promise as the visitor saw them."""
    shown = views.basket(visit, world)
    totals = {line.variant_id: line.total for line in visit.basket.lines}
    lines = tuple(
        SummaryLine(line.title, line.variant, line.quantity, totals[line.variant_id])
        for line in shown.lines
    )
    promised = visit.placed.promise if visit.placed else None
    total = total_seen(visit, world)[2]
    return OrderSummary(lines, total, request.fulfilment, visit.language, promised)
