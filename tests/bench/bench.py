#!/usr/bin/python3
"""The figures the README quotes: floors of this machine and Siaga's own, side by side in one run.

usage: bench.py BUILD_DIR [latency] [fanout] [overtake] [start] [verify]      (default: all)
Ratios are what counts; absolute figures are this machine's at this moment.
"""
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "config" / "demo"))
from world import Trouble, World, command, until  # noqa: E402  pylint: disable=wrong-import-position

OFFICERS_ALL = 10_000


def row(name, value, limit=""):
    print(f"  {name:<58} {value:>22}  {limit}", flush=True)


def percentile(samples, share):
    ordered = sorted(samples)
    return ordered[int(share * (len(ordered) - 1))]


def configure(world, officers, window=64, connections=8):
    """Agency `satu` tells one officer by SMS and email; `semua-sms` and `semua-mail` tell everybody."""
    people = "".join(f'[[officer]]\nid = "p{i}"\nname = "P {i}"\nagency = "satu"\n'
                     f'sms = "+62812{10000000 + i}"\nemail = "p{i}@bench.example"\n\n'
                     for i in range(officers))
    members = ", ".join(f'"p{i}"' for i in range(officers))
    (world.place / "directory.toml").write_text(
        people + f'[[team]]\nid = "satu"\nmembers = ["p0"]\n\n[[team]]\nid = "semua"\nmembers = [{members}]\n')
    secret = world.place / "smpp.password"
    secret.write_text("secret\n")
    secret.chmod(0o600)
    agencies = {"satu": ("satu", ["sms", "email"]), "semua-sms": ("semua", ["sms"]),
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
window = {window}
[channel.email]
kind = "smtp"
url = "smtp://127.0.0.1:{world.mail_port}"
from = "siaga@bench.example"
connections = {connections}
'''
    for agency, (team, channels) in agencies.items():
        text += (f'[[agency]]\nid = "{agency}"\nname = "{agency}"\n'
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


def floors(world):
    out = subprocess.run([str(world.build / "siaga_bench_floors"), world.mqtt_url, str(world.place),
                          str(world.smsc_port), str(world.mail_port)], capture_output=True, text=True)
    if out.returncode != 0:
        raise Trouble(out.stderr)
    figures = {line["name"]: line for line in map(json.loads, out.stdout.splitlines())}
    for name, figure in figures.items():
        row(name, f"p50 {figure['p50_us']:.0f} p99 {figure['p99_us']:.0f} us")
    return figures


def at(message):
    """First byte on the wire, as the SMSC and the mail server call it."""
    return message.get("time_ns") or message["t_ns"]


def wire_latency(published, messages, key):
    """Publish to first byte on the wire, by the number in the event."""
    first = {}
    for message in messages:
        found = re.search(r"Uji(\d+)", message[key])
        if found:
            number = int(found[1])
            first[number] = min(first.get(number, at(message)), at(message))
    samples = []
    for identifier, line in published.items():
        number = int(re.search(r"(\d+)$", identifier)[1])
        if number in first:
            samples.append((first[number] - line["published_ns"]) / 1000)
    return samples


def latency(world):
    print("Latency at 50 alerts/s, durable", flush=True)
    before = floors(world)
    world.start_siaga()
    until(lambda: rss_mb(world.siaga.process.pid), 5, "a resident size")
    row("resident, idle", f"{rss_mb(world.siaga.process.pid):.1f} MB", "limit 16 MB")
    world.sms.clear(), world.mails.clear()
    published, receipts = publisher(world, "satu", "l", 1000, 50, "Uji")
    until(lambda: len(world.sms) >= 1000 and len(world.mails) >= 1000, 20, "1,000 messages on each wire")
    floor = before["mqtt_hop"]["p50_us"] + 2 * before["sqlite_commit"]["p50_us"]
    for name, messages, key, exchange in (("SMPP", world.sms, "text", "smpp_exchange"),
                                          ("SMTP", world.mails, "subject", "smtp_exchange")):
        samples = wire_latency(published, messages, key)
        base = floor + before[exchange]["p50_us"]
        p50, p99 = percentile(samples, .5), percentile(samples, .99)
        row(f"publish to first {name} byte, p50", f"{p50:.0f} us = {p50 / base:.2f} x", "limit 2.5 x")
        row(f"publish to first {name} byte, p99", f"{p99:.0f} us = {p99 / base:.2f} x", "limit 5 x")
    base = before["mqtt_hop"]["p50_us"] + before["sqlite_commit"]["p50_us"]
    row("publish to receipt, p50", f"{receipts['p50_us']:.0f} us = {receipts['p50_us'] / base:.2f} x", "limit 2 x")
    world.siaga.stop()


def fanout(world):
    print(f"One alert to {OFFICERS_ALL:,} officers", flush=True)
    world.start_siaga()
    for name, agency, seen, limit in (("SMS", "semua-sms", world.sms, 10_000),
                                      ("email", "semua-mail", world.mails, 8_000)):
        seen.clear()
        published, _ = publisher(world, agency, f"f{name}", 1, 1, "Uji", patience=60)
        start = next(iter(published.values()))["published_ns"]
        until(lambda: len(seen) >= OFFICERS_ALL, 120, f"{OFFICERS_ALL} by {name}")
        times = sorted(map(at, seen))
        rate = len(times) / ((times[-1] - times[0]) / 1e9)
        row(f"{name}: first message", f"{(times[0] - start) / 1e6:.1f} ms", "limit 20 ms")
        row(f"{name}: rate", f"{rate:,.0f}/s", f"limit {limit:,}/s")
    row("resident, peak", f"{rss_mb(world.siaga.process.pid, peak=True):.1f} MB", "limit 40 MB")
    world.siaga.stop()


def overtake(world):
    print("Urgent alerts during a broadcast of 100,000", flush=True)
    world.start_siaga()
    world.sms.clear()
    for i in range(OFFICERS_ALL and 10):
        publisher(world, "semua-sms", f"o{i}-", 1, 1, "Siaran", "Minor", "Future", 60)
    published, _ = publisher(world, "satu", "u", 200, 20, "Uji", "Extreme", "Immediate", 60)
    until(lambda: len(wire_latency(published, list(world.sms), "text")) == 200, 60, "200 urgent alerts")
    samples = wire_latency(published, list(world.sms), "text")
    told = sum("Siaran" in message["text"] for message in world.sms)
    row("broadcast still under way at the end", "yes" if told < 10 * OFFICERS_ALL else "no: the test is void")
    row("publish to first SMPP byte, p50", f"{percentile(samples, .5) / 1000:.1f} ms")
    row("publish to first SMPP byte, p99", f"{percentile(samples, .99) / 1000:.1f} ms", "limit 25 ms")
    row("resident, peak", f"{rss_mb(world.siaga.process.pid, peak=True):.1f} MB")
    world.siaga.kill()


def ready_ms(world):
    start = time.monotonic()
    world.start_siaga()
    taken = (time.monotonic() - start) * 1000
    world.siaga.stop()
    return taken


def start(world):
    print("Start to ready", flush=True)
    shutil.rmtree(world.place / "data", ignore_errors=True)
    samples = []
    for _ in range(5):
        shutil.rmtree(world.place / "data", ignore_errors=True)
        samples.append(ready_ms(world))
    row("empty store", f"{statistics.median(samples):.0f} ms", "limit 40 ms")
    grow = world.build / "siaga_bench_grow"
    shutil.rmtree(world.place / "data", ignore_errors=True)
    subprocess.run([str(grow), str(world.place / "data"), "1000000", "10000"], check=True)
    command(world.smsc_control, "set silent 100")
    samples = [ready_ms(world) for _ in range(3)]
    command(world.smsc_control, "set silent 0")
    row("1,000,000 log rows, 10,000 open deliveries", f"{statistics.median(samples):.0f} ms", "limit 150 ms")


def verify(world):
    print("Verification", flush=True)
    if not (world.place / "data" / "siaga.db").exists():
        subprocess.run([str(world.build / "siaga_bench_grow"), str(world.place / "data"), "1000000", "0"],
                       check=True)
    began = time.monotonic()
    done = world.siaga_command("log", "verify")
    taken = time.monotonic() - began
    rows = int(re.sub(r"\D", "", re.search(r"([\d.,]+) rows", done.stdout)[1]))
    row(f"siaga log verify, {rows:,} rows", f"{rows / taken:,.0f} rows/s", "limit 1,000,000 rows/s")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:] or ["latency", "fanout", "overtake", "start", "verify"]
    place = tempfile.mkdtemp(prefix="siaga-bench-", dir=os.environ.get("SIAGA_BENCH_DIR"))
    world = World(build, place)
    try:
        world.start_broker()
        world.start_smsc()
        world.start_mail()
        configure(world, OFFICERS_ALL)
        for name in wanted:
            {"latency": latency, "fanout": fanout, "overtake": overtake, "start": start,
             "verify": verify}[name](world)
    finally:
        world.stop()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        print(f"bench: {trouble}")
        sys.exit(1)
