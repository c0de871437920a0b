#!/usr/bin/env python3
"""The shipped broker profile, run by a real mosquitto with real certificates: an agency speaks and hears
on its own topics only, and the gateway hears them all.

usage: broker_profile.py BUILD_DIR
Answers 77 (skipped) where mosquitto or openssl is not installed.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tests" / "support"), str(ROOT / "config" / "demo")]
from places import scratch  # noqa: E402  pylint: disable=wrong-import-position
from world import free_port  # noqa: E402,F401  pylint: disable=wrong-import-position

PROFILE = ROOT / "config" / "mosquitto"
LIMIT_S = 10


def tool(name):
    return shutil.which(name) or shutil.which(f"/usr/sbin/{name}")


def openssl(*words):
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


def make_ca(place, name):
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 2, "-subj", f"/CN=Test {name}",
            "-keyout", place / f"{name}.key", "-out", place / f"{name}.crt")


def make_certificate(place, name, authority):
    extensions = place / "names"
    extensions.write_text("subjectAltName=IP:127.0.0.1\n")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}",
            "-keyout", place / f"{name}.key", "-out", place / f"{name}.csr")
    openssl("x509", "-req", "-days", 2, "-in", place / f"{name}.csr", "-CA", place / f"{authority}.crt",
            "-CAkey", place / f"{authority}.key", "-CAcreateserial", "-extfile", extensions,
            "-out", place / f"{name}.crt")


def make_certificates(place, agencies=("polres", "damkar")):
    make_ca(place, "ca")
    make_ca(place, "gateway-ca")
    for name in ("server", *agencies):
        make_certificate(place, name, "ca")
    make_certificate(place, "siaga-gateway", "gateway-ca")


def profile_at(place, agencies_port, gateway_port):
    text = (PROFILE / "siaga.conf").read_text()
    text = text.replace("listener 8883", f"listener {agencies_port} 127.0.0.1")
    text = text.replace("listener 8884", f"listener {gateway_port}")
    text = text.replace("/etc/mosquitto/certs/", f"{place}/")
    text = text.replace("/etc/mosquitto/siaga.acl", str(place / "siaga.acl"))
    text = re.sub(r"(?m)^persistence_location .*", f"persistence_location {place}/", text)
    shutil.copy(PROFILE / "siaga.acl", place / "siaga.acl")
    config = place / "siaga.conf"
    config.write_text(text + "\nuser root\n")
    return config


class Identity:
    def __init__(self, place, name, port):
        self.words = ["-V", "5", "-h", "127.0.0.1", "-p", str(port), "-q", "1", "--cafile", place / "ca.crt",
                      "--cert", place / f"{name}.crt", "--key", place / f"{name}.key"]

    def publish(self, topic, text, *more):
        return subprocess.run([tool("mosquitto_pub"), *self.words, "-t", topic, "-m", text, *more],
                              capture_output=True, text=True, timeout=LIMIT_S)

    def listen(self, *topics, client_id):
        filters = [word for topic in topics for word in ("-t", topic)]
        ear = subprocess.Popen([tool("mosquitto_sub"), *self.words, "-i", client_id, "-F", "%t %p", *filters],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return ear


def main():
    if not tool("mosquitto") or not tool("mosquitto_pub") or not tool("openssl"):
        print("skipped: mosquitto or openssl is not installed")
        return 77
    failures = []

    def expect(holds, sentence):
        print(("ok      " if holds else "FAILED  ") + sentence)
        if not holds:
            failures.append(sentence)

    with scratch(sys.argv[1], "broker-profile") as place:
        make_certificates(place)
        ports = free_port(), free_port()
        log = open(place / "log", "w+")
        broker = subprocess.Popen([tool("mosquitto"), "-v", "-c", profile_at(place, *ports)], stdout=log,
                                  stderr=subprocess.STDOUT)
        ears = []
        try:
            deadline = time.monotonic() + LIMIT_S
            while " running" not in (place / "log").read_text():
                if broker.poll() is not None or time.monotonic() > deadline:
                    print((place / "log").read_text())
                    expect(False, "mosquitto accepts the profile")
                    return 1
                time.sleep(0.02)
            warnings = [line for line in (place / "log").read_text().splitlines() if "Warning" in line and "run as root" not in line]
            expect(not warnings, f"mosquitto accepts the profile without a warning {warnings or ''}")
            polres, damkar = Identity(place, "polres", ports[0]), Identity(place, "damkar", ports[0])
            gateway = Identity(place, "siaga-gateway", ports[1])
            hears_all = gateway.listen("siaga/alert/+", "siaga/ack/+", client_id="siaga-test-intake")
            second = gateway.listen("siaga/ack/+", client_id="siaga-test-feed")
            own = damkar.listen("siaga/receipt/damkar/#", "siaga/status/damkar/#", "siaga/receipt/polres",
                                "siaga/alert/#", client_id="anything")
            ears += [hears_all, second, own]

            def subscribed():
                return (place / "log").read_text().count("Sending SUBACK") >= 3
            while not subscribed() and time.monotonic() < deadline:
                time.sleep(0.02)
            expect(subscribed(), "three listeners are subscribed")

            polres.publish("siaga/alert/polres", "of polres")
            polres.publish("siaga/alert/damkar", "not of polres")
            polres.publish("siaga/alert/polres/x", "too deep")
            polres.publish("siaga/receipt/damkar", "a forged receipt")
            polres.publish("siaga/ack/polres", "an answer", "-u", "damkar")
            gateway.publish("siaga/receipt/polres", "for polres")
            gateway.publish("siaga/receipt/damkar", "for damkar")
            gateway.publish("siaga/receipt/damkar/desk-2", "where damkar asked")
            gateway.publish("siaga/status/damkar/7", "state")
            damkar.publish("siaga/alert/damkar", "the last")

            heard = [hears_all.stdout.readline().strip() for _ in range(3)]
            expect(heard == ["siaga/alert/polres of polres", "siaga/ack/polres an answer",
                             "siaga/alert/damkar the last"],
                   f"the gateway hears each agency on its own topics only: {heard}")
            own.terminate()
            heard_own = own.communicate(timeout=LIMIT_S)[0].splitlines()
            told = [line for line in heard_own if line.startswith("siaga/")]
            expect(told == ["siaga/receipt/damkar for damkar",
                            "siaga/receipt/damkar/desk-2 where damkar asked", "siaga/status/damkar/7 state"],
                   f"an agency hears its own receipts and states only: {told}")
            expect("Client damkar already connected" in (place / "log").read_text(),
                   "an agency's client id is its identity, whatever it calls itself")
            expect(second.poll() is None and hears_all.poll() is None,
                   "the gateway's two connections do not throw each other out")
            gateway.publish("siaga/log/uji", "a checkpoint", "-r")
            polres.publish("siaga/log/uji", "a forged one", "-r")
            note = subprocess.run([tool("mosquitto_sub"), *gateway.words, "-i", "siaga-test-log", "-t",
                                   "siaga/log/uji", "-C", "1", "-W", str(LIMIT_S)], capture_output=True, text=True)
            expect(note.stdout.strip() == "a checkpoint", f"the gateway reads back what it said of its log: {note.stdout}")
            thief = Identity(place, "polres", ports[1])
            taken = thief.publish("siaga/ack/polres", "x", "-i", "siaga-test-intake")
            expect(taken.returncode != 0 and hears_all.poll() is None,
                   "an agency's certificate does not pass for the gateway's on its own listener")
            stranger = Identity(place, "siaga-gateway", ports[0])
            expect(stranger.publish("siaga/receipt/polres", "x").returncode != 0,
                   "nor the gateway's for an agency's on theirs")
            nobody = subprocess.run([tool("mosquitto_pub"), "-V", "5", "-h", "127.0.0.1", "-p", str(ports[0]),
                                     "--cafile", place / "ca.crt", "-t", "siaga/alert/polres", "-m", "x"],
                                    capture_output=True, timeout=LIMIT_S)
            expect(nobody.returncode != 0, "without a certificate nobody gets in")
        finally:
            for ear in ears:
                if ear.poll() is None:
                    ear.kill()
                ear.wait()
            broker.terminate()
            broker.wait(LIMIT_S)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
