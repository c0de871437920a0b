#!/usr/bin/python3
"""Many starts of the gateway, each beside a broker of its own: the alert an agency publishes, and publishes
again every half second, has its receipt within five seconds.

usage: starts.py BUILD_DIR [--rounds N] [--trace]
Every other start is beside a process that never rests, and half of them tell by modem. With --trace what
Paho writes and reads on its connections is kept of a start that failed.
"""
import argparse
import subprocess
import sys
import time

from daemon import Agency, Trouble, alert, doing, world_of, world_with_modem

LIMIT_S = 5


class Busy:
    """A process that never rests, as a neighbour of the gateway on a small machine."""

    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, "-c", "while True: pass"])

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def traced(world):
    return {"MQTT_C_CLIENT_TRACE": str(world.place / "paho.log"), "MQTT_C_CLIENT_TRACE_LEVEL": "PROTOCOL",
            "MQTT_C_CLIENT_TRACE_MAX_LINES": "100000"}


def answered(world, number, trace):
    """Seconds from `ready` to the receipt of the first alert."""
    world.start_siaga(environment=traced(world) if trace else None)
    agency = Agency(world)
    began = time.monotonic()
    agency.publish("uji-1", alert("uji-1", f"Uji {number}"))
    agency.press_on(LIMIT_S)
    agency.ear.stop()
    return time.monotonic() - began


def start(build, number, trace):
    if number % 4 < 2:
        with world_of(build, "log_type all\n") as world:
            return answered(world, number, trace)
    with world_with_modem(build, broker_extra="log_type all\n") as (world, _):
        return answered(world, number, trace)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("build")
    words.add_argument("--rounds", type=int, default=20)
    words.add_argument("--trace", action="store_true")
    asked = words.parse_args()
    times, failures = [], 0
    for number in range(asked.rounds):
        doing[1:] = [str(number)]
        try:
            if number % 2:
                with Busy():
                    times.append(start(asked.build, number, asked.trace))
            else:
                times.append(start(asked.build, number, asked.trace))
        except Trouble as trouble:
            failures += 1
            print(f"FAILED  start {number}: {trouble}", flush=True)
    slowest = f"the slowest after {max(times):.2f} s" if times else "none"
    print(f"crash: {asked.rounds} starts, half beside a busy process: {len(times)} alerts had their receipt within"
          f" {LIMIT_S} s, {slowest}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
