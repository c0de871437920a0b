#!/usr/bin/python3
"""`siaga send` and the questions, while the daemon runs and while it does not.

usage: send.py BUILD_DIR
"""
import json

from daemon import alert, expect, main, world_of


def sends(build):
    """send ends with 0 for an accepted alert, 65 for a rejected one, 69 for no receipt in time"""
    with world_of(build) as world:
        world.start_siaga()
        file = world.place / "alert.json"

        def send(text):
            file.write_text(text)
            return world.siaga_command("send", file, "--agency", "polres", "--wait", "10s", check=False)

        first = alert("uji-1", "Uji satu")
        done = send(first)
        expect(done.returncode, 0, done.stderr)
        expect(json.loads(done.stdout)["decision"], "accepted", "the receipt printed")
        expect(send(first).returncode, 0, "a duplicate")
        done = send(alert("uji-2", "Uji dua").replace('"Severe"', '"Bad"'))
        expect(done.returncode, 65, done.stdout)
        for words in (["alerts"], ["alert", "uji-1"], ["acks"], ["log", "verify"], ["log", "show"]):
            expect(world.siaga_command(*words, check=False).returncode, 0, f"{words} while running")
        expect(world.siaga.stop(20), 0, "exit code")
        file.write_text(alert("uji-3", "Uji tiga"))
        done = world.siaga_command("send", file, "--agency", "polres", "--wait", "1s", check=False)
        expect(done.returncode, 69, done.stderr)
        expect([row["identifier"] for row in world.json("alerts")], ["uji-1"], "alerts while it is down")
        steps = {d["step"] for d in world.json("alert", "uji-1")["deliveries"]}
        expect(steps, {1}, "the first step's number")


if __name__ == "__main__":
    main(sends)
