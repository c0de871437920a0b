#!/usr/bin/python3
"""Words of others, as hostile as can be, and where they end: no terminal, table or log is driven by them.

usage: words.py BUILD_DIR
"""
import json
import subprocess
import unicodedata

from daemon import Agency, Trouble, alert, expect, expect_in, main, until, world_of

HOSTILE = "Uji\u202e\u009b31m\u2066\u200b\ufeff\u007f merah"


def unsafe(text, allowed="\n"):
    """What a terminal would obey or nobody could see."""
    return [hex(ord(c)) for c in text if c not in allowed and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]


def commands(build):
    """Every command shows an alert's hostile words and obeys none of them, in every format"""
    with world_of(build) as world:
        world.start_siaga()
        agency = Agency(world)
        payload = json.loads(alert("uji-1", "Uji"))
        info = payload["info"][0]
        info["event"] = info["headline"] = info["senderName"] = info["area"][0]["areaDesc"] = HOSTILE
        agency.publish("uji-1", json.dumps(payload))
        agency.press_on(20)
        until(lambda: len(world.sms) >= 2, 20, "both officers told")
        code = agency.receipts["uji-1"][0]["code"]
        agency._send(json.dumps({"code": code, "officer": "p0", "answer": "accepted", "note": HOSTILE}), "ack")
        until(lambda: world.json("acks"), 20, "an answer")
        asked = [("alerts",), ("alert", "uji-1"), ("acks",), ("log", "show"), ("refused",)]
        for words in asked:
            for form in ("table", "csv", "json"):
                said = world.siaga_command(*words, "--format", form).stdout
                expect(unsafe(said), [], f"{words} as {form}")
        cap = world.siaga_command("alert", "uji-1", "--format", "cap").stdout
        expect(unsafe(cap), [], "the alert as CAP")
        expect_in("&#x202E;", cap)
        expect_in("\\u202E", world.siaga_command("alerts").stdout)
        expect(world.json("alerts")[0]["headline"], HOSTILE, "the words themselves, for a program")


def plan_and_lint(build):
    """plan, lint and check say what is in a file without obeying it"""
    with world_of(build) as world:
        payload = json.loads(alert("uji-1", HOSTILE))
        payload["n\u009be\u202ew"] = 1
        file = world.place / "alert.json"
        file.write_text(json.dumps(payload, ensure_ascii=False))
        for words in (["plan", str(file)], ["lint", str(file)]):
            done = world.siaga_command(*words, check=False)
            expect(unsafe(done.stdout + done.stderr), [], words[0])
        world.config.write_text(world.config.read_text() + '\n["na\u202eme\u009b"]\n')
        done = world.siaga_command("check", check=False)
        expect(done.returncode, 78, done.stdout)
        expect(unsafe(done.stdout + done.stderr), [], "check")
        expect_in("\\u202E", done.stdout)


def own_log(build):
    """The gateway's own log and its journal's rows obey nobody: a topic, an error of the network"""
    with world_of(build) as world:
        world.start_siaga()
        subprocess.run(["mosquitto_pub", "-V", "5", "-h", "127.0.0.1", "-p", str(world.mqtt_port), "-q", "1", "-t",
                        "siaga/alert/a\u202eb\u200bc", "-m", "no alert"], check=True, timeout=20)
        world.siaga.line_with("rejected agency=", 20)
        lines = "\n".join(world.siaga.lines)
        expect(unsafe(lines), [], "the log")
        expect_in("\\\\u202E", lines)
        rows = world.siaga_command("log", "show", "--format", "json").stdout
        expect(unsafe(rows), [], "rows of the journal's log")


if __name__ == "__main__":
    main(commands, plan_and_lint, own_log)
