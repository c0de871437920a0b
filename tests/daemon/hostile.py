#!/usr/bin/python3
"""Everything at once against one gateway: a city of twenty agencies on the shipped profile with TLS and ACL,
and beside one honest agency all the others do what once stopped or filled the gateway.

usage: hostile.py BUILD_DIR [SECONDS]      120 in the tests, 600 and 1800 by hand

Wanted: the honest agency's receipts come within a second (99 of 100), every alert of its is accepted and sent,
and memory, descriptors, the write-ahead log and the quarantine stay flat. Prints the figures in a line that
begins with `fault:`.
"""
import json
import pathlib
import socket
import sqlite3
import struct
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from city import AGENCIES, City
from daemon import Trouble, alert, until

HONEST, POISONER, FLOODER, FILLER = "polres", "kejari", "satpolpp", "diskominfo"
MB = 1 << 20
WAL_MAX = 16 * MB
QUARANTINE_MAX = 64 * MB
MEMORY_GROWTH_MAX = 24 * MB     # between a third of the time and its end
DESCRIPTORS_MAX = 512 + 160     # [http] connections_max, and everything else
DESCRIPTOR_GROWTH_MAX = 40      # when the silent connections are gone
RECEIPT_P99_MAX_S = 1.0
ANSWERS = 20_000


class Attack(threading.Thread):
    """Does one hostile thing again and again until the time is up; what it cannot do is no fault of ours."""

    def __init__(self, city, ends, every_s):
        super().__init__(daemon=True)
        self.city, self.ends, self.every_s, self.rounds, self.trouble = city, ends, every_s, 0, ""

    def run(self):
        while time.monotonic() < self.ends:
            began = time.monotonic()
            try:
                self.strike()
                self.rounds += 1
            except (OSError, subprocess.SubprocessError, urllib.error.URLError) as trouble:
                self.trouble = str(trouble)
            left = self.every_s - (time.monotonic() - began)
            if left > 0:
                self.city.over.wait(left)
        self.stop()

    def strike(self):
        raise NotImplementedError

    def stop(self):
        pass


class PoisonedReplies(Attack):
    """Asks for its receipt on topics that brokers end a connection for, or refuse."""

    topics = ("siaga/receipt/kejari/" + "x/" * 220 + "x", "siaga/receipt/kejari/" + "y" * 60_000,
              "siaga/receipt/polres", "elsewhere/than/allowed", "siaga/receipt/kejari//x")

    def strike(self):
        topic = self.topics[self.rounds % len(self.topics)]
        self.city.publish(POISONER, f"siaga/alert/{POISONER}",
                          alert(f"racun-{self.rounds}", "Uji racun").replace("spkt@polres-bontang.example",
                                                                            "intelijen@kejari-bontang.example"),
                          "-D", "publish", "response-topic", topic)


class AnswerFlood(Attack):
    """Twenty thousand small messages on its topic for answers, as fast as the broker takes them."""

    def strike(self):
        lines = "".join(json.dumps({"code": f"{n % 9000 + 1000}", "officer": "nobody", "answer": "accepted"}) + "\n"
                        for n in range(ANSWERS))
        self.city.publish_lines(FLOODER, f"siaga/ack/{FLOODER}", lines)


class Filler(Attack):
    """Publishes a megabyte that is no alert, each a little different."""

    def strike(self):
        big = self.city.place / "big"
        big.write_bytes(b"%08d" % self.rounds + b"x" * (MB - 200_000))
        self.city.publish_file(FILLER, f"siaga/alert/{FILLER}", big)


class IdleSockets(Attack):
    """Holds six hundred connections to the web port, some silent, some in the middle of a header."""

    def __init__(self, *words):
        super().__init__(*words)
        self.held = []

    def strike(self):
        self.stop()
        for number in range(600):
            held = socket.create_connection(("127.0.0.1", self.city.http_port), 5)
            self.held.append(held)
            if number % 2:
                held.sendall(b"GET /a/x HTTP/1.1\r\nX-Slow: ")

    def stop(self):
        for held in self.held:
            held.close()
        self.held = []


class FloodingSmsc(threading.Thread):
    """A message centre that asks enquire_link without end and never reads the answers."""

    enquire = struct.pack(">IIII", 16, 0x15, 0, 1) * 4096

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.sent = 0

    def run(self):
        while True:
            try:
                link, _ = self.listener.accept()
                self.serve(link)
            except OSError:
                if self.listener.fileno() < 0:
                    return

    def serve(self, link):
        with link:
            bind = link.recv(4096)
            _, command, _, sequence = struct.unpack(">IIII", bind[:16])
            link.sendall(struct.pack(">IIII", 17, command | 0x80000000, 0, sequence) + b"\0")
            link.settimeout(30)
            while True:
                link.sendall(self.enquire)
                self.sent += len(self.enquire)


class LongReader(Attack):
    """Holds a read transaction on the store for a minute, as a backup would."""

    def strike(self):
        with sqlite3.connect(f"file:{self.city.store}?mode=ro", uri=True) as store:
            store.execute("BEGIN")
            store.execute("SELECT count(*) FROM log").fetchone()
            self.city.reading.set()
            self.city.over.wait(60)
            self.city.reading.clear()


class Eyes(Attack):
    """What an officer's browser and a monitor ask for, meanwhile."""

    def __init__(self, *words):
        super().__init__(*words)
        self.failed = []

    def strike(self):
        for port, path in ((self.city.probes_port, "/healthz"), (self.city.probes_port, "/metrics"),
                           (self.city.http_port, "/a/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).read()
            except urllib.error.HTTPError as answered:
                if answered.code >= 500:
                    self.failed.append(f"{path}: {answered.code} {answered.read(200)!r}")
            except OSError as trouble:
                self.failed.append(f"{path}: {trouble}")


class Gauge(Attack):
    """Memory, descriptors and sizes, looked at every two seconds."""

    def __init__(self, *words):
        super().__init__(*words)
        self.seen, self.read_at = [], 0

    def strike(self):
        process = pathlib.Path("/proc") / str(self.city.siaga.process.pid)
        status = (process / "status").read_text()
        resident = int(status.split("VmRSS:")[1].split()[0]) * 1024
        wal = pathlib.Path(f"{self.city.store}-wal")
        self.read_at = time.monotonic() if self.city.reading.is_set() else self.read_at
        self.seen.append({"memory": resident, "alone": time.monotonic() - self.read_at > 15, "descriptors": sum(1 for _ in (process / "fd").iterdir()),
                          "wal": wal.stat().st_size if wal.exists() else 0,
                          "store": self.city.store.stat().st_size})

    def settled(self):
        return self.seen[len(self.seen) // 3:]

    def growth(self, what):
        settled = self.settled()
        return max(s[what] for s in settled) - settled[0][what]


class Honest(Attack):
    """An alert a second, each from its publish to its receipt."""

    def __init__(self, *words):
        super().__init__(*words)
        self.sent_at, self.took, self.refused = {}, [], []
        self.voice = self.city.voice(HONEST, f"siaga/alert/{HONEST}")
        self.ear = self.city.ear(HONEST, f"siaga/receipt/{HONEST}", heard=self.heard)

    def strike(self):
        identifier = f"jujur-{self.rounds}"
        self.sent_at[identifier] = time.monotonic()
        self.voice.stdin.write((alert(identifier, f"Kejadian {self.rounds}") + "\n").encode())
        self.voice.stdin.flush()

    def heard(self, line):
        receipt = json.loads(line)
        published = self.sent_at.pop(receipt["identifier"], None)
        if published is None:
            return
        self.took.append(time.monotonic() - published)
        if receipt["decision"] != "accepted":
            self.refused.append(receipt)


def share(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def quarantined(city):
    with sqlite3.connect(f"file:{city.store}?mode=ro", uri=True) as store:
        return store.execute("SELECT coalesce(sum(length(payload)), 0) FROM inbox WHERE state = 'rejected'").fetchone()[0]


def judge(city, honest, gauge, eyes):
    """What did not hold, a sentence each."""
    wrong = []

    def hold(holds, sentence):
        if not holds:
            wrong.append(sentence)

    hold(not honest.sent_at, f"{len(honest.sent_at)} honest alerts have no receipt")
    hold(not honest.refused, f"honest alerts were not accepted: {honest.refused[:2]}")
    p99 = share(honest.took, 0.99)
    hold(p99 < RECEIPT_P99_MAX_S, f"receipts took {p99:.2f} s (99 of 100)")
    hold(gauge.growth("memory") < MEMORY_GROWTH_MAX, f"memory grew by {gauge.growth('memory') / MB:.0f} MB")
    most = max(s["descriptors"] for s in gauge.seen)
    hold(most < DESCRIPTORS_MAX, f"{most} descriptors were open")
    gauge.strike()
    left = gauge.seen[-1]["descriptors"] - gauge.seen[0]["descriptors"]
    hold(left < DESCRIPTOR_GROWTH_MAX, f"{left} descriptors stay open")
    # While somebody reads, SQLite cannot begin its log anew: it grows by what is written, and shrinks after.
    wal = max(s["wal"] for s in gauge.seen if s["alone"])
    read = max(s["wal"] for s in gauge.seen)
    hold(wal < WAL_MAX, f"the write-ahead log grew to {wal / MB:.0f} MB")
    kept = quarantined(city)
    hold(kept <= QUARANTINE_MAX, f"{kept / MB:.0f} MB of rejected payloads are kept")
    hold(not eyes.failed, f"the web port did not answer {len(eyes.failed)} times, e.g. {eyes.failed[:2]}")
    return wrong, {"alerts": len(honest.took), "receipt p50 ms": round(1000 * share(honest.took, 0.5)),
                   "p99 ms": round(1000 * p99), "longest ms": round(1000 * max(honest.took)),
                   "memory MB": round(gauge.seen[-1]["memory"] / MB), "memory growth MB": round(gauge.growth("memory") / MB, 1),
                   "descriptors": gauge.seen[-1]["descriptors"], "wal MB": round(wal / MB, 1), "wal MB beside a reader": round(read / MB, 1),
                   "quarantine MB": round(kept / MB, 1)}


def play(city, seconds):
    smsc = FloodingSmsc()
    smsc.start()
    city.configure(flooding_smsc=smsc.port)
    city.start()
    ends = time.monotonic() + seconds
    honest, gauge = Honest(city, ends, 1), Gauge(city, ends, 2)
    eyes = Eyes(city, ends, 3)
    attacks = [PoisonedReplies(city, ends, 5), AnswerFlood(city, ends, 240), Filler(city, ends, 1),
               IdleSockets(city, ends, 20), LongReader(city, ends, 120)]
    watched = [honest, gauge, eyes, *attacks]
    for thread in watched:
        thread.start()
    for thread in watched:
        thread.join(seconds + 120)
    try:
        until(lambda: not honest.sent_at, 30, "the last receipts")
    except Trouble:
        pass
    idle = [type(attack).__name__ for attack in attacks if attack.rounds == 0]
    if idle:
        raise Trouble(f"these attacks never struck: {idle}: {[a.trouble for a in attacks]}")
    wrong, figures = judge(city, honest, gauge, eyes)
    until(lambda: sum("Kejadian" in m["text"] for m in city.sms) >= len(honest.took), 60, "every honest alert's SMS")
    if city.siaga.stop(30) != 0:
        wrong.append("the gateway did not stop cleanly")
    city.start()
    if city.siaga_command("log", "verify", check=False).returncode != 0:
        wrong.append("the log does not verify")
    return wrong, figures


def main():
    build, seconds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 600
    with City.build(build) as city:
        wrong, figures = play(city, seconds)
    print(f"fault: hostile city of {len(AGENCIES)} agencies, {seconds} s: "
          + ", ".join(f"{name} {value}" for name, value in figures.items()))
    for sentence in wrong:
        print(f"FAILED  {sentence}")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        print(f"FAILED: {trouble}")
        sys.exit(1)
