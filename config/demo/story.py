#!/usr/bin/python3
"""The demo's story: plays one alert through Siaga with real parts and tells what each person sees.

usage: story.py BUILD_DIR [--once]
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import textwrap
import threading
import time

import standby
from modem import Modem
from world import ROOT, Program, Trouble, World, command, until

ESCALATES_AFTER_S = 8
PROFILE = ROOT / "config" / "bontang"
WIDTH = 96


class Story:
    """Prints one event at a time, each with the seconds since the alert was published."""

    def __init__(self):
        self.lock = threading.Lock()
        self.began = time.monotonic()

    def begin(self):
        self.began = time.monotonic()

    def seconds(self):
        return time.monotonic() - self.began

    def tell(self, who, text, quote=""):
        with self.lock:
            print(f"{self.seconds():7.1f} s  {who:<9} {text}")
            for line in textwrap.wrap(quote, WIDTH - 22, break_long_words=False):
                print(" " * 22 + line)
            sys.stdout.flush()

    def title(self, text):
        with self.lock:
            print(f"\n{text}\n{'-' * len(text)}", flush=True)


class Bundle:
    """Those who read the same words at the same time are told of together."""

    def __init__(self, tell, seconds=0.1):
        self.tell, self.seconds = tell, seconds
        self.lock, self.readers = threading.Lock(), {}

    def add(self, words, reader):
        with self.lock:
            self.readers.setdefault(words, []).append(reader)
            if len(self.readers[words]) == 1:
                threading.Timer(self.seconds, self.flush, [words]).start()

    def flush(self, words):
        with self.lock:
            readers = self.readers.pop(words)
        self.tell(readers, words)


class Directory:
    """Names for addresses, from the profile's own directory."""

    def __init__(self, text):
        self.by_sms, self.by_mail, self.phones = {}, {}, {}
        for block in text.split("[[officer]]")[1:]:
            fields = dict(re.findall(r'^(\w+)\s*=\s*"([^"]*)"', block.split("[[team]]")[0], re.M))
            self.by_sms[fields.get("sms")] = fields
            self.by_mail[fields.get("email")] = fields

    def name(self, address):
        fields = self.by_sms.get(address) or self.by_mail.get(address)
        return fields["name"] if fields else address


def configure(world, modem):
    """The Bontang profile, on this demo's ports, with steps that follow after seconds, and with a modem
    that stands by for its SMSC."""
    for file in PROFILE.glob("*.toml"):
        shutil.copy(file, world.place / file.name)
    text = (PROFILE / "siaga.toml").read_text()
    changes = [
        (r'(?m)^data_dir\s*=.*$', 'data_dir = "var"'),
        (r'(?m)^url\s*=\s*"mqtts?://.*$', f'url = "{world.mqtt_url}"'),
        (r'(?m)^(username|password_file|ca_file|cert_file|key_file)\s*=.*$', ''),
        (r'(?m)^listen\s*=.*$', f'listen = "127.0.0.1:{world.http_port}"'),
        (r'(?m)^public_url\s*=.*$', f'public_url = "http://127.0.0.1:{world.http_port}"'),
        (r'(?m)^url\s*=\s*"smtps?://.*$', f'url = "smtp://127.0.0.1:{world.mail_port}"'),
        (r'(?m)^(host)\s*=.*$', 'host = "127.0.0.1"'),
        (r'(?m)^port\s*=.*$', f'port = {world.smsc_port}'),
        (r'(?m)^system_id\s*=.*$', 'system_id = "siaga"\npassword_file = "smpp.password"'),
        (r'(?m)^password\s*=.*$', ''),
        (r'(?m)^sink\s*=.*$', 'sink = "wav:air"'),
        (r'(?m)^ptt\s*=.*$', f'ptt = "rigctld:127.0.0.1:{world.rig_port}"'),
    ]
    for pattern, wanted in changes:
        text = re.sub(pattern, wanted, text)
    minutes = sorted({int(n) for n in re.findall(r'after = "(\d+)m"', text)})
    for place, number in enumerate(minutes, 1):
        text = text.replace(f'after = "{number}m"', f'after = "{place * ESCALATES_AFTER_S}s"')
    world.config.write_text(standby.configured(text, modem.device))
    secret = world.place / "smpp.password"
    secret.write_text("rahasia\n")
    secret.chmod(0o600)


def stamp(offset_s=0):
    return time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(time.time() + 8 * 3600 + offset_s))


ALERT = {
    "identifier": "polres-2026-0417", "sender": "spkt@polres-bontang.example",
    "status": "Actual", "msgType": "Alert", "scope": "Restricted", "restriction": "petugas piket",
    "info": [{
        "language": "id", "category": ["Security"], "event": "Unjuk rasa", "responseType": ["Monitor"],
        "urgency": "Immediate", "severity": "Severe", "certainty": "Observed",
        "senderName": "Polres Bontang", "headline": "Massa menuju gerbang pabrik",
        "description": "Sekitar 200 orang bergerak dari simpang tiga ke gerbang pabrik. "
                       "Jalan menuju pelabuhan mulai tersendat.",
        "instruction": "Merapat ke titik kumpul. Hindari konfrontasi.",
        "area": [{"areaDesc": "Kel. Lok Tuan", "geocode": [{"valueName": "KEMENDAGRI",
                                                            "value": "64.74.01.1003"}]}]}]}


class Play:
    """One performance: what was really observed is noted, and judged at the end."""

    def __init__(self, world):
        self.world, self.story = world, Story()
        self.people = Directory((PROFILE / "directory.toml").read_text())
        self.seen = {}
        self.stamp = stamp
        self.modem = None
        self.code = ""
        self.second = None   # the address of the officer who answers
        self.keyed = False
        self.watching = True
        self.sms_bundle = Bundle(lambda readers, words: self.tell_readers("SMS", readers, words))
        self.mail_bundle = Bundle(lambda readers, words: self.tell_readers("EMAIL", readers, words))

    def note(self, what):
        self.seen.setdefault(what, time.monotonic())

    def start_parts(self):
        began = time.monotonic()
        world = self.world
        world.start_broker()
        world.start_smsc("--receipts", 200)
        world.start_mail()
        world.start_rig()
        self.modem = Modem(world.build, log=world.place / "modem.log")
        configure(world, self.modem)
        world.start_siaga()
        self.story.title("Siaga, live")
        print(f"An MQTT broker, an SMSC, a GSM modem, a mail server, a radio (rigctld) and Siaga are up, all "
              f"on\nthis machine, after {time.monotonic() - began:.1f} s. Polres Bontang sees a crowd moving "
              f"towards a factory gate.\n")

    def listen(self):
        world = self.world
        world.on_sms, world.on_mail, world.on_ptt = self.sms, self.mail, self.ptt
        self.ear = world.listen("siaga/receipt/polres", "siaga/status/polres/#", heard=self.said)
        threading.Thread(target=self.watch_air, daemon=True).start()

    def said(self, line):
        topic, _, payload = line.partition(" ")
        if not payload.startswith("{"):
            return
        body = json.loads(payload)
        if topic.startswith("siaga/receipt"):
            self.code = body["code"]
            self.note(f"receipt {body['decision']}")
            self.story.tell("RECEIPT", f"Siaga has it for ever: {body['decision']}, code {body['code']}, "
                            f"{body['recipients']} messages planned")
        elif body["step"] > 1 and "escalated" not in self.seen:
            self.note("escalated")
            self.story.tell("SIAGA", f"Nobody has answered: step {body['step']} begins")
        elif body["state"] == "acknowledged" and "status acknowledged" not in self.seen:
            self.note("status acknowledged")
            self.story.tell("SIAGA", "Somebody has it in hand: escalation stops, Polres is told")

    def tell_readers(self, path, readers, words):
        head, *more = textwrap.wrap("to " + ", ".join(readers), WIDTH - 22)
        self.story.tell(path, "\n".join([head] + [" " * 22 + line for line in more]), words)

    def sms(self, message):
        closing = "ditangani" in message["text"]
        self.note("closing sms" if closing else f"sms {message['to']}")
        if not closing and self.second is None and self.story.seconds() > ESCALATES_AFTER_S / 2:
            self.second = message["to"]
            self.note("second officer told by sms")
        self.sms_bundle.add(message["text"], self.people.name(message["to"]))

    def mail(self, mail):
        self.note("mail")
        if mail.get("link"):
            self.note("mail with link")
        self.mail_bundle.add(mail["subject"], self.people.name(mail["rcpt"][0]))

    def ptt(self, keyed):
        if self.keyed and not keyed:
            self.note("ptt released")
        if keyed:
            self.note("ptt keyed")
        self.keyed = keyed

    def watch_air(self):
        told = set()
        while self.watching:
            for plan in sorted((self.world.place / "var" / "air").glob("*.json")):
                wave = plan.with_suffix(".wav")
                if plan in told or not wave.exists():
                    continue
                try:
                    details = json.loads(plan.read_text())
                except ValueError:
                    continue
                told.add(plan)
                if wave.stat().st_size > 2 * details["rate_hz"] * details["length_ms"] / 1000 * 0.9:
                    self.note("on air")
                self.story.tell("RADIO", f"on air for {details['length_ms'] / 1000:.0f} s, heard in "
                                f"{wave.relative_to(ROOT)}", details["texts"][0])
            time.sleep(0.05)

    def publish(self):
        alert = dict(ALERT, sent=stamp())
        alert["info"][0]["expires"] = stamp(6 * 3600)
        self.file = self.world.place / "alert.json"
        self.file.write_text(json.dumps(alert, indent=1, ensure_ascii=False))
        self.story.begin()
        self.story.tell("POLRES", "publishes on siaga/alert/polres:",
                        f"{alert['info'][0]['headline']}. {alert['info'][0]['description']}")
        done = self.world.siaga_command("send", self.file, "--agency", "polres")
        return done.returncode == 0

    def perform(self):
        self.start_parts()
        self.listen()
        self.publish()
        until(lambda: "second officer told by sms" in self.seen and "mail" in self.seen,
              ESCALATES_AFTER_S + 20, "the escalation to the second officer")
        time.sleep(2)  # the time it takes a person to read it
        text = f"SIAP {self.code} menuju lokasi"
        self.story.tell("ANSWER", f"{self.people.name(self.second)} types on the phone:", text)
        self.note("answered")
        command(self.world.smsc_control, f"mo {self.second} {text}")
        until(lambda: "status acknowledged" in self.seen and "closing sms" in self.seen, 20,
              "the end of the escalation")
        time.sleep(0.5)
        standby.show(self)

    def read_log(self):
        self.story.title("$ siaga acks")
        print(self.world.siaga_command("acks").stdout.rstrip())
        self.story.title("$ siaga alert " + self.code)
        print(self.world.siaga_command("alert", self.code).stdout.rstrip())
        self.story.title("$ siaga log verify")
        verified = self.world.siaga_command("log", "verify", check=False)
        print((verified.stdout + verified.stderr).rstrip())
        if verified.returncode == 0:
            self.note("log verified")
        answers = self.world.json("acks")
        if [a for a in answers if a["via"] == "sms" and a["answer"] == "accepted"
                and a["evidence"] == "address+code"]:
            self.note("answer in the log")

    def verdict(self):
        wanted = ["receipt accepted", "on air", "ptt keyed", "ptt released", "escalated",
                  "second officer told by sms", "mail with link", "answered", "status acknowledged",
                  "closing sms", "sms by modem", "reason in the log", "answer by modem",
                  "answer in the log", "log verified"]
        self.story.title("Observed")
        missing = [what for what in wanted if what not in self.seen]
        print(textwrap.fill(", ".join(w for w in wanted if w in self.seen) + ".", WIDTH))
        if missing:
            print("NOT observed: " + ", ".join(missing))
        return not missing


def explain(world, code):
    config, siaga = world.config.relative_to(ROOT), world.build / "siaga"
    siaga = pathlib.Path(siaga).resolve().relative_to(ROOT)
    print(f"""
Still up; Ctrl-C ends it. In another terminal, from this folder:

  publish as an agency   {siaga} send {config.parent}/alert.json --agency polres --config {config}
                         (change "identifier" first: the same alert again is only a duplicate)
  answer by SMS          echo 'mo +6281100000001 SIAP CODE' | nc -q1 127.0.0.1 {world.smsc_control}
  answer by email link   open the link from {config.parent}/mail.log in a browser
  watch everything       mosquitto_sub -h 127.0.0.1 -p {world.mqtt_port} -t 'siaga/#' -v
  what happened          {siaga} alerts --config {config}
                         {siaga} alert {code} --config {config}
  health and figures     http://127.0.0.1:{world.http_port}/healthz and /metrics
  the gateway's own log  {config.parent}/siaga.log
""", flush=True)
    try:
        world.siaga.process.wait()
    except KeyboardInterrupt:
        print("\nstopping")


def main():
    place = ROOT / "build" / "demo"
    shutil.rmtree(place, ignore_errors=True)
    world = World(pathlib.Path(sys.argv[1]).resolve(), place)
    play = Play(world)
    try:
        play.perform()
        play.read_log()
        good = play.verdict()
        if "--once" not in sys.argv:
            standby.bring_back(world)
            explain(world, play.code)
    finally:
        play.watching = False
        world.stop()
        if play.modem:
            play.modem.stop()
    return 0 if good else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        print(f"\ndemo: {trouble}", file=sys.stderr)
        sys.exit(1)
    except subprocess.CalledProcessError as error:
        print(f"\ndemo: {error}", file=sys.stderr)
        sys.exit(1)
