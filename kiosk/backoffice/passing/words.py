"""What is asked of buyers and couriers before a window tells passers-by of a ride."""

from kiosk.backoffice.vocabulary import Vocabulary

_KEYS = ("ask", "allowed", "yes", "no", "courier_ask", "courier_allowed")
_WORDS = {
    "fr": (
        "La vitrine peut-elle dire aux passants qu’une commande traverse le quartier ? Sans nom, "
        "sans numéro, sans adresse.",
        "La vitrine dit aux passants qu’une commande traverse le quartier, sans nom ni adresse.",
        "Oui, elle peut le dire",
        "Ne plus le dire",
        "La vitrine peut dire aux passants qu’un coursier traverse le quartier, si le client est "
        "d’accord : sans nom, à 150 m près, jamais près de la porte.",
        "La vitrine peut dire aux passants qu’un coursier traverse le quartier.",
    ),
    "en": (
        "May the shop window tell passers-by that an order is on its way through the quarter? No "
        "name, no number, no address.",
        "The shop window tells passers-by that an order is on its way, without name or address.",
        "Yes, it may say so",
        "Say it no longer",
        "The shop window may tell passers-by that a courier is on the way through the quarter, if "
        "the buyer agrees: without a name, to within 150 m, never near the door.",
        "The shop window may tell passers-by that a courier is on the way.",
    ),
    "de": (
        "Darf das Schaufenster Vorübergehenden sagen, dass eine Bestellung im Viertel unterwegs "
        "ist? Ohne Namen, ohne Nummer, ohne Adresse.",
        "Das Schaufenster sagt Vorübergehenden, dass eine Bestellung unterwegs ist, ohne Namen und "
        "Adresse.",
        "Ja, das darf es",
        "Nicht mehr sagen",
        "Das Schaufenster darf Vorübergehenden sagen, dass jemand im Viertel unterwegs ist, wenn "
        "auch der Kunde zustimmt: ohne Namen, auf 150 m genau, nie nahe der Tür.",
        "Das Schaufenster darf Vorübergehenden sagen, dass jemand unterwegs ist.",
    ),
    "es": (
        "¿Puede el escaparate decir a quienes pasan que un pedido cruza el barrio? Sin nombre, sin "
        "número, sin dirección.",
        "El escaparate dice a quienes pasan que un pedido está en camino, sin nombre ni dirección.",
        "Sí, puede decirlo",
        "No decirlo más",
        "El escaparate puede decir a quienes pasan que un repartidor cruza el barrio si el cliente "
        "está de acuerdo: sin nombre, con 150 m de margen, nunca cerca de la puerta.",
        "El escaparate puede decir a quienes pasan que un repartidor está en camino.",
    ),
    "it": (
        "La vetrina può dire ai passanti che un ordine attraversa il quartiere? Senza nome, senza "
        "numero, senza indirizzo.",
        "La vetrina dice ai passanti che un ordine è in viaggio, senza nome né indirizzo.",
        "Sì, può dirlo",
        "Non dirlo più",
        "La vetrina può dire ai passanti che un corriere attraversa il quartiere, se il cliente è "
        "d’accordo: senza nome, con 150 m di margine, mai vicino alla porta.",
        "La vetrina può dire ai passanti che un corriere è in viaggio.",
    ),
    "nl": (
        "Mag de etalage voorbijgangers zeggen dat er een bestelling door de buurt onderweg is? "
        "Zonder naam, zonder nummer, zonder adres.",
        "De etalage zegt voorbijgangers dat er een bestelling onderweg is, zonder naam of adres.",
        "Ja, dat mag",
        "Niet meer zeggen",
        "De etalage mag voorbijgangers zeggen dat er een koerier door de buurt rijdt, als de klant "
        "het goedvindt: zonder naam, op 150 m nauwkeurig, nooit bij de deur.",
        "De etalage mag voorbijgangers zeggen dat er een koerier onderweg is.",
    ),
    "ar": (
        "هل يجوز للواجهة أن تخبر المارّة بأن طلبًا يعبر الحيّ الآن؟ بلا اسم ولا رقم ولا عنوان.",
        "تخبر الواجهة المارّة بأن طلبًا في الطريق، بلا اسم ولا عنوان.",
        "نعم، يجوز لها ذلك",
        "لا تخبرهم بعد الآن",
        "يجوز للواجهة أن تخبر المارّة بأن مندوبًا يعبر الحيّ، إذا وافق العميل: بلا اسم، وبدقة 150 "
        "مترًا، وليس قرب الباب أبدًا.",
        "يجوز للواجهة أن تخبر المارّة بأن مندوبًا في الطريق.",
    ),
    "ja": (
        "ご注文の品が今この街を走っていると、ウィンドウで通行人に伝えてもよろしいですか？ "
        "お名前、番号、住所は出しません。",
        "ご注文の品が配達中であることを、お名前や住所なしでウィンドウが伝えています。",
        "はい、伝えてよい",
        "もう伝えない",
        "お客様の同意があれば、配達員が街を走っていることをウィンドウが通行人に伝えます。"
        "名前は出さず、位置は約150mの範囲、玄関の近くでは出しません。",
        "配達員が走行中であることを、ウィンドウが通行人に伝えられます。",
    ),
}

words_in = Vocabulary(
    (language, dict(zip(_KEYS, said, strict=True))) for language, said in _WORDS.items()
).words_in
