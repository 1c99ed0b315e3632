"""Errors of the commands: one line that says what to do, and an exit code."""

FAILED = 1
USAGE = 2
NO_DISPLAY = 3


class CommandError(Exception):
    """Shown as one line on standard error."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code
