"""A store with everything in it that must live on through an upgrade, and the configuration it was made
with. Shared by make_store.py, which an older program plays it on, and upgrade.py, which the present program
goes on with."""
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "crash"))
from alerts import SENDER, stamp, team  # noqa: E402  pylint: disable=wrong-import-position

YEARS_S = 10 * 365 * 86400
PHONES = {"p0": "+6281210000000", "p1": "+6281210000001", "p2": "+6281210000002"}
MAIL = "p0@polres-bontang.example"


def configure(world, recipients_max):
    """One agency; p0 is told first by SMS and mail, p1 two seconds later; health alerts tell all three and
    are held where `recipients_max` is 2."""
    (world.place / "directory.toml").write_text(
        "".join(f'[[officer]]\nid = "{name}"\nname = "Petugas {name}"\nagency = "polres"\nsms = "{phone}"\n' +
                (f'email = "{MAIL}"\n' if name == "p0" else "") + "\n" for name, phone in PHONES.items()) +
        team("awal", [0]) + team("lanjut", [1]) + team("semua", [0, 1, 2]))
    world.config.write_text(f'''
[gateway]
name = "lama"
data_dir = "data"
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
[channel.email]
kind = "smtp"
url = "smtp://127.0.0.1:{world.mail_port}"
from = "siaga@bontang.example"
[[agency]]
id = "polres"
name = "Polres Bontang"
recipients_max = {recipients_max}
[[route]]
match = {{ category = ["Health"] }}
policy = "banyak"
[[route]]
policy = "bertahap"
[[policy]]
id = "bertahap"
steps = [
  {{ after = "0s", teams = ["awal"], channels = ["sms", "email"] }},
  {{ after = "2s", teams = ["lanjut"], channels = ["sms"] }},
]
[[policy]]
id = "banyak"
steps = [ {{ after = "0s", teams = ["semua"], channels = ["sms"] }} ]
''')
    secret = world.place / "smpp.password"
    secret.write_text("secret\n")
    secret.chmod(0o600)


def alert(identifier, category="Security", kind="Alert", about=None):
    """It does not expire for years: the store is opened long after it was made."""
    references = {"references": f"{SENDER},{about['identifier']},{about['sent']}"} if about else {}
    return {"identifier": identifier, "sender": SENDER, "sent": stamp(), **references,
            "status": "Actual", "msgType": kind, "scope": "Restricted", "restriction": "petugas piket",
            "info": [{"language": "id", "category": [category], "event": f"Kejadian {identifier}",
                      "responseType": ["Monitor"], "urgency": "Immediate", "severity": "Severe",
                      "certainty": "Observed", "expires": stamp(YEARS_S), "headline": f"Kejadian {identifier}",
                      "instruction": "Siaga di tempat.",
                      "area": [{"areaDesc": "Kel. Lok Tuan",
                                "geocode": [{"valueName": "KEMENDAGRI", "value": "64.74.01.1003"}]}]}]}


def text_of(message):
    return json.dumps(message)


def later(seconds=1.1):
    """CAP's times have whole seconds: what follows is sent in a later one."""
    time.sleep(seconds)
