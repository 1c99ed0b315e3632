"""What can go wrong between a window and its back office.

LinkError
├── Away           nobody answered, or not in full: try again later
├── Refused        answered, and the answer is no: `problem` says why
├── Incompatible   the other side speaks another contract: one of the two must be updated
└── Unauthorised   this window's token is unknown or was revoked: enrol it again
"""

from kiosk.contract import ErrorCode, Problem


class LinkError(Exception):
    """`retry_after_s` is what the other side asked for, 0 where it said nothing."""

    retry_after_s: float = 0.0


class Away(LinkError):
    """No whole answer. `status` is the HTTP status where there was one, else 0."""

    def __init__(self, why: str, status: int = 0, retry_after_s: float = 0.0) -> None:
        super().__init__(why)
        self.status = status
        self.retry_after_s = retry_after_s


class Refused(LinkError):
    """A 4xx with its reasons."""

    def __init__(self, problem: Problem, retry_after_s: float = 0.0) -> None:
        super().__init__(f"{problem.status} {problem.code}: {problem.title}")
        self.problem = problem
        self.retry_after_s = retry_after_s

    @property
    def final(self) -> bool:
        """Whether sending the same message again can never help."""
        return self.problem.code in _FINAL and self.problem.status in (400, 413, 422)


class Incompatible(LinkError):
    """The answer is no message of our contract."""


class Unauthorised(LinkError):
    """401: the message says what to do."""


_FINAL = frozenset({ErrorCode.INVALID, ErrorCode.KEY_REUSED, ErrorCode.TOO_LARGE})
