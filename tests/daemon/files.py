#!/usr/bin/python3
"""What the gateway writes is its own user's, and what others can get at is told of.

usage: files.py BUILD_DIR
"""
import os
import pathlib
import signal
import stat

from daemon import Agency, alert, expect, expect_in, main, until, world_of


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def own_files(build):
    """Under any umask, the data directory and everything in it is readable by nobody else"""
    before = os.umask(0)
    try:
        with world_of(build) as world:
            world.start_siaga()
            agency = Agency(world)
            agency.publish("uji-1", alert("uji-1", "Uji satu"))
            agency.press_on(20)
            data = world.place / "data"
            open_to_others = [str(path) for path in [data, *data.rglob("*")] if mode(path) & 0o077]
            expect(open_to_others, [], "open to others")
    finally:
        os.umask(before)


def told_of(build):
    """A data directory and a secret that others can read are warned of by check, and once at the start and at a reload"""
    with world_of(build) as world:
        data, secret = world.place / "data", world.place / "smpp.password"
        data.mkdir()
        data.chmod(0o755)
        secret.chmod(0o644)
        done = world.siaga_command("check")
        for part in ("data_dir is ", "smpp.password"):
            expect_in(part, done.stdout)
        expect_in("siaga.toml:4:", [line for line in done.stdout.splitlines() if "data_dir is " in line][0])
        world.start_siaga()
        world.siaga.process.send_signal(signal.SIGHUP)
        world.siaga.line_with("reloaded", 20)
        said = world.siaga.lines.index(next(line for line in world.siaga.lines if "ready" in line))
        for lines, when in ((world.siaga.lines[:said], "at the start"), (world.siaga.lines[said:], "at the reload")):
            for part in ("data_dir is", "every user can read"):
                told = [line for line in lines if part in line]
                expect((len(told), "configuration_warning" in told[0]), (1, True), f"{part} {when}, once")
        world.siaga.stop()
        data.chmod(0o750)
        secret.chmod(0o640)
        done = world.siaga_command("check")
        expect("data_dir is" in done.stdout or "every user" in done.stdout, False, done.stdout)


if __name__ == "__main__":
    main(own_files, told_of)
