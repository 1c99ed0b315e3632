"""The book of who read what of the buyers. It is written before the page is shown."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from kiosk.backoffice.access.models import PersonalRead

READS_KEPT_DAYS = 400  # unless the owner chooses others
_AGAIN = timedelta(hours=1)
What = PersonalRead.What


def note_read(user: object, what: What, numbers: Iterable[str]) -> None:
    """One row for one page view; none where it showed nobody. `user` None: the buyer themselves.

    What was searched for is not kept: it may be a name.
    """
    shown = list(dict.fromkeys(numbers))
    if not shown:
        return
    if isinstance(user, User):
        _write(user.pk, user.get_username(), what, shown)
    else:
        _write(None, "", what, shown)


def note_renewed_board(user: object, numbers: Iterable[str]) -> None:
    """A board renews itself every few seconds: only what it did not show within the hour counts."""
    if isinstance(user, User):
        reads = PersonalRead.objects.filter(person_id=user.pk, what=What.BOARD)
        note_read(user, What.BOARD, _not_lately(reads, numbers))


def note_courier_read(name: str, numbers: Iterable[str]) -> None:
    """A courier was shown whom they deliver to; their page renews itself, too."""
    shown = _not_lately(PersonalRead.objects.filter(who=name, what=What.COURIER), numbers)
    if shown:
        _write(None, name, What.COURIER, shown)


def _not_lately(reads: "QuerySet[PersonalRead]", numbers: Iterable[str]) -> list[str]:
    rows = reads.filter(at__gt=timezone.now() - _AGAIN).values_list("numbers", flat=True)
    seen = {number for row in rows for number in row.split()}
    return [number for number in numbers if number not in seen]


def _write(person_id: int | None, who: str, what: What, numbers: list[str]) -> None:
    PersonalRead.objects.create(
        person_id=person_id, who=who, what=what, numbers=f" {' '.join(numbers)} "
    )


def forget_reads(before: datetime) -> int:
    """Delete the rows written before; how many. For the retention alone."""
    old: QuerySet[PersonalRead] = QuerySet(PersonalRead).filter(at__lt=before)
    return old.delete()[0]
