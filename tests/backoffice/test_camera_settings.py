"""What a shop may say of its media server, and what it may not leave out."""

import pytest
from backoffice_data import CAMERA

from kiosk.backoffice.camera.server import CameraServerError, camera_server_from


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SERVER": "wowza"}, "mediamtx or nginx-rtmp"),
        ({"INGEST": "http://x/courier"}, "rtmps://"),
        ({"INGEST": "rtmp://x/live"}, "/courier"),
        ({"WATCH": "rtmp://u:p@x/ride"}, "/ride"),
        ({"BLUR": "720"}, "faces could be recognised"),
        ({"BLUR": "8"}, "32"),
        ({"BLUR": "none"}, "say why"),
        ({"BLUR": "none: why not"}, "say why"),
        ({"ON_GLASS": "perhaps"}, "yes or no"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(changed: dict[str, str], said: str) -> None:
    with pytest.raises(CameraServerError, match=said):
        camera_server_from(CAMERA | {f"KIOSK_CAMERA_{k}": v for k, v in changed.items()})


def test_the_blur_is_there_unless_somebody_said_why_not() -> None:
    usual = camera_server_from(CAMERA)
    assert usual and usual.blur.across == 96
    reason = "none: only on our own fenced yard"
    none = camera_server_from(CAMERA | {"KIOSK_CAMERA_BLUR": reason})
    assert none and none.blur.across is None
