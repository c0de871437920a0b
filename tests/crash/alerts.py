"""What the crash tests share: a small gateway configuration, numbered alerts, and an agency that
publishes them and collects receipts through mosquitto's own command line programs."""
import json
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "config" / "demo"), str(ROOT / "tests" / "support")]
from places import scratch  # noqa: E402,F401  pylint: disable=wrong-import-position
from world import Program, Trouble, World, command, until  # noqa: E402,F401  pylint: disable=wrong-import-position


def team(name, officers):
    return f'[[team]]\nid = "{name}"\nmembers = [' + ", ".join(f'"p{i}"' for i in officers) + "]\n\n"


def configure(world, data_dir, officers=2, window=32, later=()):
    """Writes siaga.toml and directory.toml for `world`: one agency, one route, everybody at once but
    those `later`, who are told in a second step, eight seconds on."""
    first = [i for i in range(officers) if i not in later]
    (world.place / "directory.toml").write_text(
        "".join(f'[[officer]]\nid = "p{i}"\nname = "Petugas {i}"\nagency = "polres"\n'
                f'sms = "+62812{10000000 + i}"\n\n' for i in range(officers)) +
        team("semua", first) + (team("cadangan", later) if later else ""))
    second = ', { after = "8s", teams = ["cadangan"], channels = ["sms"] }' if later else ""
    world.config.write_text(f'''
[gateway]
name = "uji"
data_dir = "{data_dir}"
[mqtt]
url = "{world.mqtt_url}"
[http]
listen = "127.0.0.1:{world.http_port}"
public_url = "http://127.0.0.1:{world.http_port}"
[channel.sms]
kind = "smpp"
host = "127.0.0.1"
port = {world.smsc_port}
system_id = "siaga"
password_file = "smpp.password"
source = "SIAGA"
rate_per_s = 0
window = {window}
[[agency]]
id = "polres"
name = "Polres Bontang"
[[route]]
policy = "semua"
[[policy]]
id = "semua"
steps = [{{ after = "0s", teams = ["semua"], channels = ["sms"] }}{second}]
''')
    secret = world.place / "smpp.password"
    secret.write_text("secret\n")
    secret.chmod(0o600)


def stamp(offset_s=0):
    return time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(time.time() + 8 * 3600 + offset_s))


SENDER = "spkt@polres-bontang.example"


def alert(identifier, event, severity="Severe", expires_s=7200, kind="Alert", about=None):
    """`about`: the payload this one updates or cancels."""
    old = json.loads(about) if about else None
    references = {"references": f"{SENDER},{old['identifier']},{old['sent']}"} if old else {}
    return json.dumps({
        "identifier": identifier, "sender": SENDER, "sent": stamp(), **references,
        "status": "Actual", "msgType": kind, "scope": "Restricted", "restriction": "petugas piket",
        "info": [{"language": "id", "category": ["Security"], "event": event,
                  "responseType": ["Monitor"], "urgency": "Immediate", "severity": severity,
                  "certainty": "Observed", "expires": stamp(expires_s), "senderName": "Polres Bontang",
                  "headline": event, "description": "Uji.", "instruction": "Siaga di tempat.",
                  "area": [{"areaDesc": "Kel. Lok Tuan",
                            "geocode": [{"valueName": "KEMENDAGRI", "value": "64.74.01.1003"}]}]}]})


def answer(world, message):
    """The officer's phone sends SIAP and the code in the message."""
    code = re.search(r"SIAP (\d+)", message["text"])
    if code:
        command(world.smsc_control, f"mo {message['to']} SIAP {code[1]}")


class Agency:
    """Publishes alerts, hears receipts, and publishes again what has none, as the contract asks."""

    def __init__(self, world, name="polres"):
        self.world, self.name = world, name
        self.payloads, self.receipts = {}, {}
        self.cancels = set()  # identifiers that raise no alert of their own
        self.ear = world.listen(f"siaga/receipt/{name}", heard=self._heard, form="%p")

    def _heard(self, line):
        if line.startswith("{"):
            receipt = json.loads(line)
            self.receipts.setdefault(receipt["identifier"], []).append(receipt)

    def publish(self, identifier, payload):
        self.payloads[identifier] = payload
        self._send(payload)

    def answer(self, code, officer):
        """For an officer, by the agency's own system."""
        self._send(json.dumps({"code": code, "officer": officer, "answer": "accepted"}), "ack")

    def _send(self, payload, kind="alert"):
        subprocess.run(["mosquitto_pub", "-V", "5", "-h", "127.0.0.1", "-p", str(self.world.mqtt_port), "-q", "1",
                        "-t", f"siaga/{kind}/{self.name}", "-m", payload], check=True, timeout=20)

    def settled(self, identifier):
        return any(r["decision"] in ("accepted", "duplicate") for r in self.receipts.get(identifier, []))

    def receipted(self):
        return {i for i in self.payloads if self.settled(i)}

    def press_on(self, seconds=60):
        """Until every alert has its receipt."""
        deadline = time.monotonic() + seconds
        while missing := [i for i in self.payloads if not self.settled(i)]:
            if time.monotonic() > deadline:
                heard = {i: self.receipts.get(i, []) for i in missing[:3]}
                raise Trouble(f"{len(missing)} alerts never got a receipt; heard within {seconds} s: {heard}")
            gateway = self.world.siaga
            if gateway is not None and not gateway.running():
                raise Trouble(f"the gateway ended with {gateway.process.returncode}:\n" + "\n".join(gateway.lines[-40:]))
            for identifier in missing:
                self._send(self.payloads[identifier])
            time.sleep(0.5)
