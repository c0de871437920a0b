#!/usr/bin/python3
"""SIGHUP: all or nothing, and a word that says which.

usage: reload.py BUILD_DIR
"""
import signal

from daemon import Agency, alert, expect, expect_in, main, until, world_of


def hang_up(world, program, text, wanted):
    world.config.write_text(text)
    seen = len(program.lines)
    program.process.send_signal(signal.SIGHUP)
    return until(lambda: next((l for l in program.lines[seen:] if wanted in l), None), 10, f"'{wanted}'")


def reloads(build):
    """A good file is taken, a bad one and one that needs a restart are refused and change nothing"""
    with world_of(build) as world:
        program = world.start_siaga()
        agency = Agency(world)
        good = world.config.read_text()
        hang_up(world, program, good.replace('id = "polres"', 'id = "bpbd"'), "reloaded")
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        # Of an agency that is not in the configuration nothing but a hash is kept, so it is told no name.
        until(lambda: agency.receipts.get(""), 10, "a receipt")
        expect(agency.receipts[""][0]["decision"], "rejected", "the agency that was taken out")
        expect(agency.receipts[""][0]["reasons"][0]["rule"], "authority.agency", "the reason")
        hang_up(world, program, good, "reloaded")
        refused = hang_up(world, program, good.replace('policy = "semua"', 'policy = "samua"'),
                          "reload_refused")
        expect_in("the old configuration stays", refused)
        expect(any("samua" in line for line in program.lines), True, "the problem is printed")
        refused = hang_up(world, program, good.replace("window = 32", "window = 33"), "reload_refused")
        expect_in("restart", refused)
        agency.publish("uji-2", alert("uji-2", "Uji dua"))
        agency.press_on(20)
        expect(program.stop(20), 0, "exit code")


def learns_an_agency(build):
    """Of an agency that is not known only a hash is kept; once a reload adds it, its next message is kept and judged"""
    with world_of(build) as world:
        program = world.start_siaga()
        stranger = Agency(world, "pdam")
        stranger.publish("uji-1", alert("uji-1", "Uji satu"))
        until(lambda: stranger.receipts.get(""), 20, "a receipt of the stranger")
        expect(stranger.receipts[""][0]["reasons"][0]["rule"], "authority.agency", "the reason")
        before = world.json("refused")
        expect([(row["agency"], row["payload"]) for row in before], [("pdam", "hash")], "what is kept of it")
        hang_up(world, program, world.config.read_text().replace(
            "[[route]]", '[[agency]]\nid = "pdam"\nname = "PDAM"\n[[route]]'), "reloaded")
        stranger.publish("uji-2", "{")
        until(lambda: len(world.json("refused")) == 2, 20, "the receipt of a message that cannot be read")
        after = [row for row in world.json("refused") if row["inbox"] != before[0]["inbox"]]
        expect([(row["agency"], row["payload"]) for row in after], [("pdam", "whole")], "what is kept of it now")
        stranger.payloads.clear()
        stranger.publish("uji-3", alert("uji-3", "Uji tiga"))
        stranger.press_on(20)
        until(lambda: any("Uji tiga" in message["text"] for message in world.sms), 20, "people told")


if __name__ == "__main__":
    main(reloads, learns_an_agency)
