#!/usr/bin/python3
"""A disk that is really full, and one that goes away: a small ext4 of its own.

usage: disk.py BUILD_DIR
Skipped with a word where not root or where nothing can be mounted.
"""
import os
import pathlib
import sys

from daemon import Agency, NotifySocket, SKIPPED, alert, expect, expect_in, get, main, metric, scratch, until, world_of
from incidents import to_ops, with_ops
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


def leave(path, mebibytes):
    """Fills all but so much."""
    free = os.statvfs(path.parent)
    with open(path, "wb", buffering=0) as file:
        for _ in range((free.f_bavail * free.f_frsize >> 20) - mebibytes):
            file.write(b"\0" * (1 << 20))


def last_room(build):
    """Of the last room an agency's answers leave 4 MB, in which what officers do is still recorded"""
    with scratch(build, "disk") as place:
        disk = Disk(place)
        try:
            with world_of(build, data_dir=f"{disk.mount}/data") as world:
                world.start_siaga()
                agency = Agency(world)
                agency.publish("uji-1", alert("uji-1", "Uji satu"))
                agency.press_on(20)
                until(lambda: len(world.sms) >= 2, 20, "both officers told")
                code = agency.receipts["uji-1"][0]["code"]
                first, second = pathlib.Path(disk.mount) / "filler-1", pathlib.Path(disk.mount) / "filler-2"
                fill(first)
                command(world.smsc_control, f"mo {world.sms[0]['to']} SIAP {code}")
                until(lambda: world.json("acks"), 20, "the first officer's answer")
                until(lambda: not (pathlib.Path(disk.mount) / "data" / "reserve").exists(), 20, "the reserve given up")
                leave(second, 2)
                agency.answer(code, "p0")
                until(lambda: metric(world, "siaga_messages_refused_total") > 0, 20, "the answer left with the broker")
                command(world.smsc_control, f"mo {world.sms[1]['to']} TOLAK {code}")
                until(lambda: len(world.json("acks")) == 2, 20, "the second officer's answer")
                first.unlink()
                second.unlink()
                until(lambda: len(world.json("acks")) == 3, 60, "the agency's answer once there is room")
        finally:
            disk.detach()


def flooded(build):
    """While one agency sends 190 messages of 1 MB and 300 it may send but wrong, another's go through, on 120 MB"""
    with scratch(build, "disk") as place:
        disk = Disk(place, mebibytes=120)
        try:
            with world_of(build, data_dir=f"{disk.mount}/data") as world:
                text = world.config.read_text()
                world.config.write_text(text.replace("[[route]]", '[[agency]]\nid = "pdam"\nname = "PDAM"\n[[route]]'))
                program = world.start_siaga()
                honest, flooder = Agency(world), Agency(world, "pdam")
                payload = pathlib.Path(place) / "payload"

                def flood(count, size, begin):
                    for number in range(count):
                        payload.write_bytes(b"%s%06d" % (begin, number) + b"x" * (size - len(begin) - 6))
                        flooder.publish_file(payload)

                def goes_through(name):
                    honest.publish(name, alert(name, "Uji " + name))
                    honest.press_on(20)

                flood(130, 1_000_000, b"{")
                goes_through("uji-1")
                expect(program.stop(20), 0, "exit code")
                program = world.start_siaga()
                flood(60, 1_000_000, b"{")
                goes_through("uji-2")
                flood(300, 390_000, b"<alert>")
                goes_through("uji-3")
                until(lambda: len(world.json("refused")) == 490, 60, "a receipt for each")
                kinds = {(row["payload"], row["reasons"][0]["rule"]) for row in world.json("refused")}
                expect(kinds, {("dropped", "policy.limit.bytes"), ("whole", "policy.limit.bytes")},
                       "what is kept of them, and why they were refused")
                expect({row["bytes"] for row in world.json("refused")}, {1_000_000, 390_000}, "their lengths")
                # What waits undecided may be 32 MB, what was refused 8 MB; pages are used again, the file does not shrink.
                size = os.path.getsize(f"{disk.mount}/data/siaga.db")
                expect(size < 60 << 20, True, f"a store of {size >> 20} MB below 60")
                expect(world.siaga_command("log", "verify").returncode, 0, "log verify")
        finally:
            disk.detach()


def sweeps(world, count):
    """So many looks at the store: the service manager hears of each."""
    heard = world.notify.count("WATCHDOG=1")
    world.notify.hears("WATCHDOG=1", 40, heard + count)


def told_without_store(build):
    """While the store takes nothing at all, ops hear by SMS that the disk is full, once, and of its end when there is room"""
    with scratch(build, "disk") as place:
        disk = Disk(place)
        try:
            with world_of(build, data_dir=f"{disk.mount}/data") as world:
                with_ops(world)
                world.notify = NotifySocket("disk")
                program = world.start_siaga(environment={"NOTIFY_SOCKET": world.notify.path})
                agency = Agency(world)
                agency.publish("uji-1", alert("uji-1", "Uji satu"))
                agency.press_on(20)
                until(lambda: len(world.sms) >= 2, 20, "both officers told")
                first, second = pathlib.Path(disk.mount) / "filler-1", pathlib.Path(disk.mount) / "filler-2"
                fill(first)
                (pathlib.Path(disk.mount) / "data" / "reserve").unlink()
                fill(second)
                # Nobody has published anything since.
                until(lambda: to_ops(world), 40, "a message to ops")
                program.line_with("ops_told_without_the_store channel=sms officer=ops-1 sent=yes", 20)
                expect_in("The disk is full and new alerts are not taken. Make room.", to_ops(world)[0]["text"])
                expect(get(world, "/healthz")[0], 503, "/healthz")
                expect_in("the store takes no new alerts", get(world, "/healthz")[1])
                agency.publish("uji-2", alert("uji-2", "Uji dua"))
                held = until(lambda: agency.receipts.get("uji-2"), 20, "a receipt")[0]
                expect(held["reasons"][0]["rule"], "policy.storage", "the reason")
                # Several looks later it is still the one incident, of which ops were told once.
                sweeps(world, 5)
                expect(len(to_ops(world)), 1, "messages to ops while it lasts")
                first.unlink()
                second.unlink()
                until(lambda: agency.settled("uji-2"), 60, "the alert accepted once there is room")
                until(lambda: len(to_ops(world)) > 1, 40, "a message of its end")
                expect_in("OVER: The disk is full", to_ops(world)[1]["text"])
                rows = until(lambda: [row for row in world.json("incidents") if row["state"] == "ended"], 20, "its row")
                expect((rows[0]["kind"], rows[0]["count"], rows[0]["told"]), ("storage-full", 1, 1), "the row of it")
                expect(len(world.json("incidents")), 1, "incidents")
                expect(program.running(), True, "without a restart")
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
    main(full, told_without_store, last_room, flooded, gone)
