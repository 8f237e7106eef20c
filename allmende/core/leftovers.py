"""What a database keeps of rows beside the rows: after an erasure that has to go too."""

from django.db import connection


def empty_write_ahead_log() -> bool:
    """Move everything into the database file and empty the write-ahead log of SQLite, which holds pages as they were before.

    False: somebody is reading or writing; try again. In the database file itself `secure_delete` has overwritten what was deleted.
    On PostgreSQL there is nothing to do from here: see docs/guide-operators/README.md, "What erasing means for copies".
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _pages, _moved = cursor.fetchone()
    return not busy
