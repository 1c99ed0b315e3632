"""Configurations of media servers: on loopback unless told otherwise, no password in any default.

Both let a stream in only with the back office's word, keep nothing, and hand on what their own
ffmpeg makes of it: no sound, no other data that a camera may add (a GoPro's telemetry names its
place), and a picture that holds no more elements than the shop allows.
"""

import shlex
from dataclasses import dataclass
from pathlib import Path

from kiosk.backoffice.camera.keys import hook_secret, inner_secret
from kiosk.backoffice.camera.server import Blur

# What is shown: enough for half the width of a glass, and for what is left of the picture.
LONGER_SIDE, RATE = 640, 25
# Whole pictures are half a second apart: whoever begins to watch, or comes back, waits for one.
WHOLE_EVERY = RATE // 2
# And closer at first: whoever was told that the camera sends comes within these seconds.
AT_FIRST = "expr:lt(t,3)*gte(t,n_forced*0.16)"
# What a phone may ask nginx for. The token in its middle is the back office's matter.
_PIECE = (
    "^/ride/(?<channel>[A-Za-z0-9_-]{8,32})/[^/]+/"
    "(?:index|ride-\\k<channel>)(?<piece>[.]m3u8|-(?:head|[0-9]+)[.]m(?:p4|4s))$"
)


@dataclass(frozen=True, slots=True)
class Wiring:
    """`backoffice` is where the media server asks, `host` where it listens for cameras and windows.

    `folder` holds what the server writes while it runs. `certificate` and `key` are files, for
    RTMPS and HTTPS (MediaMTX).
    """

    backoffice: str = "http://127.0.0.1:8420"
    host: str = "127.0.0.1"
    rtmp_port: int = 1935
    phones_port: int = 8888
    control_port: int = 8421
    folder: Path = Path("/run/vitrine-camera")
    certificate: Path | None = None
    key: Path | None = None


def blur_command(source: str, target: str, blur: Blur, *, rtsp: bool = False) -> list[str]:
    """The stage between a camera and those who watch, as ffmpeg's arguments."""
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-flags", "low_delay"]
    # What it looks at first is decoded, too (without "nobuffer"), or it would wait for the next
    # whole picture. It begins with the first one and counts none to tell their rate, which takes as
    # long again; over RTMP it must not give up before: sound comes at once, a whole picture within
    # seconds.
    command += ["-fpsprobesize", "0", "-probesize", "65536"]
    command += ["-analyzeduration", "300000" if rtsp else "5000000"]
    if rtsp:
        command += ["-rtsp_transport", "tcp"]
    command += ["-i", source, "-map", "0:v:0", "-an", "-sn", "-dn", "-map_metadata", "-1"]
    if blur.across is None:
        command += ["-c:v", "copy"]
    else:
        command += ["-vf", ",".join(_filters(blur.across)), "-c:v", "libx264"]
        command += ["-preset", "ultrafast", "-tune", "zerolatency", "-profile:v", "baseline"]
        command += ["-pix_fmt", "yuv420p", "-g", str(WHOLE_EVERY), "-b:v", "700k"]
        command += ["-force_key_frames", AT_FIRST]
        command += ["-maxrate", "900k", "-bufsize", "300k", "-threads", "1"]
    command += ["-flush_packets", "1"]
    command += ["-f", "rtsp", "-rtsp_transport", "tcp"] if rtsp else ["-f", "flv"]
    return [*command, target]


def pieces_command(source: str, target: str) -> list[str]:
    """What cuts a ride's stream into the pieces that phones fetch, as ffmpeg's arguments: the last
    five seconds, which nginx takes away with the stream. MediaMTX does this by itself, in memory.
    """
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-fflags", "nobuffer"]
    command += ["-probesize", "65536", "-analyzeduration", "300000", "-i", source]
    # A piece ends with the first whole picture after this time: two of them, just under a second.
    command += ["-map", "0:v:0", "-c", "copy", "-f", "hls", "-hls_time", "0.9"]
    command += ["-hls_list_size", "5", "-hls_delete_threshold", "1"]
    command += ["-hls_flags", "delete_segments+independent_segments"]
    command += ["-hls_segment_type", "fmp4"]
    command += ["-hls_fmp4_init_filename", f"{target.rpartition('/')[2]}-head.mp4"]
    return [*command, "-hls_segment_filename", f"{target}-%d.m4s", f"{target}.m3u8"]


def _filters(across: int) -> list[str]:
    fit = "force_original_aspect_ratio=decrease:force_divisible_by=2"
    return [
        f"fps={RATE}:round=near",
        f"scale={across}:{across}:{fit}:flags=area",
        f"scale={LONGER_SIDE}:{LONGER_SIDE}:{fit}:flags=bicubic",
        "format=yuv420p",
    ]


def nginx_rtmp(wiring: Wiring, blur: Blur) -> str:
    """A whole nginx.conf: for development and tests. It knows no RTMPS, and needs the modules
    of Debian's nginx-light and libnginx-mod-rtmp.
    """
    hooks = f"{wiring.backoffice}/camera/hook/{hook_secret()}"
    hook = f"{hooks}/nginx-rtmp"
    here = f"rtmp://127.0.0.1:{wiring.rtmp_port}"
    line = blur_command(
        f"{here}/courier/$name?s={inner_secret()}", f"{here}/ride/$name?s={inner_secret()}", blur
    )
    folder = wiring.folder
    phones = pieces_command(f"{here}/ride/$name?s={inner_secret()}", f"{folder}/ride-$name")
    return f"""\
load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
rtmp {{
  access_log off;
  server {{
    listen {wiring.host}:{wiring.rtmp_port};
    chunk_size 4096;
    ping 10s;
    ping_timeout 5s;
    notify_method post;
    notify_update_timeout 1s;
    notify_update_strict off;
    application courier {{
      live on;
      record off;
      wait_key on;
      sync 10ms;
      drop_idle_publisher 8s;
      on_publish {hook};
      on_publish_done {hook};
      on_play {hook};
      on_update {hook};
      respawn on;
      respawn_timeout 200ms;
      exec_push {" ".join(_quoted(part) for part in line)};
    }}
    application ride {{
      live on;
      record off;
      wait_key on;
      idle_streams off;
      sync 10ms;
      drop_idle_publisher 8s;
      on_publish {hook};
      on_play {hook};
      on_update {hook};
      exec_push {" ".join(_quoted(part) for part in phones)};
      exec_publish_done /usr/bin/find {folder} -name "ride-$name[-.]*" -delete;
    }}
  }}
}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{wiring.control_port};
    location /control {{ rtmp_control all; }}
  }}
  server {{
    listen {wiring.host}:{wiring.phones_port};
    location ~ "{_PIECE}" {{
      auth_request /asked;
      alias {folder}/ride-$channel$piece;
      types {{ application/vnd.apple.mpegurl m3u8; video/mp4 m4s mp4; }}
      add_header Access-Control-Allow-Origin * always;
      add_header Cache-Control no-store always;
    }}
    location = /asked {{
      internal;
      proxy_pass {hooks}/nginx-hls;
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_set_header X-Original-URI $request_uri;
    }}
  }}
}}
"""


def _quoted(part: str) -> str:
    return part if part.replace("-", "").isalnum() else f'"{part}"'


def mediamtx(wiring: Wiring, blur: Blur) -> str:
    """A whole mediamtx.yml: for production. RTMPS where there is a certificate."""
    hook = f"{wiring.backoffice}/camera/hook/{hook_secret()}"
    here = "rtsp://127.0.0.1:8554"
    line = blur_command(
        f"{here}/$MTX_PATH?s={inner_secret()}",
        f"{here}/ride/$G1?s={inner_secret()}",
        blur,
        rtsp=True,
    )
    gone = f"curl -fsS -X POST -d call=publish_done -d app=courier -d name=$G1 {hook}/nginx-rtmp"
    lines = [
        "logLevel: warn",
        "authMethod: http",
        f"authHTTPAddress: {hook}/mediamtx",
        "authHTTPExclude:",
        "- action: api",
        "api: true",
        f"apiAddress: 127.0.0.1:{wiring.control_port}",
        "metrics: false",
        "pprof: false",
        "playback: false",
        "srt: false",
        "webrtc: false",
        "rtsp: true",
        "rtspTransports: [tcp]",
        "rtspAddress: 127.0.0.1:8554",
        "rtmp: true",
        "hls: true",
        "hlsVariant: lowLatency",
        f"hlsAddress: {wiring.host}:{wiring.phones_port}",
        *_encryption(wiring),
        "pathDefaults:",
        "  record: false",
        "  overridePublisher: true",
        "paths:",
        '  "~^courier/([A-Za-z0-9_-]{8,32})$":',
        f"    runOnReady: {_yaml(' '.join(map(_shell, line)))}",
        "    runOnReadyRestart: true",
        f"    runOnNotReady: {_yaml(gone)}",
        '  "~^ride/([A-Za-z0-9_-]{8,32})$": {}',
    ]
    return "\n".join(lines) + "\n"


def _encryption(wiring: Wiring) -> list[str]:
    if wiring.certificate is None or wiring.key is None:
        return ['rtmpEncryption: "no"', f"rtmpAddress: {wiring.host}:{wiring.rtmp_port}"]
    return [
        'rtmpEncryption: "strict"',
        f"rtmpsAddress: {wiring.host}:{wiring.rtmp_port}",
        f"rtmpServerCert: {wiring.certificate}",
        f"rtmpServerKey: {wiring.key}",
        "hlsEncryption: true",
        f"hlsServerCert: {wiring.certificate}",
        f"hlsServerKey: {wiring.key}",
    ]


def _shell(part: str) -> str:
    # What MediaMTX fills in ($G1) stays readable to it.
    return f'"{part}"' if "$" in part else shlex.quote(part)


def _yaml(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
