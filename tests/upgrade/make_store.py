#!/usr/bin/python3
"""Makes the store of an older program for upgrade.py, by playing story.py on that program.

usage: make_store.py OLD_BUILD_DIR FOLDER      (FOLDER such as tests/upgrade/stores/shape-3)
Run by hand, once for each shape of the store, with the last program that writes it. OLD_BUILD_DIR also holds
that program's test peers.
"""
import base64
import json
import pathlib
import re
import sqlite3
import sys
import urllib.error
import urllib.parse
import urllib.request

from story import PHONES, alert, configure, later, text_of
from alerts import Agency, Trouble, World, answer, scratch, until  # story.py has made its folder known


def dump(data, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(data / "siaga.db") as store:
        shape = store.execute("PRAGMA user_version").fetchone()[0]
        lines = list(store.iterdump())
    (folder / "store.sql").write_text("\n".join([f"PRAGMA user_version = {shape};", *lines]) + "\n")
    if (data / "link.key").exists():
        (folder / "link.key.base64").write_text(base64.b64encode((data / "link.key").read_bytes()).decode() + "\n")


def link_in(mail):
    return re.search(r"/a/[\w-]+", mail["text"])[0]


def wrong_code(world, link):
    body = urllib.parse.urlencode({"answer": "accepted", "code": "0000"}).encode()
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{world.http_port}{link}", body, 5).read()
    except urllib.error.HTTPError as refusal:
        refusal.read()


def play(world, agency):
    def raise_alert(identifier, **form):
        message = alert(identifier, **form)
        agency.publish(identifier, text_of(message))
        until(lambda: agency.settled(identifier), 20, f"the receipt of {identifier}")
        return message

    def sms(identifier, to):
        return until(lambda: next((m for m in world.sms if identifier in m["text"] and m["to"] == PHONES[to]), None),
                     20, f"the SMS about {identifier} to {to}")

    def mail(identifier):
        return until(lambda: next((m for m in world.mails if identifier in m["text"]), None), 20,
                     f"the mail about {identifier}")

    raise_alert("terima-1")
    answer(world, sms("terima-1", "p0"))
    until(lambda: world.json("alert", "terima-1")["state"] == "acknowledged", 10, "the acceptance")
    raise_alert("kunci-1")
    locked = link_in(mail("kunci-1"))
    for _ in range(6):
        wrong_code(world, locked)
    raise_alert("surat-1")
    mailed = link_in(mail("surat-1"))
    early = alert("awal-1")
    later()
    agency.publish("batal-1", text_of(alert("batal-1", kind="Cancel", about=early)))
    until(lambda: agency.receipts.get("batal-1"), 10, "the receipt of a Cancel that came first")
    held = alert("tahan-1", category="Health")
    agency.publish("tahan-1", text_of(held))
    until(lambda: agency.receipts.get("tahan-1"), 10, "the receipt of the held one")
    sms("surat-1", "p1")  # every earlier step has been sent
    raise_alert("naik-1")
    sms("naik-1", "p0")
    world.smsc.process.send_signal(19)
    until(lambda: any(d["officer"] == "p1" and d["state"] == "claimed"
                      for d in world.json("alert", "naik-1")["deliveries"]), 20, "an SMS of step 2 in flight")
    return {"mailed": mailed, "locked": locked, "early": early, "held": held["identifier"],
            "codes": {name: world.json("alert", name)["code"]
                      for name in ("terima-1", "kunci-1", "surat-1", "naik-1")}}


def main():
    build, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    with scratch(build, "make-store") as place:
        world = World(build, place)
        try:
            world.start_broker()
            world.start_smsc()
            world.start_mail()
            configure(world, recipients_max=2)
            world.start_siaga()
            facts = play(world, Agency(world))
            world.siaga.kill()
            world.smsc.process.send_signal(18)
            dump(pathlib.Path(place) / "data", folder)
            (folder / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")
        finally:
            if world.siaga:
                world.siaga.kill()
            world.stop()
    print(f"made {folder}")


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit(f"FAILED: {trouble}")
