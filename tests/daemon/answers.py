#!/usr/bin/python3
"""One agency floods the gateway with answers; the other's alerts and answers are taken as if it did not.

usage: answers.py BUILD_DIR
"""
import json
import os
import subprocess
import time

from daemon import Agency, alert, expect, get, main, until, world_of

FLOOD = int(os.environ.get("SIAGA_FLOOD", "20000"))


def two_agencies(world):
    config = world.config.read_text()
    world.config.write_text(config.replace("[[route]]", '[[agency]]\nid = "damkar"\nname = "Damkar"\n[[route]]'))


def flood(world, count):
    """Small messages on siaga/ack/polres, as fast as the broker takes them."""
    lines = "".join(json.dumps({"alert": 1, "officer": f"orang-{i}", "answer": "accepted"}) + "\n"
                    for i in range(count))
    program = subprocess.Popen(["mosquitto_pub", "-V", "5", "-h", "127.0.0.1", "-p", str(world.mqtt_port), "-q", "1",
                                "-t", "siaga/ack/polres", "-l"], stdin=subprocess.PIPE, text=True)
    program.stdin.write(lines)
    program.stdin.close()
    return program


def flooded_with_answers(build):
    """Under a flood of answers another agency's alerts have their receipts within a second"""
    with world_of(build) as world:
        two_agencies(world)
        world.start_siaga()
        until(lambda: "siaga_broker_express_links 3" in get(world, "/metrics")[1], 20, "the express links")
        other = Agency(world, "damkar")
        flooding, waits, number = flood(world, FLOOD), [], 0
        until_at = time.monotonic() + 12
        while flooding.poll() is None or time.monotonic() < until_at:
            number += 1
            begun = time.monotonic()
            other.publish(f"api-{number}", alert(f"api-{number}", "Kebakaran"))
            until(lambda: other.settled(f"api-{number}"), 30, f"the receipt of alert {number}")  # pylint: disable=cell-var-from-loop
            waits.append(time.monotonic() - begun)
        waits.sort()
        p99 = waits[int(len(waits) * 0.99)]
        print(f"        {FLOOD} answers, {len(waits)} alerts beside them: median {waits[len(waits) // 2] * 1000:.0f} ms, "
              f"p99 {p99 * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms")
        expect(p99 < 1, True, f"p99 {p99:.2f} s")
        rejected = sum(row["kind"] == "rejected" for row in world.json("log", "show"))
        expect(500 <= rejected <= 500 + 20 * 200, True, f"{rejected} answers decided so far")


if __name__ == "__main__":
    main(flooded_with_answers)
