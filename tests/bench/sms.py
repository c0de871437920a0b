"""SMS side by side with Kannel: the same SMSC, the same texts, in one run and in both orders."""
import json
import math
import re
import statistics
import subprocess
import threading
import time

import kannel
from gauge import (Trouble, command, configure, floors, percentile, publisher, rss_mb, row, until, wire_latency)

MANY = 10_000
PACED, PACED_PER_S = 3_000, 500
OFFERED_S, REGU = 10, 30
ROOMY = "rate_per_s = 100000\nburst = 1000000\n"
AGENCIES = {"satu": ("satu", ["sms"]), "regu": ("regu", ["sms"]), "semua": ("semua", ["sms"])}


class Siaga:
    name = "Siaga"

    def __init__(self, world, officers=REGU):
        self.world = world
        configure(world, officers, AGENCIES, ROOMY)
        world.start_siaga()
        until(lambda: world.sms_stats()["bound"] == 1, 10, "Siaga's bind")

    def stop(self):
        self.world.siaga.stop()

    def rss(self):
        return rss_mb(self.world.siaga.process.pid)

    def to_many(self, _receipts):
        publisher(self.world, "semua", f"m{time.monotonic_ns()}-", 1, 1, "Siaran", patience=60)

    def many(self, _receipts):
        """As many messages, of alerts to thirty officers each."""
        publisher(self.world, "regu", f"f{time.monotonic_ns()}-", math.ceil(MANY / REGU), 100, "Siaran", patience=60)

    def paced(self):
        return publisher(self.world, "satu", f"p{time.monotonic_ns()}-", PACED, PACED_PER_S, "Uji", patience=60)[0]

    def offered(self):
        """Of 300 a second one in ten is urgent; when it began, and the urgent ones."""
        found = {}
        def publish(prefix, rate, event, *weight):
            found[event] = publisher(self.world, "regu", prefix, rate * OFFERED_S, rate, event, *weight, 120)[0]
        each = [threading.Thread(target=publish, args=("n", 9, "Biasa", "Minor", "Future")),
                threading.Thread(target=publish, args=("u", 1, "Uji", "Extreme", "Immediate"))]
        for thread in each:
            thread.start()
        for thread in each:
            thread.join()
        return min(line["published_ns"] for line in found["Biasa"].values()), found["Uji"]


class Kannel:
    name = "Kannel"
    text = ""  # as Siaga writes it, the number as {n}

    def __init__(self, world, officers=REGU):
        self.kannel = kannel.Kannel(world, world.smsc_port)

    def stop(self):
        self.kannel.stop()

    def rss(self):
        return self.kannel.rss_mb()

    def to_many(self, receipts):
        self.kannel.send(MANY, 0, self.text, receipts=receipts)

    many = to_many

    def paced(self):
        return self.kannel.send(PACED, PACED_PER_S, self.text)

    def offered(self):
        ordinary = self.kannel.begin(270 * OFFERED_S, 270, self.text.replace("Uji{n}", "Biasa{n}"))
        urgent = self.kannel.begin(30 * OFFERED_S, 30, self.text, priority=3)
        urgent = self.kannel.end(urgent)
        return min(line["published_ns"] for line in self.kannel.end(ordinary).values()), urgent


def accepted(world, count, seconds):
    return until(lambda: (now := world.sms_stats())["accepted"] >= count and now, seconds, f"{count:,} accepted")


def durable(world, gateway):
    """Submits a second, from the first to the last."""
    command(world.smsc_control, "reset")
    gateway.to_many(False)
    seen = accepted(world, MANY, 120)
    return MANY / ((seen["last_ns"] - seen["first_ns"]) / 1e9)


def latency(world, gateway):
    """Microseconds from the alert's publishing, or the request, to the submit, p50 and p99."""
    command(world.smsc_control, "set quiet 0")
    world.sms.clear()
    published = gateway.paced()
    until(lambda: len(world.sms) >= PACED, 60, f"{PACED:,} messages on the wire")
    command(world.smsc_control, "set quiet 1")
    samples = wire_latency(published, list(world.sms), "text")
    if len(samples) != PACED:
        raise Trouble(f"{gateway.name}: {len(samples):,} of {PACED:,} were seen on the wire")
    return percentile(samples, .5), percentile(samples, .99)


def resident(world, gateway, send):
    """Megabytes with receipts owed for all, and how many a second are then taken."""
    command(world.smsc_control, "set receipts 0")
    command(world.smsc_control, "set receipt-hold 1")
    command(world.smsc_control, "reset")
    send(gateway, True)
    accepted(world, MANY, 120)
    megabytes = gateway.rss()
    began = time.monotonic()
    command(world.smsc_control, "release")
    until(lambda: world.sms_stats()["delivered"] >= MANY, 120, f"{MANY:,} receipts taken by {gateway.name}")
    took = time.monotonic() - began
    command(world.smsc_control, "set receipt-hold 0")
    command(world.smsc_control, "set receipts -1")
    return megabytes, MANY / took


def throttled(world, gateway):
    """Submits a message, seconds until all are accepted, seconds an urgent one waits (p50, longest)."""
    for line in ("set quiet 0", "set rate 100", "set burst 100", "reset"):
        command(world.smsc_control, line)
    world.sms.clear()
    began_ns, urgent = gateway.offered()
    count = 10 * OFFERED_S * REGU
    seen = accepted(world, count, 180)
    until(lambda: len(world.sms) >= count, 10, f"{count:,} messages on the wire")
    command(world.smsc_control, "set rate 0")
    command(world.smsc_control, "set burst 0")
    command(world.smsc_control, "set quiet 1")
    waits = urgent_waits(urgent, list(world.sms))
    return (seen["submits"] / count, (seen["last_ns"] - began_ns) / 1e9, percentile(waits, .5), max(waits))


def urgent_waits(published, messages):
    """Seconds from publishing to submit, of every urgent message."""
    since = {int(identifier.lstrip("uk")): line["published_ns"] for identifier, line in published.items()}
    numbered = [(int(found[1]), message["time_ns"])
                for message in messages if (found := re.search(r"Uji(\d+)", message["text"]))]
    return [(time_ns - since[number]) / 1e9 for number, time_ns in numbered]


def in_both_orders(world, measure, gateways, officers):
    found = {gateway: [] for gateway in gateways}
    for gateway in [*gateways, *reversed(gateways)]:
        running = gateway(world, officers)
        try:
            found[gateway].append(measure(world, running))
        finally:
            running.stop()
    return found


def note_text(world):
    """What Siaga writes, for Kannel to send the same."""
    command(world.smsc_control, "set quiet 0")
    siaga = Siaga(world)
    world.sms.clear()
    publisher(world, "satu", "text", 1, 1, "Uji")
    until(lambda: world.sms, 10, "Siaga's text")
    siaga.stop()
    command(world.smsc_control, "set quiet 1")
    Kannel.text = world.sms[0]["text"].replace("Uji0", "Uji{n}")


def both(values, form):
    return " / ".join(form.format(value) for value in values)


def urgent_text(slow):
    return both([f"{p50:.1f}, {longest:.1f} s" for _, _, p50, longest in slow], "{}")


def encoding(world):
    out = subprocess.run([str(world.build / "siaga_bench_segment")], capture_output=True, text=True, check=True)
    for figure in map(json.loads, out.stdout.splitlines()):
        row(f"300 characters to {figure['parts']} submit_sm ({figure['name']})", f"{figure['us']:.2f} us", "limit 2 us",
            figure["us"] <= 2)


def measure(world):
    gateways = [Siaga, Kannel] if kannel.installed() else [Siaga]
    beside = "beside Kannel, in both orders" if Kannel in gateways else "skipped beside Kannel: it is not installed"
    print(f"SMS, {beside}", flush=True)
    encoding(world)
    note_text(world)
    rates = in_both_orders(world, durable, gateways, MANY)
    kannels = rates.get(Kannel, [0])
    wanted = max(12_000, statistics.mean(kannels))
    row(f"durable submits/s, {MANY:,} messages", both(rates[Siaga], "{:,.0f}"), f"limit {wanted:,.0f}/s",
        statistics.mean(rates[Siaga]) >= wanted)
    commit = floors(world, PACED_PER_S)["sqlite_commit"]["p50_us"]
    delays = in_both_orders(world, latency, gateways, REGU)
    p50 = statistics.mean(p50 for p50, _ in delays[Siaga])
    row(f"to submit_sm at {PACED_PER_S}/s, p50", both([p50 for p50, _ in delays[Siaga]], "{:,.0f} us"),
        f"limit {300 + commit:.0f} us", p50 <= 300 + commit)
    row("... p99", both([p99 for _, p99 in delays[Siaga]], "{:,.0f} us"))
    sizes = in_both_orders(world, lambda w, gateway: resident(w, gateway, type(gateway).many), gateways, REGU)
    most = max(size for size, _ in sizes[Siaga])
    crowd = in_both_orders(world, lambda w, gateway: resident(w, gateway, type(gateway).to_many), [Siaga], MANY)
    row(f"resident, {MANY:,} receipts owed", both([size for size, _ in sizes[Siaga]], "{:.1f} MB"), "limit 20 MB",
        most <= 20)
    row("... receipts taken a second", both([rate for _, rate in sizes[Siaga]], "{:,.0f}"))
    row(f"... when they are one alert to {MANY:,} officers", both([size for size, _ in crowd[Siaga]], "{:.1f} MB"))
    row("... receipts taken a second", both([rate for _, rate in crowd[Siaga]], "{:,.0f}"))
    slow = in_both_orders(world, throttled, gateways, REGU)
    worst = [max(column) for column in zip(*slow[Siaga])]
    row("SMSC that allows 100/s, offered 300/s: submits a message", both([one[0] for one in slow[Siaga]], "{:.2f}"),
        "limit 1.1", worst[0] <= 1.1)
    row("... until all are accepted", both([one[1] for one in slow[Siaga]], "{:.1f} s"), "limit 33 s", worst[1] <= 33)
    row("... an urgent one waits, p50 and longest", urgent_text(slow[Siaga]))
    if Kannel in rates:
        report_kannel(rates[Kannel], delays[Kannel], sizes[Kannel], slow[Kannel])


def report_kannel(rates, delays, sizes, slow):
    row("Kannel: durable submits/s", both(rates, "{:,.0f}"))
    row(f"Kannel: to submit_sm at {PACED_PER_S}/s, p50", both([p50 for p50, _ in delays], "{:,.0f} us"))
    row("Kannel: ... p99", both([p99 for _, p99 in delays], "{:,.0f} us"))
    row(f"Kannel: resident, {MANY:,} receipts owed", both([size for size, _ in sizes], "{:.1f} MB"))
    row("Kannel: ... receipts taken a second", both([rate for _, rate in sizes], "{:,.0f}"))
    row("Kannel: SMSC that allows 100/s: submits a message", both([one[0] for one in slow], "{:.2f}"))
    row("Kannel: ... until all are accepted", both([one[1] for one in slow], "{:.1f} s"))
    row("Kannel: ... an urgent one waits, p50 and longest", urgent_text(slow))
