"""The invariants that hold after any crash, read from the store, the SMSC and the receipts alone."""
import collections
import pathlib
import sqlite3

from alerts import Trouble

FINAL = {"sent", "delivered", "read", "failed", "expired", "cancelled"}


def open_read_only(data_dir):
    return sqlite3.connect(f"file:{pathlib.Path(data_dir) / 'siaga.db'}?mode=ro", uri=True)


def check(world, agency, messages):
    """Answers counts for the summary; raises Trouble naming the first broken promise."""
    listed = {row["identifier"]: row for row in world.json("alerts")}
    lost = agency.receipted() - listed.keys()
    if lost:
        raise Trouble(f"receipted alerts lost: {sorted(lost)[:5]}")
    verified = world.siaga_command("log", "verify", check=False)
    if verified.returncode != 0:
        raise Trouble(f"the log does not verify: {verified.stdout}{verified.stderr}")
    told = collections.Counter((m["to"], m["text"].replace("(ulang)", "").replace("  ", " ").strip()) for m in messages)
    marked = unfinished = deliveries = 0
    for identifier in agency.receipted():
        detail = world.json("alert", identifier)
        for delivery in detail["deliveries"]:
            deliveries += 1
            marked += delivery["possible_duplicate"]
            unfinished += delivery["state"] not in FINAL
    repeated = sum(count - 1 for count in told.values() if count > 1)
    if unfinished:
        raise Trouble(f"{unfinished} deliveries never ended")
    if repeated > marked:
        raise Trouble(f"{repeated} messages repeated but only {marked} marked possible_duplicate")
    return {"alerts": len(agency.receipted()), "deliveries": deliveries, "messages": len(messages),
            "repeated": repeated, "marked": marked}
