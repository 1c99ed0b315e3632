"""What the pages for buyers say, in the order's or the link's language."""

from datetime import date, datetime, timedelta

from kiosk.shop import formats
from kiosk.shop.money import Money

WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "order": "Commande",
        "code": "Code de retrait",
        "code_courier": "Code à donner à la livraison",
        "lines": "Votre commande",
        "subtotal": "Sous-total",
        "fee": "Livraison",
        "free": "offerte",
        "total": "Total",
        "today": "aujourd’hui",
        "tomorrow": "demain",
        "at": "{day} à {time}",
        "collect_by": "Prête {when}",
        "collect_until": "À retirer avant {when}.",
        "courier_by": "Chez vous {when}",
        "courier_eta": "Chez vous vers {time}",
        "soon": "Votre livreur arrive",
        "prepared_from": "Préparée à partir de {when}.",
        "needs_review": "Nous vérifions un détail",
        "needs_review_more": "La boutique regarde votre commande et vous écrit ou vous appelle. "
        "Rien n’est perdu, et rien n’est dû pour l’instant.",
        "accepted": "C’est noté",
        "preparing": "En préparation",
        "ready": "Prête",
        "ready_more": "Votre commande vous attend au comptoir. Donnez le code, c’est tout.",
        "ready_courier": "Prête, le livreur arrive à la boutique",
        "handed_over": "En route",
        "completed": "Remise",
        "completed_more": "Merci, et à bientôt.",
        "delivered": "Livrée",
        "refused": "Nous n’avons pas pu l’accepter",
        "refused_more": "La boutique n’a pas pu honorer cette commande. Rien ne vous sera demandé.",
        "cancelled": "Annulée",
        "cancelled_more": "Cette commande est annulée. Rien ne vous sera demandé.",
        "price_changed": "un prix a changé",
        "sold_out": "une pièce vient de partir",
        "product_gone": "une pièce n’est plus vendue",
        "out_of_area": "l’adresse est hors de notre zone",
        "no_promise": "aucun horaire ne convient encore",
        "not_yet": "une pièce n’est pas encore en vente",
        "unreadable": "la boutique doit retrouver vos coordonnées",
        "unsigned": "la boutique vérifie d’où vient la commande",
        "too_many": "plusieurs commandes se suivent de près",
        "shop": "La boutique",
        "call": "Appeler",
        "write": "Écrire",
        "courier": "Livraison par {name}",
        "map": "Carte de la livraison",
        "map_invented": "Quartier imaginaire",
        "map_shop": "boutique",
        "map_home": "chez vous",
        "position_age": "Position d’il y a {age}",
        "seconds": "{n} s",
        "minutes": "{n} min",
        "demo": "Démonstration : le livreur est simulé, rien ne sera livré.",
        "demo_order": "Démonstration : cette commande n’est pas réelle.",
        "live": "Mise à jour en direct",
        "offline": "Pas de connexion : dernière mise à jour à {time}",
        "unknown": "Ce lien n’existe pas",
        "unknown_more": "Vérifiez qu’il est complet, ou rescannez le code affiché par la vitrine.",
        "pieces": "{n} × ",
        "your_pieces": "Vu dans la vitrine",
        "from": "à partir de {price}",
        "in_stock": "en stock",
        "left": "plus que {n}",
        "one_left": "le dernier",
        "out": "épuisé",
        "open_until": "Ouvert jusqu’à {time}",
        "opens": "Fermé. Ouvre {when}.",
        "closed": "Fermé",
        "where": "Y aller",
        "demo_shop": "Démonstration : cette boutique et ces pièces sont inventées.",
    },
    "en": {
        "order": "Order",
        "code": "Pick-up code",
        "code_courier": "Code to give at the door",
        "lines": "Your order",
        "subtotal": "Subtotal",
        "fee": "Delivery",
        "free": "free",
        "total": "Total",
        "today": "today",
        "tomorrow": "tomorrow",
        "at": "{day} at {time}",
        "collect_by": "Ready {when}",
        "collect_until": "Collect it before {when}.",
        "courier_by": "With you {when}",
        "courier_eta": "With you around {time}",
        "soon": "Your courier is arriving",
        "prepared_from": "Prepared from {when}.",
        "needs_review": "We are checking something",
        "needs_review_more": "The shop is looking at your order and will write or call. "
        "Nothing is lost, and nothing is due for now.",
        "accepted": "Noted",
        "preparing": "Being prepared",
        "ready": "Ready",
        "ready_more": "Your order is waiting at the counter. Give the code, that is all.",
        "ready_courier": "Ready, the courier is coming to the shop",
        "handed_over": "On its way",
        "completed": "Collected",
        "completed_more": "Thank you, and see you soon.",
        "delivered": "Delivered",
        "refused": "We could not accept it",
        "refused_more": "The shop could not honour this order. You will not be asked for anything.",
        "cancelled": "Cancelled",
        "cancelled_more": "This order is cancelled. You will not be asked for anything.",
        "price_changed": "a price has changed",
        "sold_out": "a piece has just sold out",
        "product_gone": "a piece is no longer sold",
        "out_of_area": "the address is outside our area",
        "no_promise": "no time suits yet",
        "not_yet": "a piece is not on sale yet",
        "unreadable": "the shop must find your details again",
        "unsigned": "the shop checks where the order came from",
        "too_many": "several orders came close together",
        "shop": "The shop",
        "call": "Call",
        "write": "Write",
        "courier": "Delivered by {name}",
        "map": "Map of the delivery",
        "map_invented": "Imaginary quarter",
        "map_shop": "shop",
        "map_home": "you",
        "position_age": "Position {age} old",
        "seconds": "{n} s",
        "minutes": "{n} min",
        "demo": "Demonstration: the courier is simulated, nothing will be delivered.",
        "demo_order": "Demonstration: this order is not real.",
        "live": "Updated live",
        "offline": "No connection: last update at {time}",
        "unknown": "This link does not exist",
        "unknown_more": "Check that it is complete, or scan the code on the window again.",
        "pieces": "{n} × ",
        "your_pieces": "Seen in the window",
        "from": "from {price}",
        "in_stock": "in stock",
        "left": "only {n} left",
        "one_left": "the last one",
        "out": "sold out",
        "open_until": "Open until {time}",
        "opens": "Closed. Opens {when}.",
        "closed": "Closed",
        "where": "Find us",
        "demo_shop": "Demonstration: this shop and these pieces are invented.",
    },
}


def words_in(language: str) -> dict[str, str]:
    """The words of a language; English where we do not speak it."""
    return WORDS.get(language, WORDS["en"])


def spoken(language: str) -> str:
    """The language of the words that `words_in` gives."""
    return language if language in WORDS else "en"


def money(amount: Money, language: str) -> str:
    """ "128 €", as on the glass."""
    return formats.money(amount, spoken(language))


def clock(at: datetime, language: str) -> str:
    """ "10:30"; `at` is in the shop's zone."""
    return formats.clock(at, spoken(language))


def moment(at: datetime, today: date, language: str) -> str:
    """ "aujourd’hui à 10:30", "demain à 9:40", "mardi 3 juin à 10:30"."""
    words = words_in(language)
    if at.date() == today:
        day = words["today"]
    elif at.date() == today + timedelta(days=1):
        day = words["tomorrow"]
    else:
        day = formats.day(at.date(), spoken(language))
    return words["at"].format(day=day, time=clock(at, language))
