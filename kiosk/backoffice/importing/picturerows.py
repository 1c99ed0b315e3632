"""Rows of the pictures that a catalogue names."""

from kiosk.backoffice.catalogue.models import Picture
from kiosk.backoffice.importing.sources import Source, is_remote

_CHUNK = 500


def picture_rows(sources: dict[str, Source]) -> dict[str, Picture]:
    """A picture's row for each source, pending where its bytes have not been seen yet.

    The same bytes are one picture. What failed before is tried again.
    """
    known = _known(sources)
    rows: dict[str, Picture] = {}
    fresh: dict[str, Picture] = {}
    for name, source in sources.items():
        key = source.sha256 or source.place
        row = known.get(key) or fresh.get(key)
        if row is None and source.sha256:
            row = known.get(f"pending:{source.place}")
        if row is None:
            row = fresh[key] = Picture(source=source.place)
        rows[name] = row
    Picture.objects.bulk_create(fresh.values(), batch_size=_CHUNK)
    failed = [row.pk for row in rows.values() if row.state == Picture.State.FAILED]
    for start in range(0, len(failed), _CHUNK):
        Picture.objects.filter(pk__in=failed[start : start + _CHUNK]).update(
            state=Picture.State.PENDING, problem=""
        )
    return rows


def _known(sources: dict[str, Source]) -> dict[str, Picture]:
    """Rows by SHA-256 for files, by address for the others, unseen files as "pending:PATH"."""
    known: dict[str, Picture] = {}
    hashes = [s.sha256 for s in sources.values() if s.sha256]
    for start in range(0, len(hashes), _CHUNK):
        for row in Picture.objects.filter(sha256__in=hashes[start : start + _CHUNK]):
            known[str(row.sha256)] = row
    places = [s.place for s in sources.values()]
    for start in range(0, len(places), _CHUNK):
        for row in Picture.objects.filter(source__in=places[start : start + _CHUNK]):
            if is_remote(row.source):
                known[row.source] = row
            elif row.sha256 is None:
                known[f"pending:{row.source}"] = row
    return known
