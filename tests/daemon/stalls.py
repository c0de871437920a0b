#!/usr/bin/python3
"""Long messages beside an agency whose alerts are short: they are judged beside the core, which never
does one thing for long.

usage: stalls.py BUILD_DIR
"""
import base64
import json
import signal
import time

from daemon import Agency, alert, expect, expect_in, main, metric, until, world_of
from incidents import to_ops, with_ops

STALL_MAX_S = 0.25    # of a build that is not optimised, on a machine that does other things too
RECEIPT_MAX_S = 2
OFFICERS = 250_000     # whose reading takes longer than a second

MANY = '[[team]]\nid = "banyak"\nmembers = [' + ", ".join(f'"q{i}"' for i in range(OFFICERS)) + "]\n\n"


def lengthened(identifier, change):
    made = json.loads(alert(identifier, "Uji " + identifier))
    change(made["info"][0])
    return json.dumps(made)


def described(info):
    info["description"] = "kata & kata " * 20_000


def placed(info):
    info["area"] = [{"areaDesc": "a", "geocode": [{"valueName": "KEMENDAGRI", "value": f"64.74.01.{1000 + i % 9000}"}]}
                    for i in range(1999)]


def drawn(info):
    info["area"][0]["circle"] = ["0.15,117.48 9"] * 8000


def specified(info):
    info["parameter"] = [{"valueName": "a", "value": "b"}] * 6000


def misspelt(info):
    info.update({f"zz{i}": "a" for i in range(15_000)})


LONG = {"described": described, "placed": placed, "drawn": drawn, "specified": specified, "misspelt": misspelt}


def wrapped():
    xml = (f'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>wrapped</identifier>' + "<a/>" * 60_000 + "</alert>")
    return json.dumps({"data": base64.b64encode(xml.encode()).decode()})


def goes_on(build):
    """While the longest messages are judged another agency has its receipts, and the core is never held"""
    with world_of(build) as world:
        text = world.config.read_text()
        world.config.write_text(text.replace("[[route]]", '[[agency]]\nid = "pdam"\nname = "PDAM"\n[[route]]'))
        world.start_siaga()
        honest, long_winded = Agency(world), Agency(world, "pdam")
        payload = world.place / "payload"
        slowest = 0
        for round_number in range(3):
            for name, change in LONG.items():
                payload.write_text(lengthened(f"{name}-{round_number}", change))
                long_winded.publish_file(payload)
            payload.write_text(wrapped())
            long_winded.publish_file(payload)
            short = f"uji-{round_number}"
            begun = time.monotonic()
            honest.publish(short, alert(short, "Uji"))
            until(lambda short=short: honest.settled(short), 20, "a receipt")
            slowest = max(slowest, time.monotonic() - begun)
        wanted = {f"{name}-{i}" for name in ("described", "placed", "drawn", "specified") for i in range(3)}
        until(lambda: wanted <= {a["identifier"] for a in world.json("alerts")}, 60, "the long alerts accepted")
        until(lambda: len(world.json("refused")) == 6, 60, "the wrong ones refused")
        stall = metric(world, "siaga_core_stall_seconds")
        print(f"        longest stall {stall * 1000:.0f} ms, slowest receipt {slowest * 1000:.0f} ms", flush=True)
        expect(stall < STALL_MAX_S, True, f"a stall of {stall:.3f} s below {STALL_MAX_S} s")
        expect(slowest < RECEIPT_MAX_S, True, f"a receipt after {slowest:.3f} s within {RECEIPT_MAX_S} s")


def stalled(build):
    """A core that did one thing for more than a second, here a reload of very many officers, is told ops by SMS"""
    with world_of(build) as world:
        with_ops(world)
        program = world.start_siaga()
        directory = world.place / "directory.toml"
        directory.write_text(directory.read_text() + MANY + "".join(
            f'[[officer]]\nid = "q{i}"\nname = "Petugas {i}"\nagency = "polres"\nsms = "+62813{10000000 + i}"\n\n'
            for i in range(OFFICERS)))
        program.process.send_signal(signal.SIGHUP)
        program.line_with("reloaded", 120)
        program.line_with("incident kind=core-stalled about=core", 20)
        until(lambda: to_ops(world), 30, "a message to ops")
        expect_in("The gateway did not respond for a while.", to_ops(world)[0]["text"])
        row = world.json("incidents")[0]
        expect((row["kind"], row["state"]), ("core-stalled", "open"), "its row")
        expect_in("ms it did one thing only", row["detail"])
        expect(metric(world, "siaga_core_stall_seconds") > 1, True, "a stall above a second")


if __name__ == "__main__":
    main(goes_on, stalled)
