"""Append-only at the database too: triggers that refuse to change or delete an event.

The triggers stop mistakes and programs; tampering by somebody who may drop a trigger shows in the chain. SQLite drops
triggers when a table is rebuilt, so a migration that alters the event table runs `install` again.
"""

from collections.abc import Callable

WHY = "audit_event is append-only"
_SQLITE = {
    "audit_event_no_update": "BEFORE UPDATE ON audit_event",
    "audit_event_no_delete": "BEFORE DELETE ON audit_event",
    # INSERT OR REPLACE deletes without firing the trigger above
    "audit_event_no_replace": (
        "BEFORE INSERT ON audit_event WHEN EXISTS (SELECT 1 FROM audit_event WHERE seq = NEW.seq)"
    ),
}
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_event_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{WHY}'; END $$"
)
_TRIGGER = (
    "CREATE OR REPLACE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only()"
)


def install(vendor: str, execute: Callable[[str], object]) -> None:
    """Create the triggers; running it again changes nothing. `vendor` is Django's: sqlite or postgresql."""
    if vendor == "postgresql":
        execute(_FUNCTION)
        execute(_TRIGGER)
        return
    for name, when in _SQLITE.items():
        execute(f"CREATE TRIGGER IF NOT EXISTS {name} {when} BEGIN SELECT RAISE(ABORT, '{WHY}'); END")


def remove(vendor: str, execute: Callable[[str], object]) -> None:
    """Drop the triggers (before the table itself is dropped)."""
    if vendor == "postgresql":
        execute("DROP TRIGGER IF EXISTS audit_event_append_only ON audit_event")
        execute("DROP FUNCTION IF EXISTS audit_event_append_only()")
        return
    for name in _SQLITE:
        execute(f"DROP TRIGGER IF EXISTS {name}")
