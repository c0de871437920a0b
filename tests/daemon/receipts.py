#!/usr/bin/python3
"""What an SMSC tells of the parts of a long text, and what is made of it.

usage: receipts.py BUILD_DIR
"""
from daemon import Agency, alert, expect, expect_in, main, until, world_of
from world import command

LONG = "Uji " + "massa bergerak dari simpang tiga menuju gerbang pabrik, " * 4


def told(build, parts):
    """A long alert of which the SMSC tells of these parts only: the deliveries once all are delivered."""
    with world_of(build) as world:
        command(world.smsc_control, f"set receipt-parts {parts}")
        command(world.smsc_control, "set receipts 5")
        with world.config.open("a") as config:
            config.write('\n[delivery]\nparts_receipt_wait = "1s"\n')
        world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", LONG))
        agency.press_on(20)

        def delivered():
            deliveries = world.json("alert", "uji-1")["deliveries"]
            return all(d["state"] == "delivered" for d in deliveries) and deliveries
        deliveries = until(delivered, 20, "both delivered")
        expect(world.siaga_command("log", "verify").returncode, 0, "log verify")
        return deliveries, [row for row in world.json("log", "show") if row["kind"] == "assumed"]


def first_only(build):
    """Where an SMSC tells of the first part only, a long message is delivered after a while, and the log says why"""
    deliveries, rows = told(build, "first")
    expect(len(rows), 2, "rows of what was assumed")
    expect_in("parts=1/", rows[0]["detail"])
    expect_in("no word of the others for 1s", rows[0]["detail"])
    expect_in("receipts of 1/", deliveries[0]["reason"])


def last_only(build):
    """The same where it tells of the last part only"""
    _, rows = told(build, "last")
    expect(len(rows), 2, "rows of what was assumed")


def all_of_them(build):
    """Where it tells of every part nothing is assumed"""
    deliveries, rows = told(build, "all")
    expect(rows, [], "rows of what was assumed")
    expect(deliveries[0]["reason"], "", "the reason")


if __name__ == "__main__":
    main(first_only, last_only, all_of_them)
