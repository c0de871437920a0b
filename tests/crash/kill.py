#!/usr/bin/python3
"""SIGKILL at random moments under load, real binary, real broker, real SMSC.

usage: kill.py BUILD_DIR [ROUNDS] [SEED]
Promises checked at the end: no receipted alert lost, every delivery ends, repeats only where marked
possible_duplicate, the log whole.
"""
import random
import re
import sys
import threading
import time

from alerts import Agency, Trouble, World, alert, answer, configure, scratch
from checker import check, kind_of, quiet, summary


class Load(threading.Thread):
    """Publishes an alert every now and then until told to stop."""

    def __init__(self, agency):
        super().__init__(daemon=True)
        self.agency, self.going, self.count = agency, True, 0

    def run(self):
        while self.going:
            identifier = f"uji-{self.count:05d}"
            self.agency.publish(identifier, alert(identifier, f"Uji {self.count:05d}"))
            self.count += 1
            time.sleep(0.02)


def hear(world, message):
    """The first officer answers every third alert."""
    number = re.search(r"Uji (\d+)", message["text"])
    if number and int(number[1]) % 3 == 0 and message["to"].endswith("0") and kind_of(message["text"]) == "alert":
        answer(world, message)


def main():
    build, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
    chance = random.Random(seed)
    with scratch(build, "kill") as place:
        world = World(build, place)
        world.start_broker()
        world.on_sms = lambda message: hear(world, message)
        world.start_smsc()
        configure(world, f"{place}/data")
        agency = Agency(world)
        load = Load(agency)
        load.start()
        for _ in range(rounds):
            program = world.start_siaga(ready=False)
            time.sleep(chance.uniform(0.02, 0.6))
            if not program.running():
                raise Trouble("siaga ended by itself:\n" + "\n".join(program.lines[-10:]))
            program.kill()
        load.going = False
        load.join()
        world.start_siaga()
        agency.press_on(90)
        quiet(world)
        counts = check(world, agency, world.sms)
        world.stop()
    print(summary({"kills at random": rounds, **counts}) + f"; seed {seed}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        print(f"FAILED: {trouble}")
        sys.exit(1)
