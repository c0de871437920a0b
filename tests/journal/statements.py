#!/usr/bin/python3
"""How SQLite runs the statements of the journal, each as the tests of the journal ran it.

usage: statements.py UNIT_JOURNAL SCHEMA_SQL
What the store thread runs may not read a table that grows from end to end: a store of ten years answers as
one of a day. People's questions, which other threads ask, may. Prints the plan of what breaks this.
"""
import os
import pathlib
import re
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from places import scratch  # noqa: E402  pylint: disable=wrong-import-position

# What is in these is bounded, or waits and is gone soon.
SMALL = {"codes", "chunks", "head", "incidents", "keys", "link_locks", "outbox", "partly_told", "pending_ends",
         "quarantine", "signed_answers", "sqlite_master"}
# Indexes of what is under way, not of all there was.
UNDER_WAY = {"alerts_announced", "alerts_open", "deliveries_claimed", "deliveries_due", "deliveries_waiting",
             "inbox_undecided"}
STATEMENTS_MIN = 100  # fewer: the tests did not tell us


def told_by(program):
    with scratch(pathlib.Path(program).parent, "statements") as place:
        file = place / "told"
        done = subprocess.run([program], env={**os.environ, "SIAGA_STATEMENTS": str(file)}, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{program} failed:\n{done.stdout[-4000:]}")
        return file.read_text().splitlines()


def plan_of(database, statement):
    numbered = [int(number) for number in re.findall(r"\?(\d+)", statement)]
    values = max(numbered) if numbered else statement.count("?")
    return [row[3] for row in database.execute("EXPLAIN QUERY PLAN " + statement, [None] * values)]


def table_behind(statement, name):
    """A plan names a table by its alias."""
    behind = re.search(rf"\b(?:FROM|JOIN)\s+(\w+)\s+(?:AS\s+)?{name}\b", statement)
    return behind[1] if behind else name


def reads_all(database, statement):
    """The lines of the plan that go through a growing table from end to end."""
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for line in plan_of(database, statement):
        scan = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", line)
        table = table_behind(statement, scan[1]) if scan else None
        if table in tables - SMALL and scan[2] not in UNDER_WAY:
            yield line


def main():
    program, schema = sys.argv[1:]
    database = sqlite3.connect(":memory:")
    database.executescript(pathlib.Path(schema).read_text())
    seen, faults = 0, 0
    for statement in told_by(program):
        if not statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            continue
        try:
            lines = list(reads_all(database, statement))
        except sqlite3.OperationalError as error:
            if not str(error).startswith("no such"):  # table or column: a store of an older shape
                raise
            continue
        seen += 1
        for line in lines:
            faults += 1
            print(f"FAILED  {line}\n        {statement}")
    if seen < STATEMENTS_MIN:
        sys.exit(f"only {seen} statements were told of")
    print(f"{seen} statements, {faults} read a growing table from end to end")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
