#!/usr/bin/python3
"""SIGKILL at every transaction boundary: the N-th fdatasync of the store, N = 1, 2, ... one by one.

usage: boundaries.py BUILD_DIR [BOUNDARIES]
Each round plays everything that can happen to an alert: it is answered, replaced, cancelled, left to
expire, and goes on to its second step. The kernel kills the gateway as it enters its N-th sync; it is
started again and sees all of it through. Skipped with a word where strace may not trace.
"""
import collections
import shutil
import sqlite3
import subprocess
import sys

from alerts import Agency, Trouble, World, alert, answer, configure, scratch, until
from checker import Store, check, kind_of, quiet, summary

SKIPPED = 77
EXPIRES_S = 6  # before the second step: there must be syncs after it too
SPARE_ENDS = 5  # how jobs share a sync differs from run to run: the last may not be there in one of them
LANDMARKS = ("accepted", "attempted", "acknowledged", "updated", "cancelled", "escalated", "expired")


def can_trace():
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode == 0


def hear(world, message):
    if "Uji jawab" in message["text"] and message["to"].endswith("0") and kind_of(message["text"]) == "alert":
        answer(world, message)


def play(agency):
    agency.publish("jawab", alert("jawab", "Uji jawab"))
    agency.publish("habis", alert("habis", "Uji habis", expires_s=EXPIRES_S))
    for first, second, kind in (("lama", "baru", "Update"), ("batal", "pembatalan", "Cancel")):
        agency.publish(first, alert(first, f"Uji {first}"))
        agency.publish(second, alert(second, f"Uji {second}", kind=kind, about=agency.payloads[first]))
    agency.cancels.add("pembatalan")


def peek(world, sql):
    """Rows of the store as it is now; none while there is no store yet."""
    try:
        return Store(world.place / "data").rows(sql)
    except sqlite3.OperationalError:
        return []


def over(world):
    """Whether everything that was to happen has: the last are the expiry and the second step."""
    states = dict(peek(world, "SELECT identifier, state FROM alerts"))
    return states.get("habis") == "expired" and states.get("batal") == "cancelled" and peek(
        world, "SELECT 1 FROM deliveries d JOIN alerts a ON a.id = d.alert WHERE a.identifier = 'baru'"
        " AND d.step = 1 AND d.state = 'sent'")


def one(build, boundary):
    """Answers the counts, and the landmarks reached at the kill or None when all was over before it."""
    with scratch(build, "boundary") as place:
        world = World(build, place)
        world.on_sms = lambda message: hear(world, message)
        world.start_broker()
        world.start_smsc()
        configure(world, f"{place}/data", officers=3, later=(2,))
        agency = Agency(world)
        # -D: the program started is the gateway itself, not its tracer.
        trace = ["strace", "-D", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync",
                 "-e", f"inject=fdatasync:signal=KILL:when={boundary}"]
        program = world.start_siaga(ready=False, prefix=trace)
        until(lambda: not program.running() or any("ready" in line for line in program.lines), 20, "a start")
        play(agency)
        until(lambda: not program.running() or over(world), 40, "the kill or the end")
        killed = not program.running()
        program.kill()
        landmarks = {row[0] for row in peek(world, "SELECT DISTINCT kind FROM log")} if killed else None
        world.start_siaga()
        agency.press_on(30)
        until(lambda: over(world), 40, "the expiry and the second step")
        quiet(world)
        counts = check(world, agency, world.sms)
        world.stop()
        return counts, landmarks


def main():
    build, most = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60
    if not can_trace():
        print("skipped: strace is not there or may not trace here")
        return SKIPPED
    total, passed, boundary, ends = collections.Counter(), collections.Counter(), 0, 0

    def missed():
        return [mark for mark in LANDMARKS if not 0 < passed[mark] < boundary]

    while boundary < most:
        counts, landmarks = one(build, boundary + 1)
        total.update(counts)
        if landmarks is not None:
            boundary += 1
            passed.update(landmarks & set(LANDMARKS))
            continue
        ends += 1
        if not missed() or ends > SPARE_ENDS:
            break
    if missed():
        raise Trouble(f"no kill before and after {missed()}: the test did not do its work")
    print(summary({"kills at transaction boundaries": boundary, **total}))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        print(f"FAILED: {trouble}")
        sys.exit(1)
