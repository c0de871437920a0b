#!/usr/bin/python3
"""A broadcast to 100,000 officers within the memory that config/systemd/siaga.service allows.

usage: memory.py BUILD_DIR
"""
import contextlib
import json
import os
import pathlib
import re

from daemon import Agency, alert, configure, expect, main, until, world_of
from world import ROOT, command

OFFICERS = 100_000
UNIT = ROOT / "config" / "systemd" / "siaga.service"
CONTROLLER = pathlib.Path("/sys/fs/cgroup/memory")


def allowed():
    return int(re.search(r"^MemoryMax=(\d+)M$", UNIT.read_text(), re.M)[1]) * 1024 * 1024


@contextlib.contextmanager
def walls(limit):
    """What to put before the gateway's command line so that the kernel holds it to `limit`, and the folder that tells
    what it took; nothing where this machine lets nobody set such a limit."""
    folder = CONTROLLER / f"siaga-test-{os.getpid()}"
    try:
        folder.mkdir()
        (folder / "memory.limit_in_bytes").write_text(str(limit))
    except OSError:
        yield (), None
        return
    try:
        yield ("sh", "-c", f'echo $$ > {folder}/cgroup.procs && exec "$@"', "sh"), folder
    finally:
        folder.rmdir()


def peak(world):
    status = pathlib.Path(f"/proc/{world.siaga.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024


def broadcast_within_the_unit(build):
    """One alert to 100,000 officers is told to all within the unit's MemoryMax"""
    limit = allowed()
    with world_of(build) as world, walls(limit) as (prefix, folder):
        command(world.smsc_control, "set quiet 1")
        configure(world, f"{world.place}/data", OFFICERS)
        world.start_siaga(ready=False, prefix=prefix)
        world.siaga.line_with("ready", 60)
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(60)
        until(lambda: json.loads(command(world.smsc_control, "stats"))["messages"] >= OFFICERS, 400, "all told")
        taken = peak(world)
        how = "within a memory cgroup of that size" if folder else "by VmHWM; no memory cgroup can be made here"
        print(f"        peak {taken / 2**20:.0f} MB of {limit / 2**20:.0f} MB, {how}")
        expect(taken < limit, True, f"{taken / 2**20:.0f} MB resident; within the limit")
        if folder:
            killed = re.search(r"oom_kill (\d+)", (folder / "memory.oom_control").read_text())
            expect(killed is None or killed[1] == "0", True, "no process killed for memory")
        expect(world.siaga.stop(30), 0, "exit code")


if __name__ == "__main__":
    main(broadcast_within_the_unit)
