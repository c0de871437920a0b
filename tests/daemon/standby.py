#!/usr/bin/python3
"""A channel whose network is gone, and the one that stands by for it.

usage: standby.py BUILD_DIR
"""
import re

from daemon import Agency, alert, expect, expect_in, main, until, world_of
from world import free_port


def with_dead_sms(world):
    """Nobody listens where channel sms connects; channel cadangan has the SMSC."""
    text = world.config.read_text()
    sms = re.search(r"\[channel\.sms\]\n(.*?)(?=\n\[)", text, re.S)[1]
    dead = re.sub(r"port = \d+", f"port = {free_port()}", sms)
    world.config.write_text(text.replace(sms, dead + '\nstandby = "cadangan"\nstandby_after = "2s"') +
                            f"\n[channel.cadangan]\n{sms}\n")


def standby_carries(build):
    """While an SMSC cannot be reached, the standby carries its messages, and the log says why"""
    with world_of(build) as world:
        with_dead_sms(world)
        world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        until(lambda: len(world.sms) >= 2, 30, "both officers told")
        until(lambda: [r for r in world.json("log", "show") if "by=cadangan" in r["detail"]], 10, "its log row")
        delivery = world.json("alert", "uji-1")["deliveries"][0]
        expect(delivery["channel"], "sms", "the delivery's channel")
        expect_in("by cadangan, for sms is down: ", delivery["reason"])


if __name__ == "__main__":
    main(standby_carries)
