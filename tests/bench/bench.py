#!/usr/bin/python3
"""The figures the README quotes: floors of this machine and Siaga's own, side by side in one run.

usage: bench.py BUILD_DIR [decode] [latency] [fanout] [overtake] [start] [verify] [storm] [sms]      (default: all)
Ratios are what counts; absolute figures are this machine's at this moment. The store stands under
BUILD_DIR, or in $SIAGA_BENCH_DIR; the file system is named, for a tmpfs commits for nothing.
Exit 1: a part could not be measured, or what it measured would mean nothing.
"""
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request

from gauge import (Trouble, Wires, at, command, configure, empty_the_store, first_bytes, floors, missed, percentile,
                   publisher, rss_mb, row, until, wire_latency)
import alertmanager
import sms

OFFICERS_MANY = 10_000
OFFICERS_BROADCAST = 100_000
ALERTS = 1_000
ALERTS_PER_S = 50


def latency(world):
    print(f"Latency at {ALERTS_PER_S} alerts/s, durable", flush=True)
    configure(world, 1)
    before = floors(world, ALERTS_PER_S)
    world.start_siaga()
    idle = rss_mb(world.siaga.process.pid)
    row("resident, idle", f"{idle:.1f} MB", "limit 16 MB", idle <= 16)
    world.sms.clear(), world.mails.clear()
    published, receipts = publisher(world, "satu", "l", ALERTS, ALERTS_PER_S, "Uji")
    until(lambda: len(world.sms) >= ALERTS and len(world.mails) >= ALERTS, 20,
          f"{ALERTS:,} messages on each wire")
    busy = rss_mb(world.siaga.process.pid)
    row(f"resident, after {ALERTS:,} alerts", f"{busy:.1f} MB")
    floor = before["mqtt_hop"]["p50_us"] + 2 * before["sqlite_commit"]["p50_us"]
    for name, messages, key, exchange in (("SMPP", world.sms, "text", "smpp_exchange"),
                                          ("SMTP", world.mails, "subject", "smtp_exchange")):
        samples = wire_latency(published, messages, key)
        if len(samples) != ALERTS:
            raise Trouble(f"{name}: {len(samples):,} of {ALERTS:,} alerts were seen on the wire")
        base = floor + before[exchange]["p50_us"]
        p50, p99 = percentile(samples, .5), percentile(samples, .99)
        row(f"publish to first {name} byte, p50", f"{p50:.0f} us = {p50 / base:.2f} x", "limit 2.5 x",
            p50 <= 2.5 * base)
        row(f"publish to first {name} byte, p99", f"{p99:.0f} us = {p99 / base:.2f} x", "limit 5 x",
            p99 <= 5 * base)
    base = before["mqtt_hop"]["p50_us"] + before["sqlite_commit"]["p50_us"]
    p50 = receipts["p50_us"]
    row("publish to receipt, p50", f"{p50:.0f} us = {p50 / base:.2f} x", "limit 2 x", p50 <= 2 * base)
    world.siaga.stop()
    if alertmanager.installed():
        beside_alertmanager(world)


def beside_alertmanager(world):
    world.mails.clear()
    other = alertmanager.Alertmanager(world)
    published = other.publish(ALERTS, ALERTS_PER_S)
    until(lambda: len(world.mails) >= ALERTS, 60, f"{ALERTS:,} mails of Alertmanager")
    samples = wire_latency(published, world.mails, "subject")
    row("Alertmanager, not durable: post to first SMTP byte, p50", f"{percentile(samples, .5):.0f} us")
    row("... p99", f"{percentile(samples, .99):.0f} us")
    row("... resident", f"{rss_mb(other.process.process.pid):.1f} MB")
    other.stop()


def one_fanout(world, agency, prefix, control, stats, counter):
    """Milliseconds to the first message, and messages a second from the first to the last."""
    command(control, "reset")
    published, _ = publisher(world, agency, prefix, 1, 1, "Siaran", patience=60)
    start = next(iter(published.values()))["published_ns"]
    seen = until(lambda: (now := stats())[counter] >= OFFICERS_MANY and now, 120, f"{OFFICERS_MANY:,} messages")
    if seen[counter] != OFFICERS_MANY or seen["first_ns"] < start:
        raise Trouble(f"{agency}: {seen[counter]:,} messages, the first at {seen['first_ns']}, alert at {start}")
    return (seen["first_ns"] - start) / 1e6, seen[counter] / ((seen["last_ns"] - seen["first_ns"]) / 1e9)


def fanout(world):
    print(f"One alert to {OFFICERS_MANY:,} officers, median of 3", flush=True)
    configure(world, OFFICERS_MANY)
    command(world.smsc_control, "set quiet 1")
    command(world.mail_control, "quiet")
    world.start_siaga()
    for name, agency, control, stats, counter, limit in (
            ("SMS", "semua-sms", world.smsc_control, world.sms_stats, "messages", 10_000),
            ("email", "semua-mail", world.mail_control, world.mail_stats, "mails", 8_000)):
        runs = [one_fanout(world, agency, f"f{name}{i}-", control, stats, counter) for i in range(3)]
        first, rate = (statistics.median(column) for column in zip(*runs))
        row(f"{name}: first message", f"{first:.1f} ms", "limit 20 ms", first <= 20)
        row(f"{name}: rate", f"{rate:,.0f}/s", f"limit {limit:,}/s", rate >= limit)
    peak = rss_mb(world.siaga.process.pid, peak=True)
    row("resident, peak", f"{peak:.1f} MB", "limit 40 MB", peak <= 40)
    world.siaga.stop()
    command(world.smsc_control, "set quiet 0")
    command(world.mail_control, "full")


def overtake(world, urgent=60):
    print(f"Urgent alerts during one broadcast to {OFFICERS_BROADCAST:,}", flush=True)
    configure(world, OFFICERS_BROADCAST)
    world.start_siaga()
    world.sms.clear()
    command(world.smsc_control, "reset")
    publisher(world, "semua-sms", "o", 1, 1, "Siaran", "Minor", "Future", 60)
    published, _ = publisher(world, "satu", "u", urgent, 120, "Uji", "Extreme", "Immediate", 60)
    until(lambda: len(world.sms) >= OFFICERS_BROADCAST + urgent, 60, "the broadcast and the urgent alerts")
    last_urgent = max(first_bytes(world.sms, "text").values())
    told = sum(at(message) <= last_urgent for message in world.sms) - urgent
    if told >= OFFICERS_BROADCAST:
        raise Trouble("void: the broadcast was over before the last urgent alert")
    row("broadcast told when the last urgent alert went out", f"{told:,}")
    samples = wire_latency(published, list(world.sms), "text")
    p99 = percentile(samples, .99) / 1000
    row("publish to first SMPP byte, p50", f"{percentile(samples, .5) / 1000:.1f} ms")
    row("publish to first SMPP byte, p99", f"{p99:.1f} ms", "limit 25 ms", p99 <= 25)
    row("resident, peak", f"{rss_mb(world.siaga.process.pid, peak=True):.1f} MB")
    world.siaga.kill()


def storm_of(count):
    """Alerts of agency `satu`, a line each."""
    now = time.time() + 8 * 3600
    stamps = [time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(now + later)) for later in (0, 7200)]
    return "".join(json.dumps({
        "identifier": f"badai-{i}", "sender": "bench@satu.example", "sent": stamps[0], "status": "Actual",
        "msgType": "Alert", "scope": "Restricted", "restriction": "petugas piket",
        "info": [{"language": "id", "category": ["Security"], "event": "Badai", "urgency": "Immediate",
                  "severity": "Severe", "certainty": "Observed", "expires": stamps[1]}]}) + "\n"
        for i in range(count))


def one_storm(world, count):
    """How long the calm agency waits for its receipts, in milliseconds."""
    empty_the_store(world)
    world.start_siaga()
    storming = subprocess.Popen(["mosquitto_pub", "-V", "5", "-h", "127.0.0.1", "-p", str(world.mqtt_port),
                                 "-q", "1", "-t", "siaga/alert/satu", "-l"], stdin=subprocess.PIPE, text=True)
    storming.stdin.write(storm_of(count))
    storming.stdin.close()
    calm, _ = publisher(world, "dua", f"c{count}-", 60, 20, "Tenang", "Moderate", "Expected", 60)
    if float(re.search(r"^siaga_alerts_held (\S+)$", metrics(world), re.M)[1]) == 0:
        raise Trouble("void: the storm was over before the last calm alert")
    storming.kill()
    storming.wait()
    world.siaga.stop()
    return [(line["receipt_ns"] - line["published_ns"]) / 1e6 for line in calm.values()]


def storm(world):
    print("One agency publishes as fast as it can, another one 20 alerts a second", flush=True)
    configure(world, 1)
    for count in (1_500, 5_000):
        waits = one_storm(world, count)
        row(f"storm of {count:,}: the other's receipt, p50", f"{percentile(waits, .5):.0f} ms")
        row(f"storm of {count:,}: the other's receipt, longest", f"{max(waits):.0f} ms", "limit 1,000 ms",
            max(waits) <= 1000)


def metrics(world):
    with urllib.request.urlopen(f"http://127.0.0.1:{world.http_port}/metrics", timeout=5) as answer:
        return answer.read().decode()


def ready_ms(world):
    """From asking for the process to its line `ready`, as it was read."""
    start = time.monotonic()
    siaga = world.start_siaga()
    line = siaga.line_with("ready", 20)
    taken = siaga.read_at[siaga.lines.index(line)] - start
    siaga.stop()
    return taken * 1000


def start(world):
    print("Start to ready, median of 3", flush=True)
    configure(world, 1)
    samples = []
    for _ in range(3):
        empty_the_store(world)
        samples.append(ready_ms(world))
    empty = statistics.median(samples)
    row("empty store", f"{empty:.0f} ms", "limit 40 ms", empty <= 40)
    configure(world, OFFICERS_MANY)
    subprocess.run([str(world.build / "siaga_bench_grow"), str(world.place / "data"), "1000000",
                    str(OFFICERS_MANY)], check=True)
    command(world.smsc_control, "set silent 100")
    big = statistics.median([ready_ms(world) for _ in range(3)])
    command(world.smsc_control, "set silent 0")
    row("1,000,000 log rows, 10,000 open deliveries", f"{big:.0f} ms", "limit 150 ms", big <= 150)


def verify(world):
    print("Verification", flush=True)
    configure(world, 1)
    subprocess.run([str(world.build / "siaga_bench_grow"), str(world.place / "data"), "1000000", "0"], check=True)
    began = time.monotonic()
    done = world.siaga_command("log", "verify")
    taken = time.monotonic() - began
    rows = int(re.sub(r"\D", "", re.search(r"([\d.,]+) rows", done.stdout)[1]))
    row(f"siaga log verify, {rows:,} rows", f"{rows / taken:,.0f} rows/s", "limit 1,000,000 rows/s",
        rows >= 1_000_000 * taken)


def decode(world):
    print("Decoding with every rule, beside the bare parser: processor time, medians of 15 rounds", flush=True)
    out = subprocess.run([str(world.build / "siaga_bench_decode")], capture_output=True, text=True)
    if out.returncode != 0:
        raise Trouble(out.stderr)
    figures = {line["name"]: line for line in map(json.loads, out.stdout.splitlines())}
    for name, parser, us_max, ratio_max in (("xml", "libxml2", 40, 3), ("json", "Boost.JSON", 15, 5)):
        figure = figures[name]
        row(f"alert in {name.upper()}, {figure['bytes']} bytes", f"{figure['us']:.1f} us",
            f"limit {us_max} us", figure["us"] <= us_max)
        row(f"... beside {parser} alone", f"{figure['bare_us']:.1f} us, {figure['ratio']:.2f} x",
            f"limit {ratio_max} x", figure["ratio"] <= ratio_max)
    polygon = figures["polygon"]
    row(f"one polygon of {polygon['bytes'] / 1000:.0f} kB", f"{polygon['large_us'] / 1000:.1f} ms", "limit 20 ms",
        polygon["large_us"] <= 20_000)
    row("... time per byte, 450 kB to 45 kB", f"{polygon['ratio']:.2f} x", "limit 1.5 x", polygon["ratio"] <= 1.5)
    for name, figure in figures.items():
        if name.startswith("hostile.wide."):
            row(f"10 MB refused though bytes_max is 16 MB: {name[13:]}", f"{figure['us'] / 1000:.2f} ms")
        elif name.startswith("hostile."):
            row(f"10 MB refused: {name[8:]}", f"{figure['us'] / 1000:.3f} ms", "limit 1 ms", figure["us"] < 1000)
        elif name.startswith("allocations."):
            row(f"allocations in {name[12:].upper()}, nested shallow and deep",
                f"{figure['shallow']}, {figure['deep']}", "the same", figure["shallow"] == figure["deep"])


PARTS = {"decode": decode, "latency": latency, "fanout": fanout, "overtake": overtake, "storm": storm, "start": start,
         "verify": verify, "sms": sms.measure}


def measured(name, world):
    """One part that fails is told; the others are measured all the same."""
    try:
        PARTS[name](world)
        return True
    except Trouble as trouble:
        print(f"bench: {name}: {trouble}", flush=True)
        if world.siaga:
            world.siaga.stop()
        return False


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:] or ["decode", "latency", "fanout", "overtake", "start", "verify", "storm", "sms"]
    place = str(pathlib.Path(os.environ.get("SIAGA_BENCH_DIR", build)) / f"bench-{os.getpid()}")
    os.mkdir(place)
    os.chmod(place, 0o755)  # the broker has a user of its own
    kind = subprocess.run(["stat", "-f", "-c", "%T", place], capture_output=True, text=True, check=True).stdout.strip()
    print(f"The store is on {kind}, in {place}", flush=True)
    world = Wires(build, place)
    try:
        if wanted != ["decode"]:
            world.start_broker()
            world.start_smsc()
            world.start_mail()
        void = [name for name in wanted if not measured(name, world)]
        print(f"{len(missed)} limits missed: {'; '.join(missed)}" if missed else "every limit met")
        if void:
            raise Trouble(f"not measured: {', '.join(void)}")
    finally:
        world.stop()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        print(f"bench: {trouble}")
        sys.exit(1)
