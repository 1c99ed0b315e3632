"""What the pages say of the camera in Spanish: to the courier, and to the buyer."""

COURIER = {
    "title": "Cámara",
    "what": "El cliente ve la calle y no oye nada. La imagen se difumina antes de que nadie la "
    "vea y no se guarda. Se detiene a 150 m de la puerta.",
    "what_sharp": "El cliente ve la calle y no oye nada. La imagen no se difumina y no se "
    "guarda. Se detiene a 150 m de la puerta.",
    "off": "Apagada",
    "connecting": "Esperando a la cámara",
    "live": "En directo",
    "stalled": "La cámara no envía nada",
    "ended": "Terminada para esta entrega",
    "early": "Se puede encender una vez en camino.",
    "no_door": "La dirección no está en el mapa: nadie sabría cuándo pararla.",
    "lost": "Posición desconocida: compártela para que la cámara pare antes de la puerta.",
    "open": "Encender",
    "renew": "Clave nueva",
    "close": "Apagar",
    "address": "Dirección RTMP para la aplicación de la cámara",
    "server": "O en dos partes: servidor",
    "stream_key": "clave de transmisión",
    "once": "Solo se muestra una vez y solo vale para esta entrega.",
    "code": "Código QR de la dirección RTMP",
    "window": "El escaparate también puede mostrar la imagen, si el cliente y la tienda están "
    "de acuerdo.",
    "window_yes": "Permitir",
    "window_no": "Ya no",
}
ASKED = {
    "ask": "¿Puede el escaparate mostrar la imagen del trayecto? Los transeúntes la verían.",
    "allowed": "El escaparate puede mostrar la imagen del trayecto.",
    "yes": "Sí, mostrarla",
    "no": "No mostrarla más",
}
# From "live" to "connecting" as on the glass: one person reads both.
STREET = {
    "simulated": "Imagen simulada",
    "label": "La calle, desde la bici",
    "live": "En directo desde la bici",
    "stalled": "Imagen de hace {seconds} s",
    "reconnecting": "Imagen de hace {seconds} s, reconectando…",
    "connecting": "La cámara se está conectando…",
    "cannot": "Este navegador no puede mostrar la imagen de la bici. El mapa sigue.",
    "show": "Ver la imagen",
    "hide": "Ocultar",
}
