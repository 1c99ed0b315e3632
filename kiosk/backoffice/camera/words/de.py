"""What the pages say of the camera in German: to the courier, and to the buyer."""

COURIER = {
    "title": "Kamera",
    "what": "Wer bestellt hat, sieht die Straße und hört nichts. Das Bild wird unscharf "
    "gemacht, bevor es jemand sieht, und nicht aufbewahrt. 150 m vor der Tür hört es auf.",
    "what_sharp": "Wer bestellt hat, sieht die Straße und hört nichts. Das Bild wird nicht "
    "unscharf gemacht und nicht aufbewahrt. 150 m vor der Tür hört es auf.",
    "off": "Aus",
    "connecting": "Wartet auf die Kamera",
    "live": "Live",
    "stalled": "Die Kamera sendet nichts",
    "ended": "Für diese Lieferung vorbei",
    "early": "Sie lässt sich unterwegs einschalten.",
    "no_door": "Die Adresse ist auf keiner Karte: niemand wüsste, wann Schluss ist.",
    "lost": "Standort unbekannt: teile ihn, damit die Kamera vor der Tür aufhört.",
    "open": "Einschalten",
    "renew": "Neuer Schlüssel",
    "close": "Ausschalten",
    "address": "RTMP-Adresse für die App der Kamera",
    "server": "Oder in zwei Teilen: Server",
    "stream_key": "Streamschlüssel",
    "once": "Wird nur einmal gezeigt und gilt nur für diese Lieferung.",
    "code": "QR-Code der RTMP-Adresse",
    "window": "Auch das Schaufenster darf das Bild zeigen, wenn Kundschaft und Laden "
    "einverstanden sind.",
    "window_yes": "Erlauben",
    "window_no": "Nicht mehr",
}
ASKED = {
    "ask": "Darf das Schaufenster das Bild der Fahrt zeigen? Passanten würden es sehen.",
    "allowed": "Das Schaufenster darf das Bild der Fahrt zeigen.",
    "yes": "Ja, zeigen",
    "no": "Nicht mehr zeigen",
}
# From "live" to "connecting" as on the glass: one person reads both.
STREET = {
    "simulated": "Simuliertes Bild",
    "label": "Die Straße, vom Rad aus",
    "live": "Live vom Rad",
    "stalled": "Bild von vor {seconds} s",
    "reconnecting": "Bild von vor {seconds} s, wird neu verbunden …",
    "connecting": "Die Kamera verbindet sich …",
    "cannot": "Dieser Browser kann das Bild vom Rad nicht zeigen. Die Karte läuft weiter.",
    "show": "Bild zeigen",
    "hide": "Ausblenden",
}
