"""What the pages say of the camera in English: to the courier, and to the buyer."""

COURIER = {
    "title": "Camera",
    "what": "The buyer sees the street, and never hears it. The picture is blurred before "
    "anybody sees it, and is not kept. It stops 150 m before the door.",
    "what_sharp": "The buyer sees the street, and never hears it. The picture is not blurred, "
    "and is not kept. It stops 150 m before the door.",
    "off": "Off",
    "connecting": "Waiting for the camera",
    "live": "Live",
    "stalled": "The camera sends nothing",
    "ended": "Over for this delivery",
    "early": "It can be switched on once you are on the way.",
    "no_door": "The address is not on the map: nobody would know when to stop.",
    "lost": "Position unknown: share it, so that the camera stops before the door.",
    "open": "Switch on",
    "renew": "New key",
    "close": "Switch off",
    "address": "RTMP address, to paste into the camera’s app",
    "server": "Or in two parts: server",
    "stream_key": "stream key",
    "once": "Shown once. It is good for this delivery alone.",
    "code": "QR code of the RTMP address",
    "window": "The shop window may show the picture too, if the buyer and the shop agree.",
    "window_yes": "Allow",
    "window_no": "No longer",
}
ASKED = {
    "ask": "May the shop window show the picture of the ride? Passers-by would see it.",
    "allowed": "The shop window may show the picture of the ride.",
    "yes": "Yes, show it",
    "no": "Show it no longer",
}
# From "live" to "connecting" as on the glass: one person reads both.
STREET = {
    "simulated": "Simulated picture",
    "label": "The street, from the bike",
    "live": "Live from the bike",
    "stalled": "Picture from {seconds} s ago",
    "reconnecting": "Picture from {seconds} s ago, reconnecting…",
    "connecting": "The camera is connecting…",
    "cannot": "This browser cannot play the picture from the bike. The map goes on.",
    "show": "Show the picture",
    "hide": "Hide",
}
