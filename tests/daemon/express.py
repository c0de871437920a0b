#!/usr/bin/python3
"""Twenty agencies at the shipped broker profile, with TLS and client certificates: intake and feed have
their connections whatever the broker allows, the express links come after.

usage: express.py BUILD_DIR
"""
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys

from daemon import SKIPPED, Program, World, alert, configure, doing, expect, expect_in, get, main, scratch, until

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "config"))
from broker_profile import free_port, make_certificates, profile_at, tool  # noqa: E402  pylint: disable=wrong-import-position

AGENCIES = ["polres", "damkar"] + [f"dinas-{i}" for i in range(18)]
TIMES = int(os.environ.get("SIAGA_EXPRESS_TIMES", "10"))


class Profile:
    """The shipped profile's broker, that can be started again, and the gateway beside it."""

    def __init__(self, world, connections=None):
        self.world, self.place = world, world.place / "profile"
        self.place.mkdir()
        make_certificates(self.place, AGENCIES)
        self.agencies_port, self.gateway_port = free_port(), free_port()
        self.config = profile_at(self.place, self.agencies_port, self.gateway_port)
        text = self.config.read_text()
        if connections:
            text = text.replace("max_connections 128", f"max_connections {connections}")
        self.config.write_text(text)
        self.broker = None
        self.start_broker()
        self._configure_gateway()

    def start_broker(self):
        self.broker = Program([tool("mosquitto"), "-v", "-c", self.config], log=self.world.place / "broker.log")
        self.broker.line_with(" running", 10)

    def restart_broker(self):
        self.broker.stop()
        self.start_broker()

    def _configure_gateway(self):
        configure(self.world, f"{self.world.place}/data")
        text = self.world.config.read_text()
        text = text.replace(f'url = "{self.world.mqtt_url}"', f'''url = "mqtts://127.0.0.1:{self.gateway_port}"
ca_file = "{self.place}/ca.crt"
cert_file = "{self.place}/siaga-gateway.crt"
key_file = "{self.place}/siaga-gateway.key"''')
        more = "".join(f'[[agency]]\nid = "{name}"\nname = "{name}"\n' for name in AGENCIES if name != "polres")
        self.world.config.write_text(text.replace("[[route]]", more + "[[route]]"))

    def receipted(self, name, identifier):
        """One alert of an agency, and its receipt, over one connection: an identity has no second."""
        heard = []
        asker = Program(["stdbuf", "-oL", tool("mosquitto_rr"), "-V", "5", "-h", "127.0.0.1",
                         "-p", self.agencies_port, "-q", "1", "--cafile", self.place / "ca.crt",
                         "--cert", self.place / f"{name}.crt", "--key", self.place / f"{name}.key",
                         "-t", f"siaga/alert/{name}", "-e", f"siaga/receipt/{name}",
                         "-m", alert(identifier, "Uji"), "-W", "15"],
                        heard=lambda line: line.startswith("{") and heard.append(line))
        try:
            until(lambda: heard, 15, f"the receipt of {identifier}")
        finally:
            asker.kill()
        expect(json.loads(heard[0])["decision"], "accepted", f"the receipt of {identifier}")

    def metric(self, name):
        found = re.search(rf"^{name}(?:{{.*}})? (\S+)$", get(self.world, "/metrics")[1], re.M)
        return float(found[1]) if found else 0.0

    def links(self):
        return int(self.metric("siaga_broker_express_links"))

    def whole(self, links=len(AGENCIES) + 1):
        until(lambda: get(self.world, "/healthz")[0] == 200, 20, "a healthy gateway")
        until(lambda: self.links() == links, 30, f"{links} express links, {self.links()} at last,")


@contextlib.contextmanager
def profile_of(build, connections=None):
    with scratch(build, "-".join(doing)) as place:
        world = World(build, place)
        world.start_smsc()
        profile = Profile(world, connections)
        try:
            yield profile
        finally:
            world.stop()
            profile.broker.stop()


def cold_starts(build):
    """With 20 agencies and TLS the gateway is whole after each cold start"""
    with profile_of(build) as profile:
        for turn in range(TIMES):
            profile.world.start_siaga()
            profile.whole()
            profile.receipted("polres", f"uji-{turn}")
            profile.receipted(AGENCIES[-1 - turn % 5], f"uji-lain-{turn}")
            profile.world.siaga.stop()


def broker_restarts(build):
    """With 20 agencies and TLS the gateway is whole after each restart of the broker"""
    with profile_of(build) as profile:
        profile.world.start_siaga()
        profile.whole()
        for turn in range(TIMES):
            profile.restart_broker()
            profile.whole()
            profile.receipted("polres", f"uji-{turn}")


def few_connections(build):
    """At a broker that allows 16 connections intake and feed are up, receipts arrive, and ops hear why"""
    with profile_of(build, connections=16) as profile:
        profile.world.start_siaga()
        profile.whole(links=14)
        profile.receipted("polres", "uji-1")
        profile.receipted(AGENCIES[-1], "uji-2")
        profile.world.siaga.line_with("express-refused", 10)
        for turn in range(3):
            profile.restart_broker()
            profile.whole(links=14)
            profile.receipted("damkar", f"uji-lagi-{turn}")
        # Seven links are refused at the start; after each restart they try in turn, and rest again.
        refusals = sum("express_refused" in line for line in profile.world.siaga.lines)
        expect(refusals <= 7 * 4 + 14 * 3, True, f"{refusals} refusals are few")


def told_limit(build):
    """check compares the broker's limit with what the agencies want"""
    with profile_of(build) as profile:
        config = profile.world.config
        config.write_text(config.read_text().replace("[mqtt]", "[mqtt]\nconnections_max = 16"))
        said = subprocess.run([str(profile.world.build / "siaga"), "check", "--config", str(config)],
                              capture_output=True, text=True, timeout=20)
        expect(said.returncode, 0, "the exit code")
        expect_in("20 agencies want 23 connections: raise max_connections", said.stdout)


if __name__ == "__main__":
    if not tool("mosquitto") or not tool("mosquitto_rr") or not tool("openssl"):
        print("skipped: mosquitto, mosquitto_rr or openssl is not installed")
        sys.exit(SKIPPED)
    main(cold_starts, broker_restarts, few_connections, told_limit)
