#!/usr/bin/python3
"""The files of the store while the gateway runs: how large its write-ahead log grows, when it shrinks,
and that nothing is written when nothing happens.

usage: store.py BUILD_DIR [MB]
MB: how large a log of an older version the gateway finds at its start (100).
"""
import contextlib
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

from daemon import Agency, Trouble, alert, expect, main, until, world_of

MB = 1 << 20
WAL_MAX = 16 * MB
OLD_LOG_MB = int(sys.argv[2]) if len(sys.argv) > 2 else 100


class Files:
    """The store's files, and the largest its log was."""

    def __init__(self, world):
        self.store = world.place / "data" / "siaga.db"
        self.wal = pathlib.Path(f"{self.store}-wal")
        self.largest, self.watching = 0, True
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self):
        while self.watching:
            self.largest = max(self.largest, self.wal_size())
            time.sleep(0.005)

    def wal_size(self):
        return self.wal.stat().st_size if self.wal.exists() else 0

    def stamps(self):
        return [(file.stat().st_mtime_ns, file.stat().st_size) for file in (self.store, self.wal) if file.exists()]

    def alerts_in_a_copy(self, place):
        for old in place.glob("copy.db*"):
            old.unlink()
        copy = place / "copy.db"
        shutil.copy(self.store, copy)
        try:
            with contextlib.closing(sqlite3.connect(copy)) as alone:
                return alone.execute("SELECT count(*) FROM alerts").fetchone()[0]
        except sqlite3.DatabaseError:
            return None  # not even the table, or copied while it was written


def flood(world, count, name="banjir"):
    """`count` alerts as fast as one client can publish them."""
    lines = "\n".join(alert(f"{name}-{i}", f"Uji {i}", severity="Minor") for i in range(count))
    subprocess.run(["mosquitto_pub", "-V", "5", "-h", "127.0.0.1", "-p", str(world.mqtt_port), "-q", "1",
                    "-t", "siaga/alert/polres", "-l"], input=lines.encode(), check=True, timeout=120)


def decided(world):
    return sum(1 for row in world.json("alerts"))


def log_rows(world):
    return len(json.loads(world.siaga_command("log", "show", "--format", "json").stdout))


def written(world):
    """Bytes the gateway has had written to disk."""
    text = pathlib.Path(f"/proc/{world.siaga.process.pid}/io").read_text()
    return int(text.split("write_bytes: ")[1].split()[0])


def many(build):
    """Over 2,000 alerts at once the write-ahead log stays below 16 MB, and afterwards siaga.db alone has them all"""
    with world_of(build) as world:
        world.start_siaga()
        files = Files(world)
        flood(world, 2000)
        until(lambda: decided(world) == 2000, 120, "2,000 alerts accepted")
        until(lambda: len(world.sms) >= 4000, 120, "everybody told")
        until(lambda: files.alerts_in_a_copy(world.place) == 2000, 20, "every alert in a copy of siaga.db alone")
        if files.largest >= WAL_MAX:
            raise Trouble(f"the write-ahead log grew to {files.largest / MB:.0f} MB")


def reader(build):
    """While a reader holds a transaction for 60 s under daily load the log stays below 16 MB, and nobody waits"""
    with world_of(build) as world:
        world.start_siaga()
        files = Files(world)
        agency = Agency(world)
        flood(world, 20, "sebelum")
        until(lambda: decided(world) == 20, 30, "the first alerts")
        look = sqlite3.connect(files.store, isolation_level=None)
        look.execute("BEGIN")
        look.execute("SELECT count(*) FROM log").fetchone()
        held_until = time.monotonic() + 60
        number = 0
        while time.monotonic() < held_until:
            number += 1
            name = f"uji-{number}"
            agency.publish(name, alert(name, "Uji"))
            until(lambda n=name: agency.settled(n), 5, "its receipt")
            time.sleep(3)
        look.execute("COMMIT")
        if files.largest >= WAL_MAX:
            raise Trouble(f"the write-ahead log grew to {files.largest / MB:.0f} MB over {number} alerts")
        until(lambda: files.alerts_in_a_copy(world.place) == 20 + number, 20, "all of it in siaga.db")


def after_a_reader(build):
    """A log that grew behind a reader is cut when the reader has gone"""
    with world_of(build) as world:
        world.start_siaga()
        files = Files(world)
        look = sqlite3.connect(files.store, isolation_level=None)
        look.execute("BEGIN")
        look.execute("SELECT count(*) FROM log").fetchone()
        flood(world, 400)
        until(lambda: decided(world) == 400, 60, "400 alerts accepted")
        until(lambda: files.wal_size() > WAL_MAX, 20, "a log beyond its measure")
        look.execute("COMMIT")
        flood(world, 20, "lagi")
        until(lambda: files.wal_size() < WAL_MAX, 20, "the log cut")


def idle(build):
    """A minute in which nothing happens writes nothing to the disk"""
    with world_of(build) as world:
        world.start_siaga()
        files = Files(world)
        flood(world, 20)
        until(lambda: len(world.sms) >= 40, 30, "everybody told")
        until(lambda: files.alerts_in_a_copy(world.place) == 20, 20, "the quiet that moves the log into the store")
        look = sqlite3.connect(files.store, isolation_level=None)
        until(lambda: look.execute("SELECT (SELECT max(size) FROM checkpoints) = (SELECT max(seq) FROM log)")
              .fetchone()[0], 90, "the checkpoint after the last thing that happened")
        until(lambda: time.time() - files.wal.stat().st_mtime > 10, 30, "the quiet that moves it into the store")
        stamps, bytes_before = files.stamps(), written(world)
        time.sleep(60)
        expect(files.stamps(), stamps, "the store's files")
        expect(written(world) - bytes_before, 0, "bytes written to disk")


def grow_old_log(store, megabytes):
    """What the version before left behind: a log that was never moved, of a process that was killed."""
    old = sqlite3.connect(store, isolation_level=None)
    old.execute("PRAGMA wal_autocheckpoint = 0")
    old.execute("CREATE TABLE noise (id INTEGER PRIMARY KEY, text TEXT)")
    wal = pathlib.Path(f"{store}-wal")
    while wal.stat().st_size < megabytes * MB:
        old.execute("BEGIN")
        old.executemany("INSERT OR REPLACE INTO noise VALUES (?, ?)", [(i, "x" * 3000) for i in range(4000)])
        old.execute("COMMIT")
    kept = store.parent.parent / "kept"
    kept.mkdir()
    for name in ("siaga.db", "siaga.db-wal"):
        shutil.copy(store.parent / name, kept / name)
    old.close()
    for name in ("siaga.db", "siaga.db-wal"):
        shutil.move(kept / name, store.parent / name)


def old_log(build):
    """A large log of an older version is taken up at start: nothing is lost, memory is bounded, the file shrinks"""
    with world_of(build) as world:
        world.start_siaga()
        files = Files(world)
        flood(world, 50)
        until(lambda: decided(world) == 50, 30, "50 alerts accepted")
        world.siaga.stop()
        grow_old_log(files.store, OLD_LOG_MB)
        rows = log_rows(world)
        began = time.monotonic()
        world.start_siaga()
        ready_s = time.monotonic() - began
        status = pathlib.Path(f"/proc/{world.siaga.process.pid}/status").read_text()
        peak_mb = int(status.split("VmHWM:")[1].split()[0]) / 1024
        print(f"        {OLD_LOG_MB} MB: ready after {ready_s:.1f} s, {peak_mb:.0f} MB at most")
        if files.wal_size() >= WAL_MAX:
            raise Trouble(f"the log still has {files.wal_size() / MB:.0f} MB")
        if peak_mb > 100 or ready_s > 10 + OLD_LOG_MB / 50:
            raise Trouble("too much memory or time")
        expect(decided(world), 50, "the alerts")
        if log_rows(world) < rows:
            raise Trouble("rows of the log are gone")


if __name__ == "__main__":
    main(many, reader, after_a_reader, idle, old_log)
