"""What messages to buyers say in Italian."""

TEXTS = {
    "hello": "Buongiorno {name},",
    "hello_you": "Buongiorno,",
    "when": "{day} alle {time}",
    "order": "Ordine",
    "code": "Codice di ritiro",
    "code_courier": "Codice da dare alla consegna",
    "total": "Totale",
    "collect_by": "Pronto entro {when}",
    "courier_by": "Da lei entro {when}",
    "collect_until": "Da ritirare prima di {when}",
    "follow": "Seguire l’ordine",
    "ask": "Una domanda?",
    "automatic": "Questo messaggio parte da solo. Chi ha il link vede l’ordine: lo tenga per sé.",
    "accepted_subject": "Ordine {number}: preso nota",
    "accepted_title": "Preso nota",
    "accepted_text": "Il suo ordine è arrivato e lo stiamo preparando.",
    "needs_review_subject": "Ordine {number}: verifichiamo un dettaglio",
    "needs_review_title": "Verifichiamo un dettaglio",
    "needs_review_text": "Il suo ordine è arrivato. Prima di prometterlo, il negozio guarda "
    "un dettaglio; la risposta le arriverà qui. Nulla è perso e per ora "
    "nulla è dovuto.",
    "confirmed_subject": "Ordine {number}: è accettato",
    "confirmed_title": "È accettato",
    "confirmed_text": "Il negozio ha verificato il suo ordine e lo sta preparando.",
    "refused_subject": "Ordine {number}: non abbiamo potuto accettarlo",
    "refused_title": "Non abbiamo potuto accettarlo",
    "refused_text": "Il negozio non può evadere questo ordine e se ne scusa. Non le sarà "
    "chiesto nulla.",
    "cancelled_subject": "Ordine {number}: è annullato",
    "cancelled_title": "È annullato",
    "cancelled_text": "Questo ordine è annullato. Non le sarà chiesto nulla.",
    "ready_subject": "Ordine {number}: è pronto",
    "ready_title": "È pronto",
    "ready_text": "Il suo ordine la aspetta al banco. Basta dire il codice.",
}
