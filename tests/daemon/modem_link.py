#!/usr/bin/python3
"""A GSM modem as the gateway's way out: taken away, in somebody else's hands, behind a slow network.

usage: modem_link.py BUILD_DIR
"""
import subprocess

from daemon import Agency, alert, expect, expect_in, get, main, until, world_with_modem
from world import command


def up(world):
    until(lambda: 'siaga_channel_up{channel="sms"} 1\n' in get(world, "/metrics")[1], 20, "the modem's service")


def publish(world):
    agency = Agency(world)
    agency.publish("uji-1", alert("uji-1", "Uji satu"))
    agency.press_on(20)


def pulled_out(build):
    """A modem that is pulled out is told of with the reason; plugged in again, it sends what waited"""
    with world_with_modem(build) as (world, modem):
        world.start_siaga()
        up(world)
        command(modem.control, "unplug")
        until(lambda: "channel sms is down: " in get(world, "/healthz")[1], 20, "the channel's name")
        expect_in("is the modem plugged in", until(
            lambda: [line for line in get(world, "/healthz")[1].splitlines() if "plugged in" in line], 20, "why")[0])
        world.siaga.line_with("modem_down channel=sms", 5)
        publish(world)
        command(modem.control, "plug")
        until(lambda: len(modem.sent()) == 2, 30, "what waited")


def in_use(build):
    """Beside a daemon that has the modem, a second program is told that its port is in use"""
    with world_with_modem(build) as (world, _):
        world.start_siaga()
        up(world)
        done = subprocess.run([f"{build}/siaga", "sms", "probe", "--config", str(world.config), "--channel", "sms",
                               "--wait", "2s"], capture_output=True, text=True, timeout=60)
        expect(done.returncode, 69, done.stdout + done.stderr)
        expect_in("another program holds it", done.stdout + done.stderr)
        expect(get(world, "/healthz")[1], "ok\n", "the daemon's own link")


def slow_network(build):
    """A network that takes longer than send_limit is waited for, and no message goes out twice"""
    more = '[delivery]\nsend_limit = "1s"\n'
    with world_with_modem(build, "--send-delay", 2500, more=more) as (world, modem):
        world.start_siaga()
        up(world)
        publish(world)
        until(lambda: [d["state"] for d in world.json("alert", "uji-1")["deliveries"]] == ["sent", "sent"], 40,
              "both sent")
        expect(len(modem.sent()), 2, "messages")
        rows = [row["detail"] for row in world.json("log", "show") if "outcome=unknown" in row["detail"]]
        expect(rows, [], "doubts")


if __name__ == "__main__":
    main(pulled_out, in_use, slow_network)
