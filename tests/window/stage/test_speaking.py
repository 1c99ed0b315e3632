"""What the window says, heard where it leaves the process."""

from kiosk.window.visit import actions


def read_the_first_piece(app, stage, send):
    piece = next(p for p in app.store.world.products.values() if p.story)
    for action in (actions.Wake(), actions.OpenProduct(piece.id)):
        send(action)
    stage.wait_until(lambda: app.store.visit.variant_id, 5, "the piece")
    send(actions.ReadAloud())
    return piece


def test_a_piece_is_read_aloud_to_its_end(app, stage, send, heard):
    piece = read_the_first_piece(app, stage, send)
    assert app.store.visit.aloud.reading
    stage.wait_until(lambda: not app.store.visit.aloud.reading, 10, "the end of the reading")
    voices, texts = zip(*heard(), strict=True)
    assert texts[0] == piece.title["fr"] and piece.pitch["fr"] in texts
    assert all(v.startswith("-v fr-fr -a 100 ") for v in voices)
