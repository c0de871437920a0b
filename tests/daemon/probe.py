#!/usr/bin/python3
"""`siaga sms probe` against the test SMSC.

usage: probe.py BUILD_DIR
"""
import subprocess

from daemon import Agency, alert, expect, expect_in, main, until, world_of
from world import command

NUMBER = "+6281299990000"


def probe(world, build, *more, channel="sms"):
    done = subprocess.run([f"{build}/siaga", "sms", "probe", "--config", str(world.config), "--channel", channel,
                           "--wait", "5s", *more], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def bound(build):
    """A channel that works says so, and what is at the other end"""
    with world_of(build) as world:
        code, said = probe(world, build)
        expect(code, 0, said)
        expect_in(f"SMSC: 127.0.0.1:{world.smsc_port}, no TLS", said)
        expect_in("channel sms works: bound to", said)


def text_arrives(build):
    """A text of telling characters arrives whole, and its receipt is told"""
    with world_of(build) as world:
        code, said = probe(world, build, "--to", NUMBER)
        expect(code, 0, said)
        expect_in("receipt: delivered", said)
        until(lambda: world.sms, 5, "the text")
        expect_in("@ £ $ _ { } [ ] ~ €", world.sms[0]["text"])


def nobody_there(build):
    """A channel that does not work says why, and exits 69"""
    with world_of(build) as world:
        world.config.write_text(world.config.read_text().replace(f"port = {world.smsc_port}\nsystem_id", "port = 1\nsystem_id"))
        code, said = probe(world, build)
        expect(code, 69, said)
        expect_in("channel sms does not work: ", said)


def unknown_channel(build):
    """A channel that is not configured is named"""
    with world_of(build) as world:
        code, said = probe(world, build, channel="sms2")
        expect(code, 66, said)
        expect_in("no [channel.sms2]", said)


def replies_are_left(build):
    """What officers answer while a probe runs is left for the daemon"""
    with world_of(build) as world:
        world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        until(lambda: len(world.sms) >= 2, 20, "both officers told")
        world.siaga.stop()
        command(world.smsc_control, f"mo {world.sms[0]['to']} SIAP {agency.receipts['uji-1'][0]['code']}")
        expect(probe(world, build)[0], 0, "the probe")
        world.start_siaga()
        until(lambda: world.json("acks"), 20, "the officer's answer")


if __name__ == "__main__":
    main(bound, text_arrives, nobody_there, unknown_channel, replies_are_left)
