"""What the camera's parts of the courier's and the buyer's pages say."""

_FR = {
    "title": "Caméra",
    "what": "Le client voit la rue, jamais le son. L’image est floutée avant d’être vue, et "
    "n’est pas conservée. Elle s’arrête à 150 m de la porte.",
    "what_sharp": "Le client voit la rue, jamais le son. L’image n’est pas floutée et n’est pas "
    "conservée. Elle s’arrête à 150 m de la porte.",
    "off": "Éteinte",
    "connecting": "En attente de la caméra",
    "live": "En direct",
    "stalled": "La caméra n’envoie plus rien",
    "ended": "Terminé pour cette livraison",
    "early": "Elle s’allume une fois en route.",
    "no_door": "L’adresse n’est pas sur la carte : on ne saurait pas quand l’arrêter.",
    "lost": "Position inconnue : partagez-la, pour que la caméra s’arrête avant la porte.",
    "open": "Allumer la caméra",
    "renew": "Nouvelle clé",
    "close": "Éteindre",
    "address": "Adresse RTMP à coller dans l’application de la caméra",
    "server": "Ou en deux parties : serveur",
    "stream_key": "clé de diffusion",
    "once": "Affichée une seule fois. Elle ne sert qu’à cette livraison.",
    "code": "Code QR de l’adresse RTMP",
    "window": "La vitrine peut aussi montrer l’image, si le client et la boutique sont d’accord",
    "window_yes": "Autoriser la vitrine",
    "window_no": "Ne plus l’autoriser",
}
_EN = {
    "title": "Camera",
    "what": "The buyer sees the street, and never hears it. The picture is blurred before anybody "
    "sees it, and is not kept. It stops 150 m before the door.",
    "what_sharp": "The buyer sees the street, and never hears it. The picture is not blurred, and "
    "is not kept. It stops 150 m before the door.",
    "off": "Off",
    "connecting": "Waiting for the camera",
    "live": "Live",
    "stalled": "The camera sends nothing",
    "ended": "Over for this delivery",
    "early": "It can be switched on once you are on the way.",
    "no_door": "The address is not on the map: nobody would know when to stop.",
    "lost": "Position unknown: share it, so that the camera stops before the door.",
    "open": "Switch the camera on",
    "renew": "New key",
    "close": "Switch off",
    "address": "RTMP address, to paste into the camera’s app",
    "server": "Or in two parts: server",
    "stream_key": "stream key",
    "once": "Shown once. It is good for this delivery alone.",
    "code": "QR code of the RTMP address",
    "window": "The shop window may show the picture too, if the buyer and the shop agree",
    "window_yes": "Allow the window",
    "window_no": "Allow it no longer",
}


def words_in(language: str) -> dict[str, str]:
    """The words of a language; English where the courier's page does not speak it."""
    return _FR if language == "fr" else _EN


_BUYER = {
    "fr": (
        "La vitrine peut-elle montrer l’image du trajet ? Les passants la verraient.",
        "La vitrine peut montrer l’image du trajet.",
        "Oui, la montrer",
        "Ne plus la montrer",
    ),
    "en": (
        "May the shop window show the picture of the ride? Passers-by would see it.",
        "The shop window may show the picture of the ride.",
        "Yes, show it",
        "Show it no longer",
    ),
    "de": (
        "Darf das Schaufenster das Bild der Fahrt zeigen? Passanten würden es sehen.",
        "Das Schaufenster darf das Bild der Fahrt zeigen.",
        "Ja, zeigen",
        "Nicht mehr zeigen",
    ),
    "es": (
        "¿Puede el escaparate mostrar la imagen del trayecto? Los transeúntes la verían.",
        "El escaparate puede mostrar la imagen del trayecto.",
        "Sí, mostrarla",
        "No mostrarla más",
    ),
    "it": (
        "La vetrina può mostrare l’immagine del percorso? I passanti la vedrebbero.",
        "La vetrina può mostrare l’immagine del percorso.",
        "Sì, mostrala",
        "Non mostrarla più",
    ),
    "nl": (
        "Mag de etalage het beeld van de rit tonen? Voorbijgangers zouden het zien.",
        "De etalage mag het beeld van de rit tonen.",
        "Ja, tonen",
        "Niet meer tonen",
    ),
    "ar": (
        "هل يجوز أن تعرض الواجهة صورة الرحلة؟ سيراها المارّة.",
        "يجوز أن تعرض الواجهة صورة الرحلة.",
        "نعم، اعرضوها",
        "لا تعرضوها بعد الآن",
    ),
    "ja": (
        "ショーウィンドウに配達の映像を表示してもよいですか。通行人にも見えます。",
        "ショーウィンドウに配達の映像を表示できます。",
        "はい、表示する",
        "表示をやめる",
    ),
}


def buyer_words_in(language: str) -> dict[str, str]:
    """What the buyer is asked, in the words of a language; English where we do not speak it."""
    return dict(
        zip(("ask", "allowed", "yes", "no"), _BUYER.get(language, _BUYER["en"]), strict=True)
    )


_STREET_KEYS = ("label", "live", "stalled", "reconnecting", "connecting", "cannot", "show", "hide")
# From "live" to "connecting" as on the glass: one person reads both.
_STREET = {
    "fr": (
        "La rue, depuis le vélo",
        "En direct du vélo",
        "Image d’il y a {seconds} s",
        "Image d’il y a {seconds} s, reconnexion…",
        "La caméra se connecte…",
        "Ce navigateur ne sait pas lire l’image du vélo. La carte, elle, continue.",
        "Voir l’image",
        "Masquer",
    ),
    "en": (
        "The street, from the bike",
        "Live from the bike",
        "Picture from {seconds} s ago",
        "Picture from {seconds} s ago, reconnecting…",
        "The camera is connecting…",
        "This browser cannot play the picture from the bike. The map goes on.",
        "Show the picture",
        "Hide",
    ),
    "de": (
        "Die Straße, vom Rad aus",
        "Live vom Rad",
        "Bild von vor {seconds} s",
        "Bild von vor {seconds} s, wird neu verbunden …",
        "Die Kamera verbindet sich …",
        "Dieser Browser kann das Bild vom Rad nicht zeigen. Die Karte läuft weiter.",
        "Bild zeigen",
        "Ausblenden",
    ),
    "es": (
        "La calle, desde la bici",
        "En directo desde la bici",
        "Imagen de hace {seconds} s",
        "Imagen de hace {seconds} s, reconectando…",
        "La cámara se está conectando…",
        "Este navegador no puede mostrar la imagen de la bici. El mapa sigue.",
        "Ver la imagen",
        "Ocultar",
    ),
    "it": (
        "La strada, dalla bici",
        "In diretta dalla bici",
        "Immagine di {seconds} s fa",
        "Immagine di {seconds} s fa, riconnessione…",
        "La telecamera si sta collegando…",
        "Questo browser non può mostrare l’immagine della bici. La mappa continua.",
        "Mostra l’immagine",
        "Nascondi",
    ),
    "nl": (
        "De straat, vanaf de fiets",
        "Live vanaf de fiets",
        "Beeld van {seconds} s geleden",
        "Beeld van {seconds} s geleden, opnieuw verbinden…",
        "De camera maakt verbinding…",
        "Deze browser kan het beeld van de fiets niet tonen. De kaart loopt door.",
        "Beeld tonen",
        "Verbergen",
    ),
    "ar": (
        "الشارع من الدراجة",
        "مباشر من الدراجة",
        "صورة قبل {seconds} ث",
        "صورة قبل {seconds} ث، تتم إعادة الاتصال…",
        "الكاميرا قيد الاتصال…",
        "لا يستطيع هذا المتصفح عرض صورة الدراجة. الخريطة مستمرة.",
        "عرض الصورة",
        "إخفاء",
    ),
    "ja": (
        "自転車から見た道",
        "自転車からライブ",
        "{seconds}秒前の映像",
        "{seconds}秒前の映像、再接続中…",
        "カメラに接続中…",
        "このブラウザでは自転車の映像を再生できません。地図は引き続きご覧いただけます。",
        "映像を表示",
        "隠す",
    ),
}


def street_words_in(language: str) -> dict[str, str]:
    """What is said of the picture on the buyer's page; English where we do not speak it."""
    return dict(zip(_STREET_KEYS, _STREET.get(language, _STREET["en"]), strict=True))
