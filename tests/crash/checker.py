"""The invariants that hold after any crash, read from the store, the SMSC and the receipts alone."""
import collections
import pathlib
import re
import sqlite3

from alerts import Trouble, until

NS_PER_MS = 1_000_000
KIND_BY_WORDS = (("closing", "Sudah ditangani"), ("cancel", "PEMBATALAN"), ("update", "PEMUTAKHIRAN"))


def kind_of(text):
    """What kind of message this text is; each alert's event is in all of its texts but notices."""
    return next((kind for kind, words in KIND_BY_WORDS if words in text), "alert")


class Store:
    """The gateway's tables, read beside it."""

    def __init__(self, data_dir):
        path = pathlib.Path(data_dir) / "siaga.db"
        self.database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def rows(self, sql):
        return self.database.execute(sql).fetchall()

    def none(self, promise, sql):
        if broken := self.rows(sql):
            raise Trouble(f"{promise}: broken for {len(broken)}, first {broken[0]}")


def check_log(store):
    """No state without the log row that tells of it."""
    store.none("every alert has its row",
               "SELECT id FROM alerts a WHERE NOT EXISTS (SELECT 1 FROM log l WHERE l.alert = a.id"
               " AND l.alert <> 0 AND l.kind = 'accepted')")
    store.none("every ended alert has its row",
               "SELECT id, state FROM alerts a WHERE state <> 'open' AND NOT EXISTS (SELECT 1 FROM log l"
               " WHERE l.alert = a.id AND l.alert <> 0 AND l.delivery = 0 AND l.kind = CASE a.state"
               " WHEN 'closed' THEN 'updated' ELSE a.state END)")
    store.none("every settled delivery has its row, or its alert's end has",
               "SELECT d.id, d.state FROM deliveries d JOIN alerts a ON a.id = d.alert"
               " WHERE d.state NOT IN ('planned', 'claimed') AND NOT EXISTS (SELECT 1 FROM log l"
               " WHERE l.alert = d.alert AND l.alert <> 0 AND l.delivery = d.id AND (l.kind = d.state"
               " OR ' ' || l.detail || ' ' LIKE '% state=' || d.state || ' %'))"
               " AND NOT (d.kind IN ('alert', 'update') AND a.state <> 'open'"
               " AND d.state = CASE a.state WHEN 'expired' THEN 'expired' ELSE 'cancelled' END)")
    store.none("every marked delivery has the row that says why",
               "SELECT d.id FROM deliveries d WHERE d.possible_duplicate AND d.alert <> 0 AND NOT EXISTS"
               " (SELECT 1 FROM log l WHERE l.alert = d.alert AND l.alert <> 0 AND l.delivery = d.id"
               " AND (l.kind = 'reopened' OR l.detail LIKE '%outcome=unknown%'))")
    store.none("every answer has its row",
               "SELECT k.seq FROM acknowledgements k LEFT JOIN log l ON l.seq = k.seq"
               " AND l.kind = 'answer' AND l.alert = k.alert AND l.officer = k.officer"
               " WHERE l.seq IS NULL")


def check_messages(store, messages):
    """What the SMSC took is what the deliveries say: sent is there, more only where marked."""
    copies = collections.Counter()
    for message in messages:
        for event in re.findall(r"Uji [\w-]+", message["text"]):
            copies[event, message["to"], kind_of(message["text"])] += 1
    repeated = 0
    for event, to, kind, sent, marked in store.rows(
            "SELECT a.event, d.address, d.kind, sum(d.state IN ('sent', 'delivered', 'read')),"
            " max(d.possible_duplicate) FROM deliveries d JOIN alerts a ON a.id = d.alert"
            " WHERE d.channel = 'sms' AND d.kind <> 'notice' GROUP BY a.id, d.address, d.kind"):
        count = copies[event, to, kind]
        if count < sent:
            raise Trouble(f"{kind} of '{event}' to {to} is sent, but the SMSC never had it")
        if count > sent and not marked:
            raise Trouble(f"{kind} of '{event}' to {to} came {count} times, {sent} sent, and is not marked")
        repeated += max(count - 1, 0)
    return repeated


def check_ends(store, messages):
    """After an alert's end nothing more of it begins: only what was in flight may still arrive."""
    late = 0
    # The log tells milliseconds: what came within the same one is not after.
    for alert, event, seq, ended_ms in store.rows(
            "SELECT a.id, a.event, l.seq, l.at FROM alerts a JOIN log l ON l.alert = a.id AND l.alert <> 0"
            " AND l.delivery = 0 AND l.kind IN ('acknowledged', 'cancelled', 'updated', 'expired')"):
        after = [m for m in messages if event in re.findall(r"Uji [\w-]+", m["text"])
                 and kind_of(m["text"]) in ("alert", "update") and m["time_ns"] >= (ended_ms + 1) * NS_PER_MS]
        in_flight = store.rows(
            f"SELECT count(DISTINCT delivery) FROM log WHERE alert = {alert} AND alert <> 0"
            f" AND seq > {seq} AND kind IN ('attempted', 'reopened')")[0][0]
        if len(after) > in_flight:
            raise Trouble(f"{len(after)} messages of '{event}' began after its end, {in_flight} in flight")
        late += len(after)
    return late


def quiet(world, seconds=60):
    """Waits until no delivery is under way."""
    store = Store(world.place / "data")
    until(lambda: not store.rows("SELECT 1 FROM deliveries WHERE state IN ('planned', 'claimed') LIMIT 1")
          and not store.rows("SELECT 1 FROM chunks LIMIT 1"), seconds, "the end of all deliveries")


def check(world, agency, messages):
    """Answers counts for the summary; raises Trouble naming the first broken promise."""
    listed = {row["identifier"] for row in world.json("alerts")}
    lost = agency.receipted() - listed - agency.cancels
    if lost:
        raise Trouble(f"receipted alerts lost: {sorted(lost)[:5]}")
    verified = world.siaga_command("log", "verify", check=False)
    if verified.returncode != 0:
        raise Trouble(f"the log does not verify: {verified.stdout}{verified.stderr}")
    store = Store(world.place / "data")
    store.none("every delivery ends",
               "SELECT id, state FROM deliveries WHERE state IN ('planned', 'claimed')")
    check_log(store)
    repeated = check_messages(store, messages)
    late = check_ends(store, messages)
    marked = store.rows("SELECT count(*) FROM deliveries WHERE possible_duplicate")[0][0]
    return {"alerts receipted": len(agency.receipted()), "lost": len(lost), "messages": len(messages),
            "duplicates, each marked": repeated,
            "deliveries marked": marked, "in flight when their alert ended": late}


def summary(counts):
    return "crash: " + ", ".join(f"{count} {what}" for what, count in counts.items())
