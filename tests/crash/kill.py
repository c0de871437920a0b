#!/usr/bin/python3
"""SIGKILL at random moments under load, real binary, real broker, real SMSC.

usage: kill.py BUILD_DIR [ROUNDS] [SEED]
Promises checked at the end: no receipted alert lost, every delivery ends, repeats only where marked
possible_duplicate, the log whole.
"""
import random
import sys
import tempfile
import threading
import time

from alerts import Agency, Trouble, World, alert, configure, until
from checker import check


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


def quiet(world, identifiers):
    def done():
        rows = {row["identifier"]: row for row in world.json("alerts")}
        if not identifiers <= rows.keys():
            return False
        return all(d["state"] not in ("planned", "claimed")
                   for i in list(identifiers)[-50:] for d in world.json("alert", i)["deliveries"])
    until(done, 60, "the end of all deliveries")


def main():
    build, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="siaga-kill-") as place:
        world = World(build, place)
        world.start_broker()
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
        quiet(world, agency.receipted())
        counts = check(world, agency, world.sms)
        world.stop()
    print(f"{rounds} kills, seed {seed}: " + ", ".join(f"{v} {k}" for k, v in counts.items()))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        print(f"FAILED: {trouble}")
        sys.exit(1)
