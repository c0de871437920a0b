#!/usr/bin/python3
"""One message at which its peer ends the link, crashes or restarts, among a hundred others.

usage: set_aside.py BUILD_DIR
"""
import re
import time

from daemon import Agency, alert, expect, get, main, until, world_of, world_with_modem
from world import command

OTHERS = 100
BAD = "+6281299999999"


def directory(world, key, bad, address):
    """A hundred officers who can be told and, in the middle, one who ends the link; a team of his own and one of
    the others."""
    officers = [(f"p{i}", address(i)) for i in range(OTHERS)]
    officers.insert(OTHERS // 2, ("buruk", bad))
    names = [f'"{name}"' for name, _ in officers]
    text = "".join(f'[[officer]]\nid = "{name}"\nname = "Petugas {name}"\nagency = "polres"\n{key} = "{at}"\n\n'
                   for name, at in officers)
    for team, members in (("semua", names), ("baik", [name for name in names if name != '"buruk"'])):
        text += f'[[team]]\nid = "{team}"\nmembers = [{", ".join(members)}]\n\n'
    (world.place / "directory.toml").write_text(text)
    route = '[[route]]\npolicy = "baik"\nmatch = { event = ["Lain"] }\n'
    policy = ('[[policy]]\nid = "baik"\nsteps = [{ after = "0s", teams = ["baik"], '
              f'channels = ["{"email" if key == "email" else "sms"}"] }}]\n')
    text = world.config.read_text()
    world.config.write_text(text.replace("[[route]]", route + "[[route]]", 1) + policy)


def phone(number):
    return f"+62812{10000000 + number}"


def set_aside(world):
    return [row for row in world.json("log", "show")
            if row["kind"] == "incident" and "message-set-aside" in row["detail"]]


def states(world, identifier):
    return [delivery["state"] for delivery in world.json("alert", identifier)["deliveries"]]


def others_pass(world, agency, told, promptly=20, limit=90):
    """The first alert reaches everybody but the bad one; further ones pass until he is set aside."""
    agency.publish("uji-1", alert("uji-1", "Uji satu"))
    agency.press_on(20)
    until(lambda: len(told()) == OTHERS, promptly, f"all the others told (now {len(told())})")
    begun = time.monotonic()
    for number in range(2, 60):
        if set_aside(world):
            break
        if time.monotonic() - begun > limit:
            break
        agency.publish(f"uji-{number}", alert(f"uji-{number}", "Lain"))
        time.sleep(1)
    expect(len(set_aside(world)) > 0, True, "an incident message-set-aside")
    expect([state for state in states(world, "uji-1") if state in ("failed", "expired", "cancelled")], [], "given up")


def smsc_resets(build):
    """An SMSC that resets its link at one text does not keep the others from theirs, and the text is set aside"""
    with world_of(build) as world:
        directory(world, "sms", BAD, phone)
        command(world.smsc_control, "set drop-how reset")
        command(world.smsc_control, f"set drop-at ^.?{BAD[1:]} ")
        world.start_siaga()
        others_pass(world, Agency(world), lambda: {m["to"] for m in world.sms if "Uji satu" in m["text"]})
        copies = [m["to"] for m in world.sms if "Uji satu" in m["text"]]
        expect(max(copies.count(to) for to in set(copies)) <= 3, True, "copies of one")
        command(world.smsc_control, "set drop-at ^$")
        until(lambda: BAD in {m["to"] for m in world.sms}, 90, "the bad one told, once his carrier is mended")
        until(lambda: [row for row in world.json("log", "show") if row["kind"] == "incident-ended"], 60,
              "the incident's end")


def mail_server_drops(build):
    """A mail server that drops its connection at one recipient does not keep the others from their mail"""
    with world_of(build) as world:
        world.start_mail()
        text = world.config.read_text()
        sms = re.search(r"\[channel\.sms\]\n.*?(?=\n\[)", text, re.S)[0]
        world.config.write_text(text.replace(sms, '[channel.email]\nkind = "smtp"\n'
                                             f'url = "smtp://127.0.0.1:{world.mail_port}"\nfrom = "siaga@uji.example"')
                                .replace('channels = ["sms"]', 'channels = ["email"]'))
        directory(world, "email", "buruk@uji.example", lambda i: f"p{i}@uji.example")
        command(world.mail_control, "drop rcpt for buruk@uji.example")
        world.start_siaga()
        others_pass(world, Agency(world), lambda: {m["rcpt"][0] for m in world.mails if "Uji satu" in m["text"]})


def modem_crashes(build):
    """A modem that restarts at one number goes on with the others"""
    with world_with_modem(build, "--fault-number", BAD[1:], "--fault-kind", "restart", "--boot", 300,
                          "--replug", 1) as (world, modem):
        directory(world, "sms", BAD, phone)
        world.start_siaga()
        until(lambda: 'siaga_channel_up{channel="sms"} 1\n' in get(world, "/metrics")[1], 20, "the modem's service")
        others_pass(world, Agency(world), lambda: {to for to, text in modem.sent() if "Uji satu" in text},
                    promptly=60, limit=120)


if __name__ == "__main__":
    main(smsc_resets, mail_server_drops, modem_crashes)
