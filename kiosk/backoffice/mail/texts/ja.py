"""What messages to buyers say in Japanese."""

TEXTS = {
    "hello": "{name} 様",
    "hello_you": "お客様",
    "when": "{day} {time}",
    "order": "ご注文",
    "code": "受け取りコード",
    "code_courier": "お届け時にお伝えいただくコード",
    "total": "合計",
    "collect_by": "{when}までにご用意します",
    "courier_by": "{when}までにお届けします",
    "collect_until": "{when}までにお受け取りください",
    "follow": "ご注文の状況を見る",
    "ask": "ご質問は",
    "automatic": "このメールは自動で送信されています。"
    "リンクを知っている人は誰でもご注文を見られますので、"
    "他の方に渡さないでください。",
    "accepted_subject": "ご注文 {number}：承りました",
    "accepted_title": "承りました",
    "accepted_text": "ご注文が届きました。ただいまご用意しています。",
    "needs_review_subject": "ご注文 {number}：確認しています",
    "needs_review_title": "確認しています",
    "needs_review_text": "ご注文は届いています。お約束の前に、店が一点だけ確認し、"
    "結果をこのメールアドレスにお知らせします。ご注文は失われておらず、"
    "現時点でお支払いはありません。",
    "confirmed_subject": "ご注文 {number}：お受けしました",
    "confirmed_title": "お受けしました",
    "confirmed_text": "店がご注文を確認し、ご用意しています。",
    "refused_subject": "ご注文 {number}：お受けできませんでした",
    "refused_title": "お受けできませんでした",
    "refused_text": "申し訳ございませんが、このご注文にはお応えできません。"
    "お支払いは一切ありません。",
    "cancelled_subject": "ご注文 {number}：取り消されました",
    "cancelled_title": "取り消されました",
    "cancelled_text": "このご注文は取り消されました。お支払いは一切ありません。",
    "ready_subject": "ご注文 {number}：ご用意できました",
    "ready_title": "ご用意できました",
    "ready_text": "ご注文の品はカウンターでお待ちしています。"
    "コードをお伝えいただくだけで結構です。",
}
