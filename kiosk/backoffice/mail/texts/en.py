"""What messages to buyers say in English."""

TEXTS = {
    "hello": "Hello {name},",
    "hello_you": "Hello,",
    "when": "{day} at {time}",
    "order": "Order",
    "code": "Pick-up code",
    "code_courier": "Code to give at the door",
    "total": "Total",
    "collect_by": "Ready by {when}",
    "courier_by": "With you by {when}",
    "collect_until": "Collect it before {when}",
    "follow": "Follow the order",
    "ask": "A question?",
    "automatic": "This message is sent by itself. Whoever has the link sees the "
    "order: keep it to yourself.",
    "accepted_subject": "Order {number}: noted",
    "accepted_title": "Noted",
    "accepted_text": "Your order has arrived and we are preparing it.",
    "needs_review_subject": "Order {number}: we are checking something",
    "needs_review_title": "We are checking something",
    "needs_review_text": "Your order has arrived. Before the shop promises it, somebody looks "
    "at one detail; the answer comes to you here. Nothing is lost, and "
    "nothing is due for now.",
    "confirmed_subject": "Order {number}: it is accepted",
    "confirmed_title": "It is accepted",
    "confirmed_text": "The shop has checked your order and is preparing it.",
    "refused_subject": "Order {number}: we could not accept it",
    "refused_title": "We could not accept it",
    "refused_text": "The shop cannot honour this order, and is sorry. You will not be "
    "asked for anything.",
    "cancelled_subject": "Order {number}: it is cancelled",
    "cancelled_title": "It is cancelled",
    "cancelled_text": "This order is cancelled. You will not be asked for anything.",
    "ready_subject": "Order {number}: it is ready",
    "ready_title": "It is ready",
    "ready_text": "Your order is waiting at the counter. Give the code, that is all.",
}
