#!/usr/bin/python3
"""SIGKILL at every transaction boundary: the N-th fdatasync of the store, N = 1, 2, ... one by one.

usage: boundaries.py BUILD_DIR [BOUNDARIES]
Each round publishes one alert, lets the kernel kill the gateway as it enters its N-th sync, starts it
again and sees the alert through. Skipped with a word where strace may not trace.
"""
import shutil
import subprocess
import sys
import tempfile

from alerts import Agency, Trouble, World, alert, configure, until
from checker import check

SKIPPED = 77


def can_trace():
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode == 0


def one(build, boundary):
    """Answers whether the boundary was reached: the gateway died at it."""
    with tempfile.TemporaryDirectory(prefix="siaga-boundary-") as place:
        world = World(build, place)
        world.start_broker()
        world.start_smsc()
        configure(world, f"{place}/data")
        agency = Agency(world)
        trace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync",
                 "-e", f"inject=fdatasync:signal=KILL:when={boundary}"]
        program = world.start_siaga(ready=False, prefix=trace)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        try:
            until(lambda: not program.running() or len(world.sms) >= 2, 20, "the kill or the messages")
        except Trouble:
            pass
        reached = not program.running()
        program.kill()
        world.start_siaga()
        agency.press_on(30)
        until(lambda: {m["to"] for m in world.sms} == {"+6281210000000", "+6281210000001"}, 30,
              "both officers told")
        until(lambda: all(d["state"] not in ("planned", "claimed")
                          for d in world.json("alert", "uji-1")["deliveries"]), 30, "recording")
        check(world, agency, world.sms)
        world.stop()
        return reached


def main():
    build, most = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40
    if not can_trace():
        print("skipped: strace is not there or may not trace here")
        return SKIPPED
    reached = 0
    for boundary in range(1, most + 1):
        if not one(build, boundary):
            break
        reached += 1
    if reached < 5:
        raise Trouble(f"only {reached} boundaries were reached: the test did not do its work")
    print(f"{reached} transaction boundaries, nothing lost at any")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        print(f"FAILED: {trouble}")
        sys.exit(1)
