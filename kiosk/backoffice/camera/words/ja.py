"""What the pages say of the camera in Japanese: to the courier, and to the buyer."""

COURIER = {
    "title": "カメラ",
    "what": "お客様には道の映像だけが見え、音は聞こえません。映像は誰かが見る前にぼかされ、"
    "保存されません。ドアの150 m手前で止まります。",
    "what_sharp": "お客様には道の映像だけが見え、音は聞こえません。映像はぼかされず、"
    "保存されません。ドアの150 m手前で止まります。",
    "off": "オフ",
    "connecting": "カメラを待っています",
    "live": "ライブ",
    "stalled": "カメラから何も届きません",
    "ended": "この配達では終了しました",
    "early": "出発したらオンにできます。",
    "no_door": "住所が地図にないため、止める場所がわかりません。",
    "lost": "位置がわかりません。ドアの手前で止まるよう、位置を共有してください。",
    "open": "オンにする",
    "renew": "新しいキー",
    "close": "オフにする",
    "address": "カメラのアプリに入れるRTMPアドレス",
    "server": "または2つに分けて：サーバー",
    "stream_key": "ストリームキー",
    "once": "一度だけ表示されます。この配達でのみ使えます。",
    "code": "RTMPアドレスのQRコード",
    "window": "お客様と店が同意すれば、ショーウィンドウにも映像を表示できます。",
    "window_yes": "許可する",
    "window_no": "許可をやめる",
}
ASKED = {
    "ask": "ショーウィンドウに配達の映像を表示してもよいですか。通行人にも見えます。",
    "allowed": "ショーウィンドウに配達の映像を表示できます。",
    "yes": "はい、表示する",
    "no": "表示をやめる",
}
# From "live" to "connecting" as on the glass: one person reads both.
STREET = {
    "simulated": "シミュレーション映像",
    "label": "自転車から見た道",
    "live": "自転車からライブ",
    "stalled": "{seconds}秒前の映像",
    "reconnecting": "{seconds}秒前の映像、再接続中…",
    "connecting": "カメラに接続中…",
    "cannot": "このブラウザでは自転車の映像を再生できません。地図は引き続きご覧いただけます。",
    "show": "映像を表示",
    "hide": "隠す",
}
