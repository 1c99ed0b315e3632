"""What the pages say of the camera in Italian: to the courier, and to the buyer."""

COURIER = {
    "title": "Telecamera",
    "what": "Il cliente vede la strada e non sente nulla. L’immagine viene sfocata prima che "
    "qualcuno la veda e non viene conservata. Si ferma a 150 m dalla porta.",
    "what_sharp": "Il cliente vede la strada e non sente nulla. L’immagine non viene sfocata e "
    "non viene conservata. Si ferma a 150 m dalla porta.",
    "off": "Spenta",
    "connecting": "In attesa della telecamera",
    "live": "In diretta",
    "stalled": "La telecamera non invia nulla",
    "ended": "Finita per questa consegna",
    "early": "Si accende una volta in viaggio.",
    "no_door": "L’indirizzo non è sulla mappa: nessuno saprebbe quando fermarla.",
    "lost": "Posizione sconosciuta: condividila, così la telecamera si ferma prima della porta.",
    "open": "Accendi",
    "renew": "Nuova chiave",
    "close": "Spegni",
    "address": "Indirizzo RTMP per l’app della telecamera",
    "server": "Oppure in due parti: server",
    "stream_key": "chiave di trasmissione",
    "once": "Mostrato una sola volta, vale solo per questa consegna.",
    "code": "Codice QR dell’indirizzo RTMP",
    "window": "Anche la vetrina può mostrare l’immagine, se cliente e negozio sono d’accordo.",
    "window_yes": "Consenti",
    "window_no": "Non più",
}
ASKED = {
    "ask": "La vetrina può mostrare l’immagine del percorso? I passanti la vedrebbero.",
    "allowed": "La vetrina può mostrare l’immagine del percorso.",
    "yes": "Sì, mostrala",
    "no": "Non mostrarla più",
}
# From "live" to "connecting" as on the glass: one person reads both.
STREET = {
    "simulated": "Immagine simulata",
    "label": "La strada, dalla bici",
    "live": "In diretta dalla bici",
    "stalled": "Immagine di {seconds} s fa",
    "reconnecting": "Immagine di {seconds} s fa, riconnessione…",
    "connecting": "La telecamera si sta collegando…",
    "cannot": "Questo browser non può mostrare l’immagine della bici. La mappa continua.",
    "show": "Mostra l’immagine",
    "hide": "Nascondi",
}
