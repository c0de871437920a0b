#!/usr/bin/python3
"""What is wrong with the gateway itself reaches ops, is listed, and outlives the process.

usage: incidents.py BUILD_DIR
"""
import re
import signal

from daemon import Agency, alert, expect, expect_in, get, main, until, world_of
from world import command

OPS = "+6281299999999"
INCIDENTS = '[incidents]\nteams = ["ops"]\nchannels = ["sms"]\n'


def with_ops(world):
    directory = world.place / "directory.toml"
    directory.write_text(directory.read_text() +
                         f'[[officer]]\nid = "ops-1"\nname = "Ops"\nagency = "polres"\nlanguage = "en"\nsms = "{OPS}"\n'
                         '[[team]]\nid = "ops"\nmembers = ["ops-1"]\n')
    world.config.write_text(world.config.read_text().replace("[[agency]]", INCIDENTS + "[[agency]]", 1))


def to_ops(world):
    return [message for message in world.sms if message["to"].endswith(OPS[1:])]


def told(build):
    """One identifier used for two contents is told ops by SMS, listed by `siaga incidents`, and there after a kill"""
    with world_of(build) as world:
        with_ops(world)
        world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        for i in range(20):
            agency.publish(f"again-{i}", alert("uji-1", f"Isi lain {i}"))
        until(lambda: to_ops(world), 30, "a message to ops")
        listed = until(lambda: [row for row in world.json("incidents") if row["count"] == 20], 20, "twenty counted")
        expect((listed[0]["kind"], listed[0]["about"], listed[0]["state"]), ("identity-reused", "polres", "open"), "it")
        expect_in("Ask the agency", listed[0]["do"]["en"])
        expect(sum(row["kind"] == "incident" for row in world.json("log", "show")), 1, "log rows of a storm")
        expect(len(to_ops(world)), 1, "messages of a storm")
        world.siaga.process.send_signal(signal.SIGKILL)
        world.siaga.process.wait()
        world.start_siaga()
        expect([row["count"] for row in world.json("incidents", "--open")], [20], "after the kill")


def reaches_on_reload(build):
    """A team of ops that a reload names is told from then on"""
    with world_of(build) as world:
        world.start_siaga()
        with_ops(world)
        world.siaga.process.send_signal(signal.SIGHUP)
        world.siaga.line_with("reloaded", 20)
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        agency.publish("again", alert("uji-1", "Isi lain"))
        until(lambda: to_ops(world), 30, "a message to ops")


def checkpoint_mailed(build):
    """The day's checkpoint reaches those who keep it, once over a restart, and `log verify --against` takes what the mail says"""
    with world_of(build) as world:
        world.start_mail()
        channel = (f'[channel.email]\nkind = "smtp"\nurl = "smtp://127.0.0.1:{world.mail_port}"\n'
                   'from = "siaga@uji.example"\n')
        mail = '[incidents]\ncheckpoint_mail = ["arsip@uji.example"]\n'
        world.config.write_text(world.config.read_text().replace("[[agency]]", channel + mail + "[[agency]]", 1))
        world.start_siaga()
        until(lambda: world.mails, 40, "the mail")
        expect(world.mails[0]["rcpt"], ["arsip@uji.example"], "who it is to")
        against = re.search(r"^siaga log verify --against (\d+:[0-9a-f]{64})\r?$", world.mails[0]["text"], re.M)
        expect(against is not None, True, f"a command in {world.mails[0]['text']!r}")
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        expect(world.siaga_command("log", "verify", "--against", against[1]).returncode, 0, "verify of a log that grew since")
        size, root = against[1].split(":")
        forged = f"{size}:{'0' if root[0] != '0' else '1'}{root[1:]}"
        expect(world.siaga_command("log", "verify", "--against", forged, check=False).returncode, 70, "verify against another root")
        expect(world.siaga.stop(20), 0, "exit code")
        world.start_siaga()
        agency.publish("uji-2", alert("uji-2", "Uji dua"))
        agency.press_on(20)
        expect(sum(row["kind"] == "checkpoint-mailed" for row in world.json("log", "show")), 1, "log rows of mails")
        expect(len(world.mails), 1, "mails")


if __name__ == "__main__":
    main(told, reaches_on_reload, checkpoint_mailed)
