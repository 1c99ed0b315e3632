"""What the pages say of the camera in Dutch: to the courier, and to the buyer."""

COURIER = {
    "title": "Camera",
    "what": "De klant ziet de straat en hoort niets. Het beeld wordt onscherp gemaakt voordat "
    "iemand het ziet en wordt niet bewaard. Het stopt 150 m voor de deur.",
    "what_sharp": "De klant ziet de straat en hoort niets. Het beeld wordt niet onscherp "
    "gemaakt en wordt niet bewaard. Het stopt 150 m voor de deur.",
    "off": "Uit",
    "connecting": "Wacht op de camera",
    "live": "Live",
    "stalled": "De camera stuurt niets",
    "ended": "Voorbij voor deze bezorging",
    "early": "Aan te zetten zodra je onderweg bent.",
    "no_door": "Het adres staat niet op de kaart: niemand zou weten wanneer te stoppen.",
    "lost": "Positie onbekend: deel die, zodat de camera voor de deur stopt.",
    "open": "Aanzetten",
    "renew": "Nieuwe sleutel",
    "close": "Uitzetten",
    "address": "RTMP-adres voor de app van de camera",
    "server": "Of in twee delen: server",
    "stream_key": "streamsleutel",
    "once": "Wordt één keer getoond en geldt alleen voor deze bezorging.",
    "code": "QR-code van het RTMP-adres",
    "window": "Ook de etalage mag het beeld tonen, als klant en winkel het goedvinden.",
    "window_yes": "Toestaan",
    "window_no": "Niet meer",
}
ASKED = {
    "ask": "Mag de etalage het beeld van de rit tonen? Voorbijgangers zouden het zien.",
    "allowed": "De etalage mag het beeld van de rit tonen.",
    "yes": "Ja, tonen",
    "no": "Niet meer tonen",
}
# From "live" to "connecting" as on the glass: one person reads both.
STREET = {
    "simulated": "Gesimuleerd beeld",
    "label": "De straat, vanaf de fiets",
    "live": "Live vanaf de fiets",
    "stalled": "Beeld van {seconds} s geleden",
    "reconnecting": "Beeld van {seconds} s geleden, opnieuw verbinden…",
    "connecting": "De camera maakt verbinding…",
    "cannot": "Deze browser kan het beeld van de fiets niet tonen. De kaart loopt door.",
    "show": "Beeld tonen",
    "hide": "Verbergen",
}
