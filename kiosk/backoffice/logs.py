"""What goes into the log: what went wrong and where, and nobody's secrets."""

import logging
import re

# Whoever reads one of these in a log can follow the order, sign in, or speak as the media server.
_OPENED_BY = "o|orders|deliveries|enter|couriers|lookups|courier-photos|hook"
_CAPABILITY = re.compile(rf"(/(?:{_OPENED_BY})/)[A-Za-z0-9_:%-]{{8,}}")
# PostgreSQL repeats the whole row that it could not take.
_DETAIL = re.compile(r"^DETAIL: .*$", re.MULTILINE)


class DiscreetFormatter(logging.Formatter):
    """Writes a record with its traceback, without tokens in paths and without rows."""

    def format(self, record: logging.LogRecord) -> str:
        return _DETAIL.sub("DETAIL: …", _CAPABILITY.sub(r"\1…", super().format(record)))
