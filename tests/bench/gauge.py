"""What the parts of the bench have in common: the world measured, rows of figures, limits missed."""
import json
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "config" / "demo"))
from world import Trouble, World, command, until  # noqa: E402,F401  pylint: disable=wrong-import-position

missed = []


class Wires(World):
    """The peers seen cheaply: only messages of numbered alerts ("Uji 17") are read, the rest counted."""

    def _heard_sms(self, line):
        if "Uji" in line:
            super()._heard_sms(line)

    def sms_stats(self):
        return json.loads(command(self.smsc_control, "stats"))

    def mail_stats(self):
        return json.loads(command(self.mail_control, "stats"))


def row(name, value, limit="", met=True):
    print(f"  {name:<58} {value:>22}  {limit}{'' if met else '  MISSED'}", flush=True)
    if not met:
        missed.append(name)


def percentile(samples, share):
    ordered = sorted(samples)
    return ordered[int(share * (len(ordered) - 1))]


def configure(world, officers, agencies=None, pace=""):
    """Agency `satu` tells one officer by SMS and email; `semua-sms` and `semua-mail` tell everybody.
    Or `agencies`: name -> (team, channels) with teams satu (one), regu (thirty) and semua (all), and
    `pace` in each. The store is empty: what one part leaves undecided is not for the next to wait for."""
    empty_the_store(world)
    people = "".join(f'[[officer]]\nid = "p{i}"\nname = "P {i}"\nagency = "satu"\n'
                     f'sms = "+62812{10000000 + i}"\nemail = "p{i}@bench.example"\n\n'
                     for i in range(officers))
    teams = "".join(f'[[team]]\nid = "{team}"\nmembers = {json.dumps([f"p{i}" for i in range(size)])}\n\n'
                    for team, size in (("satu", 1), ("regu", min(30, officers)), ("semua", officers)))
    (world.place / "directory.toml").write_text(people + teams)
    secret = world.place / "smpp.password"
    secret.write_text("secret\n")
    secret.chmod(0o600)
    agencies = agencies or {
        "satu": ("satu", ["sms", "email"]), "dua": ("satu", ["sms"]), "semua-sms": ("semua", ["sms"]),
        "semua-mail": ("semua", ["email"])}
    text = f'''
[gateway]
name = "bench"
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
rate_per_s = 0
window = 64
[channel.email]
kind = "smtp"
url = "smtp://127.0.0.1:{world.mail_port}"
from = "siaga@bench.example"
connections = 8
'''
    for agency, (team, channels) in agencies.items():
        text += (f'[[agency]]\nid = "{agency}"\nname = "{agency}"\n{pace}'
                 f'[[route]]\nmatch = {{ agency = ["{agency}"] }}\npolicy = "{agency}"\n'
                 f'[[policy]]\nid = "{agency}"\nsteps = [{{ after = "0s", teams = ["{team}"], '
                 f'channels = {json.dumps(channels)} }}]\n')
    world.config.write_text(text)


def rss_mb(pid, peak=False):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)" if peak else r"VmRSS:\s+(\d+)", status)[1]) / 1024


def publisher(world, agency, prefix, count, rate, event, severity="Severe", urgency="Immediate", patience=30):
    done = subprocess.run([str(world.build / "siaga_bench_publisher"), world.mqtt_url, agency, prefix, str(count),
                           str(rate), event, severity, urgency, str(patience)], capture_output=True, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0:
        raise Trouble(f"publisher: {done.stderr or 'receipts missing'}")
    return {line["id"]: line for line in lines if "id" in line}, lines[-1]


def floors(world, per_second):
    """What each hop costs alone, at the pace of the work it is compared with."""
    out = subprocess.run([str(world.build / "siaga_bench_floors"), world.mqtt_url, str(world.place),
                          str(world.smsc_port), str(world.mail_port), str(per_second)],
                         capture_output=True, text=True)
    if out.returncode != 0:
        raise Trouble(out.stderr)
    figures = {line["name"]: line for line in map(json.loads, out.stdout.splitlines())}
    for name, figure in figures.items():
        row(f"{name}, {per_second}/s", f"p50 {figure['p50_us']:.0f} p99 {figure['p99_us']:.0f} us")
    return figures


def at(message):
    """First byte on the wire, as the SMSC and the mail server call it."""
    return message.get("time_ns") or message["t_ns"]


def first_bytes(messages, key):
    """When each event was first on the wire, by the number in it."""
    first = {}
    for message in messages:
        found = re.search(r"Uji(\d+)", message[key])
        if found:
            number = int(found[1])
            first[number] = min(first.get(number, at(message)), at(message))
    return first


def wire_latency(published, messages, key):
    """Publish to first byte on the wire."""
    first, samples = first_bytes(messages, key), []
    for identifier, line in published.items():
        number = int(re.search(r"(\d+)$", identifier)[1])
        if number in first:
            samples.append((first[number] - line["published_ns"]) / 1000)
    if samples and min(samples) < 0:
        raise Trouble("a message was on the wire before its alert was published: two clocks")
    return samples


def empty_the_store(world):
    shutil.rmtree(world.place / "data", ignore_errors=True)
