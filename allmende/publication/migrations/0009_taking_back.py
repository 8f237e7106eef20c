"""An approval can be taken back until it is sealed; and what is over at a day set is taken down by the worker, without a person.

SQLite rebuilds the table of removals and loses its triggers meanwhile.
"""

from django.db import migrations, models

from allmende.core.generation import sqlite_triggers
from allmende.core.sql import VendorSQL
from allmende.publication.migrations import _taking_back_guards as guards
from allmende.publication.migrations._removal_guards import SQLITE as REMOVAL

TABLE = "publication_removal"
MAKE = [statement for statement in REMOVAL if statement.startswith("CREATE") and f" ON {TABLE} " in statement]
MAKE += sqlite_triggers(TABLE)
DROP = [f"DROP TRIGGER {statement.split()[2]}" for statement in MAKE]


class Migration(migrations.Migration):
    dependencies = [("publication", "0008_seal_use_purpose")]
    operations = [
        VendorSQL("sqlite", guards.SQLITE, guards.SQLITE_REVERSE),
        VendorSQL("postgresql", guards.POSTGRESQL, guards.POSTGRESQL_REVERSE),
        VendorSQL("sqlite", DROP, MAKE),
        migrations.RemoveConstraint(model_name="removal", name="publication_removal_known"),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("reason", ""), _negated=True),
                        models.Q(("by__isnull", False), ("reason", "period_over"), _connector="OR"),
                        ("event", "removed"),
                    ),
                    models.Q(("event", "erased"), ("reason", "")),
                    _connector="OR",
                ),
                name="publication_removal_known",
            ),
        ),
        VendorSQL("sqlite", MAKE, DROP),
    ]
