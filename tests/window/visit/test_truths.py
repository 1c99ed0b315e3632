"""No text after an order claims more than is known, in any language."""

from itertools import product

import pytest
from visiting import Journey, order, receipt

from kiosk.shop.order import OrderStatus, ReviewReason
from kiosk.shop.promise import Fulfilment
from kiosk.window.visit import Screen, actions, views
from kiosk.window.visit.words import words

S = OrderStatus
TOKEN = "t" * 22
LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "ar", "ja")
# Stems that claim something, by what they claim.
CLAIMS: dict[str, dict[str, tuple[str, ...]]] = {
    "accepted": {
        "en": ("accepted", "confirmed", "prepared"),
        "fr": ("accepté", "confirmé", "préparé"),
        "de": ("angenommen", "bestätigt", "vorbereitet", "zubereitet"),
        "es": ("aceptado", "confirma", "prepara"),
        "it": ("accettato", "confermato", "prepara"),
        "nl": ("aangenomen", "bevestigd", "klaargemaakt"),
        "ar": ("قُبل", "تم قبول", "أُكد", "تأكيد الطلب"),
        "ja": ("承りました", "確定しました", "準備し"),
    },
    "ended": {
        "en": ("cancelled", "failed", "refused", "could not", "charged"),
        "fr": ("annulé", "échou", "refus", "n’a pas pu", "débité"),
        "de": ("storniert", "fehlgeschlagen", "abgelehnt", "konnte", "berechnet"),
        "es": ("anulado", "fallado", "rechaz", "no ha podido", "cobra"),
        "it": ("annullato", "fallito", "rifiut", "non ha potuto", "addebita"),
        "nl": ("geannuleerd", "mislukt", "geweigerd", "kon deze", "in rekening"),
        "ar": ("إلغاء", "فشل", "رفض", "لم يستطع", "لن تدفع"),
        "ja": ("取り消", "失敗", "お断り", "できませんでした", "かかりません"),
    },
    "arrived": {
        "en": ("the shop has your order",),
        "fr": ("la boutique a votre commande",),
        "de": ("der laden hat ihre bestellung",),
        "es": ("la tienda tiene su pedido",),
        "it": ("il negozio ha il tuo ordine",),
        "nl": ("de winkel heeft uw bestelling",),
        "ar": ("طلبك لدى المتجر",),
        "ja": ("お店に届いて",),
    },
}
# "Not confirmed yet", and its like, says the contrary of what it seems to say.
DENIALS = ("Not confirmed yet", "Order not accepted")
# What may be claimed of an order in a state.
MAY: dict[str, frozenset[str]] = {
    "kept": frozenset(),
    "parked": frozenset(),
    S.NEEDS_REVIEW: frozenset({"arrived"}),
    S.REFUSED: frozenset({"ended"}),
    S.CANCELLED: frozenset({"ended"}),
}
OPEN = (S.ACCEPTED, S.PREPARING, S.READY, S.HANDED_OVER, S.COMPLETED)


def journey(state: str, way: Fulfilment, reason: ReviewReason | None = None) -> Journey:
    journey = Journey()
    if state in ("kept", "parked"):
        journey.kept(way)
        if state == "parked":
            journey.do(actions.OrderParked(journey.intent))
        return journey
    reasons = [reason] if reason else []
    journey.accepted(way, status=S(state), reasons=reasons)
    return journey.do(
        actions.OrderChanged(TOKEN, order(S(state), version=2, way=way, reasons=reasons))
    )


def told(view: object) -> str:
    names = ("title", "state", "message", "number_label", "number_hint", "follow")
    texts = [str(getattr(view, name, "")) for name in names]
    return " ".join(texts).replace("\u200b", "")


def said_after(journey: Journey, language: str) -> str:
    """All that the glass says of the order, without what denies."""
    journey.do(actions.SetLanguage(language))
    shown = [views.thanks(journey.visit, journey.world)]
    if journey.visit.placed and journey.visit.placed.receipt:
        shown.append(views.tracking(journey.visit, journey.world))  # type: ignore[arg-type]
    text = " ".join(map(told, shown))
    for denial in DENIALS:
        text = text.replace(words(language)(denial).replace("\u200b", ""), "")
    return text.lower()


def claims(text: str, language: str) -> set[str]:
    return {
        claim for claim, stems in CLAIMS.items() if any(stem in text for stem in stems[language])
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", list(Fulfilment))
def test_nothing_is_claimed_that_is_not_known(language: str, way: Fulfilment) -> None:
    for state, may in MAY.items():
        reasons = list(ReviewReason) if state == S.NEEDS_REVIEW else [None]
        for reason in reasons:
            text = said_after(journey(state, way, reason), language)
            assert claims(text, language) <= may, f"{state} {reason}: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_claim_is_made_where_it_is_known(language: str) -> None:
    """The table's words are those that the glass uses, or it would hold nothing back."""
    for state, claim in (
        (S.NEEDS_REVIEW, "arrived"),
        (S.REFUSED, "ended"),
        (S.CANCELLED, "ended"),
    ):
        reason = ReviewReason.SOLD_OUT if state is S.NEEDS_REVIEW else None
        text = said_after(journey(state, Fulfilment.COURIER, reason), language)
        assert claim in claims(text, language), f"{state}: {text}"
    accepted = said_after(journey(S.ACCEPTED, Fulfilment.COURIER), language)
    assert "accepted" in claims(accepted, language), accepted


@pytest.mark.parametrize(("state", "way"), list(product(OPEN, Fulfilment)))
def test_a_living_order_is_never_said_to_have_ended(state: S, way: Fulfilment) -> None:
    for language in LANGUAGES:
        text = said_after(journey(state, way), language)
        assert not claims(text, language) & {"ended"}, f"{language}: {text}"


@pytest.mark.parametrize("state", MAY)
def test_whoever_must_wait_can_quote_something_and_call(state: str) -> None:
    view = views.thanks(
        (going := journey(state, Fulfilment.COURIER)).visit,
        going.world,
    )
    assert view.number and view.phone == going.world.shop.phone and view.phone_label
    assert bool(view.number_hint) is (state in ("kept", "parked"))


def test_four_truths_have_four_signs_and_words() -> None:
    states = ("kept", S.ACCEPTED, S.NEEDS_REVIEW, S.REFUSED, S.CANCELLED)
    shown = [views.thanks((j := journey(s, Fulfilment.COLLECT)).visit, j.world) for s in states]
    assert len({view.known for view in shown}) == 4
    assert len({view.state for view in shown}) == len({view.message for view in shown}) == 5


def test_a_refused_order_is_not_called_safe() -> None:
    going = journey(S.REFUSED, Fulfilment.COURIER).do(actions.SetLanguage("en"))
    going.do(actions.IdleWarning(going.world.now))
    asked = views.idle(going.visit, going.world)
    assert going.visit.screen is Screen.THANKS
    assert asked is not None and "safe" not in asked.countdown
    waits = journey("kept", Fulfilment.COURIER).do(actions.SetLanguage("en"))
    waits.do(actions.IdleWarning(waits.world.now))
    kept = views.idle(waits.visit, waits.world)
    assert kept is not None and "Your order is safe" in kept.countdown


def test_a_late_answer_changes_what_is_shown_and_nothing_after_the_visit() -> None:
    going = journey("parked", Fulfilment.COLLECT)
    answered = actions.OrderAnswered(receipt(going.intent, Fulfilment.COLLECT))
    left = Journey().kept()
    late = actions.OrderAnswered(receipt(left.intent))
    going.do(answered)
    assert views.thanks(going.visit, going.world).known == "accepted"
    left.do(actions.StartAgain())
    left.unchanged_by(late)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/o/Zk2vQ8r1T6yXb0nWcE5uHg",
        "http://buy.maison-lucarne.example/o/Zk2vQ8r1T6yXb0nWcE5uHg",
        "https://buy.maison-lucarne.example@evil.example/o/a",
        "https://buy.maison-lucarne.example/\u202eo/a",
        "https://buy.maison-lucarne.example/" + "a" * 500,
    ],
)
def test_a_code_that_leads_elsewhere_is_not_shown(url: str) -> None:
    going = Journey().accepted(page_url=url)
    for view in (views.thanks(going.visit, going.world), views.tracking(going.visit, going.world)):
        assert (view.qr, view.qr_host) == ("", "")
