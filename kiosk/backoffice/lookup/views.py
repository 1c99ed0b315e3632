"""The page that a buyer's phone holds up to the camera of a window.

Whoever has the link sees number and code on the order's page already: this page gives them nothing
more, and the window nothing of the link.
"""

import qrcode
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kiosk.backoffice.buyer.views import order_of, private, unknown
from kiosk.backoffice.buyer.words import spoken
from kiosk.backoffice.buyer.words import words_in as page_words_in
from kiosk.backoffice.lookup.buyer import may_show
from kiosk.backoffice.lookup.showing import (
    SHOWN_S,
    TooManyCodesError,
    new_secret,
)
from kiosk.backoffice.platform.models import Shop
from kiosk.contract.showing import code_of

# ISO/IEC 18004: the light margin that a reader needs, in modules.
_QUIET = 4


# Who knows the link is the buyer: it is a secret that no other site can make a form with.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """A fresh code, where it is asked for; else the question whether to make one.

    A page that was fetched ahead, or loaded again, makes none.
    """
    order = order_of(token)
    if order is None:
        return private(unknown(request))
    words = may_show(order)
    if words is None:
        return private(redirect("buyer:page", token=token))
    code, status = SafeString(""), 200
    if request.method == "POST":
        try:
            code = _drawn(code_of(new_secret(order)), words["label"])
        except TooManyCodesError:
            status = 429
    context = {
        "order": order,
        "token": token,
        "words": words,
        "page_words": page_words_in(order.language),
        "language": spoken(order.language),
        "shop": Shop.objects.first(),
        "code": code,
        "later": status != 200,
        "good_s": SHOWN_S,
    }
    return private(render(request, "lookup/show.html", context, status=status), forms=True)


def _drawn(text: str, label: str) -> SafeString:
    """The code with its light margin, dark on light whatever the page wears."""
    made = qrcode.QRCode(border=_QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    made.add_data(text, optimize=0)  # in one piece, and so in the densest alphabet
    made.make(fit=True)
    rows = made.get_matrix()
    dots = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg viewBox="0 0 {side} {side}" role="img" aria-label="{label}" '
        'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        '<path d="{dots}"/></svg>',
        side=len(rows),
        label=label,
        dots=mark_safe(dots),  # noqa: S308 (numbers)
    )
