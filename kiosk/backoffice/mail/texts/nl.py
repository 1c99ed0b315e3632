"""What messages to buyers say in Dutch."""

TEXTS = {
    "hello": "Dag {name},",
    "hello_you": "Goedendag,",
    "when": "{day} om {time}",
    "order": "Bestelling",
    "code": "Afhaalcode",
    "code_courier": "Code voor de bezorger",
    "total": "Totaal",
    "collect_by": "Klaar uiterlijk {when}",
    "courier_by": "Bij u uiterlijk {when}",
    "collect_until": "Af te halen vóór {when}",
    "follow": "Bestelling volgen",
    "ask": "Een vraag?",
    "automatic": "Dit bericht wordt vanzelf verstuurd. Wie de link heeft, ziet de "
    "bestelling: houd hem voor uzelf.",
    "accepted_subject": "Bestelling {number}: genoteerd",
    "accepted_title": "Genoteerd",
    "accepted_text": "Uw bestelling is aangekomen en we maken haar klaar.",
    "needs_review_subject": "Bestelling {number}: we kijken iets na",
    "needs_review_title": "We kijken iets na",
    "needs_review_text": "Uw bestelling is aangekomen. Voor de winkel haar toezegt, bekijkt "
    "iemand nog één ding; het antwoord komt hier. Er is niets verloren "
    "en u hoeft voorlopig niets te betalen.",
    "confirmed_subject": "Bestelling {number}: ze is aanvaard",
    "confirmed_title": "Ze is aanvaard",
    "confirmed_text": "De winkel heeft uw bestelling nagekeken en maakt haar klaar.",
    "refused_subject": "Bestelling {number}: we konden haar niet aannemen",
    "refused_title": "We konden haar niet aannemen",
    "refused_text": "De winkel kan deze bestelling helaas niet uitvoeren. Er wordt niets "
    "van u gevraagd.",
    "cancelled_subject": "Bestelling {number}: ze is geannuleerd",
    "cancelled_title": "Ze is geannuleerd",
    "cancelled_text": "Deze bestelling is geannuleerd. Er wordt niets van u gevraagd.",
    "ready_subject": "Bestelling {number}: ze ligt klaar",
    "ready_title": "Ze ligt klaar",
    "ready_text": "Uw bestelling ligt klaar aan de toonbank. Noem de code, meer hoeft niet.",
}
