"""What a buyer reads of the code that their phone holds up to a window's camera.

`how` names two buttons of the glass: a test reads them there.
"""

_KEYS = ("ask", "show", "title", "how", "good", "over", "anew", "later", "offline", "label")
_WORDS = {
    "fr": (
        "Vous êtes devant la vitrine ? Sa caméra retrouve cette commande grâce à un code.",
        "Montrer à la vitrine",
        "À présenter à la vitrine",
        "Sur la vitrine, touchez « Ma commande », puis « Allumer la caméra ». Augmentez la "
        "luminosité de votre écran.",
        "Valable deux minutes, pour une seule vitrine. Ce code ne dit rien de vous.",
        "Ce code est périmé.",
        "Afficher un nouveau code",
        "Trop de codes ont été demandés. Le numéro et le code de la commande marchent toujours.",
        "Pas de connexion : pas de nouveau code pour l’instant.",
        "Code pour la caméra de la vitrine",
    ),
    "en": (
        "Standing in front of the window? Its camera finds this order by a code.",
        "Show at the window",
        "Hold this up to the window",
        "On the window touch “My order”, then “Turn on the camera”. Make your screen bright.",
        "Good for two minutes and for one window. Nothing about you is in it.",
        "This code is over.",
        "Show a new code",
        "Too many codes were asked for. The order’s number and code still work.",
        "No connection: there is no new code for now.",
        "Code for the window’s camera",
    ),
    "de": (
        "Stehen Sie vor dem Schaufenster? Seine Kamera findet diese Bestellung mit einem Code.",
        "Dem Schaufenster zeigen",
        "Vor die Kamera halten",
        "Tippen Sie am Schaufenster auf „Meine Bestellung“, dann auf „Kamera einschalten“. "
        "Stellen Sie Ihren Bildschirm hell.",
        "Zwei Minuten gültig, für ein einziges Schaufenster. Über Sie steht nichts darin.",
        "Dieser Code ist abgelaufen.",
        "Neuen Code zeigen",
        "Es wurden zu viele Codes verlangt. Nummer und Code der Bestellung gelten weiterhin.",
        "Keine Verbindung: Im Moment gibt es keinen neuen Code.",
        "Code für die Kamera des Schaufensters",
    ),
    "es": (
        "¿Está delante del escaparate? Su cámara encuentra este pedido con un código.",
        "Mostrar al escaparate",
        "Acérquelo al escaparate",
        "En el escaparate, toque «Mi pedido» y después «Encender la cámara». Suba el brillo de su "
        "pantalla.",
        "Vale dos minutos y para un solo escaparate. No lleva nada sobre usted.",
        "Este código ha caducado.",
        "Mostrar un código nuevo",
        "Se han pedido demasiados códigos. El número y el código del pedido siguen valiendo.",
        "Sin conexión: de momento no hay código nuevo.",
        "Código para la cámara del escaparate",
    ),
    "it": (
        "È davanti alla vetrina? La sua telecamera trova questo ordine con un codice.",
        "Mostra alla vetrina",
        "Da mostrare alla vetrina",
        "Sulla vetrina tocchi «Il mio ordine», poi «Accendi la telecamera». Alzi la luminosità "
        "dello schermo.",
        "Vale due minuti e per una sola vetrina. Non dice nulla di lei.",
        "Questo codice è scaduto.",
        "Mostra un nuovo codice",
        "Sono stati chiesti troppi codici. Il numero e il codice dell’ordine valgono ancora.",
        "Nessuna connessione: per ora non c’è un nuovo codice.",
        "Codice per la telecamera della vetrina",
    ),
    "nl": (
        "Staat u voor de etalage? De camera vindt deze bestelling met een code.",
        "Aan de etalage tonen",
        "Houd dit voor de etalage",
        "Tik op de etalage op ‘Mijn bestelling’ en dan op ‘Camera aanzetten’. Zet uw scherm op "
        "zijn helderst.",
        "Twee minuten geldig, voor één etalage. Er staat niets over u in.",
        "Deze code is verlopen.",
        "Nieuwe code tonen",
        "Er zijn te veel codes gevraagd. Het nummer en de code van de bestelling werken nog.",
        "Geen verbinding: er is nu geen nieuwe code.",
        "Code voor de camera van de etalage",
    ),
    "ar": (
        "هل أنت أمام الواجهة؟ تستطيع الكاميرا العثور على هذا الطلب برمز.",
        "اعرضه على الواجهة",
        "قرّبه من الواجهة",
        "على الواجهة المس «طلبي» ثم «تشغيل الكاميرا». ارفع سطوع شاشتك.",
        "صالح لدقيقتين ولواجهة واحدة فقط. لا يحتوي على أي شيء عنك.",
        "انتهت صلاحية هذا الرمز.",
        "اعرض رمزًا جديدًا",
        "طُلبت رموز كثيرة. رقم الطلب ورمزه ما زالا صالحين.",
        "لا يوجد اتصال: لا رمز جديد في الوقت الحالي.",
        "رمز لكاميرا الواجهة",
    ),
    "ja": (
        "ウィンドウの前にいらっしゃいますか？カメラにコードをかざすと、このご注文が表示されます。",
        "ウィンドウに見せる",
        "ウィンドウにかざしてください",
        "ウィンドウで「注文の確認」、次に「カメラをオンにする」に触れてください。"
        "画面は明るくしてください。",
        "2分間、一つのウィンドウでのみ有効です。お客様の情報は含まれません。",
        "このコードの有効期限が切れました。",
        "新しいコードを表示",
        "コードの発行回数が多すぎます。注文番号とコードは引き続きご利用いただけます。",
        "接続がありません。今は新しいコードを表示できません。",
        "ウィンドウのカメラ用コード",
    ),
}


def words_in(language: str) -> dict[str, str]:
    """The words of a language; English where we do not speak it."""
    return dict(zip(_KEYS, _WORDS.get(language, _WORDS["en"]), strict=True))
