#!/usr/bin/python3
"""Who may say what, over a real broker: signatures, identities used twice, storms, limits.

usage: authority.py BUILD_DIR
"""
import json
import re
import signal
import subprocess

from daemon import Agency, alert, expect, expect_in, main, until, world_of

ALLOWED = '[[agency]]\nid = "bpbd"\nname = "BPBD"\n[[agency]]\nid = "polres"\n'


def send(world, file, *more):
    """`siaga send` as polres; its exit code and the receipt."""
    done = subprocess.run([str(world.build / "siaga"), "send", str(file), "--agency", "polres",
                           "--config", str(world.config), *more], capture_output=True, text=True, timeout=60)
    return done.returncode, json.loads(done.stdout) if done.stdout else {}


def written(world, name, text):
    file = world.place / name
    file.write_text(text)
    return file


def signatures(build):
    """An agency with a key is heard only with its signature, and a forged one is an incident"""
    with world_of(build) as world:
        incidents = []
        ear = world.listen("siaga/incident/uji", heard=incidents.append)
        made = subprocess.run([str(world.build / "siaga"), "keygen", "polres-1", "--out", str(world.place)],
                              capture_output=True, text=True, check=True).stdout
        keys = re.search(r"^keys = .*$", made, re.M)[0]
        subprocess.run([str(world.build / "siaga"), "keygen", "polres-2", "--out", str(world.place)], check=True,
                       capture_output=True)
        text = world.config.read_text()
        world.config.write_text(text.replace('id = "polres"\n', f'id = "polres"\n{keys}\n'))
        world.start_siaga()
        file = written(world, "uji-1.json", alert("uji-1", "Uji satu"))
        code, receipt = send(world, file)
        expect((code, receipt["reasons"][0]["rule"]), (65, "signature.missing"), "without a signature")
        until(lambda: incidents, 20, "an incident")
        expect_in('"kind":"signature"', incidents[0])
        code, receipt = send(world, file, "--sign-key", str(world.place / "polres-2.key"),
                             "--key-id", "polres-1")
        expect((code, receipt["reasons"][0]["rule"]), (65, "signature.wrong"), "another's signature")
        code, receipt = send(world, file, "--sign-key", str(world.place / "polres-1.key"))
        expect((code, receipt["decision"]), (0, "accepted"), "with its signature")
        shown = world.json("alert", "uji-1")
        expect(shown["signature"], "verified ed25519 polres-1", "what the log says")
        expect(sum(row["kind"] == "incident" for row in world.json("log", "show")), 1, "log rows of one incident")
        expect([(row["kind"], row["count"]) for row in world.json("incidents")], [("signature", 2)], "incidents")
        ear.kill()


def storm(build):
    """While one agency's storm waits its turn, another's alert goes through; none is dropped"""
    with world_of(build) as world:
        text = world.config.read_text()
        world.config.write_text(text.replace(
            '[[agency]]\nid = "polres"\n', ALLOWED + "rate_per_s = 50\nburst = 20\n"))
        world.start_siaga()
        polres, bpbd = Agency(world), Agency(world, "bpbd")
        lines = "".join(alert(f"badai-{i}", "Uji badai", "Moderate") + "\n" for i in range(200))
        subprocess.run(["mosquitto_pub", "-V", "5", "-h", "127.0.0.1", "-p", str(world.mqtt_port), "-q", "1",
                        "-t", "siaga/alert/polres", "-l"], input=lines, text=True, check=True, timeout=60)
        bpbd.publish("bpbd-1", alert("bpbd-1", "Banjir rob"))
        until(lambda: bpbd.settled("bpbd-1"), 20, "the other agency's receipt")
        taken = sum(polres.settled(f"badai-{i}") for i in range(200))
        expect(taken < 200, True, f"the storm still waits ({taken} of 200 taken)")
        until(lambda: all(polres.settled(f"badai-{i}") for i in range(200)), 60, "the whole storm")
        first = polres.receipts["badai-199"][0]
        expect((first["decision"], first["reasons"][0]["rule"]), ("held", "policy.rate"), "what it was told")
        polres.ear.kill()
        bpbd.ear.kill()


def limits(build):
    """An alert for more people than its agency may tell is held until ops raise the limit"""
    with world_of(build) as world:
        text = world.config.read_text()
        world.config.write_text(text.replace('id = "polres"\n', 'id = "polres"\nrecipients_max = 1\n'))
        program = world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        until(lambda: agency.receipts.get("uji-1"), 20, "a receipt")
        expect(agency.receipts["uji-1"][0]["decision"], "held", "the receipt")
        expect(world.json("alerts"), [], "alerts")
        world.config.write_text(text)
        program.process.send_signal(signal.SIGHUP)
        until(lambda: agency.settled("uji-1"), 20, "acceptance")
        until(lambda: len(world.sms) == 2, 20, "two SMS")
        agency.ear.kill()


if __name__ == "__main__":
    main(signatures, storm, limits)
