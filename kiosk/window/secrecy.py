"""Keeps what visitors type inside this process."""

import ctypes
import logging
import resource
import sys

log = logging.getLogger(__name__)

PR_SET_DUMPABLE = 4  # linux/prctl.h


def keep_to_itself() -> None:
    """From here on a crash leaves no copy of the memory, and no other program of the same user
    can read it.

    Python cannot wipe a text that it has let go of: its bytes stay until the place is used again.
    The core file's size alone would not do: a core that is piped to a collector (systemd) has no
    such limit, see core(5).
    """
    if sys.platform != "linux":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        log.warning("a crash may leave a copy of the memory: errno %s", ctypes.get_errno())
