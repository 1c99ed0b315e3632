"""What the pages say of the camera in French: to the courier, and to the buyer."""

COURIER = {
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
    "open": "Allumer",
    "renew": "Nouvelle clé",
    "close": "Éteindre",
    "address": "Adresse RTMP à coller dans l’application de la caméra",
    "server": "Ou en deux parties : serveur",
    "stream_key": "clé de diffusion",
    "once": "Affichée une seule fois. Elle ne sert qu’à cette livraison.",
    "code": "Code QR de l’adresse RTMP",
    "window": "La vitrine peut aussi montrer l’image, si le client et la boutique sont d’accord.",
    "window_yes": "Autoriser",
    "window_no": "Ne plus autoriser",
}
ASKED = {
    "ask": "La vitrine peut-elle montrer l’image du trajet ? Les passants la verraient.",
    "allowed": "La vitrine peut montrer l’image du trajet.",
    "yes": "Oui, la montrer",
    "no": "Ne plus la montrer",
}
# From "live" to "connecting" as on the glass: one person reads both.
STREET = {
    "simulated": "Image simulée",
    "label": "La rue, depuis le vélo",
    "live": "En direct du vélo",
    "stalled": "Image d’il y a {seconds} s",
    "reconnecting": "Image d’il y a {seconds} s, reconnexion…",
    "connecting": "La caméra se connecte…",
    "cannot": "Ce navigateur ne sait pas lire l’image du vélo. La carte, elle, continue.",
    "show": "Voir l’image",
    "hide": "Masquer",
}
