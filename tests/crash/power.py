#!/usr/bin/python3
"""Power loss: the store on a loop-mounted ext4 that is shut down under it, unsynced writes gone.

usage: power.py BUILD_DIR [ROUNDS]
No receipted alert may be lost. The control runs the same with fdatasync switched off and must lose
something, or the test proves nothing. Skipped with a word where not root.
"""
import fcntl
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import time

from alerts import Agency, Trouble, World, alert, configure, scratch

SKIPPED = 77
EXT4_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2


class Disk:
    """A small ext4 of its own that can lose power."""

    def __init__(self, place):
        self.image, self.mount = pathlib.Path(place) / "disk.img", pathlib.Path(place) / "disk"
        self.mount.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(192 << 20)
        self._run("mkfs.ext4", "-q", "-F", self.image)
        self.attach()

    def _run(self, *words):
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
        if done.returncode != 0:
            raise OSError(f"{' '.join(map(str, words))}: {done.stderr.strip()}")

    def attach(self):
        self._run("mount", "-o", "loop", self.image, self.mount)

    def lose_power(self):
        fd = os.open(self.mount, os.O_RDONLY)
        fcntl.ioctl(fd, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        os.close(fd)

    def detach(self):
        """Once whoever still writes to it has ended."""
        for _ in range(50):
            if subprocess.run(["umount", str(self.mount)], capture_output=True).returncode == 0:
                return
            time.sleep(0.1)
        raise OSError(f"{self.mount} stays busy")


def rounds_of(build, rounds, prefix=()):
    """Answers (receipted alerts, lost ones) over all rounds."""
    receipted = lost = 0
    with scratch(build, "power") as place:
        disk, world = Disk(place), World(build, place)
        try:
            world.start_broker()
            world.start_smsc()
            configure(world, f"{disk.mount}/data")
            agency = Agency(world)
            for number in range(rounds):
                program = world.start_siaga(prefix=prefix)
                for i in range(10):
                    identifier = f"uji-{number:03d}-{i}"
                    agency.publish(identifier, alert(identifier, f"Uji {number} {i}"))
                time.sleep(0.05)
                known = agency.receipted()
                disk.lose_power()
                program.kill()
                disk.detach()
                disk.attach()
                try:
                    listed = {row["identifier"] for row in world.json("alerts")}
                except Trouble:
                    listed = set()
                receipted, gone = len(known), known - listed
                lost += len(gone)
                for identifier in gone:
                    agency.receipts.pop(identifier), agency.payloads.pop(identifier)
                if gone and prefix:
                    break
        finally:
            world.stop()
            disk.detach()
    return receipted, lost


def main():
    build, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20
    if os.geteuid() != 0:
        print("skipped: only root may mount a disk to switch off")
        return SKIPPED
    try:
        with scratch(build, "power") as place:
            Disk(place).detach()
    except OSError as error:
        print(f"skipped: no loop mount to be had here: {error}")
        return SKIPPED
    receipted, lost = rounds_of(build, rounds)
    if lost:
        raise Trouble(f"{lost} receipted alerts lost in {rounds} power losses")
    if shutil.which("eatmydata") is None:
        raise Trouble("eatmydata is not there for the control; run: bash config/install.sh test")
    _, lost_without = rounds_of(build, rounds, prefix=["eatmydata"])
    if lost_without == 0:
        raise Trouble("the control lost nothing with fsync off: this test cannot see a loss")
    print(f"crash: {rounds} power losses, {receipted} alerts receipted, 0 lost; control without fsync:"
          f" {lost_without} lost")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        print(f"FAILED: {trouble}")
        sys.exit(1)
