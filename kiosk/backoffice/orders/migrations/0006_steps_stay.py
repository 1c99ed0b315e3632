"""A delivery's step is never written over: the database refuses it, whoever asks.

A migration that makes SQLite build the table anew drops the trigger with the old one and must
make it again: a test notices.
"""

from typing import Any

from django.db import migrations

_TABLE = "orders_deliveryevent"
_REFUSED = "a delivery step that was written stays as it is"
_SQLITE = [
    f"CREATE TRIGGER {_TABLE}_stays BEFORE UPDATE ON {_TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
]
_POSTGRESQL = [
    f"CREATE FUNCTION {_TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$",
    f"CREATE TRIGGER {_TABLE}_stays BEFORE UPDATE ON {_TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {_TABLE}_stays()",
]


def _guard(_apps: Any, schema_editor: Any) -> None:
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[
        schema_editor.connection.vendor
    ]:
        schema_editor.execute(statement)


def _let_go(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {_TABLE}_stays ON {_TABLE}")
        schema_editor.execute(f"DROP FUNCTION {_TABLE}_stays")
    else:
        schema_editor.execute(f"DROP TRIGGER {_TABLE}_stays")


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_cancel_reason")]
    operations = [migrations.RunPython(_guard, _let_go)]
