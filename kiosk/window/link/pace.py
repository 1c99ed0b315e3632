"""How long the link waits, in seconds."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """`read_s` is the longest silence, `answer_s` the longest time for a whole small answer.

    An order that was looked up has no hints: it is asked for every `looked_up_every_s`, as often as
    a courier who rides is heard of.
    `idle_s` is the longest silence of the event stream (its heartbeat comes every 10 s).
    """

    connect_s: float = 4.0
    read_s: float = 10.0
    answer_s: float = 30.0
    file_s: float = 120.0
    idle_s: float = 25.0
    sync_every_s: float = 60.0
    follow_every_s: float = 15.0
    looked_up_every_s: float = 3.0
    poll_wait_s: float = 20.0
    stream_again_s: float = 60.0
    refetch_every_s: float = 15.0
    room_every_s: float = 10.0
    retry_first_s: float = 1.0
    retry_longest_s: float = 60.0

    def backoff(self, failures: int) -> float:
        """How long to wait after the n-th failure in a row: doubling, half of it by chance."""
        longest = min(self.retry_first_s * 2.0 ** min(failures - 1, 16), self.retry_longest_s)
        return longest * (0.5 + random.random() / 2)  # noqa: S311 - spreads load, hides nothing
