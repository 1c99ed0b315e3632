"""The book of who read what of the buyers. It is written before the page is shown."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from kiosk.backoffice.access.models import PersonalRead

READS_KEPT_DAYS = 400  # unless the owner chooses others
_BOARD_AGAIN = timedelta(hours=1)
What = PersonalRead.What


def note_read(user: object, what: What, numbers: Iterable[str]) -> None:
    """One row for one page view; none where it showed nobody. `user` None: the buyer themselves.

    What was searched for is not kept: it may be a name.
    """
    shown = list(dict.fromkeys(numbers))
    if not shown:
        return
    person = user if isinstance(user, User) else None
    PersonalRead.objects.create(
        person_id=person.pk if person else None,
        who=person.get_username() if person else "",
        what=what,
        numbers=f" {' '.join(shown)} ",
    )


def note_renewed_board(user: object, numbers: Iterable[str]) -> None:
    """A board renews itself every few seconds: only what it did not show within the hour counts."""
    if not isinstance(user, User):
        return
    lately = PersonalRead.objects.filter(
        person_id=user.pk, what=What.BOARD, at__gt=timezone.now() - _BOARD_AGAIN
    ).values_list("numbers", flat=True)
    seen = {number for row in lately for number in row.split()}
    note_read(user, What.BOARD, [number for number in numbers if number not in seen])


def forget_reads(before: datetime) -> int:
    """Delete the rows written before; how many. For the retention alone."""
    old: QuerySet[PersonalRead] = QuerySet(PersonalRead).filter(at__lt=before)
    return old.delete()[0]
