#!/usr/bin/python3
"""A store that an older program left behind, in the middle of its work, is opened by the present one and goes
on. The stores stand in tests/upgrade/stores, one for each shape; make_store.py made them.

usage: upgrade.py BUILD_DIR
"""
import base64
import contextlib
import json
import pathlib
import sqlite3
import sys
import urllib.error
import urllib.parse
import urllib.request

from story import PHONES, configure, text_of
from alerts import Agency, Trouble, World, answer, command, scratch, stamp, until  # story.py has made its folder known

STORES = sorted((pathlib.Path(__file__).parent / "stores").iterdir())


@contextlib.contextmanager
def world_with(build, folder, recipients_max=2):
    """A world whose gateway finds that store; the gateway has not started yet."""
    with scratch(build, "upgrade") as place:
        world = World(build, place)
        data = world.place / "data"
        data.mkdir(mode=0o700)
        restored = sqlite3.connect(data / "siaga.db")
        restored.executescript((folder / "store.sql").read_text())
        restored.execute("PRAGMA journal_mode = WAL")
        restored.close()
        key = folder / "link.key.base64"
        if key.exists():
            (data / "link.key").write_bytes(base64.b64decode(key.read_text()))
            (data / "link.key").chmod(0o600)
        world.start_broker()
        world.start_smsc()
        world.start_mail()
        configure(world, recipients_max)
        try:
            yield world
        finally:
            world.stop()


def facts_of(folder):
    return json.loads((folder / "facts.json").read_text())


def state(world, identifier):
    return world.json("alert", identifier)["state"]


def ask(world, path, fields=None):
    """Status and body of one request; POST when there are fields."""
    body = urllib.parse.urlencode(fields).encode() if fields else None
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{world.http_port}{path}", body, 5) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def expect(value, wanted, about):
    if value != wanted:
        raise Trouble(f"{about}: wanted {wanted!r}, was {value!r}")


def text_in_flight_goes_out(build, folder):
    """The SMS that was in flight when the old program died goes out, marked, and its answer counts"""
    with world_with(build, folder) as world:
        world.start_siaga()
        sms = until(lambda: next((m for m in world.sms if "naik-1" in m["text"]), None), 20, "the SMS of step 2")
        expect(sms["to"], PHONES["p1"], "who is told")
        delivery = next(d for d in world.json("alert", "naik-1")["deliveries"] if d["officer"] == "p1")
        expect(delivery["possible_duplicate"], True, "possible_duplicate")
        answer(world, sms)
        until(lambda: state(world, "naik-1") == "acknowledged", 20, "the acceptance")
        expect([m for m in world.sms if "kunci-1" in m["text"] and m["to"] == PHONES["p0"]], [],
               "what was sent before is not sent again")


def old_code_counts(build, folder):
    """An answer by SMS with the code that the old program gave counts"""
    with world_with(build, folder) as world:
        world.start_siaga()
        code = facts_of(folder)["codes"]["surat-1"]
        command(world.smsc_control, f"mo {PHONES['p0']} SIAP {code}")
        until(lambda: state(world, "surat-1") == "acknowledged", 20, "the acceptance")


def mailed_link_opens(build, folder):
    """The link in a mail of the old program opens its alert, and an answer there counts"""
    with world_with(build, folder) as world:
        world.start_siaga()
        facts = facts_of(folder)
        status, page = ask(world, facts["mailed"])
        expect((status, "surat-1" in page), (200, True), "the page")
        status, _ = ask(world, facts["mailed"], {"answer": "accepted", "code": facts["codes"]["surat-1"]})
        expect(status, 200, "the answer")
        until(lambda: state(world, "surat-1") == "acknowledged", 20, "the acceptance")


def accepted_stays_accepted(build, folder):
    """An accepted alert stays accepted, with who accepted it; nobody is told of it again"""
    with world_with(build, folder) as world:
        world.start_siaga()
        expect(state(world, "terima-1"), "acknowledged", "terima-1")
        answers = world.json("acks", "--alert", "terima-1")
        expect([(a["officer"], a["answer"]) for a in answers], [("p0", "accepted")], "the answers")
        until(lambda: any("naik-1" in m["text"] for m in world.sms), 20, "the gateway at work")
        expect([m for m in world.sms if "terima-1" in m["text"]], [], "SMS about it")


def held_goes_when_allowed(build, folder):
    """An alert held for its number of people goes once the configuration allows it"""
    with world_with(build, folder, recipients_max=3) as world:
        agency = Agency(world)
        world.start_siaga()
        until(lambda: agency.settled("tahan-1"), 20, "its receipt")
        until(lambda: len({m["to"] for m in world.sms if "tahan-1" in m["text"]}) == 3, 20, "its three SMS")


def early_cancel_ends_its_alert(build, folder):
    """A Cancel that came before its Alert ends it when it comes, and nobody is told"""
    with world_with(build, folder) as world:
        early = facts_of(folder)["early"]
        early["sent"] = stamp()  # as if the Cancel had named an Alert of today: older ones are refused
        with sqlite3.connect(world.place / "data" / "siaga.db") as store:
            store.execute("UPDATE pending_ends SET sent = unixepoch(?) * 1000, sent_text = ?",
                          (early["sent"], early["sent"]))
        agency = Agency(world)
        world.start_siaga()
        agency.publish("awal-1", text_of(early))
        until(lambda: agency.settled("awal-1"), 20, "its receipt")
        expect(state(world, "awal-1"), "cancelled", "awal-1")
        until(lambda: any("naik-1" in m["text"] for m in world.sms), 20, "the gateway at work")
        expect([m for m in world.sms if "awal-1" in m["text"]], [], "SMS about it")


def log_is_whole(build, folder):
    """The log of the old program is whole for the new one, before and after it has gone on"""
    with world_with(build, folder) as world:
        world.start_siaga()
        until(lambda: any("naik-1" in m["text"] for m in world.sms), 20, "the gateway at work")
        expect(world.siaga_command("log", "verify").returncode, 0, "log verify while it runs")
        expect(world.siaga.stop(20), 0, "stop")
        expect(world.siaga_command("log", "verify").returncode, 0, "log verify after it")


def newer_store_is_refused(build, folder):
    """A store of a newer program is refused, and the message says so"""
    with world_with(build, folder) as world:
        with sqlite3.connect(world.place / "data" / "siaga.db") as store:
            store.execute("PRAGMA user_version = 99")
        program = world.start_siaga(ready=False)
        expect(program.process.wait(20), 75, "exit code")
        program.reader.join(5)
        if not any("shape 99" in line for line in program.lines):
            raise Trouble("the refusal does not name the store's shape:\n" + "\n".join(program.lines))


TESTS = (text_in_flight_goes_out, old_code_counts, mailed_link_opens, accepted_stays_accepted,
         held_goes_when_allowed, early_cancel_ends_its_alert, log_is_whole, newer_store_is_refused)


def main():
    failures = 0
    for folder in STORES:
        for test in TESTS:
            sentence = test.__doc__.split("\n", 1)[0]
            try:
                test(sys.argv[1], folder)
                print(f"ok      {folder.name}: {sentence}", flush=True)
            except (Trouble, AssertionError) as trouble:
                failures += 1
                print(f"FAILED  {folder.name}: {sentence}\n        {trouble}", flush=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
