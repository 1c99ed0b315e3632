"""What messages to buyers say in French."""

TEXTS = {
    "hello": "Bonjour {name},",
    "hello_you": "Bonjour,",
    "when": "{day} à {time}",
    "order": "Commande",
    "code": "Code de retrait",
    "code_courier": "Code à donner à la livraison",
    "total": "Total",
    "collect_by": "Prête au plus tard {when}",
    "courier_by": "Chez vous au plus tard {when}",
    "collect_until": "À retirer avant {when}",
    "follow": "Suivre la commande",
    "ask": "Une question ?",
    "automatic": "Ce message part tout seul. Qui a le lien voit la commande : gardez-le pour vous.",
    "accepted_subject": "Commande {number} : c’est noté",
    "accepted_title": "C’est noté",
    "accepted_text": "Nous avons bien reçu votre commande et nous la préparons.",
    "needs_review_subject": "Commande {number} : nous vérifions un détail",
    "needs_review_title": "Nous vérifions un détail",
    "needs_review_text": "Votre commande est arrivée. Avant de vous la promettre, la boutique "
    "regarde un détail ; vous recevrez sa réponse ici. Rien n’est perdu, "
    "et rien n’est dû pour l’instant.",
    "confirmed_subject": "Commande {number} : elle est acceptée",
    "confirmed_title": "Elle est acceptée",
    "confirmed_text": "La boutique a vérifié votre commande et la prépare.",
    "refused_subject": "Commande {number} : nous n’avons pas pu l’accepter",
    "refused_title": "Nous n’avons pas pu l’accepter",
    "refused_text": "La boutique ne peut pas honorer cette commande, et le regrette. "
    "Rien ne vous sera demandé.",
    "cancelled_subject": "Commande {number} : elle est annulée",
    "cancelled_title": "Elle est annulée",
    "cancelled_text": "Cette commande est annulée. Rien ne vous sera demandé.",
    "ready_subject": "Commande {number} : elle est prête",
    "ready_title": "Elle est prête",
    "ready_text": "Votre commande vous attend au comptoir. Donnez le code, c’est tout.",
}
