#!/usr/bin/python3
"""A disk that is really full, and one that goes away: a small ext4 of its own.

usage: disk.py BUILD_DIR
Skipped with a word where not root or where nothing can be mounted.
"""
import os
import pathlib
import sys

from daemon import Agency, SKIPPED, alert, expect, expect_in, get, main, scratch, until, world_of
from power import Disk
from world import command


def fill(path):
    """Until not a byte fits."""
    with open(path, "wb", buffering=0) as file:
        size = 1 << 20
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2


def full(build):
    """On a full disk new alerts are held with the reason, answers go on, and room mends it without a restart"""
    with scratch(build, "disk") as place:
        disk = Disk(place)
        try:
            with world_of(build, data_dir=f"{disk.mount}/data") as world:
                world.start_siaga()
                agency = Agency(world)
                agency.publish("uji-1", alert("uji-1", "Uji satu"))
                agency.press_on(20)
                until(lambda: len(world.sms) >= 2, 20, "both officers told")
                filler = pathlib.Path(disk.mount) / "filler"
                fill(filler)
                agency.publish("uji-2", alert("uji-2", "Uji dua"))
                held = until(lambda: agency.receipts.get("uji-2"), 20, "a receipt")[0]
                expect(held["decision"], "held", "the receipt")
                expect(held["reasons"][0]["rule"], "policy.storage", "the reason")
                expect_in("full", held["reasons"][0]["text"])
                expect(get(world, "/healthz")[0], 503, "/healthz")
                command(world.smsc_control, f"mo {world.sms[0]['to']} SIAP {agency.receipts['uji-1'][0]['code']}")
                until(lambda: world.json("acks"), 20, "the officer's answer")
                other = "p1" if world.sms[0]["to"].endswith("0") else "p0"
                agency.answer(agency.receipts["uji-1"][0]["code"], other)
                until(lambda: len(world.json("acks")) == 2, 20, "the answer the agency's own system sent")
                filler.unlink()
                until(lambda: agency.settled("uji-2"), 60, "the alert accepted once there is room")
                until(lambda: get(world, "/healthz")[0] == 200, 20, "200 again")
                expect(world.siaga.running(), True, "without a restart")
        finally:
            disk.detach()


def gone(build):
    """A disk that goes away ends it with 75"""
    with scratch(build, "disk") as place:
        disk = Disk(place)
        try:
            with world_of(build, data_dir=f"{disk.mount}/data") as world:
                program = world.start_siaga()
                agency = Agency(world)
                agency.publish("uji-1", alert("uji-1", "Uji satu"))
                agency.press_on(20)
                disk.lose_power()
                agency.publish("uji-2", alert("uji-2", "Uji dua"))
                until(lambda: not program.running(), 20, "its end")
                expect(program.process.returncode, 75, "exit code")
        finally:
            disk.detach()


def can_mount(build):
    with scratch(build, "disk") as place:
        try:
            Disk(place).detach()
        except OSError as error:
            print(f"skipped: no loop mount to be had here: {error}")
            return False
    return True


if __name__ == "__main__":
    if os.geteuid() != 0:
        print("skipped: only root may mount a disk to fill")
        sys.exit(SKIPPED)
    if not can_mount(sys.argv[1]):
        sys.exit(SKIPPED)
    main(full, gone)
