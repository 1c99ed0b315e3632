"""What messages to buyers say in German."""

TEXTS = {
    "hello": "Guten Tag {name},",
    "hello_you": "Guten Tag,",
    "when": "{day} um {time} Uhr",
    "order": "Bestellung",
    "code": "Abholcode",
    "code_courier": "Code für die Übergabe",
    "total": "Summe",
    "collect_by": "Fertig bis {when}",
    "courier_by": "Bei Ihnen bis {when}",
    "collect_until": "Bitte abholen bis {when}",
    "follow": "Bestellung verfolgen",
    "ask": "Fragen?",
    "automatic": "Diese Nachricht wird automatisch verschickt. Wer den Link hat, "
    "sieht die Bestellung: Behalten Sie ihn für sich.",
    "accepted_subject": "Bestellung {number}: ist notiert",
    "accepted_title": "Ist notiert",
    "accepted_text": "Ihre Bestellung ist angekommen, und wir bereiten sie vor.",
    "needs_review_subject": "Bestellung {number}: wir prüfen noch etwas",
    "needs_review_title": "Wir prüfen noch etwas",
    "needs_review_text": "Ihre Bestellung ist angekommen. Bevor wir sie zusagen, sieht sich "
    "das Geschäft eine Einzelheit an; die Antwort bekommen Sie hier. "
    "Nichts ist verloren, und vorerst ist nichts zu bezahlen.",
    "confirmed_subject": "Bestellung {number}: sie ist angenommen",
    "confirmed_title": "Sie ist angenommen",
    "confirmed_text": "Das Geschäft hat Ihre Bestellung geprüft und bereitet sie vor.",
    "refused_subject": "Bestellung {number}: wir konnten sie nicht annehmen",
    "refused_title": "Wir konnten sie nicht annehmen",
    "refused_text": "Das Geschäft kann diese Bestellung leider nicht erfüllen. Es wird "
    "nichts von Ihnen verlangt.",
    "cancelled_subject": "Bestellung {number}: sie ist storniert",
    "cancelled_title": "Sie ist storniert",
    "cancelled_text": "Diese Bestellung ist storniert. Es wird nichts von Ihnen verlangt.",
    "ready_subject": "Bestellung {number}: sie liegt bereit",
    "ready_title": "Sie liegt bereit",
    "ready_text": "Ihre Bestellung wartet an der Theke auf Sie. Nennen Sie den Code, "
    "mehr braucht es nicht.",
}
